/**
 * The units of a text message, before it is sent: how many SMTP2GO will probably charge, whether they are within the
 * user's limits, and which characters make it more expensive. SMTP2GO's contract says "If more than 160 characters,
 * will be sent as multiple units" (`/sms/send`) and nothing about encodings. The count follows 3GPP TS 23.038.
 */
import { Smtp2goError } from '../core/errors';
import { formatNumber } from '../core/format';
import { codePoint } from '../core/invisible';
import { isJsonObject, type Json, type JsonObject } from '../core/json';
import { failure, success, type Result } from '../core/result';
import { wireEntries } from '../files/wire';
import {
	plainText,
	smsLength,
	unicodeCharacters,
	unitsWithoutUnicode,
	type SmsLength,
	type UnicodeCharacter,
} from '../formats/sms-units';
import { toRequest, type BuiltRequest } from './build';

/** What the user sets about the units of text messages. */
export interface UnitLimits {
	/** True if typographic characters are replaced if the text then fits GSM-7. */
	readonly plain?: boolean | undefined;
	/** The maximum number of units of one text message to one number. */
	readonly perSms?: number | undefined;
	/** The maximum number of units of the whole request. */
	readonly perRun?: number | undefined;
}

/** The length of a text message and what it adds up to. */
export interface SmsCount extends SmsLength {
	readonly numbers: number;
	/** The units of all numbers: each number is charged separately. */
	readonly total: number;
}

/** Returns the text of a text message, or undefined for any other request. */
function contentOf({ operation, fields }: BuiltRequest): string | undefined {
	const { content } = fields;
	return operation.together === 'sms' && typeof content === 'string' ? content : undefined;
}

/** Counts the units of a request, or returns undefined if it sends no text message. */
export function countSms(request: BuiltRequest): SmsCount | undefined {
	const content = contentOf(request);
	if (content === undefined) return undefined;
	const length = smsLength(content);
	const numbers = wireEntries(request.fields['destination']).length;
	return { ...length, numbers, total: length.units * numbers };
}

function inUnits(count: number): string {
	return `${formatNumber(count)} ${count === 1 ? 'unit' : 'units'}`;
}

function refused(message: string, hint: string, outcome = 'Nothing was sent'): Smtp2goError {
	return new Smtp2goError('invalid', message, {
		hint: `${outcome}. ${hint}`,
		fieldErrors: [{ field: 'content', message }],
	});
}

/**
 * Returns the error of text messages that have more units together than a run can have.
 * @param isAll true if none of them was sent
 */
export function runLimitError(
	{ numbers, total }: Pick<SmsCount, 'numbers' | 'total'>,
	max: number,
	isAll = true,
): Smtp2goError {
	return refused(
		`The run would send ${inUnits(total)} to ${formatNumber(numbers)} phone ${numbers === 1 ? 'number' : 'numbers'}, ` +
			`but at most ${formatNumber(max)} ${max === 1 ? 'is' : 'are'} allowed`,
		'Send to fewer phone numbers, shorten the message, or increase Maximum Units per Run',
		isAll ? 'Nothing was sent' : 'This text message was not sent',
	);
}

/** Adds up the units of requests. */
export function sumOfSms(requests: readonly BuiltRequest[]): Pick<SmsCount, 'numbers' | 'total'> {
	return requests.reduce(
		(sum, request) => {
			const { numbers, total } = countSms(request) ?? { numbers: 0, total: 0 };
			return { numbers: sum.numbers + numbers, total: sum.total + total };
		},
		{ numbers: 0, total: 0 },
	);
}

/**
 * Returns the positions of the requests that no longer fit into a run, in order. A later one that is shorter can fit.
 * @param used the units of the run that are already used
 */
export function beyondUnits(requests: readonly BuiltRequest[], max: number, used = 0): number[] {
	let total = used;
	return [...requests.entries()].flatMap(([index, request]) => {
		const { total: units } = sumOfSms([request]);
		if (total + units > max) return [index];
		total += units;
		return [];
	});
}

/**
 * Returns the request if it is within the limits, with typographic characters replaced if `plain` is on. Any other
 * request is returned unchanged.
 * @returns an `invalid` error that says how many units there are
 */
export function withinUnits(request: BuiltRequest, { plain, perSms, perRun }: UnitLimits): Result<BuiltRequest> {
	const content = contentOf(request);
	if (content === undefined) return success(request);
	const replaced = plain === true ? plainText(content) : content;
	const sent =
		replaced === content
			? success(request)
			: toRequest(request.operation, { ...request.fields, content: replaced });
	if (!sent.ok) return sent;
	const count = countSms(sent.value);
	if (count === undefined) return sent;
	if (perSms !== undefined && count.units > perSms) {
		const cause = unicodeHint([{ content: replaced, numbers: 1 }]);
		return failure(
			refused(
				`The text message has ${inUnits(count.units)}, but at most ${perSms} ${perSms === 1 ? 'is' : 'are'} allowed`,
				`Shorten it, or increase Maximum Units per SMS${cause === undefined ? '' : `. ${cause}`}`,
			),
		);
	}
	return perRun !== undefined && count.total > perRun ? failure(runLimitError(count, perRun)) : sent;
}

/** Returns what a preview shows of the units; nothing for any other request. */
export function unitsShown(request: BuiltRequest): JsonObject {
	const count = countSms(request);
	return count === undefined
		? {}
		: { encoding: count.encoding, unitsPerNumber: count.units, numbers: count.numbers, units: count.total };
}

/** Returns the response to a text message with its encoding and units: of each number, and in total. */
export function withUnits(request: BuiltRequest, data: Json): Json {
	const count = countSms(request);
	if (count === undefined || !isJsonObject(data)) return data;
	const { messages } = data;
	const withOwn = (one: Json, units: number) =>
		isJsonObject(one) ? { ...one, encoding: count.encoding, units: one['units'] ?? units } : one;
	return withOwn(
		Array.isArray(messages) ? { ...data, messages: messages.map((one) => withOwn(one, count.units)) } : data,
		count.total,
	);
}

/** A text and the number of phone numbers that it goes to. */
export interface SentText {
	readonly content: string;
	readonly numbers: number;
}

/** The maximum number of characters that a hint names. */
const MAX_NAMED = 5;

/** Names a character and its replacement, as in `“ (use ")`. */
function named({ character, replacement }: UnicodeCharacter): string {
	const seen = /^[\p{C}\p{Z}]|^\p{M}/u.test(character) ? codePoint(character) : character;
	if (replacement === undefined) return seen;
	const use = { '': 'remove it', ' ': 'use a space', '\n': 'use a line end' }[replacement] ?? `use ${replacement}`;
	return `${seen} (${use})`;
}

function inWords(characters: readonly UnicodeCharacter[]): string {
	const shown = characters.slice(0, MAX_NAMED).map(named);
	const rest = characters.length - shown.length;
	const parts = rest > 0 ? [...shown, `${rest} ${rest === 1 ? 'other' : 'others'}`] : shown;
	return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

/**
 * Returns a sentence about the characters that make text messages more expensive, or undefined if they cost nothing or
 * the texts are in a script that needs Unicode.
 */
export function unicodeHint(texts: readonly SentText[]): string | undefined {
	const costly = texts
		.map(({ content, numbers }) => ({
			content,
			units: smsLength(content).units * numbers,
			needed: unitsWithoutUnicode(content) * numbers,
		}))
		.filter(({ units, needed }) => units > needed);
	if (costly.length === 0) return undefined;
	const characters = new Map(
		costly.flatMap(({ content }) => unicodeCharacters(content)).map((one) => [one.character, one]),
	);
	const all = [...characters.values()];
	const sum = (of: 'units' | 'needed') => costly.reduce((total, one) => total + one[of], 0);
	const isFixable = all.some(({ replacement }) => replacement !== undefined);
	return (
		`${inWords(all)} ${all.length === 1 ? 'needs' : 'need'} Unicode: 70 characters per unit instead of 160. ` +
		`That makes ${inUnits(sum('units'))} instead of ${formatNumber(sum('needed'))}` +
		(isFixable ? '. To replace quotes, dashes and spaces, turn on Replace Typographic Characters' : '')
	);
}

/** Returns the text and the numbers of a request, for `unicodeHint`. */
export function sentTexts(request: BuiltRequest): SentText[] {
	const content = contentOf(request);
	return content === undefined ? [] : [{ content, numbers: wireEntries(request.fields['destination']).length }];
}
