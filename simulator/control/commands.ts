// The commands of the control API: what each one takes and does.
import { addKey, raiseEvent, receiveSms, replyToSms, testDelivery } from './actions';
import { changeHook, changeKey, removeHook, setPlan, setRates, setRecord } from './health';
import { generate, setLog } from './log';
import {
	choice,
	expected,
	listOf,
	object,
	optional,
	otherwise,
	type Reader,
	text,
	wholeNumber,
	yesNo,
} from '../schema/readers';
import { usernameOf } from '../core/ids';
import { usedByAccount } from '../email/cycle';
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

const DAY = 86_400_000;

function orNull<T>(reader: Reader<T>): Reader<T | null> {
	return (value, field) => (value === null ? null : reader(value, field));
}

/** A percentage; null takes it back. */
const rate: Reader<number | null | undefined> = (value, field) => {
	if (value === undefined || value === null) return value;
	if (typeof value !== 'number' || !(value >= 0 && value <= 100)) throw expected('a percentage', value, field);
	return value;
};

const keyChange = object({
	key: text({ min: 1 }),
	permissions: optional(listOf(text())),
	lost: optional(listOf(text())),
	status: optional(choice('allowed', 'blocked', 'sandbox')),
	sendingStatus: optional(text()),
});

const plan = object({
	webhookLimit: optional(wholeNumber({ max: 100 })),
	monthlyEmails: optional(wholeNumber()),
	used: optional(wholeNumber()),
});

const generation = object({
	events: wholeNumber({ min: 1 }),
	emails: optional(wholeNumber({ min: 1 })),
	from: optional(text()),
	to: optional(text()),
	perSecond: optional(wholeNumber({ min: 1, max: 10_000 })),
	webhooks: optional(yesNo),
	statistics: optional(yesNo),
	username: optional(text({ min: 1 })),
	subject: optional(text()),
	seed: optional(wholeNumber()),
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
	'sms/reply': command(object({ message_id: text({ min: 1 }), content: text() }), (input, world) => ({
		message_id: replyToSms(world, input.message_id, input.content).id,
	})),
	keys: command(key, (input, world) => ({ key: addKey(world, input) })),
	'keys/change': command(keyChange, ({ key: wanted, ...changes }, world) => ({
		username: usernameOf(changeKey(world, wanted, changes).key),
	})),
	plan: command(plan, (changes, world) => {
		setPlan(world, changes);
		const { webhookLimit, monthlyEmails } = world.state;
		return { webhookLimit, monthlyEmails, used: usedByAccount(world.state) };
	}),
	rates: command(object({ hardBounce: rate, spam: rate, unsubscribe: rate }), (changes, world) => ({
		...setRates(world, changes),
	})),
	'domains/record': command(
		object({
			domain: text({ min: 1 }),
			record: choice('dkim', 'returnPath', 'tracking'),
			found: otherwise(orNull(text()), ''),
		}),
		({ domain, record, found }, world) => ({ domain: setRecord(world, domain, record, found).name }),
	),
	'hooks/remove': command(object({ id: wholeNumber() }), ({ id }, world) => {
		removeHook(world, id);
		return { ok: true };
	}),
	'hooks/disable': command(object({ id: wholeNumber(), disabled: otherwise(yesNo, true) }), (input, world) => ({
		disabled: changeHook(world, input.id, { disabled: input.disabled }).disabled,
	})),
	log: command(
		object({
			minDelayMs: optional(wholeNumber({ max: DAY })),
			maxDelayMs: optional(wholeNumber({ max: DAY })),
			historyDays: optional(orNull(wholeNumber({ min: 1, max: 3_650 }))),
		}),
		(changes, world) => ({ ...setLog(world, changes) }),
	),
	'log/show': command(object({}), (_input, { state }) => {
		state.showLog();
		return { ok: true };
	}),
	generate: command(generation, (input, world) => {
		const { emails, events } = generate(world, input);
		return { emails, events: events.length };
	}),
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
