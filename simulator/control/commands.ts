// The commands of the control API: what each one takes and does.
import { addKey, raiseEvent, receiveSms, testDelivery } from './actions';
import { choice, listOf, object, optional, otherwise, type Reader, text, wholeNumber } from '../schema/readers';
import type { Json, JsonObject } from '../core/json';
import type { World } from '../world';
import { destinationNumber } from '../schema/phone-numbers';
import { faultReader } from '../faults/reader';

type Command = (body: JsonObject, world: World) => Json;

/** A command: what it takes and what it does. */
function command<T>(reader: Reader<T>, work: (input: T, world: World) => Json): Command {
	return (body, world) => {
		const answer = work(reader(body, ''), world);
		world.state.changed();
		return answer;
	};
}

const event = object({
	emailId: optional(text()),
	email_id: optional(text()),
	message_id: optional(text()),
	event: text({ min: 1 }),
	recipient: optional(text()),
	bounce: optional(choice('hard', 'soft')),
	url: optional(text()),
	message: optional(text()),
});

const key = object({
	key: optional(text({ min: 1 })),
	permissions: optional(listOf(text())),
	status: optional(choice('allowed', 'blocked', 'sandbox')),
	sendingStatus: optional(text({ min: 1 })),
	region: optional(choice('any', 'us', 'eu', 'au')),
	subaccountId: optional(text({ min: 1 })),
});

const incomingSms = object({
	from: destinationNumber,
	to: optional(destinationNumber),
	content: text(),
	username: optional(text()),
	subaccountId: optional(text({ min: 1 })),
});

/** What `POST /_simulator/<name>` does. */
export const commands: Record<string, Command> = {
	events: command(event, ({ emailId, email_id, message_id, event: name, ...details }, world) => {
		const raised = raiseEvent(world, name, { ...details, emailId: emailId ?? email_id, messageId: message_id });
		return { events: raised.map(({ id, event: raisedName }) => ({ id, event: raisedName })) };
	}),
	faults: command(faultReader, (fault, { faults }) => {
		faults.add(fault);
		return { ok: true };
	}),
	reset: command(object({}), (_input, world) => {
		world.reset();
		return { ok: true };
	}),
	'sms/receive': command(incomingSms, (input, world) => ({ message_id: receiveSms(world, input).id })),
	keys: command(key, (input, world) => ({ key: addKey(world, input) })),
	plan: command(
		object({ webhookLimit: optional(wholeNumber({ max: 100 })), monthlyEmails: optional(wholeNumber()) }),
		({ webhookLimit, monthlyEmails }, { state }) => {
			state.webhookLimit = webhookLimit ?? state.webhookLimit;
			state.monthlyEmails = monthlyEmails ?? state.monthlyEmails;
			return { webhookLimit: state.webhookLimit, monthlyEmails: state.monthlyEmails };
		},
	),
	senders: command(object({ verifiedSenders: listOf(text({ min: 1 })) }), ({ verifiedSenders }, { state }) => {
		state.verifiedSenders = verifiedSenders;
		return { verifiedSenders };
	}),
	'scheduled/run': command(object({}), (_input, { scheduler }) => ({ sent: scheduler.runNow() })),
	deliver: command(
		object({ hookId: wholeNumber(), event: otherwise(text({ min: 1 }), '') }),
		({ hookId, event: name }, world) => {
			return { deliveries: testDelivery(world, hookId, name === '' ? undefined : name).map(({ id }) => id) };
		},
	),
};
