/** Readers of simple values. They accept a typed value or its text, and explain what is invalid. */
import { hiddenProblem, lineProblem, shown, trimmed, wellFormed } from '../core/invisible';
import { typeNameOf } from '../core/json';
import { success, type Result } from '../core/result';
import { isHttpUrl } from '../formats/urls';
import { toList, withinCount, wrong, wrongValue, type Reader, type ReaderField } from './reader';

function withinLength(text: string, field: ReaderField): Result<string> {
	if (field.min !== undefined && text.length < field.min)
		return wrong(field, `must have at least ${field.min} characters, not ${text.length}`);
	if (field.max !== undefined && text.length > field.max)
		return wrong(field, `must have at most ${field.max} characters, not ${text.length}`);
	return success(text);
}

/** Returns the text of a text, number, or boolean. */
function readAnyText(value: unknown, field: ReaderField): Result<string> {
	if (typeof value === 'string') return success(value);
	if (typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value)))
		return success(String(value));
	return wrong(field, `must be text, not ${typeNameOf(value)}`);
}

/**
 * Reads text, unchanged. In an email header, a line end is rejected, because it would start another header. An ID is
 * read as a name.
 */
export const readText: Reader = (value, field) => {
	if (field.id) return readName(value, field);
	const text = readAnyText(value, field);
	if (!text.ok) return text;
	const problem = field.line ? lineProblem(text.value) : undefined;
	return problem === undefined
		? withinLength(wellFormed(text.value), field)
		: wrong(field, `must be on one line, but contains ${problem}`);
};

/** The maximum length of a name or ID, in characters. */
const MAX_NAME = 1000;

/**
 * Reads the name or ID of an existing thing. An empty one counts as not set. Invisible characters are removed at its
 * ends and rejected inside.
 */
export const readName: Reader = (value, field) => {
	const text = readAnyText(value, field);
	if (!text.ok) return text;
	const name = trimmed(text.value);
	if (name === '') return success(undefined);
	if (name.length > MAX_NAME) return wrong(field, `must have at most ${MAX_NAME} characters, not ${name.length}`);
	const problem = hiddenProblem(name);
	return problem === undefined
		? withinLength(name, field)
		: wrongValue(field, `${shown(name)} ${problem}. Remove it`);
};

/** Reads a whole number, also as text, within the bounds of the field. */
export const readNumber: Reader = (value, field) => {
	const text = typeof value === 'string' ? trimmed(value) : value;
	if (text === '') return success(undefined);
	const number = typeof text === 'string' && /^[+-]?\d+$/.test(text) ? Number(text) : text;
	if (typeof number !== 'number' || !Number.isSafeInteger(number)) return wrong(field, 'must be a whole number');
	if (field.min !== undefined && number < field.min)
		return wrong(field, `must be at least ${field.min}, not ${number}`);
	if (field.max !== undefined && number > field.max)
		return wrong(field, `must be at most ${field.max}, not ${number}`);
	return success(number);
};

/** Reads a boolean, also as the text `true` or `false`. Returns undefined for an empty text. */
export function readBoolean(value: unknown, field: ReaderField): Result<boolean | undefined> {
	const text = typeof value === 'string' && value.length < 100 ? trimmed(value).toLowerCase() : value;
	if (text === '') return success(undefined);
	if (text === true || text === 'true') return success(true);
	if (text === false || text === 'false') return success(false);
	return wrong(field, 'must be true or false');
}

/** The maximum number of choices that an error names. */
const MAX_CHOICES_NAMED = 20;

/** Reads one of the choices of the field, by its API value. */
export const readChoice: Reader = (value, field) => {
	const choices = field.choices ?? [];
	if (typeof value === 'string' && choices.some((choice) => choice.value === value)) return success(value);
	if (value === '') return success(undefined);
	const names = choices.slice(0, MAX_CHOICES_NAMED).map((choice) => choice.value || '(empty)');
	const rest = choices.length - names.length;
	return wrong(field, `must be one of ${names.join(', ')}${rest > 0 ? ` or ${rest} others` : ''}`);
};

/** The maximum number of entries of a list of text values. */
const MAX_ENTRIES = 10_000;

/**
 * Reads a list of text values: a list, a JSON list, or text separated by commas. Empty parts between commas are
 * skipped.
 */
export const readTextList: Reader = (value, field) => {
	const parts = toList(value, splitCommas);
	if (parts.length > MAX_ENTRIES)
		return wrong(field, `must have at most ${MAX_ENTRIES} entries, not ${parts.length}`);
	const texts: string[] = [];
	for (const part of parts) {
		const text = readAnyText(part, field);
		if (!text.ok) return wrong(field, `must be a list of text values, but contains ${typeNameOf(part)}`);
		texts.push(wellFormed(text.value));
	}
	return withinCount(texts, field);
};

/** Reads several of the choices of the field. */
export const readChoices: Reader = (value, field) => {
	const list = readTextList(value, field);
	if (!list.ok) return list;
	for (const part of list.value as string[]) {
		const choice = readChoice(part, field);
		if (!choice.ok) return choice;
	}
	return list;
};

/** The maximum length of a URL in characters: more than servers accept. */
const MAX_URL = 10_000;

/** Reads an http or https URL. */
export const readUrl: Reader = (value, field) => {
	const text = typeof value === 'string' ? trimmed(value) : undefined;
	if (text === '') return success(undefined);
	if (text !== undefined && text.length > MAX_URL)
		return wrong(field, `must have at most ${MAX_URL} characters, not ${text.length}`);
	const problem = text === undefined ? undefined : hiddenProblem(text);
	if (text !== undefined && problem !== undefined) return wrongValue(field, `${shown(text)} ${problem}. Remove it`);
	return text !== undefined && isHttpUrl(text)
		? success(text)
		: wrong(field, 'must be a full URL that starts with http:// or https://');
};

/** Splits text at commas and line ends. Empty parts are skipped. */
function splitCommas(text: string): string[] {
	const parts: string[] = [];
	// The engine's own search: a loop over the characters is slow until it has been compiled.
	for (const between of text.match(/[^,\n]+/g) ?? []) {
		const part = between.trim();
		if (part !== '') parts.push(part);
	}
	return parts;
}
