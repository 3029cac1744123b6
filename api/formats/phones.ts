/** Reads phone numbers as people write them. Separators may only group the digits of one number. */
import { codePoint, shown, trimmed } from '../core/invisible';
import type { Country } from './countries';
import { nationalPhone, type Phone } from './national-phones';

export type { Phone } from './national-phones';

/** The maximum length of a text in characters: 15 digits with separators between all of them. */
const LONGEST = 60;

/** Hyphens and dashes of any width, as in contacts and PDF files. */
const HYPHENS = /[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]/g;
/** Invisible characters next to a separator or parenthesis. Between two digits they may separate two numbers. */
const TOUCHING =
	/(?<=^|[^0-9])[\p{Cf}\p{Default_Ignorable_Code_Point}]+|[\p{Cf}\p{Default_Ignorable_Code_Point}]+(?=[^0-9]|$)/gu;

/**
 * A hyphen between spaces, as in `+1 (415) 555 - 0123`. Before one or two digits, it may start an extension or the end
 * of a range.
 */
const SPACED_HYPHEN = / - (?=\(?\d{3})/g;

/** Returns the number with plain hyphens and spaces, and without harmless invisible characters. */
function plain(text: string): string {
	return trimmed(text)
		.replace(/^tel:/i, '')
		.replace(HYPHENS, '-')
		.replace(/\p{Zs}/gu, ' ')
		.replace(TOUCHING, '')
		.replace(SPACED_HYPHEN, '-')
		.trim();
}

/**
 * Groups of digits with one separator between them: `+1 415-555-0123`, `1.415.555.0123`. The second may be in
 * parentheses.
 */
const GROUPED = /^(\+ ?)?(\d{1,15})(?:[ .-]?\(\d{1,5}\)[ .-]?\d{2,15}|[ .-]\d{1,15})?(?:[ .-]\d{2,15})*$/;

/** The maximum length of a group that is followed by another. A longer one is a separate number. */
const LONGEST_GROUP = 6;

/** The number of digits of every number with the country code 1 (E.164 and the North American Numbering Plan). */
const LENGTH_OF_CODE_1 = 11;

/** An extension at the end of a number. */
const EXTENSION = /(?:ext|extension|x|#|;|,|p|w)\.? ?\d+$/i;

/** Returns why a character is not allowed in a number, as the rest of a sentence. */
function flawOfSigns(text: string): string {
	if (/^\d+(?:\.\d*)?e[+-]?\d+$/i.test(text))
		return 'is in scientific notation and has lost digits. Enter it as text';
	if (EXTENSION.test(text)) return 'has an extension, which cannot receive text messages';
	if (text.includes('/')) return 'contains a "/". Separate the digits with spaces or hyphens';
	const odd = [...text].find((sign) => !/[0-9+().\- ]/.test(sign)) ?? '';
	if (/[\p{Cf}\p{Cc}\p{Default_Ignorable_Code_Point}\p{Cs}]/u.test(odd))
		return `contains an invisible character between two digits (${codePoint(odd)}). Remove it`;
	if (/\p{Nd}/u.test(odd)) return `contains a digit other than 0 to 9 (${codePoint(odd)}). Use the digits 0 to 9`;
	return `contains ${shown(odd)} (${codePoint(odd)}), which is not part of a phone number`;
}

/** Returns why separators do not group the digits of one number, as the rest of a sentence, or undefined. */
function flawOfGroups(text: string, groups: readonly string[], isNational: boolean): string | undefined {
	const [first = '', ...rest] = groups;
	const digits = groups.join('');
	if (digits.length > 15) return `has ${digits.length} digits, but a phone number has at most 15`;
	if (/^\d+\.\d+$/.test(text)) return 'is a decimal number. Enter the phone number as text, without a decimal point';
	if (/\(0\d*\)/.test(text))
		return (
			'has a 0 in parentheses, which is dialed only within the country. ' +
			'Remove it, or enter the number without parentheses'
		);
	if (/^\(\d{1,5}\)/.test(text))
		return 'starts with parentheses, so its country code is missing. Put + and the country code before them';
	if (!GROUPED.test(text))
		return (
			'has separators that do not group the digits of one number. ' +
			'Put one space, hyphen or dot between groups of at least two digits'
		);
	const isGlued =
		groups.slice(0, -1).some((group) => group.length > LONGEST_GROUP) ||
		(!text.startsWith('+') && !isNational && rest.length > 0 && first.length > 3);
	if (isGlued)
		return 'could be two numbers, or a number with an extension. Enter each number separately, without separators';
	return undefined;
}

/** Returns why digits are not a number with its country code, as the rest of a sentence, or undefined. */
function flawOfDigits(digits: string): string | undefined {
	if (digits.startsWith('00')) return 'starts with 00. Use + and the country code instead';
	if (digits.startsWith('0'))
		return 'starts with 0, so its country code is missing. Enter + and the country code, or set Default Country';
	if (digits.startsWith('1') && digits.length > LENGTH_OF_CODE_1)
		return (
			`has ${digits.length} digits, but a number with the country code 1 has ${LENGTH_OF_CODE_1}. ` +
			'Remove any extension, and enter each number separately'
		);
	return digits.length < 7 ? `has too few digits (${digits.length}). A phone number has 7 to 15 digits` : undefined;
}

/**
 * Returns a number as people dial it in a country with + instead of the international prefix, and without parentheses
 * around an area code, as in `(415) 555-0123`.
 */
function asDialed(text: string, { exit }: Country): string {
	if (text.startsWith('+')) return text;
	if (exit !== undefined && text.startsWith(exit)) return `+${text.slice(exit.length).replace(/^[ .-]/, '')}`;
	return text.replace(/^\((\d{1,5})\)[ .-]?(?=\d)/, '$1 ');
}

/**
 * Reads one phone number (E.164): 7 to 15 digits, of which the first is not 0.
 * @param home the country of a number without + and country code; if undefined, every number must have its code
 */
export function phoneOf(given: string, home?: Country): Phone {
	if (given.length > LONGEST * 4) return { problem: 'is too long' };
	const entered = plain(given);
	if (entered.length > LONGEST) return { problem: 'is too long' };
	if (!/\d/.test(entered) && !/\p{Nd}/u.test(entered)) return { problem: 'has no digits' };
	if (!/^[0-9+().\- ]*$/.test(entered)) return { problem: flawOfSigns(entered) };
	const text = home === undefined ? entered : asDialed(entered, home);
	const isNational = home !== undefined && !text.startsWith('+');
	const groups = text.match(/\d+/g) ?? [];
	const flaw = flawOfGroups(text, groups, isNational);
	if (flaw !== undefined) return { problem: flaw };
	if (isNational) return nationalPhone(groups.join(''), home);
	const problem = flawOfDigits(groups.join(''));
	return problem === undefined ? { number: text.replace(/[^0-9+]/g, '') } : { problem };
}
