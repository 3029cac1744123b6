import { Smtp2goError, withoutKeys } from '../../api';

/** Stable code of an error that is not SMTP2GO's: a mistake of ours or of the host. */
const UNEXPECTED = 'SMTP2GO_UNEXPECTED';

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
		return Object.assign(error, { code: UNEXPECTED, name: 'SMTP2GO' });
	}
	const { kind, code, message, explanation, details } = thrown;
	const sentence = explanation === '' ? message : `${message.replace(/\.$/, '')}. ${explanation}`;
	const cause = { kind, message, ...details, ...mailsOf(thrown) };
	return Object.assign(new Error(sentence, { cause }), { code, name: 'SMTP2GO' });
}

/** An error about a batch that also says what became of each mail. */
export class BatchError extends Smtp2goError {
	constructor(first: Smtp2goError, message: string, readonly mails: readonly object[]) {
		super(first.kind, message, first.details);
	}
}

function mailsOf(error: Smtp2goError): { mails?: readonly object[] } {
	return error instanceof BatchError ? { mails: error.mails } : {};
}
