/**
 * Shows HTML of an email, which can come from anybody. It runs no script, submits no form and opens no page, and it
 * loads nothing from outside until the user asks for its images.
 */

/** What an email can load: nothing, or images. */
const policyOf = (hasImages: boolean) =>
	`default-src 'none'; style-src 'unsafe-inline'; img-src data:${hasImages ? ' https: http:' : ''}`;

/** Links open in a window that the frame cannot open, so a click does nothing. */
const headOf = (hasImages: boolean) =>
	`<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policyOf(hasImages)}">` +
	'<meta name="referrer" content="no-referrer"><meta http-equiv="x-dns-prefetch-control" content="off">' +
	'<base target="_blank">';

/** The document of a frame. A link element could connect to a server, whatever the policy says. */
export function documentOf(html: string, hasImages: boolean): string {
	return headOf(hasImages) + html.replace(/<link(?![a-z0-9-])/gi, '<x-link');
}

/** True if HTML shows something from outside. */
export function hasRemote(html: string): boolean {
	return /\b(?:src|srcset|background|poster)\s*=\s*["']?\s*(?:https?:)?\/\/|url\(\s*["']?(?:https?:)?\/\//i.test(
		html,
	);
}

export class Frame {
	private readonly frame: JQuery;
	private readonly text: JQuery;
	private shown = '';

	/** @param screen the element that shows it, as wide as the dialog */
	constructor(
		private readonly screen: JQuery,
		title: string,
	) {
		// An empty "sandbox" allows nothing.
		this.frame = $('<iframe sandbox="">').attr({ title, referrerpolicy: 'no-referrer' }).appendTo(screen);
		this.text = $('<pre tabindex="0">').attr('aria-label', title).appendTo(screen);
	}

	/** @param width of the recipient's screen, in pixels. A screen that is wider than the dialog is shown smaller. */
	show(content: { readonly html: string } | { readonly text: string }, width: number, hasImages: boolean): void {
		const isHtml = 'html' in content;
		const scale = Math.min(1, (this.screen.width() ?? width) / width);
		const height = (this.screen.height() ?? 0) / scale;
		const css = { width: `${width}px`, height: `${height}px`, transform: `scale(${scale})` };
		this.frame.css(css).toggle(isHtml);
		this.text.css(css).toggle(!isHtml);
		if (!isHtml) return void this.text.text(content.text);
		const source = documentOf(content.html, hasImages);
		// A frame with the same document would start from its top again.
		if (source !== this.shown) this.frame.attr('srcdoc', source);
		this.shown = source;
	}
}
