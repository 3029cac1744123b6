/**
 * Translates finished English texts. A template such as `The key {0} can send.` is found by its literal parts, one
 * after the other, so a text is read in one pass and no value can slow it. What no template fits stays English.
 */

/** English templates and their translations. `{0}`, `{1}`, … are places, in any order. */
export type Dictionary = Readonly<Record<string, string>>;

/** A part of a translation: literal text, or the number of a place. */
type Part = string | number;

interface Template {
	/** The literal parts around the places: one more than places. */
	readonly literals: readonly string[];
	/** By place: true if it stands in quotes. What a user typed is not translated. */
	readonly isQuoted: readonly boolean[];
	readonly translation: readonly Part[];
	/** The number of literal characters. If several templates fit, the one with most of them counts. */
	readonly weight: number;
}

/** Longer texts stay English: none of ours is that long. In characters. */
const MAX_LENGTH = 4_000;
/** How deep values within values are translated. */
const MAX_DEPTH = 4;
/** The most sentences that one template has, and that a text has. */
const MAX_SENTENCES = 4;
const MAX_TEXT_SENTENCES = 60;
/** How far from the beginning of a text the end of a label is looked for, in characters. */
const MAX_LABEL = 80;
/** The beginning of a text that only follows a value. */
const SUFFIX = /^([,.] ?| )[A-Za-z]/;
/** A number of things, as in `3 units`. */
const COUNTED = /^([\d,]{1,12}) ([a-z]{1,20})$/;
/** How a language ends a sentence, and how it puts a label before a predicate. */
const [STOP, LABELED] = ['{0}.', '{0} {1}'];

/** Splits at the places: texts and numbers take turns. */
function partsOf(template: string): Part[] {
	return template.split(/\{(\d)\}/).map((part, index) => (index % 2 === 0 ? part : Number(part)));
}

function firstWord(text: string): string {
	const end = text.indexOf(' ');
	return end < 0 ? text : text.slice(0, end);
}

function filled(parts: readonly Part[], values: readonly string[]): string {
	return parts.map((part) => (typeof part === 'number' ? (values[part] ?? '') : part)).join('');
}

/** The values of a text, or undefined if the template does not fit. `suffixes`: see `Templates`. */
function valuesIn(text: string, { literals }: Template, suffixes: readonly string[]): string[] | undefined {
	const first = literals[0] ?? '';
	const last = literals.at(-1) ?? '';
	const end = text.length - last.length;
	if (end < first.length || !text.startsWith(first) || !text.endsWith(last)) return undefined;
	const values: string[] = [];
	let at = first.length;
	for (const [index, literal] of literals.slice(1, -1).entries()) {
		const next = index + 2 < literals.length - 1 ? literals[index + 2] : undefined;
		const limit = next === undefined ? end : text.indexOf(next, at);
		const found = literal === '' ? suffixIn(text, at, limit, suffixes) : text.indexOf(literal, at);
		if (found < 0 || found + literal.length > end) return undefined;
		values.push(text.slice(at, found));
		at = found + literal.length;
	}
	return [...values, text.slice(at, end)];
}

/** Where the second of two places begins that follow each other: at a suffix, which can be missing. */
function suffixIn(text: string, from: number, to: number, suffixes: readonly string[]): number {
	const found = suffixes.map((suffix) => text.indexOf(suffix, from)).filter((at) => at >= 0 && at < to);
	return found.length === 0 ? to : Math.min(...found);
}

/** A text in sentences, each with its stop. */
function sentencesOf(text: string): string[] {
	return text.split(/(?<=[.!?]) /);
}

/** The templates of a language. */
export class Templates {
	private readonly exact: ReadonlyMap<string, string>;
	private readonly byWord = new Map<string, Template[]>();
	/** Templates whose first word is not known before they are tried. */
	private readonly open: Template[] = [];
	/** How texts begin that only follow a value, such as `, not {0}`. */
	private readonly suffixes: readonly string[];
	private readonly stop: string;
	private readonly labeled: readonly Part[];

	constructor(dictionary: Dictionary) {
		const { [STOP]: stop = STOP, [LABELED]: labeled = LABELED, ...rest } = dictionary;
		const entries = Object.entries(rest).filter(([, translation]) => translation !== '');
		this.stop = stop.slice('{0}'.length);
		this.labeled = partsOf(labeled);
		this.suffixes = entries.map(([english]) => english.split('{0}')[0] ?? '').filter((start) => SUFFIX.test(start));
		this.exact = new Map(entries.filter(([english]) => !english.includes('{0}')));
		for (const [english, translation] of entries) if (english.includes('{0}')) this.add(english, translation);
	}

	/** Translates a finished text: as a whole, else sentence by sentence. */
	translate(text: string): string {
		return text.length > MAX_LENGTH ? text : this.read(text, 0);
	}

	private add(english: string, translation: string): void {
		const literals = partsOf(english).filter((part) => typeof part === 'string');
		const isQuoted = literals
			.slice(1)
			.map((after, place) => after.startsWith('"') && !!literals[place]?.endsWith('"'));
		const weight = literals.join('').length;
		const made = { literals, isQuoted, translation: partsOf(translation), weight };
		const first = literals[0] ?? '';
		if (!first.includes(' ')) {
			this.open.push(made);
			return;
		}
		const word = firstWord(first);
		this.byWord.set(word, [...(this.byWord.get(word) ?? []), made]);
	}

	/**
	 * Tries to let no value be longer than a sentence, and only then any value: in `It is not known how many are left.
	 * The key has no permission for /x.`, both sentences are templates.
	 */
	private read(text: string, depth: number): string {
		if (depth > MAX_DEPTH || text === '') return text;
		const known = this.whole(text, depth, true);
		if (known !== undefined) return known;
		const sentences = sentencesOf(text);
		const isText = sentences.length > 1 && sentences.length <= MAX_TEXT_SENTENCES;
		const complete = isText ? this.bySentence(sentences, depth, true) : undefined;
		return complete ?? this.whole(text, depth, false) ?? (isText ? this.bySentence(sentences, depth, false) : text);
	}

	/** The translation of a text that is one template; undefined if none fits. */
	private whole(text: string, depth: number, isStrict: boolean): string | undefined {
		const found = this.fitting(text, depth, isStrict) ?? this.afterLabel(text, depth, isStrict);
		if (found !== undefined || !text.endsWith('.')) return found;
		const ended = text.slice(0, -1);
		const bare = this.fitting(ended, depth, isStrict) ?? this.afterLabel(ended, depth, isStrict);
		return bare === undefined ? undefined : `${bare}${this.stop}`;
	}

	/** @param isStrict true if no value may have several sentences */
	private fitting(text: string, depth: number, isStrict: boolean): string | undefined {
		const known = this.exact.get(text);
		if (known !== undefined) return known;
		let best: { readonly template: Template; readonly values: readonly string[] } | undefined;
		for (const list of [this.byWord.get(firstWord(text)) ?? [], this.open])
			for (const template of list) {
				if (best !== undefined && best.template.weight >= template.weight) continue;
				const values = valuesIn(text, template, this.suffixes);
				if (values === undefined || (isStrict && values.some((value) => value.includes('. ')))) continue;
				best = { template, values };
			}
		if (best === undefined) return undefined;
		const { isQuoted, translation } = best.template;
		return filled(
			translation,
			best.values.map((value, place) => (isQuoted[place] ? value : this.value(value, depth + 1))),
		);
	}

	/** A value: a label, a fragment, a sentence or a number of things. Anything else stays as it is. */
	private value(text: string, depth: number): string {
		if (text.startsWith(' (') && text.endsWith(')')) return ` (${this.read(text.slice(2, -1), depth)})`;
		const [, count = '', noun = ''] = COUNTED.exec(text) ?? [];
		const counted = this.exact.get(noun);
		return counted === undefined ? this.read(text, depth) : `${count} ${counted}`;
	}

	/** A label of a dialog and what is wrong with its field, as in `To is required` and `To: … is not valid`. */
	private afterLabel(text: string, depth: number, isStrict: boolean): string | undefined {
		for (let at = Math.min(text.length - 1, MAX_LABEL); at > 0; at--) {
			if (text[at] !== ' ') continue;
			const isColon = text[at - 1] === ':';
			const head = text.slice(0, isColon ? at - 1 : at);
			const label = this.exact.get(head) ?? (isColon ? this.fitting(`${head}: `, depth + 1, true) : undefined);
			if (label === undefined || depth >= MAX_DEPTH) continue;
			const rest = text.slice(at + 1);
			if (isColon) return `${label.replace(/[:：]\s*$/, '')}: ${this.read(rest, depth + 1)}`;
			const predicate = this.fitting(rest, depth + 1, isStrict);
			if (predicate !== undefined) return filled(this.labeled, [label, predicate]);
		}
		return undefined;
	}

	/**
	 * The longest runs of sentences that are a template, and the rest as it is.
	 * @param isStrict true if every sentence must be found; undefined if one is not
	 */
	private bySentence(sentences: readonly string[], depth: number, isStrict: true): string | undefined;
	private bySentence(sentences: readonly string[], depth: number, isStrict: false): string;
	private bySentence(sentences: readonly string[], depth: number, isStrict: boolean): string | undefined {
		let made = '';
		for (let at = 0; at < sentences.length; ) {
			let taken = Math.min(MAX_SENTENCES, sentences.length - at);
			let found: string | undefined;
			for (; taken > 0; taken--) {
				found = this.whole(sentences.slice(at, at + taken).join(' '), depth + 1, isStrict);
				if (found !== undefined) break;
			}
			if (found === undefined && isStrict) return undefined;
			const next = found ?? sentences[at] ?? '';
			made += made === '' || made.endsWith('。') ? next : ` ${next}`;
			at += Math.max(1, taken);
		}
		return made;
	}
}
