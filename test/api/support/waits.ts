/** Waits for the outcomes of emails, by an activity log whose time passes by itself. */
import { waitForOutcomes, type EmailOutcome, type WaitOptions } from '../../../api';
import { FakeLog, MINUTE, NOW, SECOND, type Happening } from './fake-log';
import { passing, useVirtualTime } from './virtual-time';

/** When the emails of these tests are sent. */
export const SENT = NOW - 5 * SECOND;

/** Returns an email ID as SMTP2GO makes it: the seconds in base 62, and a number. */
export function idAt(moment: number, number: number): string {
	const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
	let [rest, text] = [Math.floor(moment / 1000), ''];
	for (; rest > 0; rest = Math.floor(rest / 62)) text = (digits[rest % 62] ?? '') + text;
	return `${text}-FnQW0h${String(number).padStart(5, '0')}-NRRC`;
}

/** Returns the IDs of so many emails. */
export const idsOf = (count: number) => Array.from({ length: count }, (_, index) => idAt(SENT, index));

/** Something that happens to an email some seconds after it was sent, and appears in the log after a minute. */
export function happens(emailId: string, event = 'delivered', after = 2, more: Partial<Happening> = {}): Happening {
	const at = SENT + after * SECOND;
	const recipient = `${emailId}@example.org`;
	return { at, shownAt: at + MINUTE, ...more, entry: { email_id: emailId, event, recipient, ...more.entry } };
}

/** Waits for emails, while time passes. */
export async function wait(log: FakeLog, emailIds: readonly string[], options: Partial<WaitOptions> = {}) {
	const emails = emailIds.map((emailId) => ({ emailId }));
	return passing(waitForOutcomes(log.host.connection, emails, { timeoutMs: 10 * MINUTE, ...options }));
}

/** The same for a wait that works, with the names of the outcomes. */
export async function waited(...args: Parameters<typeof wait>) {
	const result = await wait(...args);
	if (!result.ok) throw result.error;
	const outcomes = result.value.outcomes.map((one) => (one as EmailOutcome).outcome);
	return { ...result.value, names: outcomes };
}

/** Returns a log whose time passes by itself. */
export function logOf(...happenings: Happening[]): FakeLog {
	const log = new FakeLog(happenings);
	useVirtualTime(log.host, NOW);
	return log;
}
