/** Copies the messages of a node, and says what a copy lacks. */
import type { NodeMessage } from 'node-red';
import type { Json } from '../../../api';
import { keepMessage } from './kept-message';
import { lengthOf, MAX_KEPT } from './room';

/** The number of properties that a warning names. */
const MAX_NAMED = 5;

/** What a node says about its messages. */
export interface KeeperOptions {
	/** True if copies survive a restart: then it matters what they lack. */
	readonly isKept: boolean;
	/** The error of a message that is too large. @param most megabytes */
	tooLarge(most: string): Error;
	/** Warns of properties that are in memory only, such as `msg.req`. Called once. */
	warn(names: string): void;
}

export class MessageKeeper {
	private hasWarned = false;

	constructor(private readonly options: KeeperOptions) {}

	/**
	 * Copies a message.
	 * @throws the error of a message that is too large
	 */
	keep(msg: NodeMessage): Readonly<Record<string, Json>> {
		const { isKept, tooLarge, warn } = this.options;
		const { json, dropped } = keepMessage(msg);
		if (lengthOf(json) > MAX_KEPT) throw tooLarge(String(MAX_KEPT / 1_000_000));
		if (dropped.length > 0 && isKept && !this.hasWarned) {
			this.hasWarned = true;
			warn(
				dropped
					.slice(0, MAX_NAMED)
					.map((name) => `msg.${name}`)
					.join(', '),
			);
		}
		return json;
	}
}
