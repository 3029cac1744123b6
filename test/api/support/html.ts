/** Looks at HTML as a browser would tell markup from text. */

/** All tags with the names of their attributes, in order, without values: what text must not be able to change. */
export function structureOf(html: string): string[] {
	return (html.match(/<[^>]*>/g) ?? []).map((tag) => tag.replace(/="[^"]*"/g, ''));
}

const SIGNS: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

/** The texts between tags, decoded. */
export function textsOfHtml(html: string): string[] {
	return html
		.replace(/<(style|script)>.*?<\/\1>/gs, '')
		.split(/<[^>]*>/)
		.map((text) => text.replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => SIGNS[name] ?? '').trim())
		.filter((text) => text !== '');
}
