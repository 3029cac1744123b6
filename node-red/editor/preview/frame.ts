/**
 * Shows HTML of an email, which can come from anybody. It runs no script, submits no form and opens no page, and it
 * loads nothing from outside until the user asks for its images.
 */

/** What an email can load: nothing, or images of these hosts. */
const policyOf = (hosts: ReadonlySet<string>) =>
	`default-src 'none'; style-src 'unsafe-inline'; img-src data:${[...hosts].map((host) => ` https://${host} http://${host}`).join('')}`;

/** Links open in a window that the frame cannot open, so a click does nothing. */
const headOf = (hosts: ReadonlySet<string>) =>
	`<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policyOf(hosts)}">` +
	'<meta name="referrer" content="no-referrer"><meta http-equiv="x-dns-prefetch-control" content="off">' +
	'<base target="_blank">';

/**
 * The document of a frame. A link element could connect to a server, whatever the policy says.
 * @param hosts whose images it loads
 */
export function documentOf(html: string, hosts: ReadonlySet<string>): string {
	return headOf(hosts) + html.replace(/<link(?![a-z0-9-])/gi, '<x-link');
}

/** The host of a URL, as a policy can name it: in the alphabet of DNS, with the port if there is one. */
function hostOf(authority: string): string[] {
	const url = `https://${authority}`;
	const host = URL.canParse(url) ? new URL(url).host : '';
	return /^[a-z0-9.-]+(?::\d+)?$/.test(host) ? [host] : [];
}

/** The hosts that HTML names in its URLs. */
export function hostsIn(html: string): string[] {
	return [...html.matchAll(/(?:https?:)?\/\/([^\s"'<>/?#\\()&,;]+)/gi)].flatMap(([, authority = '']) =>
		hostOf(authority),
	);
}

const SHOWN =
	/\b(?:src|srcset|background|poster)\s*=\s*(?:["']\s*)?((?:https?:)?\/\/[^\s"'<>]*)|url\(\s*["']?((?:https?:)?\/\/[^\s"'<>)]*)/gi;

/** True if HTML shows something from outside. @param hosts whose images are loaded already */
export function hasRemote(html: string, hosts: ReadonlySet<string>): boolean {
	return [...html.matchAll(SHOWN)].some(([, attribute, style]) =>
		hostsIn(attribute ?? style ?? '')
			.slice(0, 1)
			.some((host) => !hosts.has(host)),
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

	/**
	 * @param width of the recipient's screen, in pixels. A screen that is wider than the dialog is shown smaller.
	 * @param hosts whose images are loaded
	 */
	show(
		content: { readonly html: string } | { readonly text: string },
		width: number,
		hosts: ReadonlySet<string>,
	): void {
		const isHtml = 'html' in content;
		const scale = Math.min(1, (this.screen.width() ?? width) / width);
		const height = (this.screen.height() ?? 0) / scale;
		const css = { width: `${width}px`, height: `${height}px`, transform: `scale(${scale})` };
		this.frame.css(css).toggle(isHtml);
		this.text.css(css).toggle(!isHtml);
		if (!isHtml) return void this.text.text(content.text);
		const source = documentOf(content.html, hosts);
		// A frame with the same document would start from its top again.
		if (source !== this.shown) this.frame.attr('srcdoc', source);
		this.shown = source;
	}
}
