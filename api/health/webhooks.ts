/** The check of webhooks: one that was disabled, or one that was there before and is gone. */
import { operationOf } from '../catalogue';
import type { Operation } from '../catalogue/types';
import { isJsonObject, stringOrEmpty, type Json } from '../core/json';
import { withoutSecret } from '../formats/urls';
import type { Find, Finding } from './types';

/** The operation that lists webhooks. */
export const webhookReader: Operation = operationOf('webhook', 'getAll');

/** More webhooks than an account can have. */
export const MAX_WEBHOOKS = 100;

interface Webhook {
	/** Its URL without secrets. */
	readonly url: string;
	readonly isDisabled: boolean;
}

function webhooksIn(result: Json): Webhook[] {
	return (Array.isArray(result) ? result : []).flatMap((entry) => {
		const url = isJsonObject(entry) ? withoutSecret(stringOrEmpty(entry['url'])) : '';
		return url === '' ? [] : [{ url, isDisabled: isJsonObject(entry) && entry['disabled'] === true }];
	});
}

/** The URLs to remember until the next look: those of now, and those that are gone and may come back. */
export function rememberedWebhooks(result: Json, before: readonly string[]): string[] {
	return [...new Set([...webhooksIn(result).map(({ url }) => url), ...before])].slice(0, MAX_WEBHOOKS);
}

/** Finds webhooks that are disabled, and those that are gone since an earlier look. */
export const brokenWebhooks: Find = (result, { webhooks: before }) => {
	const all = webhooksIn(result);
	const gone = before.filter((url) => !all.some((webhook) => webhook.url === url));
	return [
		...all
			.filter(({ isDisabled }) => isDisabled)
			.map(
				({ url }): Finding => ({
					subject: url,
					title: 'Webhook disabled',
					message: `The webhook ${url} is disabled, so no events arrive there.`,
					whatToDo: "Enable it on SMTP2GO's page Settings > Webhooks.",
					value: 'disabled',
					limit: null,
					details: { url },
				}),
			),
		...gone.map(
			(url): Finding => ({
				subject: url,
				title: 'Webhook removed',
				message: `The webhook ${url} is gone, so no events arrive there.`,
				whatToDo:
					'If this was not intended, publish the workflow again or restart the host that owns the webhook. Either adds it again.',
				value: 'removed',
				limit: null,
				details: { url },
			}),
		),
	];
};
