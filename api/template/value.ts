/** Evaluates an expression of a template with given values, as Handlebars 4 does, and names the path of the value. */
import { isRecord } from '../core/json';
import type { Call, Expression } from './scan';

/** A context of a template: a value and its path from the outermost context. */
export interface Context {
	readonly value: unknown;
	readonly path: string;
}

/** The data variables of a loop, such as `@index`. */
export type LoopData = Readonly<Record<'index' | 'key' | 'first' | 'last', unknown>>;

/** Where a name is looked up. */
export interface Scope {
	/** From the outermost inward. */
	readonly contexts: readonly Context[];
	readonly loops: readonly LoopData[];
	/** The block parameters. */
	readonly locals: ReadonlyMap<string, Context>;
}

/** Returns the scope of the body of a block. @param contexts those of the body, from the outermost inward */
export function innerScope(
	scope: Scope,
	contexts: readonly Context[],
	locals: readonly [string, Context][],
	loop?: LoopData,
): Scope {
	return {
		contexts,
		loops: loop ? [...scope.loops, loop] : scope.loops,
		locals: locals.length === 0 ? scope.locals : new Map([...scope.locals, ...locals]),
	};
}

/** A value and its path. A value without a path is not part of the data. */
export interface Found {
	readonly value: unknown;
	readonly path: string | undefined;
}

/** The result of a custom helper, which cannot be known. */
export const UNKNOWN = Symbol('unknown');

/** The maximum number of digits of a list index. */
const MAX_PATH = 15;

/** Appends a name or an index to a path. */
export function pathTo(path: string, name: string | number): string {
	const text = String(name);
	if (text.length <= MAX_PATH && /^\d+$/.test(text)) return `${path}[${name}]`;
	return path === '' ? text : `${path}.${text}`;
}

/** Returns an own property, not one of the prototype, as Handlebars does. */
function propertyOf(value: unknown, name: string): unknown {
	if (value === undefined || value === null) return undefined;
	return Object.hasOwn(Object(value) as object, name) ? (value as Record<string, unknown>)[name] : undefined;
}

function walk({ value, path }: Context, names: readonly string[]): Found {
	return names.reduce<Context>(
		(found, name) => ({ value: propertyOf(found.value, name), path: pathTo(found.path, name) }),
		{ value, path },
	);
}

/** Returns the value of a data variable. */
function dataAt({ contexts, loops }: Scope, up: number, names: readonly string[]): Found {
	const [first, ...rest] = names;
	const [root] = contexts;
	if (first === 'root' && root) return walk(root, rest);
	const loop = loops.at(-1 - up);
	return {
		value: loop && first !== undefined && first in loop ? loop[first as keyof LoopData] : undefined,
		path: undefined,
	};
}

/** Returns the value of a path. */
function variable(scope: Scope, { up, isData, isOwn, names }: Extract<Expression, { is: 'path' }>): Found {
	if (isData) return dataAt(scope, up, names);
	const [first, ...rest] = names;
	const local = first === undefined || up > 0 || isOwn ? undefined : scope.locals.get(first);
	if (local) return walk(local, rest);
	const context = scope.contexts.at(-1 - up);
	return context ? walk(context, names) : { value: undefined, path: `${'../'.repeat(up)}${names.join('.')}` };
}

/** Returns the result of `lookup`. The result of any other helper is unknown. */
function called(scope: Scope, { name, params: [from, which] }: Call): Found {
	if (name !== 'lookup' || from === undefined || which === undefined) return { value: UNKNOWN, path: undefined };
	const [found, key] = [evaluate(scope, from), evaluate(scope, which)];
	if (found.value === UNKNOWN || key.value === UNKNOWN) return { value: UNKNOWN, path: undefined };
	return {
		value: propertyOf(found.value, String(key.value)),
		path: found.path === undefined ? undefined : pathTo(found.path, String(key.value)),
	};
}

/** Evaluates an expression. */
export function evaluate(scope: Scope, expression: Expression): Found {
	if (expression.is === 'literal') return { value: expression.value, path: undefined };
	return expression.is === 'call' ? called(scope, expression.call) : variable(scope, expression);
}

/** True for a value that counts as false in Handlebars (isEmpty and the helper `if`). */
export function isNo(value: unknown, isZeroYes: boolean): boolean {
	return (Array.isArray(value) && value.length === 0) || (!value && !(value === 0 && isZeroYes));
}

/** Returns the entries of a list or an object, in the order of `each`. */
export function entriesOf(value: unknown): [string | number, unknown][] {
	if (Array.isArray(value)) return [...value.entries()];
	return isRecord(value) ? Object.entries(value) : [];
}
