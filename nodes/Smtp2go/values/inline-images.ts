/**
 * Images that the HTML body shows with `<img src="cid:…">`. Only files that the form names are sent, as attachments or
 * inline images. The HTML can hold text from a visitor, which must not decide what is sent.
 */
import { contentIdOf, imagesShown, isRecord, nameInUrl, percentDecoded, saysNothing } from '../../../api';
import type { FieldReading } from './field-reading';

/** The Content-IDs that the HTML body shows. */
export function shownImages({ values }: FieldReading): ReadonlySet<string> {
	return imagesShown(values['html_body']);
}

/** Those names of a file, its own and that of its field, by which the HTML shows it. */
export function shownNames(names: readonly unknown[], shown: ReadonlySet<string>): string[] {
	return [...new Set(names)].filter((name): name is string => typeof name === 'string' && shown.has(name));
}

/** False for a file whose type says that it is not an image. */
function canBeImage({ mimetype, mimeType, contentType }: Record<string, unknown>): boolean {
	const type = mimetype ?? mimeType ?? contentType ?? '';
	return typeof type === 'string' && (type === '' || saysNothing(type) || /^image\//i.test(type));
}

/** The name under which a file is sent. */
function sentFileName({ filename, fileName, url }: Record<string, unknown>): unknown {
	return filename ?? fileName ?? nameInUrl(url);
}

/**
 * The attached images that the HTML body shows and that are not among the inline images of the form. They stay
 * attachments too.
 * @param given the inline images of the form
 */
export function readShownAttachments(given: readonly Record<string, unknown>[], reading: FieldReading): unknown[] {
	const shown = shownImages(reading);
	if (shown.size === 0) return [];
	const taken = new Set(given.map((file) => contentIdOf(file['cid']) ?? sentFileName(file)));
	const files: unknown[] = [];
	const { attachments } = reading.values;
	for (const file of (Array.isArray(attachments) ? (attachments as unknown[]) : [])
		.filter(isRecord)
		.filter(canBeImage)) {
		for (const id of shownNames([contentIdOf(file['cid']), file['field'], sentFileName(file)], shown)) {
			if (!taken.has(id)) files.push({ ...file, cid: id });
			taken.add(id);
		}
	}
	const ids = new Set([...taken].map((id) => percentDecoded(String(id))));
	if ([...shown].some((id) => !ids.has(percentDecoded(id)))) {
		reading.hint(
			'The HTML Body shows an image with <img src="cid:…"> that matches none of the files. Add its binary field under Options > Inline Images.',
		);
	}
	return files;
}
