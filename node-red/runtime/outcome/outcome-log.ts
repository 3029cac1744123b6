/** The activity log of an account, as far as the outcome of emails depends on it: one reader for all its nodes. */
import {
	logKinds,
	readCursor,
	readFeed,
	startCursor,
	success,
	type DeliveredEvent,
	type FeedCursor,
	type ReadDelivery,
} from '../../../api';
import type { Log, LogTaker } from '../feed/log';
import { outcomeEvents } from './email-state';
import { RECENT } from './recent';

/** The account's waits, as the reader sees them. */
export interface OutcomeTaker extends LogTaker {
	take(event: DeliveredEvent): void;
}

/** The only topic of this log. */
export const OUTCOME = 'outcome';

const kinds = logKinds(outcomeEvents) ?? [];

/**
 * The log of an account. Unlike that of its triggers, it starts before now, and SMTP users do not matter: what an email
 * node sent is looked for, whoever sent it.
 * @param settle how late an entry can appear, in milliseconds
 * @param oldest when the first email that waits for the log was sent, in milliseconds since 1970
 */
export function outcomeLog(settle: number, oldest: () => number): Log<ReadDelivery, FeedCursor, OutcomeTaker> {
	return {
		name: 'outcomeLog',
		start: (now) => startCursor(Math.min(now, oldest()) - RECENT),
		readCursor,
		sinceOf: ({ since }) => since,
		read: async (connection, cursor) => {
			const read = await readFeed(connection, cursor, { kinds, settleMs: settle });
			if (!read.ok) return read;
			const { deliveries, more, cursor: next } = read.value;
			return success({ items: deliveries, cursor: next, more });
		},
		idOf: ({ event }) => event.eventId,
		topicOf: () => OUTCOME,
		// What happened before the message arrived counts too.
		momentOf: () => undefined,
		handOut: ({ event }, takers) => {
			for (const taker of takers) taker.take(event);
		},
	};
}
