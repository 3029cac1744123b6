/** Errors as Node-RED passes them on. */
import { failure, Smtp2goError, withoutKeys, type Result } from '../../../api';
import { translated, type Translate } from './api-texts';
import type { Runtime } from './runtime';

/** The stable code of an unexpected error: a bug of ours, or of Node-RED. */
const UNEXPECTED = 'SMTP2GO_UNEXPECTED';

/**
 * A Catch node shows an error's name before its message. With a name, "SMTP2GO could not be reached" would begin with
 * SMTP2GO twice.
 */
const NO_NAME = '';

/** The message of anything that was thrown, even if reading it throws again. */
function messageIn(thrown: unknown): string {
	try {
		return thrown instanceof Error ? String(thrown.message) : String(thrown);
	} catch {
		return 'Unknown error: the thrown value has no message';
	}
}

/** True for one of ours. A hostile Proxy throws even when asked. */
function isOurs(thrown: unknown): thrown is Smtp2goError {
	try {
		return thrown instanceof Smtp2goError;
	} catch {
		return false;
	}
}

/** The end of a sentence in Chinese or Japanese: a value in another language can be anywhere else in it. */
const EAST_ASIAN_END = /[\u3040-\u30ff\u4e00-\u9fff」』）]$/;

/** A sentence with its end, ready for the next one. Chinese and Japanese end it with a full-width stop. */
function ended(sentence: string): string {
	if (sentence.endsWith('。')) return sentence;
	return `${sentence.replace(/\.$/, '')}${EAST_ASIAN_END.test(sentence) ? '。' : '. '}`;
}

/**
 * Makes an error that Node-RED can pass on. A Catch node sees `error.message`, `error.code`, and `error.cause` and
 * nothing else (runtime/lib/flows/Flow.js, handleError), so `cause` carries the details as a plain object. Its texts
 * are in Node-RED's language. Never throws.
 * @param translate into another language, such as that of the editor
 */
export function toNodeError(thrown: unknown, translate: Translate = translated): Error {
	if (!isOurs(thrown)) {
		const error = new Error(translate(withoutKeys(messageIn(thrown))));
		return Object.assign(error, { code: UNEXPECTED, name: NO_NAME });
	}
	const { type, code, details } = thrown;
	const message = translate(thrown.message);
	const explanation = translate(thrown.explanation);
	const sentence = explanation === '' ? message : `${ended(message)}${explanation}`;
	const hint = details.hint === undefined ? {} : { hint: translate(details.hint) };
	const cause = { type, message, ...details, ...hint, ...emailsOf(thrown) };
	return Object.assign(new Error(sentence, { cause }), { code, name: NO_NAME });
}

/** The error of a message that was still waiting when the flow stopped. */
export function cancelled(RED: Runtime): Smtp2goError {
	return new Smtp2goError('cancelled', RED._('errors.cancelled'));
}

/** The result of what the editor asked for and cannot have. @param key of the message, below `errors` */
export function refusal(RED: Runtime, key: string): Result<never> {
	return failure(new Smtp2goError('invalid', RED._(`errors.${key}`)));
}

/** The error of a batch, with the outcome of each email. */
export class BatchError extends Smtp2goError {
	constructor(
		first: Smtp2goError,
		message: string,
		readonly emails: readonly object[],
	) {
		super(first.type, message, first.details);
	}
}

function emailsOf(error: Smtp2goError): { emails?: readonly object[] } {
	return error instanceof BatchError ? { emails: error.emails } : {};
}
