/** A message that waits for the outcome of its emails, as the account's context keeps it. */
import type { NodeMessage } from 'node-red';
import { isRecord, type EmailOutcome, type Json, type Smtp2goError, type WatchState } from '../../../api';
import type { OutcomeSource } from '../../shared/saved-outcome';
import type { HookState } from '../events/subscriber';
import type { LogState } from '../feed/log';
import { reviveMessage } from '../waiting/kept-message';
import { lengthOf } from '../waiting/room';
import type { EntryMemory } from '../waiting/stored-entries';
import { newState } from './email-state';
import { Recent } from './recent';

/** An email that waits. */
export interface WaitingEmail {
	readonly emailId: string;
	/** Its place in the list of the message, from 0. */
	readonly index: number;
	/** Its entry of the list, which takes the list's place in its message; undefined if the message has no list. */
	readonly entry?: Json | undefined;
	/** Its recipients as far as the message says. */
	readonly to: readonly string[];
	/** What is known of it. */
	state: WatchState;
	/** When it soft-bounced first, in milliseconds since 1970. */
	softAt?: number | undefined;
}

/** A message that waits. It can be stored as JSON, except for `live`. */
export interface Wait {
	readonly id: string;
	/** The ID of the node that waits. */
	readonly node: string;
	/** When the message arrived and when its limit is over, in milliseconds since 1970. */
	readonly since: number;
	readonly expiresAt: number;
	/** When its oldest email was sent, as far as is known; at the latest when the message arrived. */
	readonly sentAt: number;
	/** Milliseconds from a soft bounce until the email counts as failed; undefined for the limit. */
	readonly softLimit?: number | undefined;
	/** The emails without an outcome. */
	emails: readonly WaitingEmail[];
	/** The list that the emails are in; undefined if the message is about one email. */
	readonly list?:
		| { readonly id: string; readonly count: number; readonly path: readonly (string | number)[] }
		| undefined;
	/** The length of what is kept, in characters of JSON. */
	readonly size: number;
	/** The copy of the message, without the list. */
	readonly kept: Readonly<Record<string, Json>>;
	/** The message itself, until a restart. */
	readonly live: NodeMessage | undefined;
}

/** What an account shows to a node that waits. */
export interface Shown {
	/** The number of its emails that wait. */
	readonly waiting: number;
	readonly hook: HookState;
	readonly log: LogState;
	/** True if the activity log is read for the account. */
	readonly readsLog: boolean;
}

/** A node that waits. */
export interface Waiter {
	/** Its ID, which a deploy does not change. */
	readonly id: string;
	readonly source: OutcomeSource;
	/** Passes on the message of an email whose outcome is known, or whose limit is over. */
	deliver(wait: Wait, email: WaitingEmail, outcome: EmailOutcome): void;
	show(shown: Shown): void;
	/** Reports that the webhook is not registered. */
	failHook(error: Smtp2goError): void;
	/** Reports that the activity log cannot be read. */
	failLog(error: Smtp2goError): void;
}

/** What is known of the waits of an account from one deploy to the next. state/process-state.ts keeps it. */
export interface OutcomeMemory extends EntryMemory<Wait> {
	/** The running nodes that wait, by their IDs. */
	readonly waiters: Map<string, Waiter>;
	/** The waits by the IDs of their emails. */
	readonly byEmail: Map<string, Set<Wait>>;
	/** The sizes of all waits together. */
	size: number;
	/** What happened lately to all emails: the webhook can be faster than the flow. */
	readonly recent: Recent;
}

/** The memory of an account that is new. */
export const newOutcomeMemory = (): OutcomeMemory => ({
	entries: undefined,
	waiters: new Map(),
	byEmail: new Map(),
	size: 0,
	recent: new Recent(),
	written: Promise.resolve(),
});

/** True while the webhook reports events, as far as is known. */
export function isHookLive({ is }: HookState): boolean {
	return is === 'listening' || is === 'registering';
}

/** The message that waits. */
export function messageOf({ live, kept }: Wait): NodeMessage {
	return live ?? reviveMessage(kept);
}

/** The length of what a wait keeps, in characters of JSON. */
export function sizeOf({ kept, emails }: Pick<Wait, 'kept' | 'emails'>): number {
	return lengthOf(kept) + emails.reduce((sum, { entry }) => sum + (isRecord(entry) ? lengthOf(entry) : 0), 0);
}

/** What the context store keeps of a wait. */
export function toStored(wait: Wait): Record<string, unknown> {
	// Without undefined properties, since a store may keep them as null.
	return Object.fromEntries(Object.entries(wait).filter(([name, value]) => name !== 'live' && value !== undefined));
}

function emailFrom(stored: unknown): WaitingEmail[] {
	if (!isRecord(stored)) return [];
	const { emailId, index, to, entry, state, softAt } = stored;
	if (typeof emailId !== 'string' || typeof index !== 'number') return [];
	return [
		{
			emailId,
			index,
			to: Array.isArray(to) ? to.filter((one) => typeof one === 'string') : [],
			...(entry === undefined ? {} : { entry: entry as Json }),
			// What cannot be read in it is left out.
			state: isRecord(state) ? (state as unknown as WatchState) : newState(emailId),
			...(typeof softAt === 'number' ? { softAt } : {}),
		},
	];
}

function listFrom(stored: unknown): Wait['list'] {
	if (!isRecord(stored)) return undefined;
	const { id, count, path } = stored;
	const isPath = Array.isArray(path) && path.every((name) => typeof name === 'string' || typeof name === 'number');
	return typeof id === 'string' && typeof count === 'number' && isPath ? { id, count, path } : undefined;
}

/** Reads a stored wait. Undefined for anything that this package did not store. */
export function fromStored(stored: unknown): Wait | undefined {
	if (!isRecord(stored)) return undefined;
	const { id, node, since, expiresAt, sentAt, softLimit, emails, kept } = stored;
	if (typeof id !== 'string' || typeof node !== 'string' || !isRecord(kept) || !Array.isArray(emails))
		return undefined;
	if (typeof since !== 'number' || typeof expiresAt !== 'number') return undefined;
	const content = { kept: kept as Wait['kept'], emails: emails.flatMap(emailFrom) };
	return {
		id,
		node,
		since,
		expiresAt,
		sentAt: typeof sentAt === 'number' ? sentAt : since,
		softLimit: typeof softLimit === 'number' ? softLimit : undefined,
		list: listFrom(stored['list']),
		...content,
		size: sizeOf(content),
		live: undefined,
	};
}
