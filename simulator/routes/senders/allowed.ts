// Restricted senders and allowed recipients: `/allowed_senders/*` and `/allowed_recipients/*`.
import { allowedRecipientsOf, allowedSendersOf } from '../../account/senders';
import { addressOrDomain } from '../../schema/names';
import { choice, listOf, object, optional, yesNo } from '../../schema/readers';
import type { JsonObject } from '../../core/json';
import type { AllowedRecipients, AllowedSenders } from '../../types';
import { ownerOf, subaccount_id } from '../shared/owner';
import { type Call, type Route, route } from '../shared/route';

const names = listOf(addressOrDomain);
const mode = choice('whitelist', 'blacklist', 'disabled');

const isSame = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** A list with more names added; existing entries stay unchanged. */
function joined(list: readonly string[], more: readonly string[]): string[] {
	return more.reduce<string[]>(
		(all, name) => (all.some((known) => isSame(known, name)) ? all : [...all, name]),
		[...list],
	);
}

/** A list without some names; those that are not in it are no error. */
function reduced(list: readonly string[], fewer: readonly string[]): string[] {
	return list.filter((known) => !fewer.some((name) => isSame(known, name)));
}

/** Changes the Restrict Senders setting of the account that the call is about, and returns it. */
function changeSenders(
	call: Call,
	wanted: string | undefined,
	change: (before: AllowedSenders) => AllowedSenders,
): JsonObject {
	const { account } = call.world.state;
	const owner = ownerOf(call, wanted);
	const after = change(allowedSendersOf(account, owner));
	account.allowedSenders[owner ?? ''] = after;
	return { ...after };
}

/** Changes the Allowed Recipients of the account that the call is about, and returns them. */
function changeRecipients(
	call: Call,
	wanted: string | undefined,
	change: (before: AllowedRecipients) => AllowedRecipients,
): JsonObject {
	const { account } = call.world.state;
	const owner = ownerOf(call, wanted);
	const after = change(allowedRecipientsOf(account, owner));
	account.allowedRecipients[owner ?? ''] = after;
	return { ...after };
}

/** Restrict Senders. */
export const allowedSenderRoutes: Route[] = [
	route('POST', '/allowed_senders/view', object({ subaccount_id }), (input, call) => ({
		...allowedSendersOf(call.world.state.account, ownerOf(call, input.subaccount_id)),
	})),
	route('POST', '/allowed_senders/add', object({ allowed_senders: names, subaccount_id }), (input, call) =>
		changeSenders(call, input.subaccount_id, (before) => ({
			...before,
			allowed_senders: joined(before.allowed_senders, input.allowed_senders),
		})),
	),
	route('POST', '/allowed_senders/remove', object({ allowed_senders: names, subaccount_id }), (input, call) =>
		changeSenders(call, input.subaccount_id, (before) => ({
			...before,
			allowed_senders: reduced(before.allowed_senders, input.allowed_senders),
		})),
	),
	route('POST', '/allowed_senders/update', object({ allowed_senders: names, mode, subaccount_id }), (input, call) =>
		changeSenders(call, input.subaccount_id, () => ({
			allowed_senders: joined([], input.allowed_senders),
			mode: input.mode,
		})),
	),
];

/** Allowed Recipients. Add and remove can also turn the list on or off. */
export const allowedRecipientRoutes: Route[] = [
	route('POST', '/allowed_recipients/view', object({ subaccount_id }), (input, call) => ({
		...allowedRecipientsOf(call.world.state.account, ownerOf(call, input.subaccount_id)),
	})),
	route(
		'POST',
		'/allowed_recipients/add',
		object({ allowed_recipients: names, enabled: optional(yesNo), subaccount_id }),
		(input, call) =>
			changeRecipients(call, input.subaccount_id, (before) => ({
				allowed_recipients: joined(before.allowed_recipients, input.allowed_recipients),
				enabled: input.enabled ?? before.enabled,
			})),
	),
	route(
		'POST',
		'/allowed_recipients/remove',
		object({ allowed_recipients: names, enabled: optional(yesNo), subaccount_id }),
		(input, call) =>
			changeRecipients(call, input.subaccount_id, (before) => ({
				allowed_recipients: reduced(before.allowed_recipients, input.allowed_recipients),
				enabled: input.enabled ?? before.enabled,
			})),
	),
	route(
		'POST',
		'/allowed_recipients/update',
		object({ allowed_recipients: names, enabled: yesNo, subaccount_id }),
		(input, call) =>
			changeRecipients(call, input.subaccount_id, () => ({
				allowed_recipients: joined([], input.allowed_recipients),
				enabled: input.enabled,
			})),
	),
];
