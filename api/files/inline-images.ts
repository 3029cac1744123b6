/**
 * Finds the inline images that an HTML body shows, as in `<img src="cid:logo.png">`. It reads tags as a browser does,
 * and each character once.
 */
import { entitiesDecoded } from '../formats/entities';
import { percentDecoded } from '../formats/urls';

/** Elements whose content is plain text, with the pattern of their closing tag. */
const TEXT_ELEMENTS = new Map(
	['iframe', 'noembed', 'noframes', 'script', 'style', 'textarea', 'title', 'xmp'].map((name) => [
		name,
		new RegExp(`</${name}(?=[\\t\\n\\f\\r />])`, 'gi'),
	]),
);

const TAG_NAME = /[^\t\n\f\r />]*/y;
const GAP = /[\t\n\f\r /]*/y;
const ATTRIBUTE_NAME = /=?[^\t\n\f\r />=]*/y;
const EQUALS = /[\t\n\f\r ]*=[\t\n\f\r ]*/y;
const BARE_VALUE = /[^\t\n\f\r >]*/y;

/** Returns the end of a match at a position, or the position if nothing matches. */
function endOf(pattern: RegExp, html: string, at: number): number {
	pattern.lastIndex = at;
	return pattern.test(html) ? pattern.lastIndex : at;
}

/** Reads the value of the attribute whose name ends at a position. Returns undefined if its quote is never closed. */
function valueAt(html: string, at: number): { readonly text: string; readonly end: number } | undefined {
	const start = /[\t\n\f\r =]/.test(html.charAt(at)) ? endOf(EQUALS, html, at) : at;
	if (start === at) return { text: '', end: at };
	const quote = html.charAt(start);
	if (quote !== '"' && quote !== "'") {
		const end = endOf(BARE_VALUE, html, start);
		return { text: html.slice(start, end), end };
	}
	const end = html.indexOf(quote, start + 1);
	return end < 0 ? undefined : { text: html.slice(start + 1, end), end: end + 1 };
}

interface Tag {
	readonly name: string;
	/** Its first `src` attribute. */
	readonly src: string | undefined;
	/** The position after it. */
	readonly end: number;
}

/** Reads the tag whose name starts at a position. Returns undefined if it is never closed. */
function tagAt(html: string, start: number): Tag | undefined {
	let at = endOf(TAG_NAME, html, start);
	const name = html.slice(start, at).toLowerCase();
	let src: string | undefined;
	while (html.charAt(at) !== '>') {
		at = endOf(GAP, html, at);
		if (at >= html.length) return undefined;
		const nameEnd = endOf(ATTRIBUTE_NAME, html, at);
		const value = valueAt(html, nameEnd);
		if (value === undefined) return undefined;
		if (src === undefined && html.slice(at, nameEnd).toLowerCase() === 'src') src = value.text;
		at = value.end;
	}
	return { name, src, end: at + 1 };
}

/** Returns the position after the next occurrence of a text, or the end. */
function behind(html: string, text: string, from: number): number {
	const found = html.indexOf(text, from);
	return found < 0 ? html.length : found + text.length;
}

/**
 * Returns the position after markup that starts with `<` but is not a tag. A comment for Outlook only (`<!--[if mso]>`)
 * is read, too.
 */
function behindMarkup(html: string, at: number): number {
	if (!html.startsWith('<!--', at)) return behind(html, '>', at);
	return html.startsWith('<!--[if', at) ? at + 7 : behind(html, '-->', at + 2);
}

/** Where a tag's raw text ends, such as that of `<style>`: the position of its closing tag. */
function endOfText(html: string, closing: RegExp | undefined, from: number): number {
	if (closing === undefined) return from;
	closing.lastIndex = from;
	return closing.exec(html)?.index ?? html.length;
}

/** True if there is a letter at the position: after `<` it starts the name of a tag. */
function isLetter(html: string, at: number): boolean {
	// ASCII upper and lower case differ only in bit 5.
	const letter = html.charCodeAt(at) | 32;
	return letter >= 97 && letter <= 122;
}

/** Yields the `src` of every `<img>`, as written. */
function* sources(html: string): Generator<string> {
	for (let at = html.indexOf('<'); at >= 0; at = html.indexOf('<', at)) {
		const next = html.charAt(at + 1);
		const closes = next === '/';
		if (isLetter(html, closes ? at + 2 : at + 1)) {
			const tag = tagAt(html, closes ? at + 2 : at + 1);
			if (tag === undefined) return;
			at = closes ? tag.end : endOfText(html, TEXT_ELEMENTS.get(tag.name), tag.end);
			if (!closes && tag.name === 'img' && tag.src !== undefined) yield tag.src;
		} else {
			at = closes || next === '!' || next === '?' ? behindMarkup(html, at) : at + 1;
		}
	}
}

/**
 * Returns the Content-IDs of the images that an HTML body shows by `<img src="cid:…">`.
 * @returns each with character references and percent-encoding decoded, and also as written if that differs
 */
export function imagesShown(html: unknown): ReadonlySet<string> {
	const shown = new Set<string>();
	if (typeof html !== 'string') return shown;
	for (const source of new Set(sources(html))) {
		const [, written] =
			/^cid:(.+)$/is.exec(
				entitiesDecoded(source)
					.replace(/[\t\n\r]/g, '')
					.trim(),
			) ?? [];
		if (written === undefined) continue;
		shown.add(percentDecoded(written));
		shown.add(written);
	}
	return shown;
}
