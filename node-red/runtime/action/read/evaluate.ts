/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { parseExactJson, Smtp2goError, type Field } from '../../../../api';
import type { Node, NodeMessage } from 'node-red';
import { cancelled } from '../../platform/errors';
import { timesOf } from '../../platform/timing';
import type { TypedValue } from '../../../shared/saved-action';
import type { Runtime } from '../../platform/types';

/** Who reads values. */
export interface Reader {
	readonly RED: Runtime;
	readonly node: Node;
	/** Ends the reading when the node is closed. */
	readonly signal: AbortSignal;
}

/** A value that cannot be read. */
export class UnreadableValue extends Smtp2goError {
	/** @param isLate true where it never came: to ask the same place again would take as long */
	constructor(
		{ name, label }: Pick<Field, 'name' | 'label'>,
		type: string,
		reason: string,
		readonly isLate = false,
	) {
		const message = `${label} cannot be read as ${type}: ${reason}`;
		super('invalid', message, { fieldErrors: [{ field: name, message }] });
	}
}

/** Ends what did not come at once: with an error after a time, or when the node is closed. */
function inTime<T>({ RED, signal }: Reader, value: Promise<T>, late: (seconds: number) => Error): Promise<T> {
	return new Promise((resolve, reject) => {
		const { reading } = timesOf(RED);
		const stop = () => reject(cancelled(RED));
		const timer = setTimeout(() => reject(late(reading / 1000)), reading);
		timer.unref();
		signal.addEventListener('abort', stop, { once: true });
		if (signal.aborted) stop();
		void value.then(resolve, reject).finally(() => {
			clearTimeout(timer);
			signal.removeEventListener('abort', stop);
		});
	});
}

/**
 * The value of a TypedInput for a message.
 * @returns undefined where a message, context or variable has nothing there
 * @throws an `invalid` error that names the field when an expression or a JSON text cannot be read, or nothing comes
 */
export function evaluate(
	reader: Reader,
	msg: NodeMessage,
	field: Pick<Field, 'name' | 'label'>,
	{ type, value }: TypedValue,
): Promise<unknown> {
	const { RED, node } = reader;
	let isOver = false;
	const reading = new Promise<unknown>((resolve, reject) => {
		const end = (result: unknown) => {
			isOver = true;
			resolve(result);
		};
		const fail = (reason: unknown) => {
			isOver = true;
			reject(new UnreadableValue(field, type, reasonOf(reason)));
		};
		try {
			// A text stays a text: Node-RED evaluates every other type from its saved text form.
			if (type === 'str' || typeof value !== 'string') return end(value);
			// A number that was never typed in: Node-RED would make 0 of it.
			if (type === 'num' && value.trim() === '') return end(undefined);
			RED.util.evaluateNodeProperty(value, type, node, msg, (error: unknown, result: unknown) =>
				error ? fail(error) : end(result),
			);
		} catch (thrown) {
			// JSON and broken expressions throw at once, in spite of the callback (util/lib/util.js).
			fail(thrown);
		}
	});
	return isOver
		? reading
		: inTime(
				reader,
				reading,
				(seconds) => new UnreadableValue(field, type, `nothing came within ${seconds} seconds`, true),
			);
}

/**
 * The value of a JSON text, with every digit of its numbers.
 * @throws an `invalid` error that names the field when it cannot be read
 */
export function readJson(field: Pick<Field, 'name' | 'label'>, text: string): unknown {
	const value = parseExactJson(text);
	if (value === undefined) throw new UnreadableValue(field, 'json', whyNoJson(text));
	return value;
}

function whyNoJson(text: string): string {
	try {
		JSON.parse(text);
		return '';
	} catch (thrown) {
		return reasonOf(thrown);
	}
}

/** JSONata's errors are plain objects with a message. */
function reasonOf(reason: unknown): string {
	return typeof reason === 'object' && reason !== null && 'message' in reason
		? String(reason.message)
		: String(reason);
}
