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

function tokenOf(unit: 'row' | 'left', number: number): string {
	return Buffer.from(`${unit} ${number}`).toString('base64url');
}

function numberIn(token: string, unit: 'row' | 'left'): number {
	const found = new RegExp(`^${unit} (\\d+)$`).exec(Buffer.from(token, 'base64url').toString());
	if (!found) throw new FieldFailure('continue_token', "The field 'continue_token' is not valid");
	return Number(found[1]);
}
