/**
 * Removes the white space around tags as Handlebars 4 does: where a tag says so with "~", and around blocks, else tags
 * and comments that are alone on their line (its whitespace-control.js, step by step). Each text is read a fixed number
 * of times.
 */
import type { BlockPart, Part, TextPart } from './tree';

/** What is left of a text. */
interface Trimmed {
	value: string;
	isLeftDone: boolean;
	isRightDone: boolean;
}

/** What is left of each text of a template. */
export type Texts = ReadonlyMap<TextPart, string>;

/** How a part affects the white space around it. */
interface Effect {
	readonly before: boolean;
	readonly after: boolean;
	/** True if its opening tag, its closing tag, or the part itself can be alone on a line. */
	readonly opens?: boolean;
	readonly closes?: boolean;
	readonly inline?: boolean;
}

type Parts = readonly Part[];

/** True for a chain of `{{else if}}`. */
function chainedIn(parts: Parts | undefined): BlockPart | undefined {
	const [first] = parts ?? [];
	return first?.is === 'block' && first.isChained ? first : undefined;
}

/** The first branch of a block in Handlebars' order, and the other one. */
function branchesOf({ body, otherwise, isOnlyInverse }: BlockPart): { program: Parts; inverse: Parts | undefined } {
	return isOnlyInverse ? { program: otherwise ?? [], inverse: undefined } : { program: body, inverse: otherwise };
}

class Control {
	readonly texts = new Map<TextPart, Trimmed>();

	private textAt(parts: Parts, index: number): Trimmed | undefined {
		const part = parts[index];
		if (part?.is !== 'text') return undefined;
		const known = this.texts.get(part) ?? { value: part.source, isLeftDone: false, isRightDone: false };
		this.texts.set(part, known);
		return known;
	}

	/** True if only white space stands between the end of the line before and a position among the parts. */
	private isLineBefore(parts: Parts, index: number, isRoot = false): boolean {
		const before = parts[index - 1];
		if (before === undefined) return isRoot;
		if (before.is !== 'text') return false;
		const solid = before.source.trimEnd();
		return before.source.includes('\n', solid.length) || (isRoot && parts[index - 2] === undefined && solid === '');
	}

	/** True if only white space stands between a part and the end of its line. */
	private isLineAfter(parts: Parts, index: number, isRoot = false): boolean {
		const after = parts[index + 1];
		if (after === undefined) return isRoot;
		if (after.is !== 'text') return false;
		const { source } = after;
		const blanks = source.length - source.trimStart().length;
		const end = source.indexOf('\n');
		return (end >= 0 && end < blanks) || (isRoot && parts[index + 2] === undefined && blanks === source.length);
	}

	/** Removes the white space after a part: all of it, or the rest of its line. */
	private cutAfter(parts: Parts, index: number, isAll: boolean): void {
		const text = this.textAt(parts, index + 1);
		if (text === undefined || (!isAll && text.isRightDone)) return;
		const { value } = text;
		text.value = isAll ? value.trimStart() : value.replace(/^[ \t]*\r?\n?/, '');
		text.isRightDone = text.value !== value;
	}

	/** Removes the white space before a part: all of it, or what indents it. */
	private cutBefore(parts: Parts, index: number, isAll: boolean): void {
		const text = this.textAt(parts, index - 1);
		if (text === undefined || (!isAll && text.isLeftDone)) return;
		const { value } = text;
		let end = value.length;
		while (!isAll && (value[end - 1] === ' ' || value[end - 1] === '\t')) end--;
		text.value = isAll ? value.trimEnd() : value.slice(0, end);
		text.isLeftDone = text.value !== value;
	}

	/** Works on the inside of a block. */
	private block(block: BlockPart): Effect {
		const { open, turn, close } = block.strips;
		if (!block.isOnlyInverse) this.walk(block.body, false);
		if (block.otherwise) this.walk(block.otherwise, false);
		const { program, inverse } = branchesOf(block);
		let [first, last] = [inverse, inverse];
		const chained = chainedIn(inverse);
		if (chained) {
			first = chained.body;
			for (let link: BlockPart | undefined = chained; link; link = chainedIn(last)) last = link.body;
		}
		const effect = {
			before: open.before,
			after: close.after,
			opens: this.isLineAfter(program, -1),
			closes: this.isLineBefore(first ?? program, (first ?? program).length),
		};
		if (open.after) this.cutAfter(program, -1, true);
		if (first === undefined || last === undefined) {
			if (close.before) this.cutBefore(program, program.length, true);
			return effect;
		}
		if (turn.before) this.cutBefore(program, program.length, true);
		if (turn.after) this.cutAfter(first, -1, true);
		if (close.before) this.cutBefore(last, last.length, true);
		if (this.isLineBefore(program, program.length) && this.isLineAfter(first, -1)) {
			this.cutBefore(program, program.length, false);
			this.cutAfter(first, -1, false);
		}
		return effect;
	}

	private effectOf(part: Part): Effect | undefined {
		if (part.is === 'print') return part.strip;
		if (part.is === 'comment') return { ...part.strip, inline: true };
		return part.is === 'block' ? this.block(part) : undefined;
	}

	/** @param isRoot true for the whole template */
	walk(parts: Parts, isRoot: boolean): void {
		for (const [index, part] of parts.entries()) {
			const effect = this.effectOf(part);
			if (effect === undefined) continue;
			const isBefore = this.isLineBefore(parts, index, isRoot);
			const isAfter = this.isLineAfter(parts, index, isRoot);
			if (effect.after) this.cutAfter(parts, index, true);
			if (effect.before) this.cutBefore(parts, index, true);
			if (effect.inline && isBefore && isAfter) {
				this.cutAfter(parts, index, false);
				this.cutBefore(parts, index, false);
			}
			if (part.is !== 'block') continue;
			const { program, inverse = program } = branchesOf(part);
			if (effect.opens && isBefore) {
				this.cutAfter(program, -1, false);
				this.cutBefore(parts, index, false);
			}
			if (effect.closes && isAfter) {
				this.cutAfter(parts, index, false);
				this.cutBefore(inverse, inverse.length, false);
			}
		}
	}
}

/** Returns what is left of each text of a template. A text that is not there is left unchanged. */
export function trimTexts(parts: Parts): Texts {
	const control = new Control();
	control.walk(parts, true);
	return new Map([...control.texts].map(([part, { value }]) => [part, value]));
}
