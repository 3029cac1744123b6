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
 * Headers that SMTP2GO sets or refuses (contract, `custom_headers`), signs with, or that name the way an email went and
 * whom it
 * reaches: set by hand they would lie, or lead to people whom no field shows.
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
/** Most headers of one email. */
const MAX_HEADERS = 1000;
/** Headers that an email has once (RFC 5322 section 3.6). */
const ONCE = ['reply-to', 'in-reply-to', 'references', 'message-id', 'date'];

/** Name and value pairs from a list `[{ header, value }]` or from an object `{ name: value }`. */
export function headerPairs(value: unknown): unknown[] {
	const parsed = typeof value === 'string' ? parsedList(value) : value;
	return isRecord(parsed) && !('header' in parsed)
		? Object.entries(parsed).map(([header, text]) => ({ header, value: text }))
		: toList(parsed, (text) => [text]);
}

/** Why a header of this name cannot be set, as the end of a sentence; undefined where it can. */
function nameProblem(name: string): string | undefined {
	if (name === '') return 'contains a header without a name';
	if (name.length > 998 || !/^[!-9;-~]+$/.test(name))
		return `contains the header name ${shown(name)}. A name has no space, colon, line end or letter outside ASCII`;
	const own = OF_FIELDS[name.toLowerCase()];
	if (own !== undefined && Object.hasOwn(OF_FIELDS, name.toLowerCase()))
		return `contains ${name}. Use the field ${own} instead`;
	return OF_PROVIDER.test(name.toLowerCase()) ? `contains ${name}, which SMTP2GO sets itself` : undefined;
}

/** One header; undefined for a row that was left empty. */
function readHeader(pair: unknown, field: ReaderField): Result<{ header: string; value: string } | undefined> {
	const name = isRecord(pair) ? pair['header'] : undefined;
	const given = isRecord(pair) ? pair['value'] : undefined;
	const text = typeof given === 'number' || typeof given === 'boolean' ? String(given) : given;
	const isEmpty =
		typeof name === 'string' && trimmed(name) === '' && (text === undefined || text === null || text === '');
	if (isEmpty) return success(undefined);
	if (typeof name !== 'string' || typeof text !== 'string')
		return wrong(field, 'must be a list of { "header", "value" }, or an object of header names and values');
	// A line end behind a name is no slip of the hand.
	const header = /[\r\n]/.test(name) ? name : trimmed(name);
	const problem = nameProblem(header);
	if (problem !== undefined) return wrong(field, problem);
	const ofLine = lineProblem(text);
	return ofLine === undefined
		? success({ header, value: wellFormed(text) })
		: wrongValue(field, `the value of ${header} contains ${ofLine}. It must be on one line`);
}

/** Own headers of an email. Line ends in a name or value are refused: they would forge further headers. */
export const readHeaders: Reader = (value, field) => {
	if (value === '') return success(undefined);
	const headers: JsonObject[] = [];
	const names = new Set<string>();
	const pairs = headerPairs(value);
	if (pairs.length > MAX_HEADERS) return wrong(field, `takes at most ${MAX_HEADERS} headers, not ${pairs.length}`);
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
