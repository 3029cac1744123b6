/**
 * The texts of `api/` in a user's language. `api/` is shared with other hosts and writes English; Node-RED translates
 * its finished texts where a user sees them.
 */
/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Runtime } from './runtime';
import { Templates, type Dictionary } from './templates';

/** The folder with a file for each language, which the build makes. */
const TEXTS = join(__dirname, '../texts');
/** Names of languages. A name is a part of a path, and a dialog can send any. */
const LANGUAGE = /^[a-z]{2,3}(-[A-Za-z]{2,4})?$/;

/** Translates a finished English text. */
export type Translate = (english: string) => string;

const inEnglish: Translate = (english) => english;

/** What was loaded, by language. It never changes while Node-RED runs. */
const loaded = new Map<string, Translate>();
let runtime: Pick<Runtime, '_'> | undefined;

/** Translates with the templates of a dictionary. Never throws. */
export function translatorOf(dictionary: Dictionary): Translate {
	const templates = new Templates(dictionary);
	return (english) => templates.translate(english);
}

function load(language: string): Translate | undefined {
	const file = join(TEXTS, `${language}.json`);
	if (!LANGUAGE.test(language) || !existsSync(file)) return undefined;
	return translatorOf(JSON.parse(readFileSync(file, 'utf8')) as Dictionary);
}

/**
 * The translator of a language, such as `de` or `zh-CN`. `ja-JP` is `ja`; a language without texts is English.
 * @param language a name, also one that somebody made up
 */
export function translatorFor(language: string): Translate {
	const known = loaded.get(language);
	if (known !== undefined) return known;
	const made = load(language) ?? load(language.split('-')[0] ?? '');
	// Only languages that exist are remembered: a dialog can send any number of other names.
	if (made !== undefined) loaded.set(language, made);
	return made ?? inEnglish;
}

/** Takes the language of Node-RED, which its catalogs know. All its packages share one. */
export function speakLike(RED: Pick<Runtime, '_'>): void {
	runtime = RED;
}

/** A text of `api/` in the language of Node-RED. Never throws. */
export function translated(english: string): string {
	try {
		// Not kept: Node-RED loads its catalogs while it starts.
		const language: unknown = runtime?._('own.language');
		return typeof language === 'string' ? translatorFor(language)(english) : english;
	} catch {
		return english;
	}
}
