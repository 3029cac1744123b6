/**
 * Keeps the window of events that an account handed out: over a redeploy in memory, over a restart where Node-RED's
 * default context store lasts.
 */
/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import type { Node } from 'node-red';
import { SeenEvents } from '../../../api';
import { toNodeError } from '../platform/errors';
import { memoryOf } from '../process/state';

/** Milliseconds that a context store may take. */
const STORE_TIME = 2_000;

/** The name in the account node's context. */
const KEY = 'seenEvents';

export class Repeats {
	/** The window, once it was read. Never rejects. */
	readonly seen: Promise<SeenEvents>;
	private timer: NodeJS.Timeout | undefined;

	/** @param delay milliseconds before what is new is written */
	constructor(
		private readonly node: Node,
		private readonly delay: number,
	) {
		this.seen = this.read();
	}

	/** Writes the window soon: a burst of events is written once. */
	keep(): void {
		if (this.timer !== undefined) return;
		this.timer = setTimeout(() => {
			void this.write();
		}, this.delay);
		this.timer.unref();
	}

	/** Writes what is not yet written, unless the account is gone for good. */
	async close(removed: boolean): Promise<void> {
		const isDue = this.timer !== undefined;
		clearTimeout(this.timer);
		if (isDue && !removed) await this.write();
	}

	private async read(): Promise<SeenEvents> {
		const memory = memoryOf(this.node.id);
		if (memory.seen === undefined) {
			const ids = await this.ask<unknown>((done) => this.node.context().get(KEY, done));
			memory.seen = new SeenEvents(Array.isArray(ids) ? ids : []);
		}
		return memory.seen;
	}

	private async write(): Promise<void> {
		this.timer = undefined;
		const ids = (await this.seen).list();
		await this.ask<void>((done) => this.node.context().set(KEY, ids, done));
	}

	/**
	 * Asks a context store, which may be anybody's: one that fails, throws or never answers costs the memory of repeats
	 * and nothing else.
	 */
	private ask<T>(question: (done: (error: unknown, value?: T) => void) => void): Promise<T | undefined> {
		return new Promise((resolve) => {
			const timer = setTimeout(
				() => end(`The context store did not answer within ${STORE_TIME / 1000} seconds`),
				STORE_TIME,
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
