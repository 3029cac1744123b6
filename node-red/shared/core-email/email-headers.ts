/** Headers of an email that a message gives, as the core email node reads them. */
import type { NodeMessage } from 'node-red';
import { isBytes, isRecord, Smtp2goError } from '../../../api';

/** What the core `http request` node adds to the headers of an answer (core/network/21-httprequest.js). */
const ANSWER_MARK = 'x-node-red-request-node';

/** Levels of `msg.priority`, as the headers that mail programs read; their numbers are those of the header itself. */
const PRIORITIES: Readonly<Record<string, string>> = {
	high: '1 (Highest)',
	normal: '3 (Normal)',
	low: '5 (Lowest)',
	1: '1 (Highest)',
	2: '2 (High)',
	3: '3 (Normal)',
	4: '4 (Low)',
	5: '5 (Lowest)',
};

/** True for a header about content: in a message whose payload is a file it is the file's. */
function isOfContent(name: string): boolean {
	return /^content-/i.test(name);
}

/**
 * The type that `msg.headers` tells of a payload that is a file, an answer to a web request too; undefined where it
 * tells none.
 */
export function typeOfPayload({ headers }: NodeMessage): string | undefined {
	const found = isRecord(headers)
		? Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1]
		: undefined;
	return typeof found === 'string' && found !== '' ? found : undefined;
}

/**
 * The mail's own headers. Those of a web request (`msg.req`), of the answer to one, and of a file are not meant for a
 * email.
 */
function ownHeaders({ headers: own, req, payload }: NodeMessage): unknown {
	if (req !== undefined || (isRecord(own) && Object.hasOwn(own, ANSWER_MARK))) return undefined;
	if (!isBytes(payload) || !isRecord(own)) return own;
	const rest = Object.entries(own).filter(([name]) => !isOfContent(name));
	return rest.length === 0 ? undefined : Object.fromEntries(rest);
}

/** The header of `msg.priority`. */
function levelOf(priority: unknown): string | undefined {
	if (priority === undefined || priority === null || priority === '') return undefined;
	const level =
		typeof priority === 'string' || typeof priority === 'number' ? String(priority).trim().toLowerCase() : '';
	if (Object.hasOwn(PRIORITIES, level)) return PRIORITIES[level];
	throw new Smtp2goError('invalid', 'The priority of the email (msg.priority) is not one of high, normal, and low', {
		hint: 'Nothing was sent. Set msg.priority to one of them, or set Custom Headers to "not set" in the dialog',
	});
}

/** Own headers and those that stand for properties of their own. */
export function headersOf(msg: NodeMessage): unknown {
	const { inReplyTo, references, priority } = msg;
	const extra = Object.fromEntries(
		Object.entries({
			'In-Reply-To': inReplyTo,
			References: Array.isArray(references) ? references.join(' ') : references,
			'X-Priority': levelOf(priority),
		}).filter(([, value]) => value !== undefined),
	);
	const own = ownHeaders(msg);
	if (Object.keys(extra).length === 0) return own;
	if (Array.isArray(own))
		return [...(own as unknown[]), ...Object.entries(extra).map(([header, value]) => ({ header, value }))];
	return { ...extra, ...(isRecord(own) ? own : {}) };
}
