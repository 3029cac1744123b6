/** The verdict of a check of the setup, what to do, and all of it as text. */
import { allowAdvice, type SetupCheck, type SetupReport, type SetupStatus } from './setup-types';

/** How a line of the text starts. */
const marks: Readonly<Record<SetupStatus, string>> = {
	problem: 'PROBLEM',
	warning: 'WARNING',
	unknown: 'UNKNOWN',
	info: 'NOTE',
	ok: 'OK',
};

/** Checks that decide whether an email would leave. */
const ESSENTIAL: ReadonlySet<string> = new Set(['sender', 'keyStatus', 'quota']);

const headlines: Readonly<Record<SetupReport['verdict'], string>> = {
	ready: 'Ready to send.',
	'ready with warnings': 'Ready to send, with warnings.',
	'not ready': 'Not ready to send.',
};

function verdictOf(checks: readonly SetupCheck[]): SetupReport['verdict'] {
	if (checks.some(({ status }) => status === 'problem')) return 'not ready';
	return checks.some(({ check, status }) => status === 'warning' || (status === 'unknown' && ESSENTIAL.has(check)))
		? 'ready with warnings'
		: 'ready';
}

/** The endpoints that could not be called for lack of a permission. */
function missingIn({ details: { missing } }: SetupCheck): string[] {
	return Array.isArray(missing) ? missing.filter((path) => typeof path === 'string') : [];
}

/** What to do: problems first, then warnings, and last what would make the check complete, in one step. */
function todoOf(checks: readonly SetupCheck[]): string[] {
	const steps = (status: SetupStatus) =>
		checks.flatMap((check) => (check.status === status && check.whatToDo !== null ? [check.whatToDo] : []));
	const unknown = checks.filter(({ status }) => status === 'unknown');
	const missing = [...new Set(unknown.flatMap(missingIn))];
	const others = unknown.flatMap((check) =>
		missingIn(check).length === 0 && check.whatToDo !== null ? [check.whatToDo] : [],
	);
	return [
		...new Set([
			...steps('problem'),
			...steps('warning'),
			...(missing.length > 0 ? [`To check the rest: ${allowAdvice(missing)}`] : []),
			...others,
		]),
	];
}

function textOf(verdict: SetupReport['verdict'], checks: readonly SetupCheck[], todo: readonly string[]): string {
	return [
		headlines[verdict],
		'',
		...checks.map(({ status, title, message }) => `${marks[status].padEnd(8)} ${title}: ${message}`),
		...(todo.length === 0 ? [] : ['', 'What to do:', ...todo.map((step, index) => `${index + 1}. ${step}`)]),
	].join('\n');
}

/** Makes the report of checks. */
export function reportOf(checks: SetupCheck[], calls: number): SetupReport {
	const verdict = verdictOf(checks);
	const todo = todoOf(checks);
	return { ready: verdict !== 'not ready', verdict, checks, todo, text: textOf(verdict, checks, todo), calls };
}
