/** Looks at the account's health: reports each problem once, and again only after it was over. */
import type { Operation } from '../catalogue/types';
import type { Connection } from '../client/call';
import { run } from '../client/run';
import type { Smtp2goError } from '../core/errors';
import { isRecord, type Json, type JsonObject } from '../core/json';
import { failure, success, type Result } from '../core/result';
import { healthChecks, type HealthCheck, type HealthCheckName, type HealthWatch } from './checks';
import type { Finding } from './types';
import { easedLimits } from './usage';
import { MAX_WEBHOOKS, rememberedWebhooks, webhookReader } from './webhooks';

/** One report. A type, not an interface, because n8n's items accept records. */
export type HealthReport = {
	/** The check that reports, as in `quotaUsed`. */
	check: HealthCheckName;
	status: 'problem' | 'recovered';
	/** What it is about, such as a domain; null for the account as a whole. */
	subject: string | null;
	/** A few words, as for the subject of a message. */
	title: string;
	/** What is wrong, in a sentence. */
	message: string;
	whatToDo: string;
	/** When it was first seen, as ISO 8601 in UTC. */
	since: string;
	value: Json;
	/** The limit that is crossed; null for a check without one. */
	limit: number | null;
	/** The numbers or the record behind it, by SMTP2GO's names. */
	details: JsonObject;
};

/** A problem that was reported. */
interface Problem {
	/** When it was first seen, as ISO 8601 in UTC. */
	readonly since: string;
	readonly title: string;
}

/** What must be remembered between two looks. Small, bounded JSON without secrets. */
export interface HealthState {
	/** The account that it is about, by a name of the host. */
	readonly account: string;
	/** Problems that were reported, by check and subject. */
	readonly problems: Readonly<Record<string, Problem>>;
	/** The URLs of webhooks that were there, without secrets. */
	readonly webhooks: readonly string[];
}

/** A look: what to report, and the state to keep after it was reported. */
export interface HealthLook {
	readonly reports: readonly HealthReport[];
	readonly state: HealthState;
	/** Errors of checks that could not be read this time, such as a timeout. The next look tries again. */
	readonly skipped: readonly Smtp2goError[];
}

/** The maximum number of problems of a check: more than anybody acts on. */
const MAX_PROBLEMS = 200;

/** The maximum number of problems of a state. Each check may have one more: that it cannot be read. */
const MAX_STORED = healthChecks.length * (MAX_PROBLEMS + 1);

/**
 * Reads a stored state. Anything else counts as empty, and so does the state of another account, whose webhooks would
 * count as removed.
 * @param account a name that the host gives the account, such as the ID of its credential
 */
export function readHealthState(value: unknown, account: string): HealthState {
	if (!isRecord(value) || value['account'] !== account) return { account, problems: {}, webhooks: [] };
	const problems = isRecord(value['problems']) ? value['problems'] : {};
	const webhooks = Array.isArray(value['webhooks']) ? value['webhooks'] : [];
	return {
		account,
		problems: Object.fromEntries(
			Object.entries(problems)
				.slice(0, MAX_STORED)
				.flatMap(([id, problem]) =>
					isRecord(problem) && typeof problem['since'] === 'string'
						? [[id, { since: problem['since'], title: String(problem['title'] ?? '') }]]
						: [],
				),
		),
		webhooks: webhooks.filter((url) => typeof url === 'string').slice(0, MAX_WEBHOOKS),
	};
}

/** Reports a check that the key has no permission for: otherwise nobody would notice that it sees nothing. */
function denied({ label }: HealthCheck, { details: { endpoint = '' } }: Smtp2goError): Finding {
	return {
		subject: endpoint,
		title: `${label} cannot be checked`,
		message: `The API key has no permission for ${endpoint}, so the check ${label} sees nothing.`,
		whatToDo: `Allow ${endpoint} for the key on SMTP2GO's page Sending > API Keys, or remove the check from this node.`,
		value: null,
		limit: null,
		details: { endpoint },
	};
}

/** Reads each operation once. */
async function readAll(connection: Connection, checks: readonly HealthCheck[]): Promise<Map<Operation, Result<Json>>> {
	const results = new Map<Operation, Result<Json>>();
	for (const operation of new Set(checks.map(({ reads }) => reads))) {
		// A list that is not whole would report a webhook as removed.
		const outcome = await run(connection, operation, {}, { whole: true });
		results.set(operation, outcome.ok ? success(outcome.value.result) : outcome);
	}
	return results;
}

function problemReport(check: HealthCheck, finding: Finding, since: string): HealthReport {
	const { subject = null, ...said } = finding;
	return { check: check.value as HealthCheckName, status: 'problem', subject, since, ...said };
}

function recoveryReport(check: HealthCheck, id: string, { since, title }: Problem): HealthReport {
	return {
		check: check.value as HealthCheckName,
		status: 'recovered',
		subject: id === check.value ? null : id.slice(check.value.length + 1),
		since,
		title: `Over: ${title}`,
		message: `The problem "${title}" is over.`,
		whatToDo: 'You do not need to do anything.',
		value: null,
		limit: null,
		details: {},
	};
}

/** A look at one check: its problems now, and what to report. */
interface Judgment {
	readonly problems: Readonly<Record<string, Problem>>;
	readonly reports: readonly HealthReport[];
}

/**
 * Compares what a check finds with its problems before.
 * @param before problems of this check, by ID
 * @param keep true if problems that are not found may still be there
 */
function compare(
	check: HealthCheck,
	findings: readonly Finding[],
	before: Readonly<Record<string, Problem>>,
	{ now, keep, reportRecovery }: { now: string; keep: boolean; reportRecovery: boolean },
): Judgment {
	const problems: Record<string, Problem> = keep ? { ...before } : {};
	const reports: HealthReport[] = [];
	const found = new Map(
		findings.map((finding) => [
			finding.subject === undefined ? check.value : `${check.value} ${finding.subject}`,
			finding,
		]),
	);
	for (const [id] of found) if (before[id] !== undefined) problems[id] = before[id];
	let room = MAX_PROBLEMS - Object.keys(problems).length;
	for (const [id, finding] of found) {
		if (problems[id] !== undefined || (!keep && room-- <= 0)) continue;
		problems[id] = { since: now, title: finding.title };
		reports.push(problemReport(check, finding, now));
	}
	if (reportRecovery)
		for (const [id, problem] of Object.entries(before))
			if (problems[id] === undefined) reports.push(recoveryReport(check, id, problem));
	return { problems, reports };
}

function judge(
	check: HealthCheck,
	result: Result<Json>,
	watch: HealthWatch,
	state: HealthState,
	now: string,
): Judgment {
	const before = Object.fromEntries(
		Object.entries(state.problems).filter(([id]) => id === check.value || id.startsWith(`${check.value} `)),
	);
	const { reportRecovery } = watch;
	const limits = before[check.value] === undefined ? watch.limits : easedLimits(watch.limits);
	const found = result.ok ? check.find(result.value, { ...watch, limits, webhooks: state.webhooks }) : undefined;
	if (found !== undefined) return compare(check, found, before, { now, keep: false, reportRecovery });
	const isDenied = !result.ok && result.error.type === 'permission';
	return compare(check, isDenied ? [denied(check, result.error)] : [], before, { now, keep: true, reportRecovery });
}

/**
 * Looks at the account once. Each operation that a check reads is called once, whatever the number of checks.
 * @param state from the last look, or from `readHealthState`
 * @returns what to report; an error if the key is unknown, or if nothing could be read
 */
export async function readHealth(
	connection: Connection,
	watch: HealthWatch,
	state: HealthState,
): Promise<Result<HealthLook>> {
	const results = await readAll(connection, watch.checks);
	const skipped = [...results.values()].flatMap((result) =>
		result.ok || result.error.type === 'permission' ? [] : [result.error],
	);
	const fatal =
		skipped.find(({ type }) => type === 'auth') ?? (skipped.length === results.size ? skipped[0] : undefined);
	if (fatal !== undefined) return failure(fatal);
	const now = new Date(connection.host.now()).toISOString();
	const judgments = watch.checks.map((check) =>
		judge(check, results.get(check.reads) ?? success([]), watch, state, now),
	);
	const webhooks = results.get(webhookReader);
	return success({
		reports: judgments.flatMap(({ reports }) => reports),
		state: {
			account: state.account,
			problems: Object.assign({}, ...judgments.map(({ problems }) => problems)) as HealthState['problems'],
			webhooks: webhooks?.ok ? rememberedWebhooks(webhooks.value, state.webhooks) : state.webhooks,
		},
		skipped,
	});
}
