/** Finds the variables that a template uses, and their form, by walking it without any values. */
import type { Json } from '../core/json';
import type { Call, Expression } from './scan';
import type { Part } from './tree';

/** What is known about a value from how a template uses it. */
export class Shape {
	readonly fields = new Map<string, Shape>();
	/** The shape of an entry, if the template loops over the value. */
	entry: Shape | undefined;
	/** True if the template tests whether it has a value. */
	isTested = false;
	/** True if it is printed or passed to a helper. */
	isUsed = false;
	/** True for a Mustache section, `{{#items}}`: a list, an object, or true. */
	isSection = false;

	/** @param isRoot true for the shape of all values together, which is never a list, whatever its names are */
	constructor(private readonly isRoot = false) {}

	/** Returns the shape of a field, or of an entry by its index. */
	at(name: string): Shape {
		if (!this.isRoot && /^\d+$/.test(name)) return this.each();
		const known = this.fields.get(name) ?? new Shape();
		this.fields.set(name, known);
		return known;
	}

	each(): Shape {
		this.entry ??= new Shape();
		return this.entry;
	}

	/** True if the template loops over it, or uses only its length. */
	get isList(): boolean {
		return (
			this.entry !== undefined ||
			(this.fields.size === 1 && this.fields.has('length')) ||
			(this.isSection && this.fields.size > 0)
		);
	}

	/** The fields, without `length` for a list. */
	private get own(): [string, Shape][] {
		return [...this.fields].filter(([name]) => name !== 'length' || !this.isList);
	}

	/** The names of the fields or of the entries' fields. */
	get names(): string[] {
		return [...new Set([...this.own.map(([name]) => name), ...(this.entry?.names ?? [])])];
	}

	/** A value of this shape with empty text in it. */
	get example(): Json {
		const inside = Object.fromEntries(
			[...this.own, ...(this.entry?.own ?? [])].map(([name, field]): [string, Json] => [name, field.example]),
		);
		const isObject = Object.keys(inside).length > 0;
		if (this.isList) return [isObject ? inside : (this.entry?.example ?? '')];
		return isObject ? inside : '';
	}
}

/** Where a name is looked up: the contexts from the outermost inward, and the block parameters. */
interface Scope {
	readonly contexts: readonly Shape[];
	readonly locals: ReadonlyMap<string, Shape>;
	/** True for a name of the outermost context that is known to be neither a list nor an object. */
	readonly isPlain: (name: string) => boolean;
}

/** Returns the shape that a path names, or undefined if the path leads nowhere. */
function shapeAt({ contexts, locals }: Scope, path: Expression): Shape | undefined {
	if (path.is !== 'path') return undefined;
	const {
		up,
		isData,
		isOwn,
		names: [first, ...rest],
	} = path;
	const names = first === undefined ? [] : [first, ...rest];
	const walk = (from: Shape | undefined, steps: readonly string[]) =>
		steps.reduce((shape, name) => shape?.at(name), from);
	if (isData) return first === 'root' ? walk(contexts[0], rest) : undefined;
	const local = first === undefined || up > 0 || isOwn ? undefined : locals.get(first);
	return local === undefined ? walk(contexts.at(-1 - up), names) : walk(local, rest);
}

/** Marks all arguments of a helper as used. */
function useAll(scope: Scope, { params, hash }: Call): void {
	for (const value of [...params, ...hash.values()]) {
		const shape = shapeAt(scope, value);
		if (shape) shape.isUsed = true;
		if (value.is === 'call') useAll(scope, value.call);
	}
}

/** True if the head of a tag is the name of a value, not of a helper with arguments. */
function isVariable({ params, hash }: Call): boolean {
	return params.length === 0 && hash.size === 0;
}

/** Returns the scope inside a block. It adds a context only if it differs, because Handlebars counts `../` that way. */
function inside(scope: Scope, context: Shape, names: readonly string[]): Scope {
	const { contexts, locals } = scope;
	const given = names.map((name, index): [string, Shape] => [name, index === 0 ? context : new Shape()]);
	return {
		...scope,
		contexts: context === contexts.at(-1) ? contexts : [...contexts, context],
		locals: given.length === 0 ? locals : new Map([...locals, ...given]),
	};
}

/** True for a section over a name whose example is only a boolean or text. */
function isPlainSection({ contexts, isPlain }: Scope, { head }: Call): boolean {
	return contexts.length === 1 && head.is === 'path' && head.names.length === 1 && head.names.every(isPlain);
}

/** Returns the scope of a block's body, and notes how the block uses its value. */
function scopeOfBlock(scope: Scope, call: Call): Scope {
	const [value] = call.params;
	const shape = value && shapeAt(scope, value);
	if (value?.is === 'call') useAll(scope, value.call);
	switch (call.name) {
		case 'if':
		case 'unless':
			if (shape) shape.isTested = true;
			return scope;
		case 'each':
			return inside(scope, (shape ?? new Shape()).each(), call.locals);
		case 'with':
			return inside(scope, shape ?? new Shape(), call.locals);
		default:
			break;
	}
	useAll(scope, call);
	const section = isVariable(call) ? shapeAt(scope, call.head) : undefined;
	if (section === undefined) return scope;
	section.isTested = true;
	if (isPlainSection(scope, call)) return scope;
	section.isSection = true;
	return inside(scope, section, []);
}

/** Notes the values that the parts use. */
function walk(scope: Scope, parts: readonly Part[]): void {
	for (const part of parts) {
		if (part.is === 'print') {
			const shape = isVariable(part.call) ? shapeAt(scope, part.call.head) : undefined;
			if (shape) shape.isUsed = true;
			useAll(scope, part.call);
		} else if (part.is === 'block') {
			walk(scopeOfBlock(scope, part.call), part.body);
			walk(scope, part.otherwise ?? []);
		} else if (part.is === 'other') walk(scope, part.body);
	}
}

/**
 * Returns the shape of all values of a template.
 * @param isPlain true for a name that is known to be neither a list nor an object
 */
export function shapeOf(texts: readonly (readonly Part[])[], isPlain: (name: string) => boolean): Shape {
	const root = new Shape(true);
	for (const parts of texts) walk({ contexts: [root], locals: new Map(), isPlain }, parts);
	return root;
}
