import { FieldFailure } from '../schema/readers';

/** One page of a list. */
export interface Page<T> {
	rows: T[];
	/** For the next page; null if this was the last. */
	continueToken: string | null;
}

/**
 * Cuts a page out of a list. The token is opaque to callers, as live.
 * @throws FieldFailure a token this simulator has not given out
 */
export function pageOf<T>(list: readonly T[], size: number, token: string | undefined): Page<T> {
	const start = token === undefined ? 0 : Number(/^row (\d+)$/.exec(Buffer.from(token, 'base64url').toString())?.[1] ?? NaN);
	if (Number.isNaN(start)) throw new FieldFailure('continue_token', "The field 'continue_token' is not valid");
	const end = start + size;
	return {
		rows: list.slice(start, end),
		continueToken: end < list.length ? Buffer.from(`row ${end}`).toString('base64url') : null,
	};
}
