/**
 * Images that the HTML body shows by `<img src="cid:…">`. Only a file that the form names goes out, as an attachment or
 * as an inline image: the HTML may hold a visitor's words, which must not decide what leaves.
 */
import { contentIdOf, imagesShown, isRecord, nameInUrl, percentDecoded, saysNothing } from '../../../api';
import type { Source } from './source';

/** The Content-IDs that the HTML body shows. */
export function shownIn({ values }: Source): ReadonlySet<string> {
	return imagesShown(values['html_body']);
}

/** The names of a file, of its field and itself, by which the HTML shows it. */
export function idsOf(names: readonly unknown[], shown: ReadonlySet<string>): string[] {
	return [...new Set(names)].filter((name): name is string => typeof name === 'string' && shown.has(name));
}

/** False for a file whose type says that it is no image. */
function mayBeImage({ mimetype, mimeType, contentType }: Record<string, unknown>): boolean {
	const type = mimetype ?? mimeType ?? contentType ?? '';
	return typeof type === 'string' && (type === '' || saysNothing(type) || /^image\//i.test(type));
}

/** The name under which a file goes out. */
function nameOf({ filename, fileName, url }: Record<string, unknown>): unknown {
	return filename ?? fileName ?? nameInUrl(url);
}

/**
 * The attached images that the HTML body shows and that no inline image of the form stands for. They stay attachments
 * too.
 * @param given the inline images of the form
 */
export function readShown(given: readonly Record<string, unknown>[], source: Source): unknown[] {
	const shown = shownIn(source);
	if (shown.size === 0) return [];
	const taken = new Set(given.map((file) => contentIdOf(file['cid']) ?? nameOf(file)));
	const files: unknown[] = [];
	const { attachments } = source.values;
	for (const file of (Array.isArray(attachments) ? (attachments as unknown[]) : [])
		.filter(isRecord)
		.filter(mayBeImage)) {
		for (const id of idsOf([contentIdOf(file['cid']), file['field'], nameOf(file)], shown)) {
			if (!taken.has(id)) files.push({ ...file, cid: id });
			taken.add(id);
		}
	}
	const ids = new Set([...taken].map((id) => percentDecoded(String(id))));
	if ([...shown].some((id) => !ids.has(percentDecoded(id)))) {
		source.hint(
			'The HTML Body shows an image by <img src="cid:…"> that does not match any file in the form. Name its binary field under Options > Inline Images',
		);
	}
	return files;
}
