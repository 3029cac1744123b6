/** Reads attachments and inline images: from binary fields, Base64, URLs, or a list from an expression. */
import { NodeOperationError } from 'n8n-workflow';
import { isRecord } from '../../../api';
import { collectionEntries, isBlank, parseIfJson } from '../parameters/form-values';
import { readBinaryFile } from './binary';
import type { FieldReading } from './field-reading';
import { readShownAttachments, shownImages, shownNames } from './inline-images';
import { findFiles, namedFields, type NamedFile } from './item-files';

/** The name and type entered in the form, which win over those of the file. */
function entered({ filename, mimetype }: Record<string, unknown>): Record<string, unknown> {
	return { ...(filename ? { filename } : {}), ...(mimetype ? { mimetype } : {}) };
}

/** The binary files that an entry names. */
function entryFiles(entry: Record<string, unknown>, reading: FieldReading): NamedFile[] {
	// Among the attachments, * leaves out a field that Inline Images names.
	const inlineFields =
		reading.field.kind === 'attachments'
			? collectionEntries(reading.options['inlines'], 'binary').flatMap(({ binary }) =>
					namedFields(reading, binary),
				)
			: [];
	const files = findFiles(reading, entry['binary'], new Set(inlineFields));
	if (files.length > 1 && entry['filename']) {
		throw new NodeOperationError(
			reading.context.getNode(),
			`${reading.field.label}: ${files.length} files cannot have the same name`,
			{ itemIndex: reading.itemIndex, description: 'Clear the name, so that each file keeps its own.' },
		);
	}
	return files;
}

/** Files to attach. Each also keeps the name of its field, by which the HTML can show it. */
async function readAttached(entry: Record<string, unknown>, reading: FieldReading): Promise<unknown[]> {
	return Promise.all(
		entryFiles(entry, reading).map(async (named) => ({
			field: named.field,
			...(await readBinaryFile(reading, named)),
			...entered(entry),
		})),
	);
}

/**
 * Images to show: under the Content-ID of the form, or the name by which the HTML shows them, or their own name, in
 * this order.
 */
async function readInline(entry: Record<string, unknown>, reading: FieldReading): Promise<unknown[]> {
	const shown = shownImages(reading);
	const files = await Promise.all(
		entryFiles(entry, reading).map(async (named) => {
			const file = { ...(await readBinaryFile(reading, named)), ...entered(entry) };
			const ids = entry['filename'] ? [] : shownNames([named.field, file.filename], shown);
			// Of the files that a pattern matches, only those that the HTML shows are sent. A template's HTML is not
			// known.
			if (ids.length === 0 && named.byPattern && !isBlank(reading.values['html_body'])) return [];
			return ids.length > 0 ? ids.map((cid) => ({ ...file, cid })) : [file];
		}),
	);
	return files.flat();
}

type ReadEntry = (entry: Record<string, unknown>, reading: FieldReading) => Promise<unknown[]> | unknown[];

/** How an entry of each source is read. A file by URL gets its name from the URL. */
const entryReaders: Readonly<Record<string, ReadEntry>> = {
	base64: (entry) => [{ fileblob: entry['content'], ...entered(entry) }],
	binary: (entry, reading) => (reading.field.kind === 'inlines' ? readInline : readAttached)(entry, reading),
	json: (entry) => [parseIfJson(entry['files'])].flat(),
	url: (entry) => [{ url: entry['url'], ...entered(entry) }],
};

async function readFileEntries(form: unknown, reading: FieldReading): Promise<unknown[]> {
	const files: unknown[] = [];
	for (const [name, read] of Object.entries(entryReaders)) {
		for (const entry of collectionEntries(form, name)) files.push(...(await read(entry, reading)));
	}
	return files;
}

/** Reads all attachments, in the order of the sources. The HTML removes none of them. */
export async function readAttachments(form: unknown, reading: FieldReading): Promise<unknown> {
	const files = await readFileEntries(form, reading);
	return files.length === 0 ? undefined : files;
}

/** Reads the inline images of the form, and the attached images that the HTML shows. */
export async function readInlines(form: unknown, reading: FieldReading): Promise<unknown> {
	const given = await readFileEntries(form, reading);
	const files = [...given, ...readShownAttachments(given.filter(isRecord), reading)];
	return files.length === 0 ? undefined : files;
}
