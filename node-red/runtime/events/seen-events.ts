/**
 * Keeps the latest events of an account, so that duplicates are recognized: in memory across a deploy, and across a
 * restart if Node-RED's default context store is persistent.
 */
/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import type { Node } from 'node-red';
import { SeenEvents } from '../../../api';
import { NodeContext } from '../platform/node-context';
import type { EventMemory } from './event-memory';

/** The name in the account node's context. */
const KEY = 'seenEvents';

export class SeenEventStore {
	private reading: Promise<SeenEvents> | undefined;
	private timer: NodeJS.Timeout | undefined;
	private readonly context: NodeContext;

	/** @param delay milliseconds before new events are written */
	constructor(
		node: Pick<Node, 'context' | 'warn'>,
		private readonly memory: Pick<EventMemory, 'seen'>,
		private readonly delay: number,
	) {
		this.context = new NodeContext(node);
	}

	/** The latest events, read once. Never rejects. */
	load(): Promise<SeenEvents> {
		this.reading ??= this.read();
		return this.reading;
	}

	/** Writes the events soon: a burst of events is written once. */
	save(): void {
		if (this.timer !== undefined) return;
		this.timer = setTimeout(() => {
			void this.write();
		}, this.delay);
		this.timer.unref();
	}

	/** Writes what is not written yet, unless the account was deleted. */
	async close(removed: boolean): Promise<void> {
		const isDue = this.timer !== undefined;
		clearTimeout(this.timer);
		if (isDue && !removed) await this.write();
	}

	private async read(): Promise<SeenEvents> {
		const { memory } = this;
		if (memory.seen === undefined) {
			const stored = await this.context.get(KEY);
			memory.seen = new SeenEvents(stored.ok && Array.isArray(stored.value) ? stored.value : []);
		}
		return memory.seen;
	}

	private async write(): Promise<void> {
		this.timer = undefined;
		const ids = (await this.load()).list();
		await this.context.set(KEY, ids);
	}
}
