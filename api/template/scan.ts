/**
 * Cuts a template into its tags, as Handlebars 4 does (its grammar: handlebars.l and handlebars.yy). Each character is
 * looked at a fixed number of times, whatever the text: a template is somebody else's text, and may have a megabyte.
 */

/** What a tag names: a variable by its path, a fixed value, or a helper with its own values in brackets. */
export type Expression =
	| {
			readonly is: 'path';
			/** How many contexts up it starts: one for each `../`. */
			readonly up: number;
			/** True for `@index` and its like. */
			readonly isData: boolean;
			/** True for `this.name` and `./name`, which never mean a helper or a block's own name. */
			readonly isOwn: boolean;
			readonly names: readonly string[];
	  }
	| { readonly is: 'literal'; readonly value: string | number | boolean | null | undefined }
	| { readonly is: 'call'; readonly call: Call };

/** The content of a tag: a name, and its arguments. */
export interface Call {
	readonly head: Expression;
	/** The head as written; the end of a block repeats it. */
	readonly name: string;
	readonly params: readonly Expression[];
	readonly hash: ReadonlyMap<string, Expression>;
	/** Names that a block gives to what it walks over: `as |item index|`. */
	readonly locals: readonly string[];
}

/**
 * What a tag does: prints, opens a block, opens one for the opposite, turns to the other branch, ends, or is of no
 * interest.
 */
export interface Tag {
	readonly sign: 'print' | 'open' | 'openInverse' | 'else' | 'elseIf' | 'close' | 'openOther' | 'other';
	readonly call: Call;
}

/** The tags up to the first place that Handlebars could not read. */
export interface Tags {
	readonly tags: readonly Tag[];
	/** False where there is such a place. */
	readonly isSound: boolean;
}

/** Levels of brackets, and names in a path, beyond which a text is not one that a person wrote. */
const DEEPEST = 20;
/** Tags beyond which it is none either, and values in one tag. */
const MOST = 10_000;
const MOST_VALUES = 100;

const NOTHING: Call = { head: { is: 'literal', value: undefined }, name: '', params: [], hash: new Map(), locals: [] };

/** A name without brackets: what handlebars.l calls ID. */
const NAME = /[^\s!"#%-,./;->@[-^`{-~]+/y;
const BLANKS = /\s*/y;
const NUMBER = /-?\d+(?:\.\d+)?(?=[=~}\s)]|$)/y;
const WORD = /(?:true|false|null|undefined)(?=[=~}\s)]|$)/y;
const AS = /as\s+\|/y;
const KEY = /[^\s!"#%-,./;->@[-^`{-~]+=/y;
const ELSE = /\^\s*(?=~?\}\})|\s*else\s*(?=~?\}\})/y;
const ELSE_IF = /\s*else\s+/y;
const SPECIAL: Readonly<Record<string, boolean | null | undefined>> = {
	true: true,
	false: false,
	null: null,
	undefined,
};

/**
 * Reads what stands between the signs of a tag. From the first thing on that nobody could read, it is at the end of the
 * text.
 */
class Reader {
	at = 0;
	isBroken = false;
	/** Values in the tag so far. */
	private values = 0;

	constructor(readonly text: string) {}

	/** Notes that this cannot be read. */
	private fail(): void {
		this.isBroken = true;
		this.at = this.text.length;
	}

	/** The text that a pattern matches here; it is passed. */
	take(pattern: RegExp): string {
		pattern.lastIndex = this.at;
		const [found = ''] = pattern.exec(this.text) ?? [];
		this.at += found.length;
		return found;
	}

	/** True where the text goes on with this; it is passed. */
	skip(part: string): boolean {
		const isHere = this.text.startsWith(part, this.at);
		if (isHere) this.at += part.length;
		return isHere;
	}

	/** The text up to the next such sign, which is passed with it. */
	upTo(end: string): string {
		const found = this.text.indexOf(end, this.at);
		if (found === -1) {
			this.fail();
			return '';
		}
		const part = this.text.slice(this.at, found);
		this.at = found + end.length;
		return part;
	}

	/**
	 * What stands behind "!": it ends at the first braces, or, where it starts with two dashes, at two dashes and
	 * braces.
	 */
	passComment(): void {
		if (!this.text.startsWith('--', this.at)) return void this.upTo('}}');
		for (;;) {
			this.upTo('--');
			if (this.isBroken || this.skip('}}') || this.skip('~}}')) return;
			this.at--;
		}
	}

	private get next(): string {
		return this.text.charAt(this.at);
	}

	/** A text in quotes; a backslash before the quote keeps it. */
	private quoted(quote: string): string {
		const parts: string[] = [];
		for (;;) {
			const part = this.upTo(quote);
			if (!part.endsWith('\\')) return [...parts, part].join('');
			parts.push(part.slice(0, -1), quote);
		}
	}

	private segment(): string {
		if (!this.skip('[')) {
			const name = this.take(NAME);
			if (name === '') this.fail();
			return name;
		}
		return this.upTo(']');
	}

	private path(): Expression {
		const isData = this.skip('@');
		let up = 0;
		let isOwn = false;
		const names: string[] = [];
		for (;;) {
			const isBracketed = this.next === '[';
			if (this.skip('..')) up++;
			else if (this.next === '.') {
				this.at++;
				isOwn = true;
				// "./name" goes on behind the slash; "." alone is the context itself.
				if (!this.skip('/')) return { is: 'path', up, isData, isOwn, names };
				continue;
			} else {
				const name = this.segment();
				if (name === 'this' && !isBracketed && names.length === 0) isOwn = true;
				else names.push(name);
			}
			if (names.length > DEEPEST || up > DEEPEST) this.fail();
			if (!this.skip('.') && !this.skip('/')) return { is: 'path', up, isData, isOwn, names };
		}
	}

	/** One value. */
	expression(depth: number): Expression {
		if (depth > DEEPEST || ++this.values > MOST_VALUES) this.fail();
		if (this.skip('"')) return { is: 'literal', value: this.quoted('"') };
		if (this.skip("'")) return { is: 'literal', value: this.quoted("'") };
		if (this.skip('(')) {
			const call = this.call(depth + 1);
			if (!this.skip(')')) this.fail();
			return { is: 'call', call };
		}
		const start = this.at;
		const number = this.take(NUMBER);
		if (number !== '') return { is: 'literal', value: Number(number) };
		const word = this.take(WORD);
		if (word !== '') return { is: 'literal', value: SPECIAL[word] };
		this.at = start;
		return this.path();
	}

	private localNames(): string[] {
		const names = this.upTo('|')
			.split(/\s+/)
			.filter((name) => name !== '');
		this.take(BLANKS);
		// Handlebars hands out two: the entry, and its place.
		return names.slice(0, 2);
	}

	/** A head and what follows it, up to a sign that ends it. */
	call(depth = 0): Call {
		if (depth === 0) this.values = 0;
		this.take(BLANKS);
		const start = this.at;
		const head = this.expression(depth);
		const name = this.text.slice(start, this.at);
		const params: Expression[] = [];
		const hash = new Map<string, Expression>();
		let locals: string[] = [];
		for (;;) {
			const isApart = this.take(BLANKS) !== '';
			if (this.next === '' || this.next === '}' || this.next === '~' || this.next === ')')
				return { head, name, params, hash, locals };
			if (!isApart) {
				this.fail();
				continue;
			}
			if (this.take(AS) !== '') {
				locals = this.localNames();
				continue;
			}
			const key = this.take(KEY);
			if (key !== '') hash.set(key.slice(0, -1), this.expression(depth));
			else params.push(this.expression(depth));
		}
	}

	/** The end of a tag. */
	close(end: string): void {
		this.take(BLANKS);
		if (end === '}}') this.skip('~');
		if (this.skip(end)) return;
		// "}~}}" ends a tag of three.
		if (end !== '}}}' || !this.skip('}~}}')) this.fail();
	}
}

/** A fixed value at the head of a tag is a name, as in `{{12}}` and `{{"first name"}}`. */
function asVariable(call: Call): Call {
	const { head } = call;
	return head.is === 'literal'
		? { ...call, head: { is: 'path', up: 0, isData: false, isOwn: false, names: [String(head.value)] } }
		: call;
}

/** A block whose text is not parsed: `{{{{raw}}}} … {{{{/raw}}}}`. */
function rawBlock(reader: Reader): Tag {
	const call = reader.call();
	reader.close('}}}}');
	reader.upTo(`{{{{/${call.name}`);
	reader.close('}}}}');
	return { sign: 'other', call };
}

/** A tag of two braces, behind them and behind its "~". */
function plainTag(reader: Reader): Tag {
	const named = (sign: Tag['sign']): Tag => {
		const call = asVariable(reader.call());
		reader.close('}}');
		return { sign, call };
	};
	if (reader.skip('#>') || reader.skip('#*')) return named('openOther');
	if (reader.skip('#')) return named('open');
	if (reader.skip('/')) return named('close');
	if (reader.skip('>') || reader.skip('*')) return named('other');
	if (reader.skip('&')) return named('print');
	if (reader.take(ELSE) !== '') {
		reader.close('}}');
		return { sign: 'else', call: NOTHING };
	}
	if (reader.skip('^')) return named('openInverse');
	return named(reader.take(ELSE_IF) === '' ? 'print' : 'elseIf');
}

/** The tag at a place that opens with two braces; undefined for a comment. */
function readTag(reader: Reader): Tag | undefined {
	if (reader.skip('{{{{')) return rawBlock(reader);
	reader.skip('{{');
	reader.skip('~');
	if (reader.skip('!')) {
		reader.passComment();
		return undefined;
	}
	if (!reader.skip('{')) return plainTag(reader);
	const call = asVariable(reader.call());
	reader.close('}}}');
	return { sign: 'print', call };
}

/**
 * How many backslashes stand before a place, up to two: one keeps the braces as text, two are one backslash and a tag.
 */
function backslashesBefore(text: string, at: number, from: number): number {
	if (at - 1 < from || text[at - 1] !== '\\') return 0;
	return at - 2 >= from && text[at - 2] === '\\' ? 2 : 1;
}

/** The tags of a template. */
export function scan(text: string): Tags {
	const tags: Tag[] = [];
	const reader = new Reader(text);
	for (;;) {
		const next = text.indexOf('{{', reader.at);
		if (next === -1) return { tags, isSound: true };
		const isText = backslashesBefore(text, next, reader.at) === 1;
		reader.at = isText ? next + 2 : next;
		const tag = isText ? undefined : readTag(reader);
		if (reader.isBroken || tags.length >= MOST) return { tags, isSound: false };
		if (tag) tags.push(tag);
	}
}
