// Pages of lists, with the token for the next page.
import { FieldFailure } from '../../schema/readers';

/** One page of a list. */
export interface Page<T> {
	rows: T[];
	/** For the next page; null if this was the last. */
	continueToken: string | null;
}

/**
 * Cuts a page out of a list. The token is opaque to callers, as in the live service.
 * @throws FieldFailure a token this simulator has not given out
 */
export function pageOf<T>(list: readonly T[], size: number, token: string | undefined): Page<T> {
	const end = (token === undefined ? 0 : numberIn(token, 'row')) + size;
	return { rows: list.slice(end - size, end), continueToken: end < list.length ? tokenOf('row', end) : null };
}

/**
 * The same for a list with the newest rows first. The token counts what is left to the oldest row, so that email
 * arriving between two pages neither repeats a row nor skips one.
 */
export function newestFirstPage<T>(list: readonly T[], size: number, token: string | undefined): Page<T> {
	const left = token === undefined ? list.length : numberIn(token, 'left');
	const start = Math.max(0, list.length - left);
	const after = list.length - start - size;
	return { rows: list.slice(start, start + size), continueToken: after > 0 ? tokenOf('left', after) : null };
}

/** The position of a row in a list: no two rows have the same place. */
export interface Place {
	/** Milliseconds since 1970. */
	readonly at: number;
	readonly order: number;
}

/**
 * The same for a list in the order of its places, the greatest first. The token names the last row of the page, so
 * that rows that turn up anywhere between two pages neither repeat a row nor hide one.
 */
export function pageByPlace<T extends Place>(list: readonly T[], size: number, token: string | undefined): Page<T> {
	const start = token === undefined ? 0 : indexBehind(list, token);
	const rows = list.slice(start, start + size);
	const last = rows.at(-1);
	const isLast = start + size >= list.length || last === undefined;
	return { rows, continueToken: isLast ? null : packed(`place ${last.at} ${last.order}`) };
}

function indexBehind(list: readonly Place[], token: string): number {
	const found = /^place (\d+) (\d+)$/.exec(unpacked(token));
	if (!found) throw invalidToken();
	const [at, order] = [Number(found[1]), Number(found[2])];
	let low = 0;
	let high = list.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		const place = list[middle];
		const isBehind = place === undefined || place.at < at || (place.at === at && place.order < order);
		if (isBehind) high = middle;
		else low = middle + 1;
	}
	return low;
}

const packed = (text: string): string => Buffer.from(text).toString('base64url');
const unpacked = (token: string): string => Buffer.from(token, 'base64url').toString();

function invalidToken(): FieldFailure {
	return new FieldFailure('continue_token', "The field 'continue_token' is not valid");
}

function tokenOf(unit: 'row' | 'left', number: number): string {
	return packed(`${unit} ${number}`);
}

function numberIn(token: string, unit: 'row' | 'left'): number {
	const found = new RegExp(`^${unit} (\\d+)$`).exec(unpacked(token));
	if (!found) throw invalidToken();
	return Number(found[1]);
}
