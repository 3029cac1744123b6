/** Evaluates the TypedInput of a field for a message. */
/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { parseExactJson, Smtp2goError, type Field } from '../../../../api';
import type { Node, NodeMessage } from 'node-red';
import { cancelled } from '../../platform/errors';
import { timingOf } from '../../platform/timing';
import type { TypedValue } from '../../../shared/saved-action';
import type { Runtime } from '../../platform/runtime';

/** The node that reads values. */
export interface Reader {
	readonly RED: Runtime;
	readonly node: Node;
	/** Aborts when the node closes. */
	readonly signal: AbortSignal;
}

/** A value that cannot be read. */
export class UnreadableValue extends Smtp2goError {
	/** @param isTimeout true if the source did not respond in time: asking it again would take as long */
	constructor(
		{ name, label }: Pick<Field, 'name' | 'label'>,
		type: string,
		reason: string,
		readonly isTimeout = false,
	) {
		const message = `${label} cannot be read as ${type}: ${reason}`;
		super('invalid', message, { fieldErrors: [{ field: name, message }] });
	}
}

/** Rejects if a value does not arrive in time, or when the node closes. */
function withTimeout<T>(
	{ RED, signal }: Reader,
	value: Promise<T>,
	timeoutError: (seconds: number) => Error,
): Promise<T> {
	return new Promise((resolve, reject) => {
		const { reading } = timingOf(RED);
		const stop = () => reject(cancelled(RED));
		const timer = setTimeout(() => reject(timeoutError(reading / 1000)), reading);
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
 * @returns undefined if the message, context, or variable has no value there
 * @throws an `invalid` error that names the field if an expression or JSON cannot be read, or the source times out
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
			// Node-RED evaluates every other type from its saved text.
			if (type === 'str' || typeof value !== 'string') return end(value);
			// Node-RED would turn an empty number into 0.
			if (type === 'num' && value.trim() === '') return end(undefined);
			RED.util.evaluateNodeProperty(value, type, node, msg, (error: unknown, result: unknown) =>
				error ? fail(error) : end(result),
			);
		} catch (thrown) {
			// Invalid JSON and invalid expressions throw, although there is a callback (util/lib/util.js).
			fail(thrown);
		}
	});
	return isOver
		? reading
		: withTimeout(
				reader,
				reading,
				(seconds) =>
					new UnreadableValue(field, type, `its source did not respond within ${seconds} seconds`, true),
			);
}

/**
 * The value of a JSON text. Numbers keep every digit.
 * @throws an `invalid` error that names the field if the text is not valid JSON
 */
export function readJson(field: Pick<Field, 'name' | 'label'>, text: string): unknown {
	const value = parseExactJson(text);
	if (value === undefined) throw new UnreadableValue(field, 'json', jsonProblem(text));
	return value;
}

function jsonProblem(text: string): string {
	try {
		JSON.parse(text);
		return '';
	} catch (thrown) {
		return reasonOf(thrown);
	}
}

/** The message of an error. JSONata's are plain objects. */
function reasonOf(reason: unknown): string {
	return typeof reason === 'object' && reason !== null && 'message' in reason
		? String(reason.message)
		: String(reason);
}
