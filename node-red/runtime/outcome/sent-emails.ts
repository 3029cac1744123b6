/** Reads the sent emails of a message: the result of an email node, or email IDs from anywhere. */
import { isRecord, type Json, type JsonObject } from '../../../api';

/** Maximum length of an email ID in characters: SMTP2GO's have some 24. */
const MAX_ID = 200;

/** An email that SMTP2GO accepted. */
export interface SentEmail {
	readonly emailId: string;
	readonly to: readonly string[];
}

/** An entry of a list. */
export type SentEntry =
	| SentEmail
	/** SMTP2GO did not accept it, or it is unknown whether it did. */
	| { readonly failed: JsonObject }
	/** Nothing to wait for, such as a scheduled email or a skipped duplicate. */
	| undefined;

/** The bare address in `Name <address>`. */
function addressIn(recipient: string): string {
	return (/<([^<>]*)>\s*$/.exec(recipient)?.[1] ?? recipient).trim();
}

/** The recipients of a result: To, CC and BCC. */
function recipientsIn({ to, cc, bcc }: Readonly<Record<string, unknown>>): string[] {
	return [to, cc, bcc].flatMap((list) =>
		Array.isArray(list) ? list.filter((one) => typeof one === 'string').map(addressIn) : [],
	);
}

function idOf(value: unknown): string | undefined {
	if (typeof value !== 'string') return undefined;
	const id = value.trim();
	return id === '' || id.length > MAX_ID ? undefined : id;
}

/**
 * Reads one email: the result of an email node, or an ID.
 * @returns undefined if it has no ID
 */
export function readSent(value: unknown): SentEmail | undefined {
	const emailId = idOf(isRecord(value) ? value['emailId'] : value);
	return emailId === undefined ? undefined : { emailId, to: isRecord(value) ? recipientsIn(value) : [] };
}

/** Reads an entry of the list that a batch returns. */
export function readEntry(entry: Json): SentEntry {
	const sent = readSent(entry);
	if (sent !== undefined) return sent;
	// The email to its address is another entry of the list, so nothing has failed.
	if (isRecord(entry) && entry['skipped'] === true && entry['problem'] === 'duplicate') return undefined;
	return isRecord(entry) && entry['ok'] === false ? { failed: entry as JsonObject } : undefined;
}
