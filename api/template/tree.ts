/** Builds a tree from a template: what it prints, and its blocks with their two branches. */
import { scan, type Call, type Tag } from './scan';

/** One part of a template. */
export type Part =
	| { readonly is: 'print'; readonly call: Call }
	| {
			readonly is: 'block';
			readonly call: Call;
			readonly body: readonly Part[];
			readonly otherwise: readonly Part[] | undefined;
	  };

/** One text of a template. */
export interface Tree {
	readonly parts: readonly Part[];
	/** False if Handlebars cannot read the whole text. The parts before the error are here. */
	readonly isSound: boolean;
}

/** The maximum depth of nested blocks. No person writes more. */
const MAX_DEPTH = 50;

/** A block that is not closed yet. */
interface Open {
	readonly call: Call;
	/** The name in its closing tag. Undefined for `{{else if}}`, which ends with its outer block. */
	readonly name: string | undefined;
	/** True if the first branch is the inverse one. */
	readonly isInverse: boolean;
	/** True for a block that is not part of the tree. Its content is kept as if there were no block. */
	readonly isOther: boolean;
	readonly body: Part[];
	otherwise: Part[] | undefined;
}

/** Builds the tree, tag by tag. */
class Builder {
	readonly root: Part[] = [];
	private readonly open: Open[] = [];
	isSound = true;

	get isClosed(): boolean {
		return this.open.length === 0;
	}

	private get here(): Part[] {
		const last = this.open.at(-1);
		return last === undefined ? this.root : (last.otherwise ?? last.body);
	}

	/** Opens a block. */
	private start(call: Call, name: string | undefined, { isInverse = false, isOther = false } = {}): void {
		if (this.open.length >= MAX_DEPTH) this.isSound = false;
		else this.open.push({ call, name, isInverse, isOther, body: [], otherwise: undefined });
	}

	/** Starts the else branch. A block has only one. */
	private turn(): void {
		const last = this.open.at(-1);
		if (last === undefined || last.otherwise !== undefined) this.isSound = false;
		else last.otherwise = [];
	}

	/** Closes the last block and adds it to the branch around it. */
	private finish(): Open | undefined {
		const block = this.open.pop();
		if (block === undefined) return undefined;
		const { call, isInverse, isOther, body, otherwise } = block;
		if (isOther) for (const part of body) this.here.push(part);
		else if (isInverse) this.here.push({ is: 'block', call, body: otherwise ?? [], otherwise: body });
		else this.here.push({ is: 'block', call, body, otherwise });
		return block;
	}

	/** Closes a block and the `{{else if}}` blocks inside it. */
	private end(name: string): void {
		let block = this.finish();
		while (block !== undefined && block.name === undefined) block = this.finish();
		if (block?.name !== name) this.isSound = false;
	}

	/** Closes all open blocks. */
	close(): void {
		while (!this.isClosed) this.finish();
	}

	add({ sign, call }: Tag): void {
		switch (sign) {
			case 'print':
				return void this.here.push({ is: 'print', call });
			case 'open':
				return this.start(call, call.name);
			case 'openInverse':
				return this.start(call, call.name, { isInverse: true });
			case 'openOther':
				return this.start(call, call.name, { isOther: true });
			case 'else':
				return this.turn();
			case 'elseIf':
				this.turn();
				return this.isSound ? this.start(call, undefined) : undefined;
			case 'close':
				return this.end(call.name);
			case 'other':
				return undefined;
		}
	}
}

/** Reads one text of a template. */
export function readTree(text: string): Tree {
	const { tags, isSound } = scan(text);
	const builder = new Builder();
	for (const tag of tags) {
		if (!builder.isSound) break;
		builder.add(tag);
	}
	const isWhole = isSound && builder.isSound && builder.isClosed;
	builder.close();
	return { parts: builder.root, isSound: isWhole };
}
