/** Derives secrets from the API key, and compares secrets in constant time. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Derives a secret that needs no storage: HMAC-SHA256 with the API key, in hexadecimal, 64 characters. It survives
 * restarts, changes with the key, and reveals nothing about the key.
 * @param purpose what the secret is for, so that no secret has two purposes
 */
export function derivedSecret(apiKey: string, purpose: string, ownerId: string): string {
	return createHmac('sha256', apiKey).update(`${purpose}:${ownerId}`).digest('hex');
}

/** Compares two secrets in constant time. Hashing first hides their lengths, too. An empty secret matches nothing. */
export function sameSecret(given: string, expected: string): boolean {
	const digest = (text: string) => createHash('sha256').update(text).digest();
	return timingSafeEqual(digest(given), digest(expected)) && expected !== '';
}
