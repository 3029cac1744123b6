/** The result of functions in `api/`: a value or an error, never a throw. */
import type { Smtp2goError } from './errors';

/** A value or an error. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: Smtp2goError };

export function success<T>(value: T): Result<T> {
	return { ok: true, value };
}

export function failure<T = never>(error: Smtp2goError): Result<T> {
	return { ok: false, error };
}
