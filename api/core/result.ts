/** What every function of `api/` returns: a value, or an error that was not thrown. */
import type { Smtp2goError } from './errors';

/** What a function of `api/` gives back: a value or an error, never a throw. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: Smtp2goError };

export function success<T>(value: T): Result<T> {
	return { ok: true, value };
}

export function failure<T = never>(error: Smtp2goError): Result<T> {
	return { ok: false, error };
}
