/** The activity log of an account as a source of events, for all its triggers. */
import {
	emailEvents,
	logKinds,
	readCursor,
	readFeed,
	startCursor,
	success,
	type Connection,
	type FeedCursor,
	type ReadDelivery,
} from '../../../api';
import type { Arrivals } from '../events/arrivals';
import type { EventDispatcher } from '../events/event-dispatcher';
import type { Kept } from '../events/kept';
import { accepts, type Subscriber } from '../events/subscriber';
import type { Log, LogTaker } from './log';

/** A trigger that reads the log. */
export interface EventTaker extends Subscriber, LogTaker {}

/** Events that cannot be selected, such as `resubscribed`. They come if all events are selected. */
const OTHER = 'other';

/** The topics of a trigger, by the events that it asks for. */
export function topicsOf(events: readonly string[]): readonly string[] {
	const known = emailEvents.filter(({ value }) => events.includes(value)).map(({ value }) => value);
	return known.length === emailEvents.length ? [...known, OTHER] : known;
}

/** What the log of an account depends on. */
export interface EventLogOptions {
	/** SMTP users or API keys whose emails count. */
	readonly users: readonly string[];
	readonly subaccount: string | undefined;
	/** The headers that each event repeats. */
	headers(takers: readonly Subscriber[]): readonly string[];
	readonly dispatcher: EventDispatcher;
	/** Which source reported which event. */
	readonly arrivals: Kept<Arrivals>;
	/** Milliseconds that the webhook has before an event counts as missed. */
	readonly grace: number;
	/** How late an entry can appear, in milliseconds. */
	readonly settle: number;
	/** Logs an error of a trigger that could not take an event. */
	report(thrown: unknown): void;
}

/** A connection whose clock is behind, so that the newest events are not read yet. */
function delayed(connection: Connection, milliseconds: number): Connection {
	const { host } = connection;
	return { ...connection, host: { ...host, now: () => host.now() - milliseconds } };
}

/** A copy of an event that says that the webhook missed it. */
function caughtUp({ event, subscription }: ReadDelivery): ReadDelivery {
	return { subscription, event: { ...event, caughtUp: true } };
}

/** The activity log of an account. */
export function eventLog(options: EventLogOptions): Log<ReadDelivery, FeedCursor, EventTaker> {
	const { users, subaccount, headers, dispatcher, arrivals, grace, settle, report } = options;
	let known: Arrivals | undefined;
	return {
		name: 'activityLog',
		start: (now) => startCursor(now, 0),
		readCursor,
		sinceOf: ({ since }) => since,
		read: async (connection, cursor, takers) => {
			known = await arrivals.load();
			// If a trigger waits for nothing but the log, no event waits for the webhook.
			const wait = takers.every(({ source }) => source === 'both') ? grace : 0;
			const kinds = logKinds(takers.flatMap(({ events }) => events));
			const read = await readFeed(delayed(connection, wait), cursor, {
				...(kinds === undefined ? {} : { kinds }),
				usernames: users,
				subaccounts: subaccount === undefined ? [] : [subaccount],
				customHeaders: headers(takers),
				settleMs: settle,
			});
			if (!read.ok) return read;
			const { deliveries, more, cursor: next } = read.value;
			return success({ items: deliveries, cursor: next, more });
		},
		idOf: ({ event }) => event.eventId,
		topicOf: ({ subscription }) => (emailEvents.some(({ value }) => value === subscription) ? subscription : OTHER),
		momentOf: ({ event }) => (event.time === null ? undefined : Date.parse(event.time) || undefined),
		handOut: (read, takers) => {
			const asking = takers.filter((taker) => accepts(taker, read));
			const both = asking.filter(({ source }) => source === 'both');
			const missed = both.length > 0 && (known?.fromLog(read.event) ?? true);
			if (both.length > 0) arrivals.save();
			const others = asking.filter(({ source }) => source !== 'both');
			// It is not read again: a trigger that cannot take it now has no second chance.
			dispatcher.dispatch(others, read, report, 'once');
			if (missed) dispatcher.dispatch(both, caughtUp(read), report, 'once');
		},
		onRead: ({ since }) => known?.forgetBefore(Date.parse(since)),
	};
}
