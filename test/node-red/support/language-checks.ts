/** What is wrong with a translation, as sentences that name it. Empty lists for a language that is complete. */
import type { Language } from '../../../node-red/generate';

/** An English text and its translation. */
interface Pair {
	readonly english: string;
	readonly translation: string;
}

/** Names that are the same in every language. */
const NAMES = new Set(
	(
		'SMTP2GO Node-RED API URL HTML JSON SMS ID IDs IP DKIM CC BCC SMTP DNS MIME UTC CSV EML GSM-7 MB h s min OK STOP YES ' +
		'Content-ID Reply-To Message-ID Webhook Webhooks bearer basic Jane Hello Shop X-Order X-Tag Base64 CIDR IPv4 ' +
		'Return-Path X-Message-Key Unicode POST PATCH Authorization Basic Bearer TLS IANA 2FA string object array'
	).split(' '),
);
/** Words that a language has in common with English. */
const ALIKE: Readonly<Record<string, readonly string[]>> = {
	de: (
		'Name Status Text Batch Token Proxy Region Position Filter Limit Code Details Format Link Links Domain Spam ' +
		'Information Dashboard Format Export Tracking webhook in ja Test Version Gateway Header Optional optional ' +
		'Problem Tags Tag Operation Bounce Compliance Trigger Sandbox'
	).split(' '),
};
/** Words of English sentences. None of them is a word of another language that we have. */
const ENGLISH_WORDS = /\b(the|this|that|is|are|of|and|or|your|you|with|not|must|which|if|only|each)\b/i;
/** Scripts other than Latin: text of such a language without a letter of its script was not translated. */
const SCRIPTS: Readonly<Record<string, RegExp>> = {
	ja: /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u,
	'zh-CN': /\p{Script=Han}/u,
};

const all = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([found]) => found).sort();

/** A text without code, addresses, examples in quotes, and message properties: what a person reads. */
function prose(text: string): string {
	return text
		.replace(/<code>[^<]*<\/code>|<dt\b.*?<\/dt>|<[^>]*>/g, ' ')
		.replace(/`[^`]*`|\{\{.*?\}\}|\$\{\w+\}|__\w+__/g, ' ')
		.replace(/https?:\S+|\S+@\S+|\/[\w/-]+|\b\w+[._]\w+(\.\w+)*/g, ' ');
}

/** What a translation must repeat unchanged. */
const REPEATED: readonly (readonly [string, (text: string) => string[]])[] = [
	['placeholders', (text) => all(text, /__\w+__/g)],
	['code', (text) => all(text, /`[^`]+`/g)],
	['message properties', (text) => [...new Set(all(text, /\bmsg\.[a-z]\w*(\.\w+)*/g))]],
	['variables', (text) => all(text, /\{\{.*?\}\}|\{\w+\}/g)],
	['endpoints', (text) => all(text, /(?<![\w/:.>])\/[a-z]\w+\/[\w/]+/g)],
];

/** The numbers of two digits or more, in digits: `1,000` and `1.000` are 1000, and `2 million` is `200万`. */
function numbers(text: string): string[] {
	const digits = text
		.replace(/(\d)[.,\u00a0\u202f](?=\d{3}\b)/g, '$1')
		.replace(/(\d) ?Million(en)?/gi, (_all, digit: string) => `${digit}000000`)
		.replace(/(\d) ?万/g, (_all, digit: string) => `${digit}0000`);
	return all(digits, /\d{2,}/g);
}

/** Differences in what a translation must repeat. It can have more numbers: other languages write `ten` in digits. */
export function unlike({ english, translation }: Pair): string[] {
	const there = numbers(translation);
	const lost = numbers(english).filter((number) => {
		const at = there.indexOf(number);
		if (at >= 0) there.splice(at, 1);
		return at < 0;
	});
	return [
		...REPEATED.flatMap(([what, find]) =>
			find(english).join(' ') === find(translation).join(' ')
				? []
				: [`${what}: "${find(english).join(' ')}" became "${find(translation).join(' ')}" in "${translation}"`],
		),
		...(lost.length === 0 ? [] : [`numbers: "${lost.join(' ')}" is not in "${translation}"`]),
	];
}

/** English that was left in a translation. The value of an example stays unchanged, as in `e.g. from`. */
export function leftEnglish(language: string, { english, translation }: Pair): string[] {
	if (/^e\.g\. /.test(english) && translation.endsWith(english.slice('e.g. '.length))) return [];
	const words = prose(translation).match(/[A-Za-z][\w-]*/g) ?? [];
	const known = (word: string) => NAMES.has(word) || ALIKE[language]?.includes(word) === true;
	const isForeign = SCRIPTS[language]?.test(translation) ?? translation !== english;
	if (!isForeign && words.some((word) => !known(word))) return [`"${translation}" is English`];
	const found = ENGLISH_WORDS.exec(prose(translation).replace(/"[^"]*"|„[^“]*“|“[^”]*”|「[^」]*」/g, ' '))?.[0];
	return found === undefined ? [] : [`"${translation}" has the English word "${found}"`];
}

/** Names of dialog texts in quotes that are not the translated ones. */
export function wrongLabels(pairs: readonly Pair[]): string[] {
	const known = new Map<string, Set<string>>();
	for (const { english, translation } of pairs)
		known.set(english, (known.get(english) ?? new Set()).add(translation));
	return pairs.flatMap(({ english, translation }) =>
		[...english.matchAll(/"([^"]+)"/g)].flatMap(([, name = '']) => {
			const names = [...(known.get(name) ?? [])];
			return names.length === 0 || names.some((one) => translation.includes(one))
				? []
				: [`"${name}" is called ${names.join(' or ')}, but not so in "${translation}"`];
		}),
	);
}

/** The structure of a help: its elements, headings, list entries and code. */
function structure(help: string): string[] {
	const lines = help.split('\n').flatMap((line) => /^(#+ |- |\d+\. |- \*\*)/.exec(line.trim())?.[0] ?? []);
	return [...all(help, /<[^>]+>/g), ...lines, ...all(help, /`[^`]+`|<code>[^<]*<\/code>/g), ...all(help, /\*\*/g)];
}

/** Differences in structure between a help and its English original. */
export function unlikeHelp(english: string, translation: string): string[] {
	const [there, here] = [structure(english), structure(translation)];
	const without = (list: string[], other: string[]) => {
		const rest = [...other];
		return list.filter((one) => {
			const at = rest.indexOf(one);
			if (at >= 0) rest.splice(at, 1);
			return at < 0;
		});
	};
	return [
		...without(there, here).map((one) => `lacks ${one}`),
		...without(here, there).map((one) => `has ${one}, which the English help has not`),
	];
}

/** The texts of a file of messages, with their keys. */
function texts(json: string): Map<string, string> {
	const found = new Map<string, string>();
	const walk = (value: unknown, key: string) => {
		if (typeof value === 'string') found.set(key, value);
		else for (const [name, inner] of Object.entries(value as object)) walk(inner, `${key}.${name}`);
	};
	walk(JSON.parse(json), '');
	return found;
}

/** The country names, which JavaScript supplies, and the name of the language. */
const isCountry = (key: string) => key.startsWith('.common.own.defaultCountry.choices.') || key === '.own.language';

/** All texts of a language beside their English ones, as the package holds them. */
export function pairsOf({ translation: { language }, files }: Language, english: ReadonlyMap<string, string>): Pair[] {
	return [...files]
		.filter(([path]) => path.endsWith('.json') && path.includes('/locales/'))
		.flatMap(([path, json]) => {
			const original = texts(english.get(path.replace(`/${language}/`, '/en-US/')) ?? '{}');
			return [...texts(json)]
				.filter(([key, text]) => text !== '' && !isCountry(key))
				.map(([key, translation]) => ({ english: original.get(key) ?? '', translation }));
		});
}
