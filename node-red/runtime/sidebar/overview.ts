/** What the side bar shows without a call to SMTP2GO: the accounts, the queue, the webhook, and the triggers. */
import type { Node } from 'node-red';
import { sampleKinds, withoutSecret } from '../../../api';
import type { AccountView, Overview, TriggerView, WebhookView } from '../../shared/side-bar';
import type { Account } from '../account/account';
import type { ListedTrigger } from '../events/listed-triggers';
import type { Translate } from '../platform/api-texts';
import { toNodeError } from '../platform/errors';
import { everyAccount } from '../state/process-state';

/** A node's ID in the editor: in a subflow, that of its template. */
function editorId(node: Pick<Node, 'id'>): string {
	return '_alias' in node && typeof node._alias === 'string' ? node._alias : node.id;
}

function accountView({ node }: Account): AccountView {
	return { id: node.id, editorId: editorId(node), name: node.name ?? '' };
}

function webhookView({ registration, hookSettings, triggers }: Account, translate: Translate): WebhookView {
	const { hookState: state, lastEvent } = registration;
	const url = hookSettings.callbackUrl;
	return {
		is: state?.is ?? 'unused',
		...(state !== undefined && 'error' in state ? { problem: toNodeError(state.error, translate).message } : {}),
		...(url === undefined ? {} : { url: withoutSecret(url) }),
		...(lastEvent === undefined ? {} : { lastEvent }),
		readsLog: triggers.all.some(({ taker }) => taker.source !== 'webhook'),
	};
}

function triggerView({ node, taker: { events, smsEvents } }: ListedTrigger): TriggerView {
	return {
		id: node.id,
		editorId: editorId(node),
		name: node.name ?? '',
		kinds: sampleKinds(events, smsEvents),
	};
}

/**
 * What is known of the running accounts.
 * @param id of the account to show in detail; if it does not run, the first one that does
 * @param translate texts of `api/` into the editor's language
 */
export function overview(id: string, translate: Translate): Overview {
	const accounts = everyAccount();
	const account = accounts.find((one) => one.id === id) ?? accounts[0];
	if (account === undefined) return { accounts: [] };
	const { queue } = account;
	const { nextWait } = queue;
	return {
		accounts: accounts.map(accountView),
		shown: {
			id: account.id,
			queue: {
				running: queue.running,
				waiting: queue.waiting,
				concurrency: queue.concurrency,
				...(nextWait === undefined
					? {}
					: {
							next: {
								...nextWait,
								...(nextWait.why === undefined ? {} : { why: translate(nextWait.why) }),
							},
						}),
			},
			webhook: webhookView(account, translate),
			triggers: account.triggers.all.map(triggerView),
		},
	};
}
