/** Signed links to the page of a question: each names one question and one recipient, and cannot be forged. */
import { createHmac } from 'node:crypto';
import { derivedSecret, sameSecret } from '../core/secrets';

/** What a link names. */
export interface LinkTarget {
	readonly questionId: string;
	readonly recipientId: string;
}

/** The characters of an ID. None of them is changed in a URL, and a dot separates the parts of a token. */
const TOKEN = /^([\w-]{1,64})\.([\w-]{1,64})\.([\w-]{43})$/;

/**
 * Derives the secret that signs an owner's links: HMAC-SHA256 of the owner's ID with the API key, in hexadecimal. It
 * differs from the token of the owner's webhook.
 */
export function linkSecret(apiKey: string, ownerId: string): string {
	return derivedSecret(apiKey, 'ask', ownerId);
}

/** The signature: HMAC-SHA256 in base64url, 43 characters. */
function signature(secret: string, questionId: string, recipientId: string): string {
	return createHmac('sha256', secret).update(`${questionId}.${recipientId}`).digest('base64url');
}

/**
 * Signs the link of one recipient.
 * @param secret from `linkSecret`
 * @param questionId 1 to 64 letters, digits, `-` or `_`. It can be easy to guess
 * @param recipientId of the recipient in the question
 * @returns a token of letters, digits, `-`, `_` and `.` for the path of a URL
 */
export function signLink(secret: string, questionId: string, recipientId: string): string {
	return `${questionId}.${recipientId}.${signature(secret, questionId, recipientId)}`;
}

/**
 * Checks the token of a link in constant time.
 * @param secret if it is empty, every token is rejected
 * @param token as it appears in the URL; anything but a complete token from `signLink` is rejected
 */
export function verifyLink(secret: string, token: unknown): LinkTarget | undefined {
	const parts = typeof token === 'string' ? TOKEN.exec(token) : null;
	if (parts === null || secret === '') return undefined;
	const [, questionId = '', recipientId = '', given = ''] = parts;
	return sameSecret(given, signature(secret, questionId, recipientId)) ? { questionId, recipientId } : undefined;
}
