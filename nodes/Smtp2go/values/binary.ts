/** The content of a workflow's files, in every storage mode of n8n: read when it is sent. */
import { NodeOperationError, type IBinaryData } from 'n8n-workflow';
import { grouped, messageOf, type FileSource } from '../../../api';
import { filesNamed, type NamedFile, type Where } from './item-files';

/**
 * Greatest file that an email can carry, in bytes: three quarters of SMTP2GO's 50 MB, since Base64 grows by a third.
 */
const MAX_BYTES = 37_500_000;
/** Bytes that are read of a stored file at a time. */
const PIECE = 262_144;

/** One file, as the reader of its field takes it. */
export interface WorkflowFile {
	readonly filename: string;
	readonly mimetype: string;
	/** A stored file and how it is read, or content in Base64. */
	readonly fileblob: FileSource | Buffer | string;
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

async function* piecesOf({ context }: Where, id: string): AsyncGenerator<Uint8Array> {
	for await (const piece of await context.helpers.getBinaryStream(id, PIECE)) yield piece as Buffer;
}

/** What n8n's storage answers; where it fails, an error that says so. */
async function answered<T>(where: Where, filename: string, ask: () => Promise<T>): Promise<T> {
	try {
		return await ask();
	} catch (thrown) {
		throw new NodeOperationError(
			where.context.getNode(),
			`The file "${filename}" cannot be read: ${messageOf(thrown)}`,
			{
				itemIndex: where.itemIndex,
				description:
					'n8n no longer has it, or cannot reach its storage of binary data. Nothing was sent for this item.',
			},
		);
	}
}

/** True for a number of bytes: some storages know none. */
function isSize(size: unknown): size is number {
	return Number.isSafeInteger(size) && Number(size) >= 0;
}

/** The content of a stored file: its size and the way to read it. */
async function storedContent(
	where: Where,
	binary: IBinaryData,
	id: string,
	filename: string,
): Promise<FileSource | Buffer> {
	const { helpers } = where.context;
	const { fileSize: size }: { fileSize?: unknown } = await answered(where, filename, () =>
		helpers.getBinaryMetadata(id),
	);
	if (!isSize(size)) return answered(where, filename, () => helpers.getBinaryDataBuffer(where.itemIndex, binary));
	if (size > MAX_BYTES) {
		throw new NodeOperationError(
			where.context.getNode(),
			`The file "${filename}" has ${grouped(size)} bytes; SMTP2GO accepts at most ${grouped(MAX_BYTES)}`,
			{
				itemIndex: where.itemIndex,
				description: 'Pass it as a URL instead, or send a link to it',
			},
		);
	}
	// Only a name without an extension leaves it to the content to say what the file is.
	const head = /\.\w+$/.test(filename) ? undefined : await answered(where, filename, () => headOf(where, id));
	return { size, head, read: () => piecesOf(where, id) };
}

/** Content in memory. Code nodes also write it as URLs carry it, with - and _. */
function inMemory({ data }: IBinaryData): string {
	return data.replace(/\s/g, '').replaceAll('-', '+').replaceAll('_', '/');
}

/**
 * The content of a file that the form names.
 * @throws NodeOperationError where it is larger than any email may be, or n8n cannot read it; nothing was sent then
 */
export async function readFile(where: Where, { field, file }: NamedFile): Promise<WorkflowFile> {
	const filename = nameOf(file, field ?? 'file');
	return {
		filename,
		mimetype: file.mimeType,
		fileblob: file.id === undefined ? inMemory(file) : await storedContent(where, file, file.id, filename),
	};
}

/**
 * The one file that a name or an expression gives.
 * @throws NodeOperationError where there is none or more than one, or it cannot be read
 */
export async function readOneFile(where: Where, given: unknown): Promise<WorkflowFile> {
	const [first, ...others] = filesNamed(where, given);
	if (first && others.length === 0) return readFile(where, first);
	throw new NodeOperationError(
		where.context.getNode(),
		first
			? `Input Binary Field names ${others.length + 1} files, but one is needed`
			: 'Input Binary Field names no file',
		{ itemIndex: where.itemIndex },
	);
}
