/**
 * Which images an HTML body shows from the email itself, as in `<img src="cid:logo.png">`: read as a browser reads
 * tags,
 * each sign once.
 */
import { entitiesDecoded } from '../formats/entities';
import { percentDecoded } from '../formats/urls';

/** Elements whose content is text, in which a tag shows nothing; and what closes each. */
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

/** Where a match that starts at a place ends: at that place itself where nothing matches. */
function endOf(pattern: RegExp, html: string, at: number): number {
	pattern.lastIndex = at;
	return pattern.test(html) ? pattern.lastIndex : at;
}

/** The value of the attribute whose name ends at a place; undefined where its quote is never closed. */
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
	/** Its attribute `src`: the first, where it has several. */
	readonly src: string | undefined;
	/** The place behind it. */
	readonly end: number;
}

/** The tag whose name starts at a place; undefined where it is never closed. */
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

/** The place behind the next occurrence of a text; the end where there is none. */
function behind(html: string, text: string, from: number): number {
	const found = html.indexOf(text, from);
	return found < 0 ? html.length : found + text.length;
}

/**
 * The place behind what starts with `<` but is no tag. A comment that only Outlook reads (`<!--[if mso]>`) is read too.
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
	// Bit 5 is all that tells a capital letter of ASCII from a small one.
	const letter = html.charCodeAt(at) | 32;
	return letter >= 97 && letter <= 122;
}

/** The `src` of every `<img>`, as written. */
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
 * The Content-IDs of the images that an HTML body shows: those in `<img src="cid:…">`, and nothing else that looks like
 * one.
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
