/** The path in a message that a result goes to: a property, or a property of a property. */
import type { NodeMessage } from 'node-red';
import { failure, invalid, isRecord, success, type Result } from '../../../../api';
import { RESULT_TO } from '../../../shared/saved-action';
import type { Runtime } from '../../platform/runtime';
import type { ActionDef } from '../../platform/saved-nodes';

/** The names of the properties, from the message's own to the innermost. */
export type Path = readonly (string | number)[];

/** The field that an error names. */
const NAME = 'resultTo';

/** Names that every object has. */
const reserved: Path = ['__proto__', 'constructor', 'prototype'];

function own(container: unknown, name: string | number): unknown {
	return typeof container === 'object' && container !== null && Object.hasOwn(container, name)
		? (container as Record<string | number, unknown>)[name]
		: undefined;
}

/** True for an object without a class, as in messages and JSON, of any realm. */
function isPlain(value: unknown): value is Record<string, unknown> {
	if (!isRecord(value)) return false;
	const prototype: unknown = Object.getPrototypeOf(value);
	return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** Maximum index in a list, plus one: an index far beyond its end would fill the memory when the list is copied. */
const MAX_INDEX = 10_000;

/** True for the name of a property. A message can hold anything where the name is read. */
function isName(name: unknown): name is string | number {
	return typeof name === 'string' || Number.isFinite(name);
}

/** True for an index of a list. */
function isIndex(name: string | number): boolean {
	return Number.isSafeInteger(name) && Number(name) >= 0 && Number(name) < MAX_INDEX;
}

/** True if a property can be set in what is there. */
function takes(container: unknown, name: string | number): boolean {
	if (container === undefined || container === null) return typeof name === 'string' || isIndex(name);
	return Array.isArray(container) ? isIndex(name) : isPlain(container);
}

function readPath(RED: Runtime, { resultTo = RESULT_TO }: ActionDef, msg: NodeMessage): Path {
	const { type, value } = resultTo;
	if (type !== 'msg' || typeof value !== 'string') return [];
	try {
		// A path can name properties of the message, as in `results[msg.topic]`.
		return RED.util.normalisePropertyExpression(value.replace(/^msg\./, ''), msg);
	} catch {
		return [];
	}
}

/**
 * The path for the result of a message.
 * @returns an `invalid` error if nothing can be set there, before anything is sent
 */
export function resultPath(RED: Runtime, def: ActionDef, msg: NodeMessage): Result<Path> {
	const path = readPath(RED, def, msg);
	const place = `msg.${String((def.resultTo ?? RESULT_TO).value)}`;
	if (path.length === 0 || !path.every(isName) || path.some((name) => reserved.includes(name)))
		return failure(invalid(NAME, RED._('errors.resultTo', { place })));
	let container: unknown = msg;
	for (const [index, name] of path.entries()) {
		if (index > 0 && !takes(container, name))
			return failure(
				invalid(NAME, RED._('errors.resultInside', { place, holder: `msg.${path.slice(0, index).join('.')}` })),
			);
		container = own(container, name);
	}
	return success(path);
}

/**
 * A copy of a container with a value set in it. Everything on the path is copied, because other messages and the
 * context can hold it too.
 */
export function withValueAt(container: unknown, [name, ...rest]: Path, value: unknown): unknown {
	if (name === undefined) return value;
	const inside = withValueAt(own(container, name), rest, value);
	if (typeof name === 'string' || isPlain(container))
		return { ...(isPlain(container) ? container : {}), [name]: inside };
	const list: unknown[] = Array.isArray(container) ? [...(container as unknown[])] : [];
	list[name] = inside;
	return list;
}
