/** Received text messages as a source of events. SMTP2GO has no webhook for them. */
import { operationOf } from '../catalogue';
import type { Connection } from '../client/call';
import { readList } from '../client/pages';
import { isJsonObject, type JsonObject } from '../core/json';
import { success, type Result } from '../core/result';
import { toDate } from '../formats/moments';
import { phoneOf } from '../formats/phones';
import { isoUtc } from '../kinds/dates';
import { buildRequest } from '../request/build';
import type { Operation } from '../catalogue/types';
import { pick } from '../webhook/event-details';
import { keyOfText } from '../webhook/event-key';
import { cursorAt, isAhead, seenIn, startCursor, startOfCursor, wholeSecond, type FeedCursor } from './cursor';
import { matchesText, type TextFilter } from './text-filter';

/** A message that was sent to a number. A type, not an interface, because n8n's items accept records. */
export type RepliedMessage = {
	messageId: string | null;
	text: string;
	/** ISO 8601 in UTC. */
	time: string;
};

/** A received message. `null` if SMTP2GO does not say. */
export type ReceivedSms = {
	messageId: string;
	/** The phone number that sent it, with + and country code, or a name or short code unchanged. */
	from: string | null;
	/** Your number. */
	to: string | null;
	text: string;
	/** ISO 8601 in UTC. */
	time: string | null;
	username: string | null;
	/** The newest message to that number before it. Null if there is none, or if replies are not matched. */
	reply: RepliedMessage | null;
	/** The message as SMTP2GO returned it. */
	raw: Record<string, unknown>;
};

/** Which messages to read. */
export interface ReceivedSmsOptions {
	/** The SMTP user or API key whose messages count. All if undefined or empty. */
	readonly username?: string;
	readonly subaccount?: string;
	/** True to look up the message that each one replies to. This is one more call if there is something new. */
	readonly matchReplies?: boolean;
	/** Which texts to return. All if undefined. */
	readonly filter?: TextFilter;
	/** How late a message may appear in the list, in milliseconds. 3,600,000 by default. */
	readonly settleMs?: number;
}

/** What a read found. */
export interface ReceivedSmsRead {
	/** Oldest first, each message once. */
	readonly messages: readonly ReceivedSms[];
	/** Store it after the messages were handed out. */
	readonly cursor: FeedCursor;
}

const received: Operation = operationOf('sms', 'getReceived');
const sent: Operation = operationOf('sms', 'getSent');

const SETTLE = 3_600_000;

/** How far before a message its cause is looked for, in milliseconds: a week, as far as SMTP2GO lists by default. */
const REPLY_WINDOW = 7 * 24 * 3_600_000;

/**
 * Returns a phone number with + and country code. Anything else, such as a name or a short code, is returned unchanged.
 */
function numberOf(given: string | null): string | null {
	if (given === null) return null;
	const phone = phoneOf(given);
	return 'problem' in phone ? given : `+${phone.number.replace('+', '')}`;
}

/** A message and when it came, in milliseconds since 1970. */
interface Dated {
	readonly message: ReceivedSms;
	readonly moment: number;
}

/** Reads an entry of the list. One without a time counts as new now. */
function readEntry(entry: JsonObject, now: number): Dated {
	const date = pick(entry, 'timestamp');
	const moment = date === null ? undefined : toDate(date);
	return {
		moment: moment?.getTime() ?? now,
		message: {
			messageId: pick(entry, 'message_id', 'id') ?? keyOfText(JSON.stringify(entry)),
			from: numberOf(pick(entry, 'source_address')),
			to: numberOf(pick(entry, 'destination_address')),
			text: pick(entry, 'content') ?? '',
			time: moment?.toISOString() ?? date,
			username: pick(entry, 'username'),
			reply: null,
			raw: entry,
		},
	};
}

/** Reads a list of messages since a moment. */
async function listSince(
	connection: Connection,
	operation: Operation,
	since: number,
	{ username, subaccount }: ReceivedSmsOptions,
): Promise<Result<JsonObject[]>> {
	const values = {
		start_date: isoUtc(new Date(since)),
		username: username === '' ? undefined : username,
		subaccount_id: subaccount === '' ? undefined : subaccount,
	};
	const request = buildRequest(operation, values, connection.host.now());
	if (!request.ok) return request;
	const list = await readList(connection, operation, request.value.fields, Infinity, true);
	return list.ok ? success(list.value.entries.filter(isJsonObject)) : list;
}

/** Returns the messages with the one that each replies to. */
async function withReplies(
	connection: Connection,
	found: readonly Dated[],
	options: ReceivedSmsOptions,
): Promise<Result<readonly ReceivedSms[]>> {
	const first = found[0];
	if (!options.matchReplies || first === undefined) return success(found.map(({ message }) => message));
	const list = await listSince(connection, sent, first.moment - REPLY_WINDOW, options);
	if (!list.ok) return list;
	const causes = list.value
		.flatMap((entry) => {
			const moment = toDate(pick(entry, 'timestamp') ?? '');
			const to = numberOf(pick(entry, 'destination_address'));
			return moment === undefined ? [] : [{ entry, to, moment: moment.getTime() }];
		})
		.sort((one, other) => other.moment - one.moment);
	return success(
		found.map(({ message, moment }) => {
			const cause = causes.find((one) => one.to !== null && one.to === message.from && one.moment <= moment);
			if (cause === undefined) return message;
			const { entry } = cause;
			const reply: RepliedMessage = {
				messageId: pick(entry, 'id', 'message_id'),
				text: pick(entry, 'content') ?? '',
				time: new Date(cause.moment).toISOString(),
			};
			return { ...message, reply };
		}),
	);
}

/**
 * Reads the text messages received since a cursor, in one call, or in two if replies are matched and something is new.
 * A message that appears in the list late is still found.
 *
 * A message comes again if its cursor was not stored, so store the cursor after the messages were handed out.
 * @returns an error if SMTP2GO could not be read; then nothing was lost, and the next read starts at the same cursor
 */
export async function readReceivedSms(
	connection: Connection,
	cursor: FeedCursor,
	options: ReceivedSmsOptions = {},
): Promise<Result<ReceivedSmsRead>> {
	const { settleMs = SETTLE, filter } = options;
	const now = connection.host.now();
	const start = startOfCursor(cursor.seen.length === 0 && isAhead(cursor, now) ? startCursor(now) : cursor);
	const list = await listSince(connection, received, start, options);
	if (!list.ok) return list;
	const all = list.value
		.map((entry) => readEntry(entry, now))
		.filter(({ moment }) => moment >= start)
		.sort((one, other) => one.moment - other.moment);
	const known = seenIn(cursor);
	const ids = new Set(known.map(({ id }) => id));
	const fresh = all.filter(({ message }) => {
		const id = keyOfText(message.messageId);
		const isNew = !ids.has(id);
		ids.add(id);
		return isNew;
	});
	const wanted = fresh.filter(({ message }) => filter === undefined || matchesText(message.text, filter));
	const messages = await withReplies(connection, wanted, options);
	if (!messages.ok) return messages;
	// It follows the newest message rather than the clock, which may be wrong.
	const newest = all.at(-1)?.moment;
	const since = newest === undefined ? start : Math.max(start, wholeSecond(Math.min(newest, now) - settleMs));
	// All, because one without a time is new now again.
	const seen = all.map(({ message, moment }) => ({ id: keyOfText(message.messageId), moment }));
	return success({ messages: messages.value, cursor: cursorAt(since, [...known, ...seen]) });
}
