/** Readers of numbers that are no quantities: telephone and IP. */
import { success } from '../result';
import { nameOf, toList, withinCount, wrong, type Reader } from './values';

/** What people write between the digits of a telephone number. */
const FILLING = /[\s().-]/g;

/** A telephone number with its country code, as E.164 counts it: up to 15 digits, the first of which is no 0. */
export const readPhoneNumber: Reader = (value, field) => {
	if (value === '') return success(undefined);
	if (typeof value !== 'string' && typeof value !== 'number') return wrong(field, `must be a telephone number as text, not ${nameOf(value)}`);
	const given = String(value).trim();
	// In "+44 (0) 20" the 0 is dialled inside the country only: to leave the digit in would reach somebody else or nobody.
	const number = given.includes('(0)') ? '' : given.replace(FILLING, '');
	if (/^\+?[1-9]\d{6,14}$/.test(number)) return success(number);
	return wrong(field, `holds "${given.slice(0, 40)}", which is no telephone number with its country code, as in +14155550123`);
};

/** Telephone numbers: a list, a JSON list, or a line with commas. */
export const readPhoneNumbers: Reader = (value, field) => {
	const numbers: string[] = [];
	for (const part of toList(value, (line) => line.split(/[,;\n]/).map((text) => text.trim()))) {
		const read = readPhoneNumber(part, field);
		if (!read.ok) return read;
		if (typeof read.value === 'string') numbers.push(read.value);
	}
	return numbers.length === 0 ? success(undefined) : withinCount(numbers, field);
};

/** Greatest length of an address of version 6 with a range, in characters. */
const MAX_IP = 49;

/** An IP address of version 4 or 6, or a range of them as `192.0.2.0/24`. Whether it exists is SMTP2GO's to say. */
export const readIpAddress: Reader = (value, field) => {
	if (value === '') return success(undefined);
	const text = typeof value === 'string' ? value.trim() : '';
	const isAddress = text.length <= MAX_IP && /^(\d{1,3}(\.\d{1,3}){3}|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*)(\/\d{1,3})?$/.test(text);
	return isAddress ? success(text) : wrong(field, 'must be an IP address, as in 192.0.2.1');
};
