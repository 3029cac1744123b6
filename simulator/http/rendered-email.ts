// An email's HTML as the page shows it in a frame.
import type { Email } from '../types';

/**
 * An email's HTML with its inline images in place; an email of text only as text. Its scripts are stopped by the page's
 * policy, not here.
 */
export function renderedEmail(email: Email): string {
	const body =
		email.html === ''
			? `<pre style="white-space:pre-wrap;font:14px/1.5 system-ui,sans-serif">${escaped(email.text)}</pre>`
			: withImages(email);
	return `<!doctype html><base target="_blank"><meta name="viewport" content="width=device-width"><style>body{margin:16px;font:14px/1.5 system-ui,sans-serif;color:#1a1d21;background:#fff;overflow-wrap:anywhere}img{max-width:100%}</style>${body}`;
}

function withImages(email: Email): string {
	// The policy blocks pictures from the web; without an address the browser does not even complain about them.
	const local = email.html.replace(/(<img\b[^>]*?\s)src(\s*=\s*["']?https?:)/gi, '$1data-from-the-web$2');
	return local.replace(/\bcid:([^"'\s>)]+)/gi, (whole, name: string) => {
		const image = email.inlines.find(({ filename }) => filename === decode(name));
		// A type from the email goes into the data URL only if it is a picture's.
		if (!image || !/^image\/[\w.+-]+$/.test(image.mimetype)) return whole;
		return `data:${image.mimetype};base64,${image.content.toString('base64')}`;
	});
}

function decode(name: string): string {
	try {
		return decodeURIComponent(name);
	} catch {
		return name;
	}
}

function escaped(text: string): string {
	return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
