/** Collects the messages of a sequence (`msg.parts`, as the Split node sets them) until all have arrived. */
/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { isRecord } from '../../../../api';

/** What a message says about its sequence. */
export interface Parts {
	readonly id: string;
	/** The number of messages in the sequence. Some nodes set it on the last message only. */
	readonly count?: number;
}

/** The sequence of a message; undefined for a single message. */
export function partsOf(msg: Readonly<Record<string, unknown>>): Parts | undefined {
	const parts = msg['parts'];
	if (!isRecord(parts) || (typeof parts['id'] !== 'string' && typeof parts['id'] !== 'number')) return undefined;
	const count = Number(parts['count']);
	return { id: String(parts['id']), ...(Number.isSafeInteger(count) && count > 0 ? { count } : {}) };
}

/** A sequence that is complete, or timed out. */
export interface Collected<T> {
	readonly members: readonly T[];
	/** The number of messages that arrived, including those that were not emails. */
	readonly came: number;
	/** The expected number of messages; undefined if no message said so. */
	readonly count: number | undefined;
	/** True if it timed out before all messages arrived. */
	readonly cutShort: boolean;
}

interface Open<T> {
	readonly members: T[];
	/** The number of messages that arrived, including those that are not members. */
	came: number;
	count?: number;
	timer?: NodeJS.Timeout;
}

export class Sequences<T> {
	private readonly open = new Map<string, Open<T>>();

	/** @param onEnd called once for each sequence: when all messages have arrived, or none has for too long */
	constructor(private readonly onEnd: (sequence: Collected<T>) => void) {}

	/**
	 * @param member undefined for a message that arrived but is not an email: it only counts
	 * @param timeout milliseconds to wait for the next message
	 */
	add({ id, count }: Parts, member: T | undefined, timeout: number): void {
		const sequence: Open<T> = this.open.get(id) ?? { members: [], came: 0 };
		this.open.set(id, sequence);
		sequence.came++;
		if (member !== undefined) sequence.members.push(member);
		if (count !== undefined) sequence.count = count;
		clearTimeout(sequence.timer);
		if (sequence.count !== undefined && sequence.came >= sequence.count) return this.end(id, false);
		sequence.timer = setTimeout(() => this.end(id, true), timeout);
	}

	/** Drops the sequences that are not complete, and returns their members. */
	close(): T[] {
		const left = [...this.open.values()];
		this.open.clear();
		for (const { timer } of left) clearTimeout(timer);
		return left.flatMap(({ members }) => members);
	}

	private end(id: string, cutShort: boolean): void {
		const sequence = this.open.get(id);
		if (sequence === undefined) return;
		this.open.delete(id);
		const { members, came, count } = sequence;
		this.onEnd({ members, came, count, cutShort });
	}
}
