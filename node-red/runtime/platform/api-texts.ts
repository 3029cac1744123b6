/**
 * The texts of `api/` in a user's language. `api/` is shared with other hosts and writes English; Node-RED translates
 * its finished texts where a user sees them.
 */
/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Runtime } from './runtime';
import { Templates, type Dictionary } from './templates';

/** The folder with a file for each language, which the build makes. */
const TEXTS = join(__dirname, '../texts');
/** Translates a finished English text. */
export type Translate = (english: string) => string;

const inEnglish: Translate = (english) => english;

/** The languages with texts. */
let languages: ReadonlySet<string> | undefined;
/** What was loaded, by language: only languages with texts, whatever a request sends. */
const loaded = new Map<string, Translate>();
let runtime: Pick<Runtime, '_'> | undefined;

/** Translates with the templates of a dictionary. Never throws. */
export function translatorOf(dictionary: Dictionary): Translate {
	const templates = new Templates(dictionary);
	return (english) => templates.translate(english);
}

function languagesWithTexts(): ReadonlySet<string> {
	languages ??= new Set(existsSync(TEXTS) ? readdirSync(TEXTS).map((file) => file.replace('.json', '')) : []);
	return languages;
}

/**
 * The translator of a language, such as `de` or `zh-CN`. `ja-JP` is `ja`; a language without texts is English.
 * @param language a name, or the list of an `Accept-Language` header, of which the first counts; anybody can send any
 */
export function translatorFor(language: string): Translate {
	const [first = ''] = language.split(/[,;]/);
	const name = [first, first.split('-')[0] ?? ''].find((one) => languagesWithTexts().has(one));
	if (name === undefined) return inEnglish;
	const known = loaded.get(name);
	if (known !== undefined) return known;
	const made = translatorOf(JSON.parse(readFileSync(join(TEXTS, `${name}.json`), 'utf8')) as Dictionary);
	loaded.set(name, made);
	return made;
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
