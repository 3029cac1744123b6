import { entriesOf, isRecord, parsedJson } from './forms';

/** One JSON entry: a list of headers, or an object of names and values. */
function listed(json: unknown): unknown[] {
	const value = parsedJson(json);
	if (!isRecord(value) || 'header' in value) return [value].flat();
	return Object.entries(value).map(([header, text]) => ({ header, value: text }));
}

/** A mail's own headers: those given one by one, then those given as JSON. */
export function readHeaderEntries(form: unknown): unknown {
	const headers = [...entriesOf(form, 'headers'), ...entriesOf(form, 'json').flatMap((entry) => listed(entry['headers']))];
	return headers.length === 0 ? undefined : headers;
}
