// Text messages: `/sms/*`.
import { Refusal } from '../core/refusal';
import { listOf, object, optional, otherwise, text, wholeNumber } from '../schema/readers';
import { time } from '../schema/values';
import { countryOf, destinationNumber, senderNumber } from '../schema/phone-numbers';
import type { JsonObject } from '../core/json';
import type { Settings } from '../options';
import type { ReceivedSms, Sms } from '../types';
import { ownerOf, subaccount_id } from './shared/owner';
import { isIn, midnight, type Period } from './shared/period';
import { type Call, type Route, route } from './shared/route';

const NUMBERS = 100;

/** What one unit costs, in the account's currency. Made up, since the API has no price list. */
const PRICE = 0.05;

/** How `/sms/view-sent` puts a status into words; two of them were seen in the contract. */
const WORDS: Record<Sms['status'], string> = {
	queued: 'Message queued',
	sending: 'Message sending',
	submitted: 'Message sent',
	delivered: 'Message delivered',
	failed: 'Message failed',
	rejected: 'Message discarded',
};

const sent = object({
	destination: listOf(destinationNumber, { min: 1, max: NUMBERS }),
	sender: otherwise(senderNumber, ''),
	content: text({ min: 1 }),
});

const period = { start_date: optional(time), end_date: optional(time), subaccount_id };
const viewed = { ...period, username: optional(text()) };

/** The old way to name a period: seconds since 1970. */
const viewedReceived = object({ ...viewed, unix_start: optional(wholeNumber()), unix_end: optional(wholeNumber()) });

interface Whose {
	username?: string | undefined;
	subaccount_id?: string | undefined;
}

/** Those of an account's SMS that a user has to do with. */
function ownSms<T extends Sms | ReceivedSms>(
	all: readonly T[],
	{ username, subaccount_id: wanted }: Whose,
	call: Call,
): T[] {
	const owner = ownerOf(call, wanted);
	return all.filter(
		(sms) => sms.subaccountId === owner && (username === undefined || username.slice(0, 16) === sms.username),
	);
}

function sentBetween(range: Period, whose: Whose, call: Call): Sms[] {
	return ownSms(call.world.state.sms, whose, call).filter(({ sentAt }) => isIn(range, sentAt));
}

function send(
	{ destination, sender, content }: ReturnType<typeof sent>,
	{ world: { exchange, state }, key }: Call,
): JsonObject {
	const subaccount = state.account.subaccounts.find(({ id }) => id === key.subaccountId);
	// The live service's words are not known.
	if (subaccount?.smsEnabled === false) throw new Refusal(400, 'SMS is not enabled for this subaccount');
	const messages = destination.map((number) => exchange.accept({ destination: number, sender, content }, key));
	return {
		total_sent: messages.length,
		statuses: { queued: messages.length },
		messages: messages.map((sms) => ({ destination: sms.destination, message_id: sms.id, status: 'queued' })),
	};
}

function sentView({ id, sentAt, username, sender, destination, content, units, status }: Sms): JsonObject {
	return {
		id,
		timestamp: sentAt,
		username,
		sender: sender || 'shared',
		sender_email: '',
		destination_address: destination,
		destination_address_country: countryOf(destination),
		format: 'SMS',
		status: WORDS[status],
		content,
		units,
	};
}

function receivedView(
	{ id, from, to, content, username, receivedAt }: ReceivedSms,
	form: Settings['smsNumbers'],
): JsonObject {
	const digits = (number: string): string | number =>
		form === 'number' ? Number(number) : number.replace(/^\+/, '');
	return {
		source_address: digits(from),
		destination_address: digits(to),
		timestamp: receivedAt,
		content,
		message_id: id,
		username,
	};
}

const seconds = (value: number | undefined): Date | undefined =>
	value === undefined ? undefined : new Date(value * 1000);

/** SMS: a summary starts today, a list a week ago. Nothing of this is paged. */
export const smsRoutes: Route[] = [
	route('POST', '/sms/send', sent, send),
	route(
		'POST',
		'/sms/summary',
		object(period),
		({ start_date = midnight(0), end_date, subaccount_id: wanted }, call) => {
			const found = sentBetween({ start: start_date, end: end_date }, { subaccount_id: wanted }, call);
			const units = found.reduce((sum, sms) => sum + sms.units, 0);
			return {
				total_messages: found.length,
				total_units: units,
				total_cost: Math.round(units * PRICE * 1000) / 1000,
			};
		},
	),
	route('POST', '/sms/view-sent', object(viewed), ({ start_date = midnight(7), end_date, ...whose }, call) => ({
		messages: sentBetween({ start: start_date, end: end_date }, whose, call).reverse().map(sentView),
	})),
	route(
		'POST',
		'/sms/view-received',
		viewedReceived,
		({ start_date, end_date, unix_start, unix_end, ...whose }, call) => {
			const { state, settings } = call.world;
			const range = {
				start: start_date ?? seconds(unix_start) ?? midnight(7),
				end: end_date ?? seconds(unix_end),
			};
			const found = ownSms(state.receivedSms, whose, call).filter(({ receivedAt }) => isIn(range, receivedAt));
			return { messages: found.reverse().map((sms) => receivedView(sms, settings.smsNumbers)) };
		},
	),
];
