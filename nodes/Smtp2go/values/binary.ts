/** The content of binary files, in every storage mode of n8n. A stored file is read when it is sent. */
import { NodeOperationError, type IBinaryData } from 'n8n-workflow';
import { formatNumber, messageOf, type FileSource } from '../../../api';
import type { ItemReading } from './field-reading';
import { findFiles, type NamedFile } from './item-files';

/** The largest file that fits into an email, in bytes: three quarters of SMTP2GO's 50 MB, since Base64 adds a third. */
const MAX_BYTES = 37_500_000;
/** How much of a stored file is read at a time, in bytes. */
const CHUNK_SIZE = 262_144;

/** One file, as the reader of its field takes it. */
export interface WorkflowFile {
	readonly filename: string;
	readonly mimetype: string;
	/** A stored file and how to read it, or content in Base64. */
	readonly fileblob: FileSource | Buffer | string;
}

/** The name of a file. The extension is added only to a name that n8n does not know. */
function binaryFileName({ fileName, fileExtension }: IBinaryData, fallback: string): string {
	if (fileName) return fileName;
	return fileExtension ? `${fallback}.${fileExtension}` : fallback;
}

/** The first bytes of a stored file. */
async function readHead({ context }: ItemReading, id: string): Promise<Buffer | undefined> {
	const stream = await context.helpers.getBinaryStream(id, CHUNK_SIZE);
	for await (const chunk of stream) return chunk as Buffer;
	return undefined;
}

async function* readChunks({ context }: ItemReading, id: string): AsyncGenerator<Uint8Array> {
	for await (const chunk of await context.helpers.getBinaryStream(id, CHUNK_SIZE)) yield chunk as Buffer;
}

/** Reads from n8n's storage. If that fails, the error names the file. */
async function fromStorage<T>(reading: ItemReading, filename: string, read: () => Promise<T>): Promise<T> {
	try {
		return await read();
	} catch (thrown) {
		throw new NodeOperationError(
			reading.context.getNode(),
			`The file "${filename}" could not be read: ${messageOf(thrown)}`,
			{
				itemIndex: reading.itemIndex,
				description:
					'n8n has deleted the file, or cannot reach its binary data storage. ' +
					'This item was not sent. Run the node that creates the file again.',
			},
		);
	}
}

/** True for a number of bytes: some storages do not know the size. */
function isSize(size: unknown): size is number {
	return Number.isSafeInteger(size) && Number(size) >= 0;
}

/** The content of a stored file: its size and how to read it. */
async function storedContent(
	reading: ItemReading,
	binary: IBinaryData,
	id: string,
	filename: string,
): Promise<FileSource | Buffer> {
	const { helpers } = reading.context;
	const { fileSize: size }: { fileSize?: unknown } = await fromStorage(reading, filename, () =>
		helpers.getBinaryMetadata(id),
	);
	if (!isSize(size))
		return fromStorage(reading, filename, () => helpers.getBinaryDataBuffer(reading.itemIndex, binary));
	if (size > MAX_BYTES) {
		throw new NodeOperationError(
			reading.context.getNode(),
			`The file "${filename}" has ${formatNumber(size)} bytes. ` +
				`SMTP2GO accepts at most ${formatNumber(MAX_BYTES)}`,
			{
				itemIndex: reading.itemIndex,
				description: 'Attach the file by URL, or put a link to it into the email.',
			},
		);
	}
	// The content tells the type of a file only if its name has no extension.
	const head = /\.\w+$/.test(filename)
		? undefined
		: await fromStorage(reading, filename, () => readHead(reading, id));
	return { size, head, read: () => readChunks(reading, id) };
}

/** Content in memory. Code nodes also write Base64 as URLs use it, with - and _. */
function inMemory({ data }: IBinaryData): string {
	return data.replace(/\s/g, '').replaceAll('-', '+').replaceAll('_', '/');
}

/**
 * The content of a file that the form names.
 * @throws NodeOperationError if it is too large for any email, or n8n cannot read it; nothing is sent then
 */
export async function readBinaryFile(reading: ItemReading, { field, file }: NamedFile): Promise<WorkflowFile> {
	const filename = binaryFileName(file, field ?? 'file');
	return {
		filename,
		mimetype: file.mimeType,
		fileblob: file.id === undefined ? inMemory(file) : await storedContent(reading, file, file.id, filename),
	};
}

/**
 * The one file that a name or an expression gives.
 * @throws NodeOperationError if there are none or several, or it cannot be read
 */
export async function readSingleFile(reading: ItemReading, given: unknown): Promise<WorkflowFile> {
	const [first, ...others] = findFiles(reading, given);
	if (first && others.length === 0) return readBinaryFile(reading, first);
	throw new NodeOperationError(
		reading.context.getNode(),
		first ? `Input Binary Field matches ${others.length + 1} files` : 'Input Binary Field matches no file',
		{ itemIndex: reading.itemIndex, description: 'Enter the name of one binary field, such as data.' },
	);
}
