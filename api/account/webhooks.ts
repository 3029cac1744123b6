/** Reads the list of webhooks without their secrets. */
import { isJsonObject, stringOrEmpty, type Json } from '../core/json';
import { withoutSecret } from '../formats/urls';

/** A webhook of the account. */
export interface ListedWebhook {
	/** Its URL without secrets. */
	readonly url: string;
	readonly isDisabled: boolean;
}

/** Returns the webhooks in a response of `/webhook/view`. */
export function listedWebhooks(result: Json): ListedWebhook[] {
	return (Array.isArray(result) ? result : []).flatMap((entry) => {
		const url = isJsonObject(entry) ? withoutSecret(stringOrEmpty(entry['url'])) : '';
		return url === '' ? [] : [{ url, isDisabled: isJsonObject(entry) && entry['disabled'] === true }];
	});
}
