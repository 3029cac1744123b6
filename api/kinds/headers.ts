/** Custom email headers: which can be set, and which are set by SMTP2GO or a dedicated field. */
import { success, type Result } from '../core/result';
import { isRecord, parsedList, type JsonObject } from '../core/json';
import { lineProblem, shown, trimmed, wellFormed } from '../core/invisible';
import { toList, wrong, wrongValue, type Reader, type ReaderField } from './reader';

/** Headers that a field of the form sets. Recipients and sender are defined in one place only. */
const OF_FIELDS: Readonly<Record<string, string>> = {
	to: 'To',
	cc: 'CC',
	bcc: 'BCC',
	from: 'From',
	subject: 'Subject',
};
/**
 * Headers that SMTP2GO sets, rejects (contract, `custom_headers`), or signs with, or that record the route and the
 * recipients of an email. Set by hand, they would be false, or add recipients that no field shows.
 */
const OF_PROVIDER = new RegExp(
	`^(?:${[
		'content-.*',
		'mime-version',
		'sender',
		'return-path',
		'resent-.*',
		'received.*',
		'dkim-signature',
		'domainkey-signature',
		'arc-.*',
		'authentication-results',
		'apparently-to',
		'delivered-to',
		'envelope-to',
		'x-envelope-.*',
		'x-original-to',
		'x-rcpt-to',
		'x-forwarded-to',
	].join('|')})$`,
);
/** The maximum number of headers of one email. */
const MAX_HEADERS = 1000;
/** Headers that an email may have only once (RFC 5322 section 3.6). */
const ONCE = ['reply-to', 'in-reply-to', 'references', 'message-id', 'date'];

/** Returns name and value pairs from a list `[{ header, value }]` or an object `{ name: value }`. */
export function headerPairs(value: unknown): unknown[] {
	const parsed = typeof value === 'string' ? parsedList(value) : value;
	return isRecord(parsed) && !('header' in parsed)
		? Object.entries(parsed).map(([header, text]) => ({ header, value: text }))
		: toList(parsed, (text) => [text]);
}

/** Returns why a header with this name cannot be set, as the rest of a sentence, or undefined. */
function nameProblem(name: string): string | undefined {
	if (name === '') return 'contains a header without a name';
	if (name.length > 998 || !/^[!-9;-~]+$/.test(name))
		return (
			`contains the invalid header name ${shown(name)}. ` +
			'A name must not contain a space, colon, line end or non-ASCII letter'
		);
	const own = OF_FIELDS[name.toLowerCase()];
	if (own !== undefined && Object.hasOwn(OF_FIELDS, name.toLowerCase()))
		return `contains ${name}. Use the field ${own} instead`;
	return OF_PROVIDER.test(name.toLowerCase()) ? `contains ${name}, which SMTP2GO sets itself` : undefined;
}

/** Reads one header. Returns undefined for an empty row. */
function readHeader(pair: unknown, field: ReaderField): Result<{ header: string; value: string } | undefined> {
	const name = isRecord(pair) ? pair['header'] : undefined;
	const given = isRecord(pair) ? pair['value'] : undefined;
	const text = typeof given === 'number' || typeof given === 'boolean' ? String(given) : given;
	const isEmpty =
		typeof name === 'string' && trimmed(name) === '' && (text === undefined || text === null || text === '');
	if (isEmpty) return success(undefined);
	if (typeof name !== 'string' || typeof text !== 'string')
		return wrong(field, 'must be a list of { "header", "value" }, or an object of header names and values');
	// A line end after a name is not a typing mistake.
	const header = /[\r\n]/.test(name) ? name : trimmed(name);
	const problem = nameProblem(header);
	if (problem !== undefined) return wrong(field, problem);
	const ofLine = lineProblem(text);
	return ofLine === undefined
		? success({ header, value: wellFormed(text) })
		: wrongValue(field, `the value of ${header} contains ${ofLine}. It must be on one line`);
}

/** Reads custom headers. Line ends in a name or value are rejected, because they would forge more headers. */
export const readHeaders: Reader = (value, field) => {
	if (value === '') return success(undefined);
	const headers: JsonObject[] = [];
	const names = new Set<string>();
	const pairs = headerPairs(value);
	if (pairs.length > MAX_HEADERS)
		return wrong(field, `must have at most ${MAX_HEADERS} headers, not ${pairs.length}`);
	for (const pair of pairs) {
		const read = readHeader(pair, field);
		if (!read.ok) return read;
		if (read.value === undefined) continue;
		const name = read.value.header.toLowerCase();
		if (names.has(name) && ONCE.includes(name)) return wrong(field, `contains ${read.value.header} twice`);
		names.add(name);
		headers.push(read.value);
	}
	return success(headers.length === 0 ? undefined : headers);
};
