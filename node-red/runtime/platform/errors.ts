import { Smtp2goError, withoutKeys } from '../../../api';
import type { Runtime } from './types';

/** Stable code of an error that is not SMTP2GO's: a mistake of ours or of the host. */
const UNEXPECTED = 'SMTP2GO_UNEXPECTED';

/**
 * A Catch node shows an error's name before its message: with one, "SMTP2GO could not be reached" would begin with
 * SMTP2GO twice.
 */
const NO_NAME = '';

/** The words of whatever was thrown, even where asking for them throws again. */
function wordsOf(thrown: unknown): string {
	try {
		return thrown instanceof Error ? String(thrown.message) : String(thrown);
	} catch {
		return 'Something was thrown that has no words';
	}
}

/** Whether it is one of ours; a hostile Proxy throws even at the question. */
function isOurs(thrown: unknown): thrown is Smtp2goError {
	try {
		return thrown instanceof Smtp2goError;
	} catch {
		return false;
	}
}

/**
 * Any error as Node-RED passes it on. A Catch node sees `error.message`, `error.code` and `error.cause` and nothing
 * else (runtime/lib/flows/Flow.js, handleError), so the details travel in `cause` as a plain object. Never throws.
 */
export function toNodeError(thrown: unknown): Error {
	if (!isOurs(thrown)) {
		const error = new Error(withoutKeys(wordsOf(thrown)));
		return Object.assign(error, { code: UNEXPECTED, name: NO_NAME });
	}
	const { kind, code, message, explanation, details } = thrown;
	const sentence = explanation === '' ? message : `${message.replace(/\.$/, '')}. ${explanation}`;
	const cause = { kind, message, ...details, ...emailsOf(thrown) };
	return Object.assign(new Error(sentence, { cause }), { code, name: NO_NAME });
}

/** The error of a message that still waited when the flow was stopped. */
export function cancelled(RED: Runtime): Smtp2goError {
	return new Smtp2goError('cancelled', RED._('errors.cancelled'));
}

/** An error about a batch that also says what became of each email. */
export class BatchError extends Smtp2goError {
	constructor(
		first: Smtp2goError,
		message: string,
		readonly emails: readonly object[],
	) {
		super(first.kind, message, first.details);
	}
}

function emailsOf(error: Smtp2goError): { emails?: readonly object[] } {
	return error instanceof BatchError ? { emails: error.emails } : {};
}
