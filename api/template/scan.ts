/**
 * Splits a template into its tags, as Handlebars 4 does (its grammar: handlebars.l and handlebars.yy). It reads each
 * character a fixed number of times, because a template comes from outside and may have a megabyte.
 */

/** A value in a tag: the path of a variable, a literal, or a helper call in parentheses. */
export type Expression =
	| {
			readonly is: 'path';
			/** The number of contexts to go up: one for each `../`. */
			readonly up: number;
			/** True for data variables such as `@index`. */
			readonly isData: boolean;
			/** True for `this.name` and `./name`, which never mean a helper or a block parameter. */
			readonly isOwn: boolean;
			readonly names: readonly string[];
	  }
	| { readonly is: 'literal'; readonly value: string | number | boolean | null | undefined }
	| { readonly is: 'call'; readonly call: Call };

/** The content of a tag: a name and its arguments. */
export interface Call {
	readonly head: Expression;
	/** The head as written. The end of a block repeats it. */
	readonly name: string;
	readonly params: readonly Expression[];
	readonly hash: ReadonlyMap<string, Expression>;
	/** The block parameters: `as |item index|`. */
	readonly locals: readonly string[];
}

/** White space that a tag removes around itself: `{{~name~}}`. */
export interface Strip {
	readonly before: boolean;
	readonly after: boolean;
}

/**
 * What a tag does: prints, opens a block, opens an inverse block, starts the else branch, closes a block, or has no
 * effect here. A comment prints nothing. `text` is the text between two tags.
 */
export interface Tag {
	readonly sign:
		| 'print'
		| 'printRaw'
		| 'open'
		| 'openInverse'
		| 'else'
		| 'elseIf'
		| 'close'
		| 'openOther'
		| 'other'
		| 'comment'
		| 'text';
	readonly call: Call;
	/** Its place in the template, in characters. */
	readonly start: number;
	readonly end: number;
	readonly strip: Strip;
}

/** A tag before its place is known. */
type Found = Pick<Tag, 'sign' | 'call'>;

/** The tags up to the first position that Handlebars could not read. */
export interface Tags {
	readonly tags: readonly Tag[];
	/** False if there is such a position. */
	readonly isSound: boolean;
}

/** The maximum depth of parentheses and number of names in a path. No person writes more. */
const DEEPEST = 20;
/** The maximum number of tags, and of values in one tag. */
const MOST = 10_000;
const MOST_VALUES = 100;

const NO_STRIP: Strip = { before: false, after: false };
const NOTHING: Call = { head: { is: 'literal', value: undefined }, name: '', params: [], hash: new Map(), locals: [] };

/** A name without brackets, which handlebars.l calls ID. */
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

/** Reads the content of a tag. After the first part that cannot be read, the position is the end of the text. */
class Reader {
	at = 0;
	isBroken = false;
	/** The number of values in the tag so far. */
	private values = 0;

	constructor(readonly text: string) {}

	/** Marks the text as unreadable. */
	private fail(): void {
		this.isBroken = true;
		this.at = this.text.length;
	}

	/** Consumes and returns the text that a pattern matches here. */
	take(pattern: RegExp): string {
		pattern.lastIndex = this.at;
		const [found = ''] = pattern.exec(this.text) ?? [];
		this.at += found.length;
		return found;
	}

	/** Consumes a text if it comes next. Returns whether it did. */
	skip(part: string): boolean {
		const isHere = this.text.startsWith(part, this.at);
		if (isHere) this.at += part.length;
		return isHere;
	}

	/** Consumes and returns the text up to a delimiter, and consumes the delimiter. */
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
	 * Consumes a comment, after its "!". It ends at the first closing braces, or, if it starts with two dashes, at two
	 * dashes and closing braces.
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

	/** Reads text in quotes. A backslash escapes the quote. */
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
				// "./name" continues after the slash; "." alone is the context itself.
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

	/** Reads one value. */
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
		// Handlebars passes two: the entry and its index.
		return names.slice(0, 2);
	}

	/** Reads a head and its arguments, up to the end of the call. */
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

	/** Reads the end of a tag. */
	close(end: string): void {
		this.take(BLANKS);
		if (end === '}}') this.skip('~');
		if (this.skip(end)) return;
		// "}~}}" closes a tag with three braces.
		if (end !== '}}}' || !this.skip('}~}}')) this.fail();
	}
}

/** Turns a literal at the head of a tag into a name, as in `{{12}}` and `{{"first name"}}`. */
function asVariable(call: Call): Call {
	const { head } = call;
	return head.is === 'literal'
		? { ...call, head: { is: 'path', up: 0, isData: false, isOwn: false, names: [String(head.value)] } }
		: call;
}

/** Reads a block whose text is not parsed: `{{{{raw}}}} … {{{{/raw}}}}`. */
function rawBlock(reader: Reader): Found {
	const call = reader.call();
	reader.close('}}}}');
	reader.upTo(`{{{{/${call.name}`);
	reader.close('}}}}');
	return { sign: 'other', call };
}

/** Reads a tag with two braces, after the braces and the "~". */
function plainTag(reader: Reader): Found {
	const named = (sign: Tag['sign']): Found => {
		const call = asVariable(reader.call());
		reader.close('}}');
		return { sign, call };
	};
	if (reader.skip('#>') || reader.skip('#*')) return named('openOther');
	if (reader.skip('#')) return named('open');
	if (reader.skip('/')) return named('close');
	if (reader.skip('>') || reader.skip('*')) return named('other');
	if (reader.skip('&')) return named('printRaw');
	if (reader.take(ELSE) !== '') {
		reader.close('}}');
		return { sign: 'else', call: NOTHING };
	}
	if (reader.skip('^')) return named('openInverse');
	return named(reader.take(ELSE_IF) === '' ? 'print' : 'elseIf');
}

/** Reads the tag at a position that starts with two braces. */
function readTag(reader: Reader): Found {
	if (reader.skip('{{{{')) return rawBlock(reader);
	reader.skip('{{');
	reader.skip('~');
	if (reader.skip('!')) {
		reader.passComment();
		return { sign: 'comment', call: NOTHING };
	}
	if (!reader.skip('{')) return plainTag(reader);
	const call = asVariable(reader.call());
	reader.close('}}}');
	return { sign: 'printRaw', call };
}

/**
 * Counts the backslashes before a position, up to two. One escapes the braces; two are a literal backslash before a
 * tag.
 */
function backslashesBefore(text: string, at: number, from: number): number {
	if (at - 1 < from || text[at - 1] !== '\\') return 0;
	return at - 2 >= from && text[at - 2] === '\\' ? 2 : 1;
}

/** Returns the text tag of a range, or nothing if it is empty. */
function textTag(start: number, end: number): Tag[] {
	return start < end ? [{ sign: 'text', call: NOTHING, start, end, strip: NO_STRIP }] : [];
}

/**
 * Returns the text before two braces, which Handlebars cuts in two where escaped braces came before it.
 * @param isEscaped true if the text starts with escaped braces
 * @param slashes the backslashes before the braces; one of them is not part of the text
 */
function textBefore(start: number, braces: number, isEscaped: boolean, slashes: number): Tag[] {
	const end = braces - Math.min(slashes, 1);
	return isEscaped && slashes === 2
		? [...textTag(start, braces - 2), ...textTag(braces - 2, end)]
		: textTag(start, end);
}

/** Returns the tags of a template, and the texts between them. */
export function scan(text: string): Tags {
	const tags: Tag[] = [];
	const reader = new Reader(text);
	let [count, start, isEscaped] = [0, 0, false];
	for (;;) {
		const next = text.indexOf('{{', reader.at);
		if (next === -1) {
			tags.push(...textTag(start, text.length));
			return { tags, isSound: true };
		}
		const slashes = backslashesBefore(text, next, reader.at);
		tags.push(...textBefore(start, next, isEscaped, slashes));
		isEscaped = slashes === 1;
		start = next;
		reader.at = isEscaped ? next + 2 : next;
		if (isEscaped) continue;
		const tag = readTag(reader);
		if (reader.isBroken || ++count > MOST) return { tags, isSound: false };
		start = reader.at;
		const strip = { before: text[next + 2] === '~', after: text[start - 3] === '~' };
		tags.push({ ...tag, start: next, end: start, strip });
	}
}
