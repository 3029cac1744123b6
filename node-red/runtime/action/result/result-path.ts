/** Where in a message a result goes: one property, or a property of a property. */
import type { NodeMessage } from 'node-red';
import { failure, invalid, isRecord, success, type Result } from '../../../../api';
import { RESULT_TO } from '../../../shared/saved-action';
import type { Runtime } from '../../platform/runtime';
import type { ActionDef } from '../../platform/saved-nodes';

/** The properties one within the other, from the message's own to the last. */
export type Path = readonly (string | number)[];

/** The name under which an error tells it. */
const NAME = 'resultTo';

/** Names that belong to every object. */
const reserved: Path = ['__proto__', 'constructor', 'prototype'];

function own(container: unknown, name: string | number): unknown {
	return typeof container === 'object' && container !== null && Object.hasOwn(container, name)
		? (container as Record<string | number, unknown>)[name]
		: undefined;
}

/** True for an object without a class: what a message or JSON is made of, from whichever realm. */
function isPlain(value: unknown): value is Record<string, unknown> {
	if (!isRecord(value)) return false;
	const prototype: unknown = Object.getPrototypeOf(value);
	return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** Places of a list: one far behind its end would make a list of nothing, which takes the memory when it is copied. */
const MOST_PLACES = 10_000;

/** True for the name of a property. A message that names it may hold anything there. */
function isName(name: unknown): name is string | number {
	return typeof name === 'string' || Number.isFinite(name);
}

/** True for a place in a list. */
function isPlace(name: string | number): boolean {
	return Number.isSafeInteger(name) && Number(name) >= 0 && Number(name) < MOST_PLACES;
}

/** True where a property can be put into what is there. */
function takes(container: unknown, name: string | number): boolean {
	if (container === undefined || container === null) return typeof name === 'string' || isPlace(name);
	return Array.isArray(container) ? isPlace(name) : isPlain(container);
}

function readPath(RED: Runtime, { resultTo = RESULT_TO }: ActionDef, msg: NodeMessage): Path {
	const { type, value } = resultTo;
	if (type !== 'msg' || typeof value !== 'string') return [];
	try {
		// A path may name properties of the message, as in `results[msg.topic]`.
		return RED.util.normalisePropertyExpression(value.replace(/^msg\./, ''), msg);
	} catch {
		return [];
	}
}

/**
 * The place for the result of a message.
 * @returns an `invalid` error where nothing can be put there: told before anything is sent
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
 * The same container with a value in it. What is on the way is copied: other messages and the context may hold it too.
 */
export function placed(container: unknown, [name, ...rest]: Path, value: unknown): unknown {
	if (name === undefined) return value;
	const inside = placed(own(container, name), rest, value);
	if (typeof name === 'string' || isPlain(container))
		return { ...(isPlain(container) ? container : {}), [name]: inside };
	const list: unknown[] = Array.isArray(container) ? [...(container as unknown[])] : [];
	list[name] = inside;
	return list;
}
