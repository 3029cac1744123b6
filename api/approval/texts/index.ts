/** Every sentence that a recipient reads, in four languages. A form can replace each of them. */
import { isRecord } from '../../core/json';
import { trimmed } from '../../core/invisible';
import { chinese } from './chinese';
import { english, type Texts } from './english';
import { german } from './german';
import { japanese } from './japanese';

export type { Texts } from './english';
export { textNames, type TextName } from './names';

/** The languages, as a form lists them. A value is a language tag of HTML. */
export const languages = [
	{ value: 'en', label: 'English' },
	{ value: 'de', label: 'Deutsch (German)' },
	{ value: 'ja', label: '日本語 (Japanese)' },
	{ value: 'zh-CN', label: '简体中文 (Simplified Chinese)' },
] as const;

export type Language = (typeof languages)[number]['value'];

const records: Readonly<Record<Language, Texts>> = { en: english, de: german, ja: japanese, 'zh-CN': chinese };

/** The texts of all languages, for replies that count in any of them. */
export const everyTexts: readonly Texts[] = Object.values(records);

/** The maximum length of a replaced text in characters. */
export const MAX_TEXT = 1000;

export function isLanguage(value: unknown): value is Language {
	return languages.some((language) => language.value === value);
}

/**
 * Returns the texts of a language.
 * @param replaced texts by name; unknown names, empty texts, and values that are not text keep the default
 */
export function textsOf(language: Language, replaced: unknown = {}): Texts {
	const texts = records[language];
	if (!isRecord(replaced)) return texts;
	const own = Object.keys(texts).flatMap((name): [string, string][] => {
		const text = Object.hasOwn(replaced, name) ? replaced[name] : undefined;
		return typeof text === 'string' && trimmed(text) !== '' ? [[name, trimmed(text).slice(0, MAX_TEXT)]] : [];
	});
	return { ...texts, ...Object.fromEntries(own) };
}

/** Replaces `{name}` in a text. Unknown names stay. */
export function filled(text: string, values: Readonly<Record<string, string>>): string {
	return text.replace(/\{(\w+)\}/g, (whole, name: string) =>
		Object.hasOwn(values, name) ? (values[name] ?? whole) : whole,
	);
}
