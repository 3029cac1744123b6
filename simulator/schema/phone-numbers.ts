// Readers of phone numbers, and the country of a number.
import { expected, type Reader } from './readers';

/** Country code and number, as the contract asks for it: digits only, the plus is optional. */
const DESTINATION = /^\+?[1-9]\d{6,14}$/;
const E164 = /^\+[1-9]\d{6,14}$/;

/** Country codes of the simulator's world; no code here begins with another one. */
const COUNTRIES: Record<string, string> = {
	1: 'US',
	31: 'NL',
	33: 'FR',
	34: 'ES',
	39: 'IT',
	41: 'CH',
	43: 'AT',
	44: 'GB',
	49: 'DE',
	61: 'AU',
	64: 'NZ',
	65: 'SG',
	81: 'JP',
	91: 'IN',
	353: 'IE',
};

/** The country of a number, '' if the simulator does not know it. */
export function countryOf(number: string): string {
	const digits = number.replace(/^\+/, '');
	return Object.entries(COUNTRIES).find(([code]) => digits.startsWith(code))?.[1] ?? '';
}

/** A number an SMS goes to. */
export const destinationNumber: Reader<string> = (value, field) => {
	if (typeof value === 'string' && DESTINATION.test(value)) return value;
	// As with recipients, the list is named, not the entry.
	throw expected('a phone number with country code', value, field.replace(/\[\d+\]$/, ''));
};

/** A number an SMS comes from, in E.164; '' stands for the account's default number. */
export const senderNumber: Reader<string> = (value, field) => {
	if (value === '' || (typeof value === 'string' && E164.test(value))) return value;
	throw expected('a phone number in E.164 format', value, field);
};
