import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** A new secret for a hook: 32 random bytes in hexadecimal, 64 characters. */
export function newToken(): string {
	return randomBytes(32).toString('hex');
}

/**
 * A hook's secret that needs no store: HMAC-SHA256 of the owner's id under the API key, in hexadecimal. It stays the
 * same over restarts, changes with the key, and says nothing about the key.
 */
export function deriveToken(apiKey: string, ownerId: string): string {
	return createHmac('sha256', apiKey).update(`hook:${ownerId}`).digest('hex');
}

/** Compares two secrets in constant time; hashing first hides their lengths too. An empty secret matches nothing. */
export function sameSecret(given: string, expected: string): boolean {
	const digest = (text: string) => createHash('sha256').update(text).digest();
	return timingSafeEqual(digest(given), digest(expected)) && expected !== '';
}

/**
 * Checks the Authorization header of a delivery.
 * @param authorization the header as received; anything but one `Bearer` header is refused
 * @param token the hook's secret; where it is lost (undefined or empty) every delivery is refused
 */
export function isBearer(authorization: unknown, token: string | undefined): boolean {
	const given = typeof authorization === 'string' ? /^bearer +(\S+) *$/i.exec(authorization)?.[1] : undefined;
	return given !== undefined && token !== undefined && sameSecret(given, token);
}
