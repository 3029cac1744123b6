/** What nodes share whose messages wait: without an account, they refuse messages; they close once all is stored. */
/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import type { Node } from 'node-red';
import { Smtp2goError } from '../../../api';
import { toNodeError } from '../platform/errors';
import type { Runtime } from '../platform/runtime';

/** Milliseconds that a stopping node waits for its messages: less than Node-RED waits for the node (15 s). */
const CLOSE_TIMEOUT = 10_000;

/** Lets a node without an account say so, and fail each message. */
export function refuseMessages(RED: Runtime, node: Node): void {
	node.status({ fill: 'red', shape: 'ring', text: 'status.noAccount' });
	node.on('input', (_msg, _send, done) => done(toNodeError(new Smtp2goError('invalid', RED._('errors.account')))));
}

/** The messages of a node that are being worked on. */
export class NodeMessages {
	private readonly jobs = new Set<Promise<void>>();

	constructor(private readonly node: Node) {}

	/** Follows the work on a message. What it rejects with is logged. */
	follow(work: Promise<void>): void {
		const job = work
			.catch((thrown: unknown) => this.node.error(toNodeError(thrown).message))
			.finally(() => this.jobs.delete(job));
		this.jobs.add(job);
	}

	/**
	 * Closes the node once its messages and its last work have ended, or failed, or take too long.
	 * @param last starts when the messages have ended
	 * @param done called once
	 */
	close(last: () => Promise<void>, done: () => void): void {
		const timer = setTimeout(() => end(), CLOSE_TIMEOUT);
		let isOver = false;
		const end = () => {
			clearTimeout(timer);
			if (isOver) return;
			isOver = true;
			this.node.status({});
			done();
		};
		void Promise.all(this.jobs).then(last).then(end, end);
	}
}
