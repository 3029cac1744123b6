/** Files of the workflow, in every storage mode of n8n: found by name, pattern or expression, and read when they are sent. */
import { NodeOperationError, type IBinaryData, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';
import { grouped, isRecord, type FileSource } from '../../../api';
import type { Source } from './index';

/** Greatest file that a mail can carry, in bytes: three quarters of SMTP2GO's 50 MB, since Base64 grows by a third. */
const MAX_BYTES = 37_500_000;
/** Bytes that are read of a stored file at a time. */
const PIECE = 262_144;

type Where = Pick<Source, 'context' | 'itemIndex'>;

/** One file, as the reader of its field takes it. */
export interface WorkflowFile {
	readonly filename: string;
	readonly mimetype: string;
	readonly fileblob: FileSource | Buffer;
}

/** True for what n8n keeps of a file. Its own check of this is not in every version of n8n that the node runs in. */
function isFile(value: unknown): value is IBinaryData {
	return isRecord(value) && typeof value['mimeType'] === 'string' && (typeof value['id'] === 'string' || typeof value['data'] === 'string');
}

/** The files of an item by the names of their fields, also where n8n keeps them among the JSON (binary mode "combined"). */
export function filesOf({ binary, json }: INodeExecutionData): Map<string, IBinaryData> {
	const among = Object.entries(json).flatMap(([name, value]): [string, IBinaryData][] => (isFile(value) ? [[name, value]] : []));
	return new Map([...Object.entries(binary ?? {}), ...among]);
}

/** A file's name from its own data: the extension is added only where the name has none. */
function nameOf({ fileName, fileExtension }: IBinaryData, fallback: string): string {
	if (fileName) return fileName;
	return fileExtension ? `${fallback}.${fileExtension}` : fallback;
}

/** The beginning of a stored file. */
async function headOf({ context }: Where, id: string): Promise<Buffer | undefined> {
	const stream = await context.helpers.getBinaryStream(id, PIECE);
	for await (const piece of stream) return piece as Buffer;
	return undefined;
}

/** The content: of a stored file its size and the way to read it, of one in memory the bytes. */
async function contentOf(where: Where, pointer: unknown, binary: IBinaryData, filename: string): Promise<FileSource | Buffer> {
	const { helpers } = where.context;
	const { id } = binary;
	const size = id === undefined ? undefined : (await helpers.getBinaryMetadata(id)).fileSize;
	if (id === undefined || size === undefined) return helpers.getBinaryDataBuffer(where.itemIndex, pointer as Parameters<typeof helpers.getBinaryDataBuffer>[1]);
	if (size > MAX_BYTES) {
		throw new NodeOperationError(where.context.getNode(), `The file "${filename}" has ${grouped(size)} bytes; SMTP2GO takes at most ${grouped(MAX_BYTES)}`, {
			itemIndex: where.itemIndex, description: 'Pass it as a URL instead, or send a link to it',
		});
	}
	// Only a name without an extension leaves it to the content to say what the file is.
	const head = /\.\w+$/.test(filename) ? undefined : await headOf(where, id);
	return { size, head, read: () => piecesOf(where, id) };
}

async function* piecesOf({ context }: Where, id: string): AsyncGenerator<Uint8Array> {
	for await (const piece of await context.helpers.getBinaryStream(id, PIECE)) yield piece as Buffer;
}

/**
 * One file of the workflow.
 * @param pointer the name of a binary field, or a file object from an expression
 * @throws NodeOperationError where there is no such file, or it is larger than any mail may be
 */
export async function readBinary(where: Where, pointer: unknown): Promise<WorkflowFile> {
	// n8n's helper itself checks what it is given, and says so in its error.
	const binary = where.context.helpers.assertBinaryData(where.itemIndex, pointer as Parameters<IExecuteFunctions['helpers']['assertBinaryData']>[1]);
	const filename = nameOf(binary, typeof pointer === 'string' ? pointer : 'file');
	return { filename, mimetype: binary.mimeType, fileblob: await contentOf(where, pointer, binary, filename) };
}

/** A pattern such as `invoice_*`, as an expression; undefined for a plain name. */
function patternOf(name: string): RegExp | undefined {
	return name.includes('*') ? new RegExp(`^${name.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&')).join('.*')}$`) : undefined;
}

/** The fields that a name or pattern means. `*` alone may mean none; any other pattern must find one. */
function fieldsFor({ context, itemIndex }: Where, name: string, taken: ReadonlySet<string>): string[] {
	const pattern = patternOf(name);
	if (!pattern) return [name];
	const item = context.getInputData()[itemIndex];
	const found = [...(item ? filesOf(item).keys() : [])].filter((field) => pattern.test(field));
	if (found.length === 0 && name !== '*') {
		throw new NodeOperationError(context.getNode(), `The item has no binary field that fits "${name}" [item ${itemIndex}]`, { itemIndex, description: 'The sign * stands for any characters in the name of a binary field' });
	}
	return found.filter((field) => !taken.has(field));
}

/**
 * What a line such as `data, invoice_*` points to: names of fields, or the file objects that an expression gave.
 * @param taken fields that no pattern finds: their files go out as inline images
 */
export function pointersOf(where: Where, given: unknown, taken: ReadonlySet<string>): unknown[] {
	if (Array.isArray(given)) return given.flatMap((one) => pointersOf(where, one, taken));
	if (typeof given !== 'string') return [given];
	const names = given.split(',').map((name) => name.trim()).filter((name) => name !== '');
	return [...new Set(names.flatMap((name) => fieldsFor(where, name, taken)))];
}
