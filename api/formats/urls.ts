/** Reads URLs: decodes percent-encoding, and returns the name of the file that a URL points to. */

/** Percent-encoded characters that are complete in UTF-8. Anything else is kept as written. */
const ENCODED =
	/%[0-7][\da-f]|%(?:c[2-9a-f]|d[\da-f])%[89ab][\da-f]|%e[\da-f](?:%[89ab][\da-f]){2}|%f[0-4](?:%[89ab][\da-f]){3}/gi;

/**
 * Characters that no file name may contain: control characters, line ends, and bidirectional marks (a name may look as
 * if it ended in `.png`).
 */
const UNSAFE = /[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

function signOf(encoded: string): string {
	try {
		return decodeURIComponent(encoded);
	} catch {
		return encoded;
	}
}

/** Decodes percent-encoding once. Malformed sequences are kept. */
export function percentDecoded(text: string): string {
	return text.replace(ENCODED, signOf);
}

/**
 * Returns the file name in a URL: the last part of the path, decoded. Query and fragment do not count.
 * @returns undefined if the URL names no file
 */
export function nameInUrl(url: unknown): string | undefined {
	if (typeof url !== 'string' || !URL.canParse(url)) return undefined;
	const { pathname, protocol } = new URL(url);
	if (!/^https?:$/.test(protocol)) return undefined;
	const last = percentDecoded(pathname.slice(pathname.lastIndexOf('/') + 1));
	// An encoded separator counts, too, because storage services encode whole paths.
	const name = last
		.slice(Math.max(last.lastIndexOf('/'), last.lastIndexOf('\\')) + 1)
		.replace(UNSAFE, '')
		.trim();
	return name === '' || name === '.' || name === '..' ? undefined : name;
}

/** True for an absolute http or https URL. */
export function isHttpUrl(text: string): boolean {
	return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

/** Returns a URL without user, password, and query, and without the token that ends our URLs in basic mode. */
export function withoutSecret(url: string): string {
	const { origin, pathname } =
		URL.canParse(url) && new URL(url).origin !== 'null'
			? new URL(url)
			: { origin: '', pathname: url.replace(/[?#].*$/s, '').replace(/^.*@/, '') };
	return `${origin}${pathname.replace(/\/[0-9a-f]{64}(?=\/|$)/g, '/…')}`;
}
