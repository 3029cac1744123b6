/** Finds the rows of a list that should not be sent, before anything leaves. */
import { operationOf } from '../catalogue';
import { success, type Result } from '../core/result';
import { bareAddress } from '../formats/mailbox';
import { kinds } from '../kinds';
import { readContext } from '../request/build';
import { wireEntries } from '../files/wire';

/** Why a row should not be sent. */
export type ProblemKind = 'noAddress' | 'invalidAddress' | 'duplicate' | 'suppressed';

/** A problem of a row. */
export interface RowProblem {
	readonly problem: ProblemKind;
	/** One sentence without a final period. */
	readonly reason: string;
}

/** The recipients of a row as bare addresses, or what is wrong with them. */
export type RowAddresses = { readonly addresses: readonly string[] } | RowProblem;

const toField = operationOf('email', 'send').fields.find(({ name }) => name === 'to');

/**
 * Reads the recipients of a row as Send does.
 * @param to text, a list, or objects with name and address
 * @param column what an error calls the column, if one was assigned
 */
export function rowAddresses(to: unknown, column?: string): RowAddresses {
	const read: Result<unknown> =
		toField === undefined || to === undefined || to === null
			? success(undefined)
			: kinds[toField.kind].read(to, toField, readContext(0));
	if (!read.ok) return { problem: 'invalidAddress', reason: read.error.message.replace(/^To:? /, '') };
	const addresses = wireEntries(read.value as never).flatMap(
		(person) => bareAddress(String(person)) ?? String(person),
	);
	if (addresses.length > 0) return { addresses };
	return {
		problem: 'noAddress',
		reason:
			column === undefined
				? 'No column with a name such as Email has an address'
				: `The column "${column}" is missing or empty`,
	};
}

/** Returns the same text for addresses that differ only in case or in how accents are encoded. */
export function sameAddress(address: string): string {
	return address.normalize('NFC').toLowerCase();
}

/** What else is known of the addresses, and which rows may have the same one. */
export interface ProblemOptions {
	/** Why SMTP2GO delivers nothing to an address, by `sameAddress`. */
	readonly suppressed?: ReadonlyMap<string, string>;
	/** True if several rows may have the same address, because each is an email of its own. */
	readonly allowDuplicates?: boolean;
	/** What a reason calls a row, by its place in the list from 0: `item 3`. */
	readonly place: (index: number) => string;
}

/**
 * Finds the problem of each row, in linear time. A row with several recipients counts as suppressed or as a duplicate
 * only if all of them are: the others should get their email.
 * @returns in the order of the rows; undefined for a row that can be sent
 */
export function findProblems(
	rows: readonly RowAddresses[],
	{ suppressed, allowDuplicates = false, place }: ProblemOptions,
): (RowProblem | undefined)[] {
	/** The row that an address was first seen in. */
	const first = new Map<string, number>();
	return rows.map((row, index) => {
		if ('problem' in row) return row;
		const keys = row.addresses.map(sameAddress);
		const reasons = keys.map((key) => suppressed?.get(key));
		const [reason] = reasons;
		if (reason !== undefined && reasons.every((one) => one !== undefined))
			return { problem: 'suppressed', reason: `${row.addresses.join(', ')}: ${reason}` };
		const earlier = keys.map((key) => first.get(key));
		for (const key of keys) if (!first.has(key)) first.set(key, index);
		const [original] = earlier;
		return allowDuplicates || original === undefined || earlier.includes(undefined)
			? undefined
			: { problem: 'duplicate', reason: `The same address as ${place(original)}` };
	});
}
