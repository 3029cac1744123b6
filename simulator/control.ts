import { Refusal } from './http/refusal';
import { type EventDetails } from './mail/payloads';
import { recipientsOf } from './mail/postman';
import { smsEvent } from './mail/sms';
import { testEvent } from './hooks/test-event';
import { newApiKey, usernameOf } from './state/ids';
import type { ApiKey, Delivery, EmailEventName, Mail, SimulatorEvent } from './state/types';
import { DEMO_API_KEY } from './demo';
import type { World } from './world';

const EMAIL_EVENTS: EmailEventName[] = ['processed', 'delivered', 'open', 'click', 'bounce', 'spam', 'unsubscribe', 'resubscribe', 'reject'];

/** Which mail an event concerns, and more about it. */
export interface RaiseDetails extends EventDetails {
	/** Default: the newest mail. */
	emailId?: string | undefined;
	/** Default: every recipient of the mail. For `sms_…` events a phone number. */
	recipient?: string | undefined;
	/** Who sent the SMS; default the demo key. */
	username?: string | undefined;
}

/** What a key may be given. */
export type KeyDetails = { [K in keyof ApiKey]?: ApiKey[K] | undefined };

/**
 * Raises an event by hand: for e-mail once a recipient, for `sms_…` once.
 * @throws Refusal no such mail, no such event
 */
export function raiseEvent(world: World, name: string, { emailId, recipient, username, ...details }: RaiseDetails = {}): SimulatorEvent[] {
	if (name.startsWith('sms_')) return [raiseSms(world, name, recipient, username, details.message)];
	const event = EMAIL_EVENTS.find((candidate) => candidate === name);
	if (!event) throw new Refusal(400, `There is no event '${name}': ${EMAIL_EVENTS.join(', ')}, sms_…`);
	const mail: Mail | undefined = emailId === undefined ? world.state.mails.at(-1) : world.state.mail(emailId);
	if (!mail) throw new Refusal(400, emailId === undefined ? 'There is no mail yet' : `There is no mail with id '${emailId}'`);
	const recipients = recipient === undefined ? recipientsOf(mail) : [recipient];
	if (event === 'processed') return [world.postman.raise(mail, event, recipients, details)];
	return recipients.map((address) => world.postman.raise(mail, event, [address], details));
}

function raiseSms({ state, deliverer }: World, name: string, recipient: string | undefined, username = usernameOf(DEMO_API_KEY), message?: string): SimulatorEvent {
	const event = smsEvent(name, { username, recipient, message });
	state.addEvent(event);
	deliverer.publish(event);
	return event;
}

/** Adds an API key; without details one of 32 random characters that may do everything. */
export function addKey({ state }: World, { key = newApiKey(), permissions = ['*'], status = 'allowed', region = 'any' }: KeyDetails = {}): string {
	state.keys = [...state.keys.filter((known) => known.key !== key), { key, permissions, status, region }];
	state.changed();
	return key;
}

/**
 * The button "Test this webhook": one made-up event of every kind the hook listens to, sent once, with ids that never change.
 * @throws Refusal no such hook
 */
export function testDelivery({ state, deliverer }: World, hookId: number, event?: string): Delivery[] {
	const hook = state.hooks.find(({ id }) => id === hookId);
	if (!hook) throw new Refusal(400, `There is no hook with id ${hookId}`);
	const names = event === undefined ? hook.events : [event];
	return names.map((name) => deliverer.deliver(hook, testEvent(name), { repeats: false }));
}
