/** The webhook that an account's triggers need together. */
import { callbackUrlError, echoedHeaders, emailEvents, Smtp2goError, smsEvents, type WantedHook } from '../../../api';
import type { Subscriber } from '../events/subscriber';
import type { Runtime } from '../platform/runtime';
import type { HookOwner } from './hook-owner';

/** The values that at least one trigger asks for, in the order of the API's own list. */
function union<T extends string>(all: readonly { readonly value: T }[], asked: readonly (readonly string[])[]): T[] {
	return all.map(({ value }) => value).filter((value) => asked.some((names) => names.includes(value)));
}

/**
 * The webhook that an account's triggers need together.
 * @returns undefined if they ask for no event; an error if SMTP2GO could not reach the webhook's URL
 */
export function wantedHook(
	RED: Runtime,
	{ settings, hookSettings }: HookOwner,
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
	const { callbackUrl, auth, users, subaccount } = hookSettings;
	const headers = echoedHeaders(
		hookSettings.headers,
		triggers.map(({ filter }) => filter),
	);
	const { httpNodeRoot, httpNodeAuth } = RED.settings;
	const refuse = (key: string) => new Smtp2goError('invalid', RED._(`errors.${key}`));
	if ((httpNodeRoot as unknown) === false) return refuse('noHttpNodes');
	if (callbackUrl === undefined) return refuse('noPublicUrl');
	if (auth === undefined) return refuse('noKey');
	if (httpNodeAuth && auth.type !== 'basic') return refuse('httpNodeAuth');
	const problem = callbackUrlError(callbackUrl, settings.region === 'custom', RED._('errors.publicUrlHint'));
	if (problem) return problem;
	return {
		url: callbackUrl,
		events,
		smsEvents: sms,
		headers,
		usernames: users,
		auth: { type: auth.type, value: auth.value },
		subaccountId: subaccount,
		wakes: false,
	};
}
