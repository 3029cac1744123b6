/** Which files an item has, as n8n itself says, and which of them a line of the form names. */
import { NodeOperationError, type IBinaryData, type INodeExecutionData } from 'n8n-workflow';
import { isRecord, toBytes } from '../../../api';
import type { Source } from './source';

export type Where = Pick<Source, 'context' | 'itemIndex'>;

/** A file that the form names. */
export interface NamedFile {
	/** The name of its binary field; none for a file that an expression gave. */
	readonly field?: string;
	readonly file: IBinaryData;
	/** True where a pattern such as `invoice_*` found it. */
	readonly byPattern: boolean;
}

/**
 * Where n8n keeps files in binary mode "combined" (BINARY_IN_JSON_PROPERTY of n8n-workflow 2.41; n8n 1 has no such
 * mode).
 */
const FILES_IN_JSON = '_files';
/** Names of fields that an error lists at most. */
const MOST_LISTED = 10;

/**
 * True for what n8n keeps of a file that lies in its storage: the ID starts with the storage that `data` names
 * (binary-data.service.js of n8n-core 2.41.1). JSON that merely has an ID and a type is none.
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

/** True where the workflow keeps files among the JSON. */
function isCombined({ context }: Where): boolean {
	return 'getWorkflowSettings' in context && context.getWorkflowSettings().binaryMode === 'combined';
}

/**
 * The stored files among an item's JSON: those that n8n moved there, then those in fields and lists of fields, as the
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

/** The files of an item by the names of their fields. Only in binary mode "combined" may they lie among the JSON. */
function filesOf(where: Where): ReadonlyMap<string, IBinaryData> {
	const { binary, json } = where.context.getInputData()[where.itemIndex] ?? { json: {} };
	return new Map([...(isCombined(where) ? filesInJson(json) : []), ...Object.entries(binary ?? {})]);
}

/** The error for a name that no file has, with the names that there are. */
function missing(
	{ context, itemIndex }: Where,
	what: string,
	files: ReadonlyMap<string, IBinaryData>,
): NodeOperationError {
	const names = [...files.keys()];
	const listed = names.slice(0, MOST_LISTED).join(', ');
	const more = names.length > MOST_LISTED ? `, and ${names.length - MOST_LISTED} more` : '';
	return new NodeOperationError(
		context.getNode(),
		`The item has no binary field ${what}. ${names.length === 0 ? 'It has no files at all' : `It has: ${listed}${more}`}`,
		{
			itemIndex,
			description:
				names.length === 0
					? 'Not every node passes files on. Check the Binary tab of the input'
					: 'Names are case-sensitive. In the name of a binary field, * matches any characters',
		},
	);
}

/** The file at a path such as `body.photos[0]`, which n8n understands where files lie among the JSON. */
function atPath(where: Where, path: string): IBinaryData | undefined {
	if (!isCombined(where)) return undefined;
	try {
		const found: unknown = where.context.helpers.assertBinaryData(where.itemIndex, path);
		return isFile(found) ? found : undefined;
	} catch {
		return undefined;
	}
}

/**
 * True where a name fits a pattern. Read once from left to right, so that no name makes a pattern with many signs slow.
 */
function fits(name: string, pattern: string): boolean {
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
 * The names in a line, separated by commas. A field may have a comma in its own name: it is found where no field has
 * the name before the comma.
 */
function namesIn(line: string, files: ReadonlyMap<string, IBinaryData>): string[] {
	// Not so with a comma: whoever uploads a file under "terms, invoice" must not put it in the place of those two.
	if (!line.includes(',') && files.has(line)) return [line];
	const parts = line.split(',');
	const longest = [...files.keys()].reduce((most, name) => Math.max(most, name.split(',').length), 1);
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

/** The files that a name or pattern means. `*` alone may mean none; any other pattern must find one. */
function filesFor(
	where: Where,
	name: string,
	files: ReadonlyMap<string, IBinaryData>,
	except: ReadonlySet<string>,
): NamedFile[] {
	const file = files.get(name) ?? (name.includes('*') ? undefined : atPath(where, name));
	if (file) return [{ field: name, file, byPattern: false }];
	if (!name.includes('*')) throw missing(where, `'${name}' [item ${where.itemIndex}]`, files);
	const found = [...files].filter(([field]) => fits(field, name));
	if (found.length === 0 && name !== '*')
		throw missing(where, `that fits "${name}" [item ${where.itemIndex}]`, files);
	return found.filter(([field]) => !except.has(field)).map(([field, one]) => ({ field, file: one, byPattern: true }));
}

/**
 * The files that a line such as `data, invoice_*` names, each once, or those that an expression gave.
 * @param except fields that no pattern finds
 * @throws NodeOperationError where a name has no file, or what an expression gave is none
 */
export function filesNamed(where: Where, given: unknown, except: ReadonlySet<string> = new Set()): NamedFile[] {
	if (Array.isArray(given)) return given.flatMap((one) => filesNamed(where, one, except));
	if (isFile(given)) return [{ file: given, byPattern: false }];
	// Bytes of a Code node: they have no name, so their content identifies them.
	const bytes = toBytes(given);
	if (bytes)
		return [{ file: { mimeType: 'application/octet-stream', data: bytes.toString('base64') }, byPattern: false }];
	if (typeof given !== 'string') {
		throw new NodeOperationError(where.context.getNode(), 'The expression gives no file of n8n', {
			itemIndex: where.itemIndex,
			description: 'Give the name of a binary field, or the file itself, as in {{ $input.item.binary.data }}',
		});
	}
	const files = filesOf(where);
	const found = namesIn(given, files).flatMap((name) => filesFor(where, name, files, except));
	return [...new Map(found.map((one) => [one.field, one])).values()];
}

/** The fields that a line names outright, not by a pattern. */
export function fieldsNamed(where: Where, given: unknown): string[] {
	return typeof given === 'string' ? namesIn(given, filesOf(where)).filter((name) => !name.includes('*')) : [];
}
