/** Reads the headers of an email from a message, as Node-RED's own e-mail node does. */
import type { NodeMessage } from 'node-red';
import { isBytes, isRecord, Smtp2goError } from '../../../api';

/** What the core `http request` node adds to the headers of a response (core/network/21-httprequest.js). */
const RESPONSE_MARK = 'x-node-red-request-node';

/** Values of `msg.priority`, and the header that email programs read. The numbers are those of the header. */
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

/** True for a header about content. If the payload is a file, it describes the file. */
function isOfContent(name: string): boolean {
	return /^content-/i.test(name);
}

/**
 * The type of a payload that is a file, from `msg.headers`, also after a web request; undefined if it has none.
 */
export function typeOfPayload({ headers }: NodeMessage): string | undefined {
	const found = isRecord(headers)
		? Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1]
		: undefined;
	return typeof found === 'string' && found !== '' ? found : undefined;
}

/** The headers in `msg.headers`, except those of a web request (`msg.req`), of its response, and of a file. */
function ownHeaders({ headers: own, req, payload }: NodeMessage): unknown {
	if (req !== undefined || (isRecord(own) && Object.hasOwn(own, RESPONSE_MARK))) return undefined;
	if (!isBytes(payload) || !isRecord(own)) return own;
	const rest = Object.entries(own).filter(([name]) => !isOfContent(name));
	return rest.length === 0 ? undefined : Object.fromEntries(rest);
}

/** The value of X-Priority for `msg.priority`. */
function priorityHeader(priority: unknown): string | undefined {
	if (priority === undefined || priority === null || priority === '') return undefined;
	const level =
		typeof priority === 'string' || typeof priority === 'number' ? String(priority).trim().toLowerCase() : '';
	if (Object.hasOwn(PRIORITIES, level)) return PRIORITIES[level];
	throw new Smtp2goError('invalid', 'The priority of the email (msg.priority) must be high, normal, or low', {
		hint: 'Nothing was sent. Set msg.priority to one of them, or set Custom Headers to "not set" in the dialog',
	});
}

/** The headers in `msg.headers`, and those of other message properties. */
export function headersOf(msg: NodeMessage): unknown {
	const { inReplyTo, references, priority } = msg;
	const extra = Object.fromEntries(
		Object.entries({
			'In-Reply-To': inReplyTo,
			References: Array.isArray(references) ? references.join(' ') : references,
			'X-Priority': priorityHeader(priority),
		}).filter(([, value]) => value !== undefined),
	);
	const own = ownHeaders(msg);
	if (Object.keys(extra).length === 0) return own;
	if (Array.isArray(own))
		return [...(own as unknown[]), ...Object.entries(extra).map(([header, value]) => ({ header, value }))];
	return { ...extra, ...(isRecord(own) ? own : {}) };
}
