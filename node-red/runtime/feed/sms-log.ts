/** The received text messages of an account, for all its nodes that want some. */
import {
	matchesText,
	readCursor,
	readReceivedSms,
	startCursor,
	success,
	type FeedCursor,
	type ReceivedSms,
	type TextFilter,
} from '../../../api';
import type { Log, LogTaker } from './log';

/** A node that gets received messages. */
export interface SmsTaker extends LogTaker {
	readonly filter: TextFilter;
	/** True if it asks for the message that each one replies to. */
	readonly matchReplies: boolean;
	deliver(message: ReceivedSms): void;
}

/** The only topic of this log. */
export const RECEIVED = 'received';

/** The list of received messages. */
export function smsLog(subaccount: string | undefined): Log<ReceivedSms, FeedCursor, SmsTaker> {
	return {
		name: 'receivedSms',
		start: (now) => startCursor(now, 0),
		readCursor,
		sinceOf: ({ since }) => since,
		read: async (connection, cursor, takers) => {
			const read = await readReceivedSms(connection, cursor, {
				...(subaccount === undefined ? {} : { subaccount }),
				matchReplies: takers.some(({ matchReplies }) => matchReplies),
			});
			if (!read.ok) return read;
			return success({ items: read.value.messages, cursor: read.value.cursor, more: false });
		},
		idOf: ({ messageId }) => messageId,
		topicOf: () => RECEIVED,
		momentOf: ({ time }) => (time === null ? undefined : Date.parse(time) || undefined),
		handOut: (message, takers) => {
			// Each gets its own copy, because a flow can change it.
			for (const taker of takers)
				if (matchesText(message.text, taker.filter))
					taker.deliver({ ...structuredClone(message), ...(taker.matchReplies ? {} : { reply: null }) });
		},
	};
}
