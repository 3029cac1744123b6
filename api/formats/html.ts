/** Writes text into HTML, for emails and pages: everything that is not ours is escaped. */
import { isHttpUrl } from './urls';

const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Escapes text for the content of an element and for an attribute in quotes. */
export function escaped(text: string): string {
	return text.replace(/[&<>"']/g, (sign) => SIGNS[sign] ?? sign);
}

/** An http or https URL in a text. */
const URL_IN_TEXT = /\bhttps?:\/\/[^\s<>"'`]+/gi;
const SENTENCE_END = new Set('.,;:!?)]}*_~。、，；：！？」』）');

/** Returns a URL without the punctuation at its end, which belongs to the sentence. Takes linear time for any text. */
function withoutSentenceEnd(url: string): string {
	let end = url.length;
	while (SENTENCE_END.has(url[end - 1] ?? '')) end--;
	return url.slice(0, end);
}

/** Escapes text and makes its http and https URLs links. @param attributes of each link, such as ` class="a"` */
function withLinks(text: string, attributes: string): string {
	let html = '';
	let from = 0;
	for (const match of text.matchAll(URL_IN_TEXT)) {
		const url = withoutSentenceEnd(match[0]);
		if (!isHttpUrl(url)) continue;
		html += `${escaped(text.slice(from, match.index))}<a href="${escaped(url)}"${attributes}>${escaped(url)}</a>`;
		from = match.index + url.length;
	}
	return html + escaped(text.slice(from));
}

/**
 * Returns plain text as paragraphs: a blank line ends a paragraph, and a line end is kept.
 * @param paragraph attributes of each paragraph, such as ` style="margin:0"`
 * @param link attributes of each link
 */
export function paragraphs(text: string, paragraph: string, link: string): string {
	return text
		.split(/\n[^\S\n]*\n\s*/)
		.map((part) => `<p${paragraph} dir="auto">${withLinks(part, link).replaceAll('\n', '<br>')}</p>`)
		.join('');
}
