import { callbackFlaw, echoedHeaders, emailEvents, Smtp2goError, smsEvents, type WantedHook } from '../../../api';
import type { Account } from '../account/account';
import type { Subscriber } from '../events/subscriber';
import type { Runtime } from '../platform/types';

/** The values that at least one of the triggers asks for, in the order of the API's own list. */
function union<T extends string>(all: readonly { readonly value: T }[], asked: readonly (readonly string[])[]): T[] {
	return all.map(({ value }) => value).filter((value) => asked.some((names) => names.includes(value)));
}

/**
 * The hook that an account's triggers need together.
 * @returns undefined when they ask for nothing; an error when SMTP2GO could not reach it
 */
export function wantedHook(
	RED: Runtime,
	account: Account,
	triggers: readonly Subscriber[],
): WantedHook | Smtp2goError | undefined {
	const events = union(
		emailEvents,
		triggers.map((trigger) => trigger.events),
	);
	const sms = union(
		smsEvents,
		triggers.map((trigger) => trigger.smsEvents),
	);
	if (events.length + sms.length === 0) return undefined;
	const { callbackUrl, hookAuth, region, users, subaccount } = account;
	const headers = echoedHeaders(
		account.headers,
		triggers.map(({ filter }) => filter),
	);
	const { httpNodeRoot, httpNodeAuth } = RED.settings;
	const refuse = (key: string) => new Smtp2goError('invalid', RED._(`errors.${key}`));
	if ((httpNodeRoot as unknown) === false) return refuse('noHttpNodes');
	if (callbackUrl === undefined) return refuse('noPublicUrl');
	if (hookAuth === undefined) return refuse('noKey');
	if (httpNodeAuth && hookAuth.type !== 'basic') return refuse('httpNodeAuth');
	const flaw = callbackFlaw(callbackUrl, region === 'custom', RED._('errors.publicUrlHint'));
	if (flaw) return flaw;
	const { type, value } = hookAuth;
	return {
		url: callbackUrl,
		events,
		smsEvents: sms,
		headers,
		usernames: users,
		auth: { type, value },
		subaccountId: subaccount,
		wakes: false,
	};
}
