/** The check of webhooks: one that was disabled, or one that was there before and is gone. */
import { listedWebhooks } from '../account/webhooks';
import { operationOf } from '../catalogue';
import type { Operation } from '../catalogue/types';
import type { Json } from '../core/json';
import type { Find, Finding } from './types';

/** The operation that lists webhooks. */
export const webhookReader: Operation = operationOf('webhook', 'getAll');

/** More webhooks than an account can have. */
export const MAX_WEBHOOKS = 100;

/** The URLs to remember until the next look: those of now, and those that are gone and may come back. */
export function rememberedWebhooks(result: Json, before: readonly string[]): string[] {
	return [...new Set([...listedWebhooks(result).map(({ url }) => url), ...before])].slice(0, MAX_WEBHOOKS);
}

/** Finds webhooks that are disabled, and those that are gone since an earlier look. */
export const brokenWebhooks: Find = (result, { webhooks: before }) => {
	const all = listedWebhooks(result);
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
