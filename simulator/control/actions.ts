// What tests and the page can do to the simulator: raise events, receive an SMS, add a key, test a webhook.
import { addSubaccount, newSubaccount } from '../account/subaccounts';
import { Refusal } from '../core/refusal';
import { type EventDetails } from '../events/email-event';
import { recipientsOf } from '../email/postman';
import { DEFAULT_NUMBER, isSmsEvent, smsEvent } from '../events/sms-event';
import { testEvent } from '../events/test-event';
import { newApiKey, newUuid, usernameOf } from '../core/ids';
import { present } from '../core/json';
import type { ApiKey, Delivery, EmailEventName, Email, ReceivedSms, SimulatorEvent } from '../types';
import type { World } from '../world';

const EMAIL_EVENTS: EmailEventName[] = [
	'processed',
	'delivered',
	'open',
	'click',
	'bounce',
	'spam',
	'unsubscribe',
	'resubscribe',
	'reject',
];

/** Which email an event concerns, and more about it. */
export interface RaiseDetails extends EventDetails {
	/** Default: the newest email. */
	emailId?: string | undefined;
	/** Default: every recipient of the email. For `sms_…` events a phone number. */
	recipient?: string | undefined;
	/** Which sent SMS an `sms_…` event concerns. Default: one that was never sent. */
	messageId?: string | undefined;
	/** Who sent the SMS that was never sent; default the demo key. */
	username?: string | undefined;
}

/** An SMS that somebody sends to the account. */
export interface IncomingSms {
	/** Phone numbers with country code; by default the account's own one receives it. */
	from: string;
	to?: string | undefined;
	content: string;
	/** Whose SMS it answers; default the demo key. */
	username?: string | undefined;
	subaccountId?: string | undefined;
}

/** Details of a new key. */
export type KeyDetails = { [K in keyof ApiKey]?: ApiKey[K] | undefined };

/**
 * Raises an event by hand: for email once per recipient, for `sms_…` once.
 * @throws Refusal no such email or SMS, no such event
 */
export function raiseEvent(
	world: World,
	name: string,
	{ emailId, recipient, messageId, username, ...details }: RaiseDetails = {},
): SimulatorEvent[] {
	if (isSmsEvent(name)) return [raiseSms(world, name, { messageId, recipient, username, message: details.message })];
	const event = EMAIL_EVENTS.find((candidate) => candidate === name);
	if (!event) throw new Refusal(400, `There is no event '${name}': ${EMAIL_EVENTS.join(', ')}, sms_…`);
	const email: Email | undefined = emailId === undefined ? world.state.emails.at(-1) : world.state.email(emailId);
	if (!email)
		throw new Refusal(
			400,
			emailId === undefined ? 'There is no email yet' : `There is no email with id '${emailId}'`,
		);
	const recipients = recipient === undefined ? recipientsOf(email) : [recipient];
	if (event === 'processed') return [world.postman.raise(email, event, recipients, details)];
	return recipients.map((address) => world.postman.raise(email, event, [address], details));
}

function raiseSms(
	{ state, settings, exchange }: World,
	name: string,
	{ messageId, username = usernameOf(settings.apiKey), recipient, message }: RaiseDetails,
): SimulatorEvent {
	if (messageId === undefined) return exchange.publish(smsEvent(name, { username, recipient, message }));
	const sms = state.sms.find(({ id }) => id === messageId);
	if (!sms) throw new Refusal(400, `There is no SMS with id '${messageId}'`);
	return exchange.raise(sms, name);
}

/** Lets an SMS arrive; `/sms/view-received` lists it from now on. */
export function receiveSms(
	{ state, settings }: World,
	{ from, to = DEFAULT_NUMBER, content, username = usernameOf(settings.apiKey), subaccountId }: IncomingSms,
): ReceivedSms {
	const subaccount = subaccountId === undefined ? {} : { subaccountId };
	const sms: ReceivedSms = {
		id: newUuid(),
		from,
		to,
		content,
		username,
		receivedAt: new Date().toISOString(),
		...subaccount,
	};
	state.addReceivedSms(sms);
	return sms;
}

/**
 * Lets the recipient of a sent SMS answer it.
 * @throws Refusal no such SMS
 */
export function replyToSms(world: World, messageId: string, content: string): ReceivedSms {
	const sms = world.state.sms.find(({ id }) => id === messageId);
	if (!sms) throw new Refusal(400, `There is no SMS with id '${messageId}'`);
	const { destination: from, sender, username, subaccountId } = sms;
	return receiveSms(world, { from, to: sender || undefined, content, username, subaccountId });
}

/**
 * Adds an API key; without details, one of 32 random characters with all permissions. A subaccount that is not there
 * yet is made.
 */
export function addKey(
	{ state }: World,
	{
		key = newApiKey(),
		permissions = ['*'],
		status = 'allowed',
		sendingStatus,
		region = 'any',
		subaccountId,
	}: KeyDetails = {},
): string {
	const { account } = state;
	const isNew = subaccountId !== undefined && !account.subaccounts.some(({ id }) => id === subaccountId);
	if (isNew) addSubaccount(account, newSubaccount({ id: subaccountId, name: subaccountId }));
	const details = present({ subaccountId, sendingStatus });
	state.keys = [...state.keys.filter((known) => known.key !== key), { key, permissions, status, region, ...details }];
	state.changed();
	return key;
}

/**
 * The button "Test this webhook": one made-up event of every kind the hook listens to, sent once, with ids that never
 * change.
 * @throws Refusal no such hook
 */
export function testDelivery({ state, deliverer }: World, hookId: number, event?: string): Delivery[] {
	const hook = state.hooks.find(({ id }) => id === hookId);
	if (!hook) throw new Refusal(400, `There is no hook with id ${hookId}`);
	const names = event === undefined ? [...hook.events, ...hook.sms_events.map((name) => `sms_${name}`)] : [event];
	return names.map((name) => deliverer.deliver(hook, testEvent(name), { repeats: false }));
}
