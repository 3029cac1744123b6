/**
 * Renders a template with given values, as Handlebars 4 does, to show it before it is sent. SMTP2GO renders what it
 * sends. What only SMTP2GO can know, such as its own helper, stays visible as written.
 */
import { isRecord } from '../core/json';
import type { Expression } from './scan';
import type { BlockPart, Part, Tree } from './tree';
import { entriesOf, evaluate, innerScope, isNo, type Context, type LoopData, type Scope } from './value';
import { trimTexts, type Texts } from './whitespace';

/** A rendered text. */
export interface Rendered {
	readonly text: string;
	/** The helpers, partials and decorators that are not known here, as written. Their tags are in the text. */
	readonly unknown: readonly string[];
	/** False if Handlebars cannot read the template. Then the text is the template itself. */
	readonly isSound: boolean;
	/** True if the text was cut off: it is longer than the limit, or its loops take too long. */
	readonly isCut: boolean;
}

/** The maximum length of a rendered text, in characters. */
export const MOST_TEXT = 1_000_000;
/** The maximum number of parts that are visited. */
const STEPS = 200_000;
/** The maximum number of unknown names that are listed. */
const MOST_UNKNOWN = 20;

const ESCAPES: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#x27;',
	'`': '&#x60;',
	'=': '&#x3D;',
};

/** Escapes a value for HTML (escapeExpression of Handlebars). */
function escaped(text: string): string {
	return text.replace(/[&<>"'`=]/g, (character) => ESCAPES[character] ?? character);
}

/** The names of the helpers that Handlebars has itself. */
const HELPERS = new Set(['if', 'unless', 'each', 'with', 'lookup', 'log']);

/** The maximum depth of lists in a list that is printed. */
const DEEPEST = 100;

/** The text of a value, as far as it fits. */
function textOf(value: unknown, most: number, depth = 0): string {
	if (value === undefined || value === null || depth > DEEPEST) return '';
	if (Array.isArray(value)) {
		let text = '';
		for (const [index, entry] of value.entries()) {
			if (text.length > most) break;
			text += (index > 0 ? ',' : '') + textOf(entry, most - text.length, depth + 1);
		}
		return text;
	}
	if (isRecord(value)) return '[object Object]';
	// The rest of JSON: text, a number, true or false.
	return String(value as string | number | boolean).slice(0, most + 1);
}

/** True if Handlebars takes a value for the same context: it compares with "==" (runtime.js, wrapProgram). */
function isSame(one: unknown, other: unknown): boolean {
	if (one === other) return true;
	if (one === null || other === null || one === undefined || other === undefined) return (one ?? other) === undefined;
	if (typeof one === 'object' && typeof other === 'object') return false;
	// A long list never equals a value that is not a list.
	if ([one, other].some((value) => Array.isArray(value) && value.length > 1)) return false;
	const [left, right] = [one, other].map((value) => (typeof value === 'object' ? textOf(value, 100) : value));
	return typeof left === 'string' && typeof right === 'string' ? left === right : Number(left) === Number(right);
}

/** Renders one text. */
class Renderer {
	readonly unknown = new Set<string>();
	text = '';
	isCut = false;
	private steps = 0;

	/** @param most maximum length of the text, in characters */
	constructor(
		private readonly texts: Texts,
		private readonly isHtml: boolean,
		private readonly most: number,
	) {}

	private write(text: string): void {
		this.text += text;
		if (this.text.length <= this.most) return;
		this.isCut = true;
		this.text = this.text.slice(0, this.most);
	}

	/** Shows the source of a part that is not known here. */
	private show(name: string, source: string): void {
		if (this.unknown.size < MOST_UNKNOWN) this.unknown.add(name);
		this.write(source);
	}

	/** Returns the name of the first helper in an expression that is not known here. */
	private unknownIn(expression: Expression): string | undefined {
		if (expression.is !== 'call') return undefined;
		const { name, params, hash } = expression.call;
		if (name !== 'lookup' || params.length !== 2) return name;
		return this.firstUnknown([...params, ...hash.values()]);
	}

	private firstUnknown(expressions: readonly Expression[]): string | undefined {
		for (const expression of expressions) {
			const name = this.unknownIn(expression);
			if (name !== undefined) return name;
		}
		return undefined;
	}

	private print(scope: Scope, { call, source, isRaw }: Extract<Part, { is: 'print' }>): void {
		const { name, head, params, hash } = call;
		const isVariable = params.length === 0 && hash.size === 0;
		if (name === 'log') return;
		if (isVariable ? HELPERS.has(name) : name !== 'lookup' || params.length !== 2) return this.show(name, source);
		const unknown = this.firstUnknown(params);
		if (unknown !== undefined) return this.show(unknown, source);
		const { value } = evaluate(scope, isVariable ? head : { is: 'call', call });
		const text = textOf(value, this.most - this.text.length);
		this.write(this.isHtml && !isRaw ? escaped(text) : text);
	}

	/** Renders the body of a block in a new context. */
	private inside(
		scope: Scope,
		context: Context,
		parts: readonly Part[],
		locals: readonly [string, Context][],
		loop?: LoopData,
	): void {
		const last = scope.contexts.at(-1);
		const isKnown = last !== undefined && isSame(last.value, context.value);
		const contexts = [...(isKnown ? scope.contexts.slice(0, -1) : scope.contexts), context];
		this.walk(innerScope(scope, contexts, locals, loop), parts);
	}

	/** Renders a branch in the same context. A helper gets an empty object in place of null. */
	private branch(scope: Scope, parts: readonly Part[] = []): void {
		const last = scope.contexts.at(-1);
		const isNull = last?.value === null || last?.value === undefined;
		this.walk(
			isNull ? { ...scope, contexts: [...scope.contexts.slice(0, -1), { value: {}, path: '' }] } : scope,
			parts,
		);
	}

	/** Renders a loop over a list or an object. */
	private each(scope: Scope, value: unknown, { call: { locals }, body }: BlockPart): void {
		const entries = entriesOf(value);
		for (const [index, [key, entry]] of entries.entries()) {
			if (this.isOver()) return;
			const context = { value: entry, path: '' };
			this.inside(
				scope,
				context,
				body,
				locals.map((name, place) => [name, place === 0 ? context : { value: key, path: '' }]),
				{ index, key, first: index === 0, last: index === entries.length - 1 },
			);
		}
	}

	/** Renders a block that is named after a variable. */
	private section(scope: Scope, block: BlockPart): void {
		const { value } = evaluate(scope, block.call.head);
		const isList = Array.isArray(value);
		if (isList && value.length > 0) return this.each(scope, value, block);
		if (value === true) return this.branch(scope, block.body);
		if (isList || value === false || value === undefined || value === null)
			return this.branch(scope, block.otherwise);
		this.inside(scope, { value, path: '' }, block.body, []);
	}

	private block(scope: Scope, block: BlockPart): void {
		const { call, body, otherwise, source } = block;
		const { name, params, hash, locals } = call;
		const [param] = params;
		const isHelper = HELPERS.has(name) && name !== 'lookup' && name !== 'log';
		if (!isHelper && params.length === 0 && hash.size === 0) return this.section(scope, block);
		if (!isHelper || param === undefined || params.length > 1) return this.show(name, source);
		const unknown = this.firstUnknown([param, ...hash.values()]);
		if (unknown !== undefined) return this.show(unknown, source);
		const { value } = evaluate(scope, param);
		if (name === 'each')
			return entriesOf(value).length > 0 ? this.each(scope, value, block) : this.branch(scope, otherwise);
		if (name === 'with') {
			const context = { value, path: '' };
			return isNo(value, true)
				? this.branch(scope, otherwise)
				: this.inside(
						scope,
						context,
						body,
						locals.slice(0, 1).map((local) => [local, context]),
					);
		}
		const zero = hash.get('includeZero');
		const isYes = !isNo(value, zero !== undefined && !isNo(evaluate(scope, zero).value, false));
		this.branch(scope, isYes === (name === 'if') ? body : otherwise);
	}

	/** True if nothing more fits. */
	private isOver(): boolean {
		if (++this.steps > STEPS) this.isCut = true;
		return this.isCut;
	}

	walk(scope: Scope, parts: readonly Part[]): void {
		for (const part of parts) {
			if (this.isOver()) return;
			if (part.is === 'text') this.write(this.texts.get(part) ?? part.source);
			else if (part.is === 'print') this.print(scope, part);
			else if (part.is === 'block') this.block(scope, part);
			else if (part.is === 'other') this.show(part.call.name, part.source);
		}
	}
}

/**
 * Renders one text of a template.
 * @param data values as JSON; anything but an object counts as empty
 * @param isHtml whether values are escaped
 * @param most maximum length of the text, in characters
 */
export function render({ source, parts, isSound }: Tree, data: unknown, isHtml: boolean, most = MOST_TEXT): Rendered {
	if (!isSound) return { text: source.slice(0, most), unknown: [], isSound, isCut: source.length > most };
	const renderer = new Renderer(trimTexts(parts), isHtml, most);
	const root = { value: isRecord(data) ? data : {}, path: '' };
	renderer.walk({ contexts: [root], loops: [], locals: new Map() }, parts);
	const { text, unknown, isCut } = renderer;
	return { text, unknown: [...unknown], isSound, isCut };
}
