/**
 * Reads a phone number without + for a default country. The number is either in the form that is dialed within that
 * country, or it already starts with a calling code. A number that could be either is ambiguous.
 */
import { countries, type Country } from './countries';

/** A number to send, or why text is not a number, as the rest of a sentence. */
export type Phone = { readonly number: string } | { readonly problem: string };

/** One way to read a number. */
interface Reading {
	readonly number: string;
	readonly country: Country;
}

/** Returns the national number without its trunk prefix if it is written as people dial it in the country. */
function dialed({ trunks, bare, mobile }: Country, digits: string): string | undefined {
	const written = trunks.filter((trunk) => digits.startsWith(trunk)).map((trunk) => digits.slice(trunk.length));
	return [...written, ...(bare ? [digits] : [])].find((number) => mobile.test(number));
}

/**
 * Returns the ways to read a number that nobody dials like this: its trunk prefix is missing, as in a spreadsheet that
 * removed the first 0, or its + is missing.
 */
function shortened(home: Country, digits: string): Reading[] {
	const lost = home.mobile.test(digits) ? [{ number: `+${home.code}${digits}`, country: home }] : [];
	// Countries that share a code share the number, so the first one stands for all.
	const abroad = [home, ...countries]
		.filter(({ code, mobile }) => digits.startsWith(code) && mobile.test(digits.slice(code.length)))
		.map((country) => ({ number: `+${digits}`, country }));
	return [...lost, ...abroad.slice(0, 1)];
}

function named({ number, country: { name } }: Reading): string {
	return `${number} (${name})`;
}

/**
 * Reads digits without + and without the international prefix for a default country.
 * @param digits of the whole number
 */
export function nationalPhone(digits: string, home: Country): Phone {
	const { code, name } = home;
	const national = dialed(home, digits);
	if (national !== undefined) return { number: `+${code}${national}` };
	const [first, second] = shortened(home, digits);
	if (first !== undefined)
		return second === undefined
			? { number: first.number }
			: {
					problem:
						`is ambiguous. It could be ${named(first)} or ${named(second)}. ` +
						'Enter it with + and its country code',
				};
	if (digits.startsWith('00'))
		return { problem: `starts with 00, which is not dialed in the default country (${name}). Use + instead` };
	return {
		problem: `is not a mobile number of the default country (${name}). ` + 'Enter it with + and its country code',
	};
}
