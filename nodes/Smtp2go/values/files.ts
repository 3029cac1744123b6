/** Reads the entries of files: from binary fields in every storage mode of n8n, Base64, a URL, or a list from an expression. */
import { NodeOperationError, type IBinaryData, type IExecuteFunctions } from 'n8n-workflow';
import { grouped } from '../../../api';
import type { Source } from './index';
import { entriesOf, parsedJson } from './forms';

/** Greatest content worth loading, in bytes: three quarters of SMTP2GO's 50 MB, since Base64 grows by a third. */
const MAX_BYTES = 37_500_000;

/** The names in a line such as `data, invoice`, or the file objects that an expression gave. */
function pointersOf(given: unknown): unknown[] {
	if (Array.isArray(given)) return given;
	return typeof given === 'string' ? given.split(',').map((name) => name.trim()).filter((name) => name !== '') : [given];
}

/** A file's name from its own data: the extension is added only where the name has none. */
function nameOf({ fileName, fileExtension }: IBinaryData, fallback: string): string {
	if (fileName) return fileName;
	return fileExtension ? `${fallback}.${fileExtension}` : fallback;
}

/**
 * One file of the workflow.
 * @param pointer the name of a binary field, or a file object from an expression
 * @throws NodeOperationError where there is no such file, or it is larger than any mail may be
 */
export async function readBinary({ context, itemIndex }: Pick<Source, 'context' | 'itemIndex'>, pointer: unknown): Promise<{ filename: string; mimetype: string; fileblob: Buffer }> {
	const { helpers } = context;
	// n8n's helper itself checks what it is given, and says so in its error.
	const target = pointer as Parameters<IExecuteFunctions['helpers']['assertBinaryData']>[1];
	const binary = helpers.assertBinaryData(itemIndex, target);
	const bytes = binary.id ? ((await helpers.getBinaryMetadata(binary.id)).fileSize ?? 0) : 0;
	if (bytes > MAX_BYTES) {
		throw new NodeOperationError(context.getNode(), `The file "${nameOf(binary, 'file')}" has ${grouped(bytes)} bytes; SMTP2GO takes at most ${grouped(MAX_BYTES)}`, {
			itemIndex, description: 'Pass it as a URL instead, or send a link to it',
		});
	}
	return {
		filename: nameOf(binary, typeof pointer === 'string' ? pointer : 'file'),
		mimetype: binary.mimeType,
		fileblob: await helpers.getBinaryDataBuffer(itemIndex, target),
	};
}

/** The last part of a URL's path: the name of a file for which none was given. */
function nameInUrl(url: unknown): string {
	return typeof url === 'string' && URL.canParse(url) ? (new URL(url).pathname.split('/').pop() ?? '') : '';
}

/** What was filled in beside a source: it goes before what the file says of itself. */
function ownWords({ filename, mimetype }: Record<string, unknown>): Record<string, unknown> {
	return { ...(filename ? { filename } : {}), ...(mimetype ? { mimetype } : {}) };
}

/** How an entry of each source reads. */
const entryReaders: Readonly<Record<string, (entry: Record<string, unknown>, source: Source) => Promise<unknown[]> | unknown[]>> = {
	base64: (entry) => [{ fileblob: entry['content'], ...ownWords(entry) }],
	binary: (entry, source) => Promise.all(pointersOf(entry['binary']).map(async (pointer) => ({ ...await readBinary(source, pointer), ...ownWords(entry) }))),
	json: (entry) => [parsedJson(entry['files'])].flat(),
	url: (entry) => [{ filename: nameInUrl(entry['url']), url: entry['url'], ...ownWords(entry) }],
};

/** All files of a field, in the order of the sources. */
export async function readFileEntries(form: unknown, source: Source): Promise<unknown> {
	const files: unknown[] = [];
	for (const [name, read] of Object.entries(entryReaders)) {
		for (const entry of entriesOf(form, name)) files.push(...await read(entry, source));
	}
	return files.length === 0 ? undefined : files;
}
