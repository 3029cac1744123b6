/** Values as JSON carries them: an independent copy, or what JSON would lose. */
import { isRecord, typeNameOf, type Json } from './json';
import { wellFormed } from './invisible';

/** How deep a value may be nested. */
const MAX_LEVELS = 100;
/**
 * How many objects and lists one may hold: more than any body takes, and an end for one that holds parts of itself
 * again and again.
 */
const MAX_VALUES = 1_000_000;

/**
 * Longest list: an entry takes two bytes at least, so one of more fits in no body. A list of nothing may have a length
 * of four billion.
 */
const MAX_LIST = 25_000_000;

/** A copy as JSON has it, or a flaw, named for an error message. */
export type Copied = { readonly json: Json | undefined } | { readonly problem: string };

/** What a value's own `toJSON` makes of it; undefined where it makes nothing or throws. */
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

/** Copies one value and all that it holds. */
class Copier {
	private count = 0;
	/** The objects around the one that is copied, from the outermost. */
	private readonly around: object[] = [];
	/** What was copied, and how many objects it holds: a part used in many places is copied once, counted each time. */
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
				? { problem: 'a value that gives no JSON of itself' }
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

	/** Through entries, so that a key such as `__proto__` arrives as one. */
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
 * A copy of a value as JSON carries it: `toJSON` is asked, as `JSON.stringify` does, and what JSON would drop in
 * silence is a flaw.
 */
export function copiedJson(value: unknown): Copied {
	return new Copier().copy(value);
}
