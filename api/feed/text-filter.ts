/** Filters received text messages by their text, the same on both hosts. */
import { invalid } from '../core/errors';
import { failure, success, type Result } from '../core/result';
import { textList } from '../formats/lists';

/** Which texts to let through: all, those that begin with a keyword, or those that match a pattern. */
export type TextFilter =
	| { readonly is: 'any' }
	| { readonly is: 'keywords'; readonly keywords: readonly string[] }
	| { readonly is: 'pattern'; readonly pattern: RegExp };

/** What a form says about the filter. */
export interface TextFilterForm {
	/** `any`, `keywords` or `pattern`. Any if empty. */
	readonly is?: unknown;
	/** A list, or text with commas or line breaks. */
	readonly keywords?: unknown;
	/** A regular expression: its source, or `/source/flags`. It ignores case. */
	readonly pattern?: unknown;
}

/** The maximum length of a pattern, and of the part of a text that is compared, in characters. */
const MAX_PATTERN = 500;
const MAX_TEXT = 2_000;

/** Returns the words of a text in lower case, without punctuation, with a space before and after each. */
function wordsOf(text: string): string {
	return ` ${(text.toLowerCase().match(/[\p{L}\p{N}\p{M}]+/gu) ?? []).join(' ')} `;
}

function readKeywords(value: unknown): Result<TextFilter> {
	const keywords = textList(value);
	const empty = keywords.find((keyword) => wordsOf(keyword).trim() === '');
	if (empty !== undefined)
		return failure(invalid('keywords', `The keyword "${empty}" has no letter or digit. Enter a word such as STOP`));
	if (keywords.length === 0) return failure(invalid('keywords', 'Enter at least one keyword, such as STOP'));
	return success({ is: 'keywords', keywords });
}

function readPattern(value: unknown): Result<TextFilter> {
	const text = typeof value === 'string' ? value.trim() : '';
	if (text === '') return failure(invalid('pattern', 'Enter a pattern, such as ^(yes|ok)'));
	if (text.length > MAX_PATTERN)
		return failure(
			invalid('pattern', `The pattern must have at most ${MAX_PATTERN} characters, not ${text.length}`),
		);
	const [, source = text, flags = ''] = /^\/(.+)\/([a-z]*)$/s.exec(text) ?? [];
	try {
		return success({
			is: 'pattern',
			pattern: new RegExp(source, [...new Set(`i${flags}`)].join('').replace(/[gy]/g, '')),
		});
	} catch {
		return failure(invalid('pattern', `"${text}" is not a valid regular expression. Enter one such as ^(yes|ok)`));
	}
}

/** Reads the filter of a form. */
export function readTextFilter({ is, keywords, pattern }: TextFilterForm): Result<TextFilter> {
	switch (is) {
		case 'keywords':
			return readKeywords(keywords);
		case 'pattern':
			return readPattern(pattern);
		case undefined:
		case '':
		case 'any':
			return success({ is: 'any' });
		default:
			return failure(invalid('is', 'The text filter must be "any", "keywords" or "pattern"'));
	}
}

/**
 * True for a text that passes the filter. A keyword counts at the beginning of the text, as whole words, ignoring case
 * and punctuation: STOP matches "Stop!" and "stop please", but not "don't stop".
 */
export function matchesText(text: string, filter: TextFilter): boolean {
	const compared = text.slice(0, MAX_TEXT);
	switch (filter.is) {
		case 'any':
			return true;
		case 'keywords': {
			const words = wordsOf(compared);
			return filter.keywords.some((keyword) => words.startsWith(wordsOf(keyword)));
		}
		case 'pattern':
			return filter.pattern.test(compared);
	}
}
