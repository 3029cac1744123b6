import { invalid, type Field } from '../../api';
import type { Node, NodeMessage } from 'node-red';
import type { Runtime, TypedValue } from './types';

/**
 * The value of a TypedInput for a message.
 * @returns undefined where a message, context or variable has nothing there
 * @throws an `invalid` error that names the field when an expression or a JSON text cannot be read
 */
export function evaluate(RED: Runtime, node: Node, msg: NodeMessage, field: Pick<Field, 'name' | 'label'>, { type, value }: TypedValue): Promise<unknown> {
	return new Promise((resolve, reject) => {
		const fail = (reason: unknown) => reject(invalid(field.name, `${field.label} (${field.name}) cannot be read as ${type}: ${reasonOf(reason)}`));
		try {
			// A text stays a text: Node-RED evaluates every other type from its saved text form.
			if (type === 'str' || typeof value !== 'string') return resolve(value);
			// A number that was never typed in: Node-RED would make 0 of it.
			if (type === 'num' && value.trim() === '') return resolve(undefined);
			RED.util.evaluateNodeProperty(value, type, node, msg, (error: unknown, result: unknown) => (error ? fail(error) : resolve(result)));
		} catch (thrown) {
			// JSON and broken expressions throw at once, in spite of the callback (util/lib/util.js).
			fail(thrown);
		}
	});
}

/** JSONata's errors are plain objects with a message. */
function reasonOf(reason: unknown): string {
	return typeof reason === 'object' && reason !== null && 'message' in reason ? String(reason.message) : String(reason);
}
