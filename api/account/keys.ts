/** Reads the list of API keys: which key is meant, and whether it can send. */
import { isJsonObject, stringOrEmpty, type Json } from '../core/json';

/** States in which an API key can send. SMTP2GO has not published the values, so any other value counts as blocked. */
const CAN_SEND: ReadonlySet<string> = new Set(['', 'ok', 'active', 'allowed', 'enabled']);

/** The length of the name of an API key, which is its beginning (its `username` in statistics and events). */
const NAME_LENGTH = 16;

/** A key as `/api_keys/view` lists it. */
export interface ListedKey {
	/** Its first 16 characters, which are not secret. */
	readonly name: string;
	readonly description: string;
	/** `allowed`, `blocked` or `sandbox`, as the account set it. Empty if SMTP2GO does not say. */
	readonly status: string;
	/** What SMTP2GO says about its sending. Empty if it does not say. */
	readonly sendingStatus: string;
	/** True if SMTP2GO blocked it from sending. */
	readonly isBlocked: boolean;
	/** Undefined if SMTP2GO does not say. */
	readonly tracksClicks: boolean | undefined;
}

/**
 * Returns the name of an API key in SMTP2GO's lists.
 * @returns undefined for text that is no key, which could be secret as a whole
 */
export function keyNameOf(apiKey: string): string | undefined {
	return /^api-[A-Za-z0-9]{32}$/.test(apiKey) ? apiKey.slice(0, NAME_LENGTH) : undefined;
}

/** Returns the keys in a response of `/api_keys/view`. */
export function listedKeys(result: Json): ListedKey[] {
	return (Array.isArray(result) ? result : []).filter(isJsonObject).map((key) => {
		const sendingStatus = stringOrEmpty(key['sending_status']);
		const tracksClicks = key['click_tracking_enabled'];
		return {
			name: (stringOrEmpty(key['username']) || stringOrEmpty(key['api_key'])).slice(0, NAME_LENGTH),
			description: stringOrEmpty(key['description']),
			status: stringOrEmpty(key['status']).trim().toLowerCase(),
			sendingStatus,
			isBlocked: !CAN_SEND.has(sendingStatus.trim().toLowerCase()),
			tracksClicks: typeof tracksClicks === 'boolean' ? tracksClicks : undefined,
		};
	});
}

/** Names a key for a message: by its description, if it has one. */
export function keyLabel({ name, description }: ListedKey): string {
	return description === '' ? name : `"${description}" (${name})`;
}

/**
 * Finds a key in the list.
 * @param key the key, or its name
 */
export function findKey(keys: readonly ListedKey[], key: string): ListedKey | undefined {
	return keys.find(({ name }) => name !== '' && key.slice(0, NAME_LENGTH) === name);
}
