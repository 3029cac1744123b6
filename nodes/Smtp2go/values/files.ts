/**
 * Reads the entries of attachments and inline images: from binary fields, Base64, a URL, or a list from an expression.
 */
import { NodeOperationError } from 'n8n-workflow';
import { isRecord } from '../../../api';
import { readFile } from './binary';
import { entriesOf, isBlank, parsedJson } from '../parameters/form-values';
import { idsOf, readShown, shownIn } from './inline-images';
import { fieldsNamed, filesNamed, type NamedFile } from './item-files';
import type { Source } from './source';

/** What was filled in beside a source: it goes before what the file says of itself. */
function ownWords({ filename, mimetype }: Record<string, unknown>): Record<string, unknown> {
	return { ...(filename ? { filename } : {}), ...(mimetype ? { mimetype } : {}) };
}

/** The files of binary fields that an entry names. */
function namedIn(entry: Record<string, unknown>, source: Source): NamedFile[] {
	// A field named outright as an inline image is not meant by * among the attachments.
	const inline =
		source.field.kind === 'attachments'
			? entriesOf(source.options['inlines'], 'binary').flatMap(({ binary }) => fieldsNamed(source, binary))
			: [];
	const files = filesNamed(source, entry['binary'], new Set(inline));
	if (files.length > 1 && entry['filename']) {
		throw new NodeOperationError(
			source.context.getNode(),
			`${source.field.label}: one name cannot be given to ${files.length} files`,
			{ itemIndex: source.itemIndex, description: 'Leave the name empty, so that each file keeps its own' },
		);
	}
	return files;
}

/** Files to attach: each keeps the name of its field beside its own, by which the HTML may show it. */
async function attached(entry: Record<string, unknown>, source: Source): Promise<unknown[]> {
	return Promise.all(
		namedIn(entry, source).map(async (named) => ({
			field: named.field,
			...(await readFile(source, named)),
			...ownWords(entry),
		})),
	);
}

/**
 * Images to show: under the Content-ID of the form, else under that by which the HTML shows them, else under their own
 * name.
 */
async function inline(entry: Record<string, unknown>, source: Source): Promise<unknown[]> {
	const shown = shownIn(source);
	const files = await Promise.all(
		namedIn(entry, source).map(async (named) => {
			const file = { ...(await readFile(source, named)), ...ownWords(entry) };
			const ids = entry['filename'] ? [] : idsOf([named.field, file.filename], shown);
			// Of all that a pattern finds, the HTML takes what it shows. The HTML of a template is not known here.
			if (ids.length === 0 && named.byPattern && !isBlank(source.values['html_body'])) return [];
			return ids.length > 0 ? ids.map((cid) => ({ ...file, cid })) : [file];
		}),
	);
	return files.flat();
}

type ReadEntry = (entry: Record<string, unknown>, source: Source) => Promise<unknown[]> | unknown[];

/** How an entry of each source reads. A file by URL without a name is called as the URL says. */
const entryReaders: Readonly<Record<string, ReadEntry>> = {
	base64: (entry) => [{ fileblob: entry['content'], ...ownWords(entry) }],
	binary: (entry, source) => (source.field.kind === 'inlines' ? inline : attached)(entry, source),
	json: (entry) => [parsedJson(entry['files'])].flat(),
	url: (entry) => [{ url: entry['url'], ...ownWords(entry) }],
};

async function readEntries(form: unknown, source: Source): Promise<unknown[]> {
	const files: unknown[] = [];
	for (const [name, read] of Object.entries(entryReaders)) {
		for (const entry of entriesOf(form, name)) files.push(...(await read(entry, source)));
	}
	return files;
}

/** All attachments, in the order of the sources. What the HTML says takes none of them away. */
export async function readAttachments(form: unknown, source: Source): Promise<unknown> {
	const files = await readEntries(form, source);
	return files.length === 0 ? undefined : files;
}

/** Inline images: those of the form, and the attached images that the HTML shows. */
export async function readInlines(form: unknown, source: Source): Promise<unknown> {
	const given = await readEntries(form, source);
	const files = [...given, ...readShown(given.filter(isRecord), source)];
	return files.length === 0 ? undefined : files;
}
