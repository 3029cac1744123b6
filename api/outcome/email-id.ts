/** The time in an email ID. */

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** The form of an ID of Exim, the mail server that SMTP2GO's IDs are from: seconds, a process, and a fraction. */
const FORM = /^([0-9A-Za-z]{6})-[0-9A-Za-z]{6,11}-[0-9A-Za-z]{2,4}$/;

/** An ID from another time than this, in milliseconds, tells no time: a random ID of the same form. */
const PAST = 60 * 86_400_000;
const FUTURE = 900_000;

/**
 * Returns when SMTP2GO accepted an email, in milliseconds since 1970 and whole seconds, by its own clock. The first six
 * characters of an email ID are the seconds since 1970 in base 62, as in any message ID of Exim. Seen in a delivery of
 * the live service: `1w4x2g-FnQW0hPru7M-NRRC` is 2026-03-24 08:23:14, the time that the delivery states.
 * @param now the time now, in milliseconds
 * @returns undefined if the ID has another form or tells a time that cannot be
 */
export function timeOfEmailId(emailId: string, now: number): number | undefined {
	const [, digits = ''] = FORM.exec(emailId) ?? [];
	if (digits === '') return undefined;
	const moment = 1000 * [...digits].reduce((sum, digit) => sum * DIGITS.length + DIGITS.indexOf(digit), 0);
	return moment > now - PAST && moment < now + FUTURE ? moment : undefined;
}
