/**
 * Which variables of a template would be printed empty with given values: the template is walked through as Handlebars
 * does.
 */
import { isRecord } from '../core/json';
import type { Call } from './scan';
import type { Part } from './tree';
import {
	entriesOf,
	evaluate,
	isNo,
	pathTo,
	UNKNOWN,
	type Context,
	type Found,
	type LoopData,
	type Scope,
} from './value';

/** What was found. */
export interface Missing {
	/**
	 * Paths of what is missing or empty, as `customer.name` and `items[0].price`: at most so many as a person reads.
	 */
	readonly paths: readonly string[];
	/** True where there are more. */
	readonly isMore: boolean;
	/** False where the walk was given up: loops inside loops over long lists. */
	readonly isWhole: boolean;
}

/** Paths that are named. */
const MOST = 20;
/**
 * Parts that are visited: an email of ten thousand lines has fewer, loops over loops of a hostile template more than
 * anybody waits for.
 */
const STEPS = 200_000;

/** True for what leaves a gap where it is printed. */
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
		// To compare a long path takes its time too.
		this.steps += path.length >> 6;
		if (this.paths.size < MOST) this.paths.add(path);
		else if (!this.paths.has(path)) this.isMore = true;
	}

	/** Notes what is handed to a helper. */
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
		this.walk(
			{
				contexts: last?.value === context.value ? scope.contexts : [...scope.contexts, context],
				loops: loop ? [...scope.loops, loop] : scope.loops,
				locals: locals.length === 0 ? scope.locals : new Map([...scope.locals, ...locals]),
			},
			parts,
		);
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

	/** A block that is about its value itself: `with`, or the name of a variable. */
	private section(
		scope: Scope,
		found: Found,
		names: readonly string[],
		{ body, otherwise = [] }: Extract<Part, { is: 'block' }>,
	): void {
		const { value, path = '' } = found;
		if (value === true) return this.walk(scope, body);
		if (Array.isArray(value) && value.length > 0) return this.each(scope, found, names, body);
		if (value === false || value === undefined || value === null || Array.isArray(value))
			return this.walk(scope, otherwise);
		this.inside(scope, { value, path }, body, []);
	}

	private block(scope: Scope, block: Extract<Part, { is: 'block' }>): void {
		const { call, body, otherwise } = block;
		const [param] = call.params;
		if (param === undefined) return this.section(scope, evaluate(scope, call.head), call.locals, block);
		const found = evaluate(scope, param);
		const isEmpty = isNo(found.value, true);
		const isCondition = call.name === 'if' || call.name === 'unless';
		if (param.is === 'call' && !isCondition) this.noteAll(scope, param.call);
		// Which branch a helper takes that is not Handlebars' own is not known here: neither counts.
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
		// A template with an alternative is prepared for a missing value.
		if (otherwise) this.walk(scope, otherwise);
		else this.note({ value: undefined, path: found.path });
	}

	walk(scope: Scope, parts: readonly Part[]): void {
		for (const part of parts) {
			if (++this.steps > STEPS) return;
			if (part.is === 'print') this.print(scope, part.call);
			else this.block(scope, part);
		}
	}
}

/**
 * The variables that would leave a gap: missing, null, an empty text or an empty list. Only where the template comes
 * by:
 * not in a branch that is not taken, and not what a condition asks for.
 * @param texts of a template
 * @param data values as JSON writes them; anything but an object counts as none
 */
export function missingIn(texts: readonly (readonly Part[])[], data: unknown): Missing {
	const walk = new Walk();
	const root = { value: isRecord(data) ? data : {}, path: '' };
	for (const parts of texts) walk.walk({ contexts: [root], loops: [], locals: new Map() }, parts);
	return { paths: [...walk.paths], isMore: walk.isMore, isWhole: walk.isWhole };
}
