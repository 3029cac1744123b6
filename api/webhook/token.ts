/** The token that a delivery must carry: how it is made, kept and compared. */
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
 * What a host may keep in place of a secret, and let be exported: it recognizes the secret and cannot be turned back
 * into it.
 */
export function digestOf(token: string): string {
	return createHash('sha256').update(token).digest('hex');
}

/** The token of a `Bearer` header; undefined for anything else. */
function bearerIn(authorization: unknown): string | undefined {
	return typeof authorization === 'string' ? /^bearer +(\S+) *$/i.exec(authorization)?.[1] : undefined;
}

/**
 * Checks the Authorization header of a delivery.
 * @param authorization the header as received; anything but one `Bearer` header is refused
 * @param token the hook's secret; where it is lost (undefined or empty) every delivery is refused
 */
export function isBearer(authorization: unknown, token: string | undefined): boolean {
	const given = bearerIn(authorization);
	return given !== undefined && token !== undefined && sameSecret(given, token);
}

/** The same where only digests of the secrets are known, of which any will do. */
export function isBearerOf(authorization: unknown, digests: readonly (string | undefined)[]): boolean {
	const given = bearerIn(authorization);
	return given !== undefined && digests.some((digest) => digest !== undefined && sameSecret(digestOf(given), digest));
}
