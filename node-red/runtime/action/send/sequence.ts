/** Collects the messages of a sequence (`msg.parts`, as the Split node makes them) until all have come. */
/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { isRecord } from '../../../../api';

/** What a message says about its sequence. */
export interface Parts {
	readonly id: string;
	/** How many messages the sequence has; some nodes tell it with the last one only. */
	readonly count?: number;
}

/** The sequence of a message; undefined for a message that stands for itself. */
export function partsOf(msg: Readonly<Record<string, unknown>>): Parts | undefined {
	const parts = msg['parts'];
	if (!isRecord(parts) || (typeof parts['id'] !== 'string' && typeof parts['id'] !== 'number')) return undefined;
	const count = Number(parts['count']);
	return { id: String(parts['id']), ...(Number.isSafeInteger(count) && count > 0 ? { count } : {}) };
}

/** A sequence that is over. */
export interface Collected<T> {
	readonly members: readonly T[];
	/** Messages that came, also those that were no emails. */
	readonly came: number;
	/** How many messages it should have; undefined where nothing said so. */
	readonly count: number | undefined;
	/** True where its patience was at an end before all had come. */
	readonly cutShort: boolean;
}

interface Open<T> {
	readonly members: T[];
	/** Messages that came, also those which are no members. */
	came: number;
	count?: number;
	timer?: NodeJS.Timeout;
}

export class Sequences<T> {
	private readonly open = new Map<string, Open<T>>();

	/** @param over told of each sequence once: when all have come, or none came for too long */
	constructor(private readonly over: (sequence: Collected<T>) => void) {}

	/**
	 * @param member undefined for a message that arrived but is not an email: it only counts
	 * @param patience milliseconds to wait for the next one
	 */
	add({ id, count }: Parts, member: T | undefined, patience: number): void {
		const sequence: Open<T> = this.open.get(id) ?? { members: [], came: 0 };
		this.open.set(id, sequence);
		sequence.came++;
		if (member !== undefined) sequence.members.push(member);
		if (count !== undefined) sequence.count = count;
		clearTimeout(sequence.timer);
		if (sequence.count !== undefined && sequence.came >= sequence.count) return this.end(id, false);
		sequence.timer = setTimeout(() => this.end(id, true), patience);
	}

	/** Gives up what is not complete. */
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
		this.over({ members, came, count, cutShort });
	}
}
