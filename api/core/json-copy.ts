/** Copies values as JSON represents them, or reports what JSON would lose. */
import { isRecord, typeNameOf, type Json } from './json';
import { wellFormed } from './invisible';

/** The maximum depth of nesting. */
const MAX_LEVELS = 100;
/**
 * The maximum number of objects and lists in a value: more than any body has room for, and a limit for a value that
 * contains the same parts again and again.
 */
const MAX_VALUES = 1_000_000;

/**
 * The maximum number of entries of a list. An entry takes at least two bytes, so a longer list fits in no body. A
 * sparse list can have a length of four billion.
 */
const MAX_LIST = 25_000_000;

/** A copy, or a problem, worded for an error message. */
export type Copied = { readonly json: Json | undefined } | { readonly problem: string };

/** Calls the value's `toJSON`. Returns undefined if it throws. */
function madeByItself(value: { toJSON: () => unknown }): unknown {
	try {
		return value.toJSON();
	} catch {
		return undefined;
	}
}

function hasToJson(value: object): value is { toJSON: () => unknown } {
	return 'toJSON' in value && typeof value.toJSON === 'function';
}

/** Copies one value with everything in it. */
class Copier {
	private count = 0;
	/** The objects around the current one, from the outermost inward. */
	private readonly around: object[] = [];
	/**
	 * The copies, with their number of objects. A part that is used several times is copied once but counted each time.
	 */
	private readonly done = new Map<object, { readonly copied: Copied; readonly count: number }>();

	copy(value: unknown): Copied {
		if (typeof value === 'string') return { json: wellFormed(value) };
		if (typeof value === 'number')
			return Number.isFinite(value) ? { json: value } : { problem: 'a number that is not finite' };
		if (typeof value === 'boolean' || value === null) return { json: value };
		if (value === undefined) return { json: undefined };
		if (typeof value !== 'object') return { problem: `a ${typeof value}` };
		if (this.around.includes(value)) return { problem: 'itself' };
		if (this.around.length > MAX_LEVELS) return { problem: `more than ${MAX_LEVELS} levels` };
		const before = this.count;
		const known = this.done.get(value);
		this.count += known?.count ?? 1;
		if (this.count > MAX_VALUES) return { problem: 'too many values' };
		if (known !== undefined) return known.copied;
		this.around.push(value);
		const copied = this.copyObject(value);
		this.around.pop();
		this.done.set(value, { copied, count: this.count - before });
		return copied;
	}

	private copyObject(value: object): Copied {
		if (hasToJson(value)) {
			const made = madeByItself(value);
			return made === undefined || made === null
				? { problem: 'a value that cannot be converted to JSON' }
				: this.copy(made);
		}
		if (Array.isArray(value)) return this.copyList(value);
		return isRecord(value) ? this.copyRecord(value) : { problem: typeNameOf(value) };
	}

	private copyList(list: readonly unknown[]): Copied {
		if (list.length > MAX_LIST) return { problem: 'too many values' };
		const json: Json[] = [];
		for (const part of list) {
			const copied = this.copy(part);
			if ('problem' in copied) return copied;
			json.push(copied.json ?? null);
		}
		return { json };
	}

	/** Uses entries, so that a key such as `__proto__` stays a key. */
	private copyRecord(record: Readonly<Record<string, unknown>>): Copied {
		const entries: [string, Json][] = [];
		for (const [name, part] of Object.entries(record)) {
			const copied = this.copy(part);
			if ('problem' in copied) return copied;
			if (copied.json !== undefined) entries.push([wellFormed(name), copied.json]);
		}
		return { json: Object.fromEntries(entries) };
	}
}

/**
 * Copies a value as JSON represents it. It calls `toJSON`, as `JSON.stringify` does. What JSON would drop silently is a
 * problem.
 */
export function copiedJson(value: unknown): Copied {
	return new Copier().copy(value);
}
