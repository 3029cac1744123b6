/** What a check of the setup finds. */
import type { Json, JsonObject } from '../core/json';
import type { Smtp2goError } from '../core/errors';

/**
 * How a check ends:
 * - `ok`: as it must be
 * - `warning`: emails leave, but something is wrong or soon will be
 * - `problem`: emails do not leave, or a job that is required cannot be done
 * - `unknown`: it could not be checked, mostly because the key has no permission to look
 * - `info`: a limit that matters only to those who need more
 */
export type SetupStatus = 'ok' | 'warning' | 'problem' | 'unknown' | 'info';

/** One line of a check list. Types, not interfaces, because n8n's items accept records. */
export type SetupCheck = {
	/** What was checked, such as `sender`. A fixed name for flows that branch on it. */
	check: string;
	status: SetupStatus;
	/** What it is about if a check can be about several things: a domain, a job. */
	subject: string | null;
	/** A few words. */
	title: string;
	/** What was found, in a sentence or two. */
	message: string;
	whatToDo: string | null;
	/** The numbers or records behind it, by SMTP2GO's names. */
	details: JsonObject;
};

/** The result of a check of the setup. */
export type SetupReport = {
	/** True if emails can leave now. */
	ready: boolean;
	verdict: 'ready' | 'ready with warnings' | 'not ready';
	checks: SetupCheck[];
	/** What to do, in this order. */
	todo: string[];
	/** The same to read. */
	text: string;
	/** The number of calls that it took. */
	calls: number;
};

/** What was read for the checks: a result, or why there is none. */
export type Read =
	| { readonly ok: true; readonly value: Json }
	/** The endpoint that the key has no permission for. */
	| { readonly ok: false; readonly missing: string }
	| { readonly ok: false; readonly error: Smtp2goError };

/** The fields of a check that have no default. */
type Said = Pick<SetupCheck, 'check' | 'status' | 'title' | 'message'>;

/** Makes one line of the check list. */
export function line(said: Said & Partial<SetupCheck>): SetupCheck {
	return { subject: null, whatToDo: null, details: {}, ...said };
}

/** SMTP2GO's page for keys, as texts name it. */
export const KEYS_PAGE = "SMTP2GO's page Sending > API Keys";

/** Says which endpoints to allow. */
export function allowAdvice(endpoints: readonly string[]): string {
	return `Allow ${endpoints.join(', ')} for the key on ${KEYS_PAGE}.`;
}

/**
 * The line for something that could not be read.
 * @param what what it would have told, as the end of "SMTP2GO was not asked"
 */
export function unknownLine(
	check: string,
	title: string,
	what: string,
	...reads: readonly Extract<Read, { ok: false }>[]
): SetupCheck {
	const missing = reads.flatMap((read) => ('missing' in read ? [read.missing] : []));
	const failed = reads.flatMap((read) => ('error' in read ? [read.error.message] : []));
	return line({
		check,
		status: 'unknown',
		title,
		message: [
			`It is not known ${what}.`,
			...(missing.length > 0 ? [`The key has no permission for ${missing.join(' and ')}.`] : []),
			...failed.map((message) => `The call to SMTP2GO failed: ${message}`),
		].join(' '),
		whatToDo: missing.length > 0 ? allowAdvice(missing) : 'Check the setup again later.',
		details: missing.length > 0 ? { missing } : {},
	});
}
