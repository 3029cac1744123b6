// The routes of webhooks: `/webhook/*`.
import { Refusal } from '../core/refusal';
import { choice, listOf, object, optional, text, wholeNumber, yesNo } from '../schema/readers';
import { type Json, type JsonObject, without } from '../core/json';
import type { Hook } from '../types';
import type { World } from '../world';
import { type Route, route } from './shared/route';

const EVENTS = ['delivered', 'unsubscribe', 'spam', 'bounce', 'processed', 'reject', 'click', 'open'];
const SMS_EVENTS = ['delivered', 'failed', 'opt-out', 'rejected', 'sending', 'submitted'];

const fields = {
	events: optional(listOf(text())),
	sms_events: optional(listOf(text())),
	headers: optional(listOf(text())),
	usernames: optional(listOf(text())),
	output_format: optional(choice('form', 'json')),
	auth_header_type: optional(choice('', 'bearer', 'basic')),
	auth_header_value: optional(text()),
	custom_headers: optional(listOf(object({ header: text({ min: 1 }), value: text() }))),
	disabled: optional(yesNo),
	subaccount_id: optional(text()),
};

const DEFAULTS: Omit<Hook, 'id' | 'url'> = {
	events: [],
	sms_events: [],
	headers: [],
	usernames: [],
	output_format: 'form',
	auth_header_type: '',
	auth_header_value: '',
	custom_headers: [],
	disabled: false,
};

type Input = { [K in keyof typeof fields]: ReturnType<(typeof fields)[K]> };

/** What a request sets on a webhook. Unknown event names are dropped silently, as in the live service. */
function given({ subaccount_id, events, sms_events, ...rest }: Input): Partial<Hook> {
	const all = {
		...rest,
		events: events?.filter((event) => EVENTS.includes(event)),
		sms_events: sms_events?.filter((event) => SMS_EVENTS.includes(event)),
		subaccountId: subaccount_id,
	};
	return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

/** A hook as the API shows it. */
function shown(hook: Hook): JsonObject {
	return without(hook, 'subaccountId');
}

function find({ state }: World, id: number, subaccountId: string | undefined): Hook {
	const hook = state.hooks.find((candidate) => candidate.id === id && candidate.subaccountId === subaccountId);
	if (!hook) throw new Refusal(400, `A webhook with id ${id} was not found`);
	return hook;
}

function view({ state, settings }: World, subaccountId: string | undefined): Json {
	const hooks = state.hooks.filter((hook) => hook.subaccountId === subaccountId).map(shown);
	if (settings.webhookViewShape === 'webhooks') return { webhooks: hooks };
	// The contract's example is one bare object; it does not say what none or several look like.
	if (settings.webhookViewShape === 'object' && hooks.length < 2) return hooks[0] ?? {};
	return hooks;
}

/** Webhook management. Texts other than the URL refusal are not known from the live service. */
export const webhookRoutes: Route[] = [
	route('POST', '/webhook/view', object({ subaccount_id: fields.subaccount_id }), (input, { world }) =>
		view(world, input.subaccount_id),
	),
	route(
		'POST',
		'/webhook/add',
		object({ url: text({ min: 1 }), ...fields }),
		async ({ url, ...input }, { world }) => {
			const { state } = world;
			refuseBeyondLimit(world);
			await world.probe(url);
			refuseBeyondLimit(world);
			const hook: Hook = { ...DEFAULTS, id: state.nextId(), url, ...given(input) };
			state.hooks.push(hook);
			return shown(hook);
		},
	),
	route(
		'POST',
		'/webhook/edit',
		object({ id: wholeNumber(), url: optional(text({ min: 1 })), ...fields }),
		async ({ id, url, ...input }, { world }) => {
			const hook = find(world, id, input.subaccount_id);
			if (url !== undefined && url !== hook.url) await world.probe(url);
			Object.assign(
				hook,
				world.settings.webhookEdit === 'reset' ? DEFAULTS : {},
				given(input),
				url === undefined ? {} : { url },
			);
			return shown(hook);
		},
	),
	route(
		'POST',
		'/webhook/remove',
		object({ id: wholeNumber(), subaccount_id: fields.subaccount_id }),
		(input, { world }) => {
			const hook = find(world, input.id, input.subaccount_id);
			world.state.hooks = world.state.hooks.filter((candidate) => candidate !== hook);
			world.deliverer.cancel(hook.id);
			return shown(hook);
		},
	),
];

/** Checked again after the probe, since several calls can run at once. */
function refuseBeyondLimit({ state }: World): void {
	const { webhookLimit, hooks } = state;
	if (hooks.length < webhookLimit) return;
	throw new Refusal(400, `You have reached the maximum number of webhooks for your plan (${webhookLimit})`);
}
