/** The token that a delivery must carry: how it is created, stored, and compared. */
import { createHash, randomBytes } from 'node:crypto';
import { derivedSecret, sameSecret } from '../core/secrets';

/** Creates a token for a webhook: 32 random bytes in hexadecimal, 64 characters. */
export function newToken(): string {
	return randomBytes(32).toString('hex');
}

/**
 * Derives a token that needs no storage: HMAC-SHA256 of the owner's ID with the API key, in hexadecimal. It survives
 * restarts, changes with the key, and reveals nothing about the key.
 */
export function deriveToken(apiKey: string, ownerId: string): string {
	return derivedSecret(apiKey, 'hook', ownerId);
}

/**
 * Returns what a host can store instead of a token, even in an export: it identifies the token but does not reveal it.
 */
export function digestOf(token: string): string {
	return createHash('sha256').update(token).digest('hex');
}

/** Returns the token of a `Bearer` header, or undefined. */
function bearerIn(authorization: unknown): string | undefined {
	return typeof authorization === 'string' ? /^bearer +(\S+) *$/i.exec(authorization)?.[1] : undefined;
}

/**
 * Checks the Authorization header of a delivery.
 * @param authorization the header as received; anything but one `Bearer` header is rejected
 * @param token of the webhook; if it is lost (undefined or empty), every delivery is rejected
 */
export function isBearer(authorization: unknown, token: string | undefined): boolean {
	const given = bearerIn(authorization);
	return given !== undefined && token !== undefined && sameSecret(given, token);
}

/** The same if only digests of the tokens are known, any of which is valid. */
export function isBearerOf(authorization: unknown, digests: readonly (string | undefined)[]): boolean {
	const given = bearerIn(authorization);
	return given !== undefined && digests.some((digest) => digest !== undefined && sameSecret(digestOf(given), digest));
}
