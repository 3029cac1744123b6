/**
 * The messages in a language other than English. A translation is found by its English sentence, so an English sentence
 * that changes makes its translation stale, and a test says so.
 */
/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Messages } from './messages';

/** The language of the sources. */
export const ENGLISH = 'en-US';
/** The file for sentences that several node sets share. */
const COMMON = 'common';
/** The file for the texts of `api/`, which the runtime translates: see runtime/platform/templates.ts. */
const API = 'api.json';

/** English sentences and their translations, as a file of a language holds them. */
export type Dictionary = Readonly<Record<string, string>>;

/** The languages that Node-RED's locales exist in, by the name of their folder. */
export function languagesIn(locales: string): string[] {
	return readdirSync(locales, { withFileTypes: true })
		.filter((entry) => entry.isDirectory() && entry.name !== ENGLISH)
		.map(({ name }) => name)
		.sort();
}

/** One language: its dictionaries, and what is found out while they are used. */
export class Translation {
	/** Sentences without a translation, as `<node set>: <sentence>`. */
	readonly missing = new Set<string>();
	private readonly dictionaries: ReadonlyMap<string, Dictionary>;
	private readonly used = new Set<string>();

	/** @param folder with the files of this language: `common.json`, and one for each node set */
	constructor(
		readonly language: string,
		private readonly folder: string,
	) {
		this.dictionaries = new Map(
			readdirSync(folder)
				.filter((name) => name.endsWith('.json') && name !== API)
				.map((name) => [
					name.slice(0, -'.json'.length),
					JSON.parse(readFileSync(join(folder, name), 'utf8')) as Dictionary,
				]),
		);
	}

	/** Translations that no sentence uses, as `<file>: <sentence>`. Complete once all sets are translated. */
	get stale(): string[] {
		return [...this.dictionaries]
			.flatMap(([file, dictionary]) => Object.keys(dictionary).map((sentence) => `${file}: ${sentence}`))
			.filter((entry) => !this.used.has(entry));
	}

	/** All translations, with their file and the English sentence (or sentence and key: see `find`). */
	get entries(): readonly { readonly file: string; readonly english: string; readonly translation: string }[] {
		return [...this.dictionaries].flatMap(([file, dictionary]) =>
			Object.entries(dictionary).map(([english, translation]) => ({ file, english, translation })),
		);
	}

	/** The messages of a node set in this language. A sentence without a translation stays English. */
	translated(set: string, messages: Messages, at = ''): Messages {
		return Object.fromEntries(
			Object.entries(messages).map(([key, message]) => [
				key,
				typeof message === 'object'
					? this.translated(set, message, `${at}${key}.`)
					: this.sentence(set, message, `${at}${key}`),
			]),
		);
	}

	/** The hand-written help of a node set; undefined if this language has none. */
	help(set: string): string | undefined {
		const file = join(this.folder, `${set}.html`);
		return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
	}

	/** The templates of the texts of `api/`; undefined if this language has none. */
	get api(): Dictionary | undefined {
		const file = join(this.folder, API);
		return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Dictionary) : undefined;
	}

	private sentence(set: string, english: string, key: string): string {
		if (english === '') return '';
		const found = this.find(set, english, key);
		if (found === undefined) this.missing.add(`${set}: ${english}`);
		return found ?? english;
	}

	/**
	 * Looks in the file of the node set, then in `common.json`. If a sentence needs another translation in one place,
	 * its key follows the sentence: `From|activity.search.start_date.label`.
	 */
	private find(set: string, english: string, key: string): string | undefined {
		for (const file of [set, COMMON])
			for (const sentence of [`${english}|${key}`, english]) {
				const found = this.dictionaries.get(file)?.[sentence];
				if (found === undefined || found === '') continue;
				this.used.add(`${file}: ${sentence}`);
				return found;
			}
		return undefined;
	}
}

/** Reads a language. */
export function translationIn(locales: string, language: string): Translation {
	return new Translation(language, join(locales, language));
}
