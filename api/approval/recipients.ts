/** Reads who is asked: email addresses and phone numbers, each once. */
import { invalid } from '../core/errors';
import { shown } from '../core/invisible';
import { failure, success, type Result } from '../core/result';
import { wireEntries } from '../files/wire';
import { findCountry } from '../formats/countries';
import { bareAddress, displayName } from '../formats/mailbox';
import { readRecipients as readAddresses } from '../kinds/addresses';
import { readPhoneNumbers } from '../kinds/phones-and-ips';
import type { Channel, Recipient } from './types';

/** The maximum number of recipients of a question. Each gets a separate message. */
export const MAX_RECIPIENTS = 20;

const emailField = { name: 'to', label: 'To', max: MAX_RECIPIENTS } as const;
const phoneField = { name: 'destination', label: 'Phone Numbers', max: MAX_RECIPIENTS } as const;

/** Reads the default country of phone numbers: its code, or nothing. */
function readCountry(value: unknown): Result<string> {
	const code = String(value).trim();
	const country = findCountry(code);
	if (code === '' || country !== undefined) return success(country?.value ?? '');
	return failure(
		invalid(
			'country',
			`Default Country must be the two letters of a country in its list, such as US, not ${shown(code)}`,
		),
	);
}

function texts(value: ReturnType<typeof readAddresses>): string[] {
	return value.ok ? wireEntries(value.value).flatMap((one) => (typeof one === 'string' ? [one] : [])) : [];
}

/**
 * Reads the recipients of a question.
 * @param emails a list, a JSON list, or a line with commas; an address can have a name. Not read if undefined
 * @param phones the same for phone numbers with their country code
 * @param country the code of ISO 3166-1 of the country of numbers without a country code. Empty for none
 * @returns 1 to 20 recipients, or an `invalid` error that names the field
 */
export function readRecipients(emails: unknown, phones: unknown, country?: unknown): Result<readonly Recipient[]> {
	const addresses = readAddresses(emails ?? '', emailField);
	if (!addresses.ok) return addresses;
	const home = readCountry(phones === undefined ? '' : (country ?? ''));
	if (!home.ok) return home;
	const numbers = readPhoneNumbers(phones ?? '', phoneField, { country: home.value });
	if (!numbers.ok) return numbers;
	const asked: readonly (readonly [Channel, string, string])[] = [
		...texts(addresses).map((text) => ['email', bareAddress(text) ?? text, displayName(text)] as const),
		...texts(numbers).map((number) => ['sms', withPlus(number), ''] as const),
	];
	if (asked.length === 0)
		return failure(
			invalid(
				emails === undefined && phones !== undefined ? 'destination' : 'to',
				'There are no recipients. Enter at least one email address or phone number',
			),
		);
	if (asked.length > MAX_RECIPIENTS)
		return failure(
			invalid('to', `A question can have at most ${MAX_RECIPIENTS} recipients, not ${asked.length}. Remove some`),
		);
	return success(asked.map(([channel, address, name], index) => ({ id: String(index + 1), channel, address, name })));
}

/**
 * Returns the recipients of an escalation who are not asked already, with IDs that follow those of the others.
 * @param asked the recipients of the question
 */
export function moreRecipients(asked: readonly Recipient[], others: readonly Recipient[]): Recipient[] {
	return others
		.filter(({ address }) => !asked.some((one) => one.address === address))
		.map((recipient, index) => ({ ...recipient, id: String(asked.length + index + 1) }));
}

/** Returns a number in the format of E.164. */
function withPlus(number: string): string {
	return number.startsWith('+') ? number : `+${number}`;
}
