/** Builds a tree from a template: its texts, what it prints, and its blocks with their two branches. */
import { scan, type Call, type Strip, type Tag } from './scan';

/** A text between two tags. */
export interface TextPart {
	readonly is: 'text';
	readonly source: string;
}

/** A block, as Handlebars' parser makes it. */
export interface BlockPart {
	readonly is: 'block';
	readonly call: Call;
	readonly body: readonly Part[];
	readonly otherwise: readonly Part[] | undefined;
	/** The whole block. */
	readonly source: string;
	/** True for an `{{else if}}`, which is the only part of the other branch of its outer block. */
	readonly isChained: boolean;
	/** True for `{{^name}} … {{/name}}` without an else branch. Its `body` does not exist. */
	readonly isOnlyInverse: boolean;
	/** The white space that its tags remove: the opening one, the one of the else branch, and the closing one. */
	readonly strips: { readonly open: Strip; readonly turn: Strip; readonly close: Strip };
}

/** One part of a template. */
export type Part =
	| TextPart
	| {
			readonly is: 'print';
			readonly call: Call;
			readonly source: string;
			/** True if the value is not escaped: `{{{name}}}`. */
			readonly isRaw: boolean;
			readonly strip: Strip;
	  }
	| BlockPart
	| { readonly is: 'comment'; readonly strip: Strip }
	/** A partial, a decorator, or a block whose text is not parsed: nothing here is known of it but its content. */
	| { readonly is: 'other'; readonly call: Call; readonly body: readonly Part[]; readonly source: string };

/** One text of a template. */
export interface Tree {
	readonly source: string;
	readonly parts: readonly Part[];
	/** False if Handlebars cannot read the whole text. The parts before the error are here. */
	readonly isSound: boolean;
}

/** The maximum depth of nested blocks. No person writes more. */
const MAX_DEPTH = 50;

/** A block that is not closed yet. */
interface Open {
	readonly tag: Tag;
	/** The name in its closing tag. Undefined for `{{else if}}`, which ends with its outer block. */
	readonly name: string | undefined;
	readonly body: Part[];
	otherwise: Part[] | undefined;
	/** The tag that starts the else branch. */
	turn: Tag | undefined;
}

const NO_STRIP: Strip = { before: false, after: false };

/** Builds the tree, tag by tag. */
class Builder {
	readonly root: Part[] = [];
	private readonly open: Open[] = [];
	isSound = true;

	constructor(private readonly text: string) {}

	get isClosed(): boolean {
		return this.open.length === 0;
	}

	private get here(): Part[] {
		const last = this.open.at(-1);
		return last === undefined ? this.root : (last.otherwise ?? last.body);
	}

	/** Opens a block. */
	private start(tag: Tag, name: string | undefined): void {
		if (this.open.length >= MAX_DEPTH) this.isSound = false;
		else this.open.push({ tag, name, body: [], otherwise: undefined, turn: undefined });
	}

	/** Starts the else branch. A block has only one. */
	private turn(tag: Tag): void {
		const last = this.open.at(-1);
		if (last === undefined || last.otherwise !== undefined) this.isSound = false;
		else Object.assign(last, { otherwise: [], turn: tag });
	}

	/**
	 * Closes the last block and adds it to the branch around it.
	 * @param end position behind the block, in characters
	 */
	private finish(end: number, close: Strip): Open | undefined {
		const block = this.open.pop();
		if (block === undefined) return undefined;
		const { tag, name, body, otherwise, turn } = block;
		const { call } = tag;
		const source = this.text.slice(tag.start, end);
		const isInverse = tag.sign === 'openInverse';
		if (tag.sign === 'openOther')
			this.here.push({ is: 'other', call, body: [...body, ...(otherwise ?? [])], source });
		else
			this.here.push({
				is: 'block',
				call,
				body: isInverse ? (otherwise ?? []) : body,
				otherwise: isInverse ? body : otherwise,
				source,
				isChained: name === undefined,
				isOnlyInverse: isInverse && otherwise === undefined,
				strips: { open: tag.strip, turn: turn?.strip ?? NO_STRIP, close },
			});
		return block;
	}

	/**
	 * Closes a block and the `{{else if}}` blocks inside it. In Handlebars, the first of these takes over the white
	 * space of the closing tag, and each further one that of its own tag (helpers.js, prepareBlock).
	 */
	private end({ call: { name }, start, end, strip }: Tag): void {
		const chain = this.open.slice(this.open.findLastIndex((block) => block.name !== undefined) + 1);
		for (const [place, { tag }] of [...chain.entries()].reverse())
			this.finish(start, place === 0 ? strip : tag.strip);
		if (this.finish(end, strip)?.name !== name) this.isSound = false;
	}

	/** Closes all open blocks. */
	close(): void {
		while (!this.isClosed) this.finish(this.text.length, NO_STRIP);
	}

	add(tag: Tag): void {
		const { sign, call, strip } = tag;
		const source = this.text.slice(tag.start, tag.end);
		switch (sign) {
			case 'text':
				return void this.here.push({ is: 'text', source });
			case 'comment':
				return void this.here.push({ is: 'comment', strip });
			case 'print':
			case 'printRaw':
				return void this.here.push({ is: 'print', call, source, isRaw: sign === 'printRaw', strip });
			case 'open':
			case 'openInverse':
			case 'openOther':
				return this.start(tag, call.name);
			case 'else':
				return this.turn(tag);
			case 'elseIf':
				this.turn(tag);
				return this.isSound ? this.start(tag, undefined) : undefined;
			case 'close':
				return this.end(tag);
			case 'other':
				return void this.here.push({ is: 'other', call, body: [], source });
		}
	}
}

/** Reads one text of a template. */
export function readTree(text: string): Tree {
	const { tags, isSound } = scan(text);
	const builder = new Builder(text);
	for (const tag of tags) {
		if (!builder.isSound) break;
		builder.add(tag);
	}
	const isWhole = isSound && builder.isSound && builder.isClosed;
	builder.close();
	return { source: text, parts: builder.root, isSound: isWhole };
}
