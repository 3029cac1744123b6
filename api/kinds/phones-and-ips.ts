/** Readers of phone numbers and IP addresses. */
import { success } from '../core/result';
import { formatNumber } from '../core/format';
import { shown, trimmed } from '../core/invisible';
import { findCountry } from '../formats/countries';
import { phoneOf } from '../formats/phones';
import { typeNameOf } from '../core/json';
import { toList, withinCount, wrong, wrongValue, type ReadContext, type Reader, type ReaderField } from './reader';
import type { Result } from '../core/result';
import type { Wire } from '../files/wire';
import { unreadableSource } from '../formats/ip-ranges';

/** What a reader of phone numbers needs: the default country, if the user chose one. */
type Home = Pick<ReadContext, 'country'>;

/**
 * Reads a phone number with its country code, or with that of the default country. A number must be whole: a decimal
 * comes from a spreadsheet column.
 */
export function readPhoneNumber(
	value: unknown,
	field: ReaderField,
	{ country = '' }: Home = {},
): Result<Wire | undefined> {
	if (typeof value !== 'string' && typeof value !== 'number')
		return wrong(field, `must be a phone number as text, not ${typeNameOf(value)}`);
	const given = trimmed(String(value));
	if (given === '') return success(undefined);
	const phone = phoneOf(given, findCountry(country));
	if (!('problem' in phone)) return success(phone.number);
	return wrongValue(field, `${shown(given)} is not a valid phone number: it ${phone.problem}. Example: +14155550123`);
}

/** The maximum length of a list of numbers as text, in characters. */
const MAX_LIST = 100_000;

/** Reads phone numbers: a list, a JSON list, or a line with commas. Duplicates are sent once. */
export function readPhoneNumbers(value: unknown, field: ReaderField, home: Home = {}): Result<Wire | undefined> {
	if (typeof value === 'string' && value.length > MAX_LIST)
		return wrong(
			field,
			`must have at most ${formatNumber(MAX_LIST)} characters, not ${formatNumber(value.length)}`,
		);
	const parts = new Set(
		toList(value, (line) => line.split(/[,;\n]/)).filter((part) => part !== null && part !== undefined),
	);
	const numbers = new Map<string, string>();
	for (const part of parts) {
		const read = readPhoneNumber(part, field, home);
		if (!read.ok) return read;
		if (typeof read.value !== 'string') continue;
		const digits = read.value.replace('+', '');
		if (!numbers.has(digits)) numbers.set(digits, read.value);
		if (field.max !== undefined && numbers.size > field.max)
			return wrong(field, `must have at most ${field.max} entries, not ${parts.size}`);
	}
	return numbers.size === 0 ? success(undefined) : withinCount([...numbers.values()], field);
}

/** The maximum length of an IPv6 address with a range, in characters. */
const MAX_IP = 49;

/** Reads an IPv4 or IPv6 address, or a range such as `192.0.2.0/24`. Whether it exists is for SMTP2GO to check. */
export const readIpAddress: Reader = (value, field) => {
	const text = typeof value === 'string' ? trimmed(value) : undefined;
	if (text === '') return success(undefined);
	const isAddress =
		text !== undefined &&
		text.length <= MAX_IP &&
		/^(\d{1,3}(\.\d{1,3}){3}|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*)(\/\d{1,3})?$/.test(text);
	// Some programs read a byte with a leading zero as octal. A group of IPv6 may have one.
	const isReal = isAddress && !/\b0\d+\.|\.0\d/.test(text) && unreadableSource([text]) === undefined;
	return isReal ? success(text) : wrong(field, 'must be an IP address, such as 192.0.2.1');
};
