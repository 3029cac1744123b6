/** The binary files of an item, and which of them a name, a pattern or an expression means. */
import { NodeOperationError, type IBinaryData, type INodeExecutionData } from 'n8n-workflow';
import { isRecord, toBytes } from '../../../api';
import type { ItemReading } from './field-reading';

/** A file that the form names. */
export interface NamedFile {
	/** The name of its binary field; none for a file that an expression gave. */
	readonly field?: string;
	readonly file: IBinaryData;
	/** True if a pattern such as `invoice_*` matched it. */
	readonly byPattern: boolean;
}

/**
 * The JSON field that holds an item's files in the binary mode "combined" (BINARY_IN_JSON_PROPERTY of n8n-workflow
 * 2.41; n8n 1 has no such mode).
 */
const FILES_IN_JSON = '_files';
/** How many field names an error lists. */
const MAX_LISTED = 10;

/**
 * True for the record of a file in n8n's storage: its ID starts with the storage that `data` names
 * (binary-data.service.js of n8n-core 2.41.1). JSON that merely has an ID and a type is not a file.
 */
function isStored(value: unknown): value is IBinaryData {
	if (!isRecord(value)) return false;
	const { mimeType, data, id } = value;
	return (
		typeof mimeType === 'string' &&
		typeof data === 'string' &&
		data !== '' &&
		typeof id === 'string' &&
		id.startsWith(`${data}:`)
	);
}

/** True for a file as an expression gives it: stored, or with its content in Base64. */
function isFile(value: unknown): value is IBinaryData {
	return (
		isStored(value) ||
		(isRecord(value) &&
			typeof value['mimeType'] === 'string' &&
			typeof value['data'] === 'string' &&
			value['id'] === undefined)
	);
}

/** True if the workflow keeps files among the JSON. */
function isCombined({ context }: ItemReading): boolean {
	return 'getWorkflowSettings' in context && context.getWorkflowSettings().binaryMode === 'combined';
}

/**
 * The stored files among an item's JSON: those that n8n moved there, and those in fields and lists of fields, as the
 * form node writes them.
 */
function filesInJson(json: INodeExecutionData['json']): [string, IBinaryData][] {
	const moved = json[FILES_IN_JSON];
	const entries = Object.entries(json).flatMap(([name, value]): [string, unknown][] =>
		Array.isArray(value)
			? value.map((one, index): [string, unknown] => [`${name}[${index}]`, one])
			: [[name, value]],
	);
	return [...entries, ...Object.entries(isRecord(moved) ? moved : {})].filter(
		(entry): entry is [string, IBinaryData] => isStored(entry[1]),
	);
}

/** The files of an item by field name. Only in the binary mode "combined" can they lie among the JSON. */
function itemFiles(reading: ItemReading): ReadonlyMap<string, IBinaryData> {
	const { binary, json } = reading.context.getInputData()[reading.itemIndex] ?? { json: {} };
	return new Map([...(isCombined(reading) ? filesInJson(json) : []), ...Object.entries(binary ?? {})]);
}

/** The error for a name that matches no file, with the names of the item's files. */
function missingFileError(
	{ context, itemIndex }: ItemReading,
	what: string,
	files: ReadonlyMap<string, IBinaryData>,
): NodeOperationError {
	const names = [...files.keys()];
	const listed = names.slice(0, MAX_LISTED).join(', ');
	const more = names.length > MAX_LISTED ? `, and ${names.length - MAX_LISTED} more` : '';
	return new NodeOperationError(
		context.getNode(),
		`The item has no binary field ${what}. ${names.length === 0 ? 'It has no files' : `It has: ${listed}${more}`}`,
		{
			itemIndex,
			description:
				names.length === 0
					? 'Not every node passes files on. Check the Binary tab of the input.'
					: 'Names are case-sensitive. Use * in a name to match any characters.',
		},
	);
}

/** The file at a path such as `body.photos[0]`, which n8n resolves if files lie among the JSON. */
function fileAtPath(reading: ItemReading, path: string): IBinaryData | undefined {
	if (!isCombined(reading)) return undefined;
	try {
		const found: unknown = reading.context.helpers.assertBinaryData(reading.itemIndex, path);
		return isFile(found) ? found : undefined;
	} catch {
		return undefined;
	}
}

/** True if a name matches a pattern. Read once from left to right, so that a pattern with many * stays fast. */
function matchesPattern(name: string, pattern: string): boolean {
	const [first = '', ...rest] = pattern.split('*');
	const last = rest.pop() ?? '';
	const end = name.length - last.length;
	let at = first.length;
	if (at > end || !name.startsWith(first) || !name.endsWith(last)) return false;
	for (const part of rest) {
		const found = name.indexOf(part, at);
		if (found < 0 || found + part.length > end) return false;
		at = found + part.length;
	}
	return true;
}

/**
 * The names in a comma-separated list. A name that itself contains a comma is recognized if no field has the name
 * before the comma.
 */
function splitNames(list: string, files: ReadonlyMap<string, IBinaryData>): string[] {
	// A name with a comma does not win over the list: a visitor's upload named "terms, invoice" must not replace the
	// two.
	if (!list.includes(',') && files.has(list)) return [list];
	const parts = list.split(',');
	const longest = [...files.keys()].reduce((max, name) => Math.max(max, name.split(',').length), 1);
	const names: string[] = [];
	for (let at = 0, length = 1; at < parts.length; at += length) {
		const name = (count: number) =>
			parts
				.slice(at, at + count)
				.join(',')
				.trim();
		const counts = Array.from({ length: Math.min(longest, parts.length - at) }, (_, index) => index + 1);
		length = counts.find((count) => files.has(name(count))) ?? 1;
		if (name(length) !== '') names.push(name(length));
	}
	return names;
}

/** The files that a name or pattern means. `*` alone can match nothing; any other pattern must match a file. */
function matchingFiles(
	reading: ItemReading,
	name: string,
	files: ReadonlyMap<string, IBinaryData>,
	except: ReadonlySet<string>,
): NamedFile[] {
	const file = files.get(name) ?? (name.includes('*') ? undefined : fileAtPath(reading, name));
	if (file) return [{ field: name, file, byPattern: false }];
	if (!name.includes('*')) throw missingFileError(reading, `"${name}" [item ${reading.itemIndex}]`, files);
	const found = [...files].filter(([field]) => matchesPattern(field, name));
	if (found.length === 0 && name !== '*')
		throw missingFileError(reading, `that matches "${name}" [item ${reading.itemIndex}]`, files);
	return found.filter(([field]) => !except.has(field)).map(([field, one]) => ({ field, file: one, byPattern: true }));
}

/**
 * Finds the files that a list such as `data, invoice_*` names, each once, or those that an expression gave.
 * @param except fields that no pattern matches
 * @throws NodeOperationError if a name has no file, or an expression gave something else
 */
export function findFiles(reading: ItemReading, given: unknown, except: ReadonlySet<string> = new Set()): NamedFile[] {
	if (Array.isArray(given)) return given.flatMap((one) => findFiles(reading, one, except));
	if (isFile(given)) return [{ file: given, byPattern: false }];
	// Bytes of a Code node have no name.
	const bytes = toBytes(given);
	if (bytes)
		return [{ file: { mimeType: 'application/octet-stream', data: bytes.toString('base64') }, byPattern: false }];
	if (typeof given !== 'string') {
		throw new NodeOperationError(reading.context.getNode(), 'The expression does not resolve to a file', {
			itemIndex: reading.itemIndex,
			description: 'Use the name of a binary field, or the file itself, such as {{ $input.item.binary.data }}.',
		});
	}
	const files = itemFiles(reading);
	const found = splitNames(given, files).flatMap((name) => matchingFiles(reading, name, files, except));
	return [...new Map(found.map((one) => [one.field, one])).values()];
}

/** The fields that a list names without a pattern. */
export function namedFields(reading: ItemReading, given: unknown): string[] {
	return typeof given === 'string' ? splitNames(given, itemFiles(reading)).filter((name) => !name.includes('*')) : [];
}
