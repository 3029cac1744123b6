/**
 * Finds the variables of a template that would print nothing with given values. It walks the template as Handlebars
 * does.
 */
import { isRecord } from '../core/json';
import type { Call } from './scan';
import type { BlockPart, Part } from './tree';
import {
	entriesOf,
	evaluate,
	innerScope,
	isNo,
	pathTo,
	UNKNOWN,
	type Context,
	type Found,
	type LoopData,
	type Scope,
} from './value';

/** The variables that are missing. */
export interface Missing {
	/**
	 * Paths of the missing or empty values, such as `customer.name` and `items[0].price`, up to the number that a
	 * person reads.
	 */
	readonly paths: readonly string[];
	/** True if there are more. */
	readonly isMore: boolean;
	/** False if the walk was stopped early: nested loops over long lists. */
	readonly isWhole: boolean;
}

/** The maximum number of paths that are named. */
const MOST = 20;
/**
 * The maximum number of parts that are visited. An email of ten thousand lines has fewer. Nested loops of a hostile
 * template have more than anyone would wait for.
 */
const STEPS = 200_000;

/** True for a value that prints nothing. */
function isGap(value: unknown): boolean {
	return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

/** One walk through the texts of a template. */
class Walk {
	readonly paths = new Set<string>();
	isMore = false;
	private steps = 0;

	get isWhole(): boolean {
		return this.steps <= STEPS;
	}

	private note({ value, path }: Found): void {
		if (path === undefined || path === '' || !isGap(value)) return;
		// Comparing long paths takes time, too.
		this.steps += path.length >> 6;
		if (this.paths.size < MOST) this.paths.add(path);
		else if (!this.paths.has(path)) this.isMore = true;
	}

	/** Notes the arguments of a helper. */
	private noteAll(scope: Scope, { name, params, hash }: Call): void {
		if (name === 'log') return;
		for (const value of [...params, ...hash.values()]) {
			if (++this.steps > STEPS) return;
			if (value.is === 'call') this.noteAll(scope, value.call);
			else this.note(evaluate(scope, value));
		}
	}

	private print(scope: Scope, call: Call): void {
		const isVariable = call.params.length === 0 && call.hash.size === 0;
		this.noteAll(scope, call);
		if (isVariable) this.note(evaluate(scope, call.head));
		else if (call.name === 'lookup') this.note(evaluate(scope, { is: 'call', call }));
	}

	/** Walks the body of a block in a new context. */
	private inside(
		scope: Scope,
		context: Context,
		parts: readonly Part[],
		locals: readonly [string, Context][],
		loop?: LoopData,
	): void {
		const last = scope.contexts.at(-1);
		const contexts = last?.value === context.value ? scope.contexts : [...scope.contexts, context];
		this.walk(innerScope(scope, contexts, locals, loop), parts);
	}

	/** Walks over a list or an object. */
	private each(scope: Scope, { value, path = '' }: Found, names: readonly string[], body: readonly Part[]): void {
		const entries = entriesOf(value);
		for (const [index, [key, entry]] of entries.entries()) {
			if (++this.steps > STEPS) return;
			const context = { value: entry, path: pathTo(path, key) };
			const locals = names.map((name, place): [string, Context] => [
				name,
				place === 0 ? context : { value: key, path: '' },
			]);
			this.inside(scope, context, body, locals, {
				index,
				key,
				first: index === 0,
				last: index === entries.length - 1,
			});
		}
	}

	/** Walks a block that is named after a variable. */
	private section(scope: Scope, found: Found, names: readonly string[], { body, otherwise = [] }: BlockPart): void {
		const { value, path = '' } = found;
		if (value === true) return this.walk(scope, body);
		if (Array.isArray(value) && value.length > 0) return this.each(scope, found, names, body);
		if (value === false || value === undefined || value === null || Array.isArray(value))
			return this.walk(scope, otherwise);
		this.inside(scope, { value, path }, body, []);
	}

	private block(scope: Scope, block: BlockPart): void {
		const { call, body, otherwise } = block;
		const [param] = call.params;
		if (param === undefined) return this.section(scope, evaluate(scope, call.head), call.locals, block);
		const found = evaluate(scope, param);
		const isEmpty = isNo(found.value, true);
		const isCondition = call.name === 'if' || call.name === 'unless';
		if (param.is === 'call' && !isCondition) this.noteAll(scope, param.call);
		// The branch that a custom helper takes is unknown, so neither counts.
		if (found.value === UNKNOWN) return;
		switch (call.name) {
			case 'if':
			case 'unless': {
				const zero = call.hash.get('includeZero');
				const isYes = !isNo(found.value, zero !== undefined && evaluate(scope, zero).value === true);
				return this.walk(scope, isYes === (call.name === 'if') ? body : (otherwise ?? []));
			}
			case 'each':
				if (entriesOf(found.value).length > 0) return this.each(scope, found, call.locals, body);
				break;
			case 'with':
				if (!isEmpty)
					return this.inside(
						scope,
						{ value: found.value, path: found.path ?? '' },
						body,
						call.locals.slice(0, 1).map((name) => [name, { value: found.value, path: found.path ?? '' }]),
					);
				break;
			default:
				return this.noteAll(scope, call);
		}
		// A template with an else branch expects that the value may be missing.
		if (otherwise) this.walk(scope, otherwise);
		else this.note({ value: undefined, path: found.path });
	}

	walk(scope: Scope, parts: readonly Part[]): void {
		for (const part of parts) {
			if (++this.steps > STEPS) return;
			if (part.is === 'print') this.print(scope, part.call);
			else if (part.is === 'block') this.block(scope, part);
			else if (part.is === 'other') this.walk(scope, part.body);
		}
	}
}

/**
 * Returns the variables that would print nothing: missing, null, an empty text, or an empty list. Branches that are not
 * taken and conditions do not count.
 * @param texts of a template
 * @param data values as JSON; anything but an object counts as empty
 */
export function missingIn(texts: readonly (readonly Part[])[], data: unknown): Missing {
	const walk = new Walk();
	const root = { value: isRecord(data) ? data : {}, path: '' };
	for (const parts of texts) walk.walk({ contexts: [root], loops: [], locals: new Map() }, parts);
	return { paths: [...walk.paths], isMore: walk.isMore, isWhole: walk.isWhole };
}
