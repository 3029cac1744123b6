/** A template as a tree: what it prints, and the blocks with their two branches. */
import { scan, type Call, type Tag } from './scan';

/** Something that a template does. */
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
	/** False where Handlebars could not read all of the text: what stands before the flaw is here. */
	readonly isSound: boolean;
}

/** Blocks inside blocks beyond which a text is not one that a person wrote. */
const MAX_DEPTH = 50;

/** A block whose end has not come yet. */
interface Open {
	readonly call: Call;
	/** How its end is named; undefined for `{{else if}}`, which ends with the block that it belongs to. */
	readonly name: string | undefined;
	/** True where the first branch is the one for the opposite. */
	readonly isInverse: boolean;
	/** True for a block that is left out of the tree, with its text as if it stood there without it. */
	readonly isOther: boolean;
	readonly body: Part[];
	otherwise: Part[] | undefined;
}

/** Puts tags together, one after the other. */
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

	/** Turns to the other branch; there is one only. */
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

	/** Ends a block, with the branches of `{{else if}}` inside it. */
	private end(name: string): void {
		let block = this.finish();
		while (block !== undefined && block.name === undefined) block = this.finish();
		if (block?.name !== name) this.isSound = false;
	}

	/** Ends all that is open. */
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
