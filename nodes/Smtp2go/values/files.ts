/** Reads the entries of files: from binary fields, Base64, a URL, or a list from an expression; and finds the images that the HTML shows. */
import { NodeOperationError } from 'n8n-workflow';
import { filesOf, pointersOf, readBinary } from './binary';
import { entriesOf, parsedJson } from './forms';
import type { Source } from './index';

/** The last part of a URL's path: the name of a file for which none was given. */
function nameInUrl(url: unknown): string {
	return typeof url === 'string' && URL.canParse(url) ? (new URL(url).pathname.split('/').pop() ?? '') : '';
}

/** What was filled in beside a source: it goes before what the file says of itself. */
function ownWords({ filename, mimetype }: Record<string, unknown>): Record<string, unknown> {
	return { ...(filename ? { filename } : {}), ...(mimetype ? { mimetype } : {}) };
}

/** The files of binary fields. */
async function fromBinary(entry: Record<string, unknown>, source: Source): Promise<unknown[]> {
	const shown = source.field.kind === 'attachments' ? new Set(imagesIn(source).values()) : new Set<string>();
	const pointers = pointersOf(source, entry['binary'], shown);
	if (pointers.length > 1 && entry['filename']) {
		throw new NodeOperationError(source.context.getNode(), `${source.field.label}: one name cannot be given to ${pointers.length} files`, { itemIndex: source.itemIndex, description: 'Leave the name empty, so that each file keeps its own' });
	}
	return Promise.all(pointers.map(async (pointer) => ({ ...await readBinary(source, pointer), ...ownWords(entry) })));
}

/** How an entry of each source reads. */
const entryReaders: Readonly<Record<string, (entry: Record<string, unknown>, source: Source) => Promise<unknown[]> | unknown[]>> = {
	base64: (entry) => [{ fileblob: entry['content'], ...ownWords(entry) }],
	binary: fromBinary,
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

/** The names in `<img src="cid:logo.png">`. */
function contentIds(html: string): string[] {
	return [...new Set([...html.matchAll(/\bcid:([^"'\s>)&]+)/gi)].map(([, name = '']) => (/%[0-9a-f]{2}/i.test(name) ? decoded(name) : name)))];
}

function decoded(name: string): string {
	try {
		return decodeURIComponent(name);
	} catch {
		return name;
	}
}

/** The binary fields that hold the images shown in the HTML: by Content-ID, which is the name of the field or of its file. */
function imagesIn({ context, itemIndex, values }: Source): Map<string, string> {
	const html = Object.values(values).filter((value) => typeof value === 'string' && value.includes('cid:')).join('\n');
	const item = context.getInputData()[itemIndex];
	if (html === '' || item === undefined) return new Map();
	const files = [...filesOf(item)];
	return new Map(contentIds(html).flatMap((id): [string, string][] => {
		const found = files.find(([field]) => field === id) ?? files.find(([, { fileName }]) => fileName === id);
		return found ? [[id, found[0]]] : [];
	}));
}

/** Inline images: those of the form, and those that the HTML shows and a binary field of the item holds. */
export async function readInlines(form: unknown, source: Source): Promise<unknown> {
	const given = (await readFileEntries(form, source)) as Record<string, unknown>[] | undefined ?? [];
	const names = new Set(given.map(({ cid, filename, fileName }) => cid ?? filename ?? fileName));
	const found = [...imagesIn(source)].filter(([id]) => !names.has(id));
	const files = [...given, ...await Promise.all(found.map(async ([id, field]) => ({ ...await readBinary(source, field), filename: id })))];
	return files.length === 0 ? undefined : files;
}
