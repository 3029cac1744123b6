/** Finds the rows of a list that should not be sent, before anything leaves. */
import { operationOf } from '../catalogue';
import type { Smtp2goError } from '../core/errors';
import { formatRanges } from '../core/format';
import { success, type Result } from '../core/result';
import { wireEntries, type Wire } from '../files/wire';
import { bareAddress, sameAddress } from '../formats/mailbox';
import { kinds } from '../kinds';
import { readContext } from '../request/build';

/** Why a row should not be sent, and how a summary says it. */
const problemWords = {
	noAddress: 'no address',
	invalidAddress: 'invalid address',
	duplicate: 'duplicate',
	suppressed: 'suppressed',
	notAllowed: 'not allowed',
} as const;

export type RowProblemKind = keyof typeof problemWords;

/** A problem of a row. */
export interface RowProblem {
	readonly problem: RowProblemKind;
	/** One sentence without a final period. */
	readonly message: string;
	/** Why an address is suppressed, in SMTP2GO's words, and since when. */
	readonly reason: string | null;
	readonly since: string | null;
}

/** What was found about a row. A type, not an interface, because n8n's items accept records. */
export type RowVerdict = {
	/** Its recipients as bare addresses; empty if there are none, or they cannot be read. */
	to: string[];
	problem: RowProblemKind | null;
	message: string | null;
	reason: string | null;
	since: string | null;
};

/** What is known of one address, as `checkRecipients` returns it. */
export interface AddressVerdict {
	readonly address: string;
	readonly ok: boolean;
	readonly problem: RowProblemKind | null;
	readonly message: string | null;
	readonly reason: string | null;
	readonly since: string | null;
}

/** How a list is judged. */
export interface JudgeOptions {
	/** True if several rows may have the same address, because each is a separate email. */
	readonly allowDuplicates?: boolean | undefined;
	/** The column that was assigned to the address, if any. */
	readonly column?: string | undefined;
	/** What a message calls a row, by its place in the list from 0: `item 3`. */
	readonly place: (index: number) => string;
	/** Looks addresses up in the account, each once; undefined if only their form is checked. */
	readonly lookUp?:
		| ((
				addresses: string[],
		  ) => Promise<Result<{ readonly verdicts: readonly AddressVerdict[]; readonly unchecked: readonly string[] }>>)
		| undefined;
}

/** What was found about a list. */
export interface Judgment {
	/** In the order of the rows. */
	readonly verdicts: readonly RowVerdict[];
	/** What the account could not tell, in sentences. */
	readonly unchecked: readonly string[];
	/** Why the addresses could not be looked up. The form was checked nevertheless. */
	readonly error: Smtp2goError | undefined;
}

/** The recipients of a row, or what is wrong with them. */
type Addresses = readonly string[] | RowProblem;

const toField = operationOf('email', 'send').fields.find(({ name }) => name === 'to');

function problemOf(problem: RowProblemKind, message: string): RowProblem {
	return { problem, message, reason: null, since: null };
}

/** Reads the recipients of a row as Send does: text, a list, or objects with name and address. */
function addressesOf(to: unknown, column: string | undefined): Addresses {
	const read: Result<Wire | undefined> =
		toField === undefined || to === undefined || to === null
			? success(undefined)
			: kinds[toField.kind].read(to, toField, readContext(0));
	if (!read.ok) return problemOf('invalidAddress', read.error.message.replace(/^To: /, ''));
	const addresses = wireEntries(read.value).map((person) => bareAddress(String(person)) ?? String(person));
	if (addresses.length > 0) return addresses;
	return problemOf(
		'noAddress',
		column === undefined
			? 'No column with a name such as Email has an address'
			: `The column "${column}" is missing or empty`,
	);
}

function isProblem(row: Addresses): row is RowProblem {
	return 'problem' in row;
}

/** The problem of an address that the account knows of, unless nothing speaks against it. */
function listedProblem({ ok, problem, message, reason, since }: AddressVerdict): RowProblem | undefined {
	return ok || problem === null ? undefined : { problem, message: message ?? '', reason, since };
}

/**
 * Finds the problem of each row, in linear time. A row with several recipients counts as suppressed or as a duplicate
 * only if all of them are: the others should get their email.
 */
function problemsOf(
	rows: readonly Addresses[],
	listed: ReadonlyMap<string, RowProblem>,
	{ allowDuplicates, place }: JudgeOptions,
): (RowProblem | undefined)[] {
	/** The row that an address was first seen in. */
	const first = new Map<string, number>();
	return rows.map((row, index) => {
		if (isProblem(row)) return row;
		const keys = row.map(sameAddress);
		const found = keys.map((key) => listed.get(key));
		if (!found.includes(undefined)) return found[0];
		const earlier = keys.map((key) => first.get(key));
		for (const key of keys) if (!first.has(key)) first.set(key, index);
		const [original] = earlier;
		return allowDuplicates || original === undefined || earlier.includes(undefined)
			? undefined
			: problemOf('duplicate', `The same address as ${place(original)}`);
	});
}

/**
 * Judges the rows of a list before anything is sent: no address, an invalid one, a duplicate without regard to case and
 * to spaces around it, or one that the account does not send to.
 * @param recipients of each row, as `rowRecipients` returns them
 */
export async function judgeRows(recipients: readonly unknown[], options: JudgeOptions): Promise<Judgment> {
	const rows = recipients.map((to) => addressesOf(to, options.column));
	const addresses = new Map<string, string>();
	for (const address of rows.flatMap((row) => (isProblem(row) ? [] : row))) {
		const same = sameAddress(address);
		if (!addresses.has(same)) addresses.set(same, address);
	}
	const looked = options.lookUp && addresses.size > 0 ? await options.lookUp([...addresses.values()]) : undefined;
	const listed = new Map<string, RowProblem>();
	for (const verdict of looked?.ok ? looked.value.verdicts : []) {
		const problem = listedProblem(verdict);
		if (problem !== undefined) listed.set(sameAddress(verdict.address), problem);
	}
	const problems = problemsOf(rows, listed, options);
	return {
		verdicts: rows.map((row, index): RowVerdict => {
			const { problem = null, message = null, reason = null, since = null } = problems[index] ?? {};
			return { to: isProblem(row) ? [] : [...row], problem, message, reason, since };
		}),
		unchecked: looked?.ok ? looked.value.unchecked : [],
		error: looked === undefined || looked.ok ? undefined : looked.error,
	};
}

/**
 * Counts the rows with a problem by what it is, as in `no address 1 (item 4), duplicate 2 (items 6-7)`.
 * @param noun what a row is called, and the number of the first one
 */
export function summaryOfProblems(
	verdicts: readonly RowVerdict[],
	noun: { readonly one: string; readonly many: string; readonly from: number },
): string {
	return Object.entries(problemWords)
		.flatMap(([kind, words]) => {
			const indexes = [...verdicts.keys()].filter((index) => verdicts[index]?.problem === kind);
			const places = formatRanges(indexes.map((index) => index + noun.from));
			return indexes.length === 0
				? []
				: [`${words} ${indexes.length} (${indexes.length === 1 ? noun.one : noun.many} ${places})`];
		})
		.join(', ');
}

/** The maximum number of rows that an error lists. */
const MAX_LISTED = 10;

/** The first rows with a problem, each in a sentence: `Item 4: "x" is not a valid email address`. */
export function listOfProblems(verdicts: readonly RowVerdict[], place: (index: number) => string): string {
	const bad = [...verdicts.keys()].filter((index) => verdicts[index]?.problem !== null);
	const listed = bad.slice(0, MAX_LISTED).map((index) => {
		const text = place(index);
		return `${text.charAt(0).toUpperCase()}${text.slice(1)}: ${verdicts[index]?.message ?? ''}`;
	});
	return [...listed, ...(bad.length > MAX_LISTED ? [`And ${bad.length - MAX_LISTED} more`] : [])].join('. ');
}
