/** What a node keeps in its context, which a persistent context store keeps over a restart. */
/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import type { Node } from 'node-red';
import { toNodeError } from './errors';

/** The longest time that the context store can take, in milliseconds. */
const STORE_TIMEOUT = 2_000;

/** The response of a context store. */
export type Stored = { readonly ok: true; readonly value: unknown } | { readonly ok: false };

/** The context of a node. A store can be anybody's: if it fails, throws, or never answers, the log says so. */
export class NodeContext {
	constructor(private readonly node: Pick<Node, 'context' | 'warn'>) {}

	/** Reads a value; undefined if there is none. Never rejects. */
	get(name: string): Promise<Stored> {
		return this.ask((done) => this.node.context().get(name, done));
	}

	/** Writes a value that JSON can hold. Resolves when the store has it, and never rejects. */
	set(name: string, value: unknown): Promise<Stored> {
		return this.ask((done) => this.node.context().set(name, value, done));
	}

	private ask(question: (done: (error: unknown, value?: unknown) => void) => void): Promise<Stored> {
		return new Promise((resolve) => {
			const timer = setTimeout(
				() => end(`The context store did not respond within ${STORE_TIMEOUT / 1000} seconds`),
				STORE_TIMEOUT,
			);
			const end = (error: unknown, value?: unknown) => {
				clearTimeout(timer);
				if (error) this.node.warn(toNodeError(error).message);
				resolve(error ? { ok: false } : { ok: true, value });
			};
			try {
				question(end);
			} catch (thrown) {
				end(thrown);
			}
		});
	}
}
