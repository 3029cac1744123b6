/**
 * Keeps the latest events of an account, so that duplicates are recognized: in memory across a deploy, and across a
 * restart if Node-RED's default context store is persistent.
 */
/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import type { Node } from 'node-red';
import { SeenEvents } from '../../../api';
import { toNodeError } from '../platform/errors';
import type { EventMemory } from './event-memory';

/** The longest time that the context store can take, in milliseconds. */
const STORE_TIMEOUT = 2_000;

/** The name in the account node's context. */
const KEY = 'seenEvents';

export class SeenEventStore {
	private reading: Promise<SeenEvents> | undefined;
	private timer: NodeJS.Timeout | undefined;

	/** @param delay milliseconds before new events are written */
	constructor(
		private readonly node: Node,
		private readonly memory: Pick<EventMemory, 'seen'>,
		private readonly delay: number,
	) {}

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
			const ids = await this.ask<unknown>((done) => this.node.context().get(KEY, done));
			memory.seen = new SeenEvents(Array.isArray(ids) ? ids : []);
		}
		return memory.seen;
	}

	private async write(): Promise<void> {
		this.timer = undefined;
		const ids = (await this.load()).list();
		await this.ask<void>((done) => this.node.context().set(KEY, ids, done));
	}

	/**
	 * Asks a context store, which can be anybody's. If it fails, throws, or never answers, only the memory of
	 * duplicates is lost.
	 */
	private ask<T>(question: (done: (error: unknown, value?: T) => void) => void): Promise<T | undefined> {
		return new Promise((resolve) => {
			const timer = setTimeout(
				() => end(`The context store did not respond within ${STORE_TIMEOUT / 1000} seconds`),
				STORE_TIMEOUT,
			);
			const end = (error: unknown, value?: T) => {
				clearTimeout(timer);
				if (error) this.node.warn(toNodeError(error).message);
				resolve(value);
			};
			try {
				question(end);
			} catch (thrown) {
				end(thrown);
			}
		});
	}
}
