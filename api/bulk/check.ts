/** Looks up an email before it is sent again, if its response was lost. A key in a dedicated header identifies it. */
import { randomUUID } from 'node:crypto';
import { Smtp2goError } from '../core/errors';
import { failure, success, type Result } from '../core/result';
import { operationOf } from '../catalogue';
import { isJsonObject, isRecord, stringOrEmpty, type JsonObject } from '../core/json';
import type { Connection } from '../client/call';
import { notify } from '../client/gate';
import { run, type Outcome } from '../client/run';
import { toRequest, type BuiltRequest } from '../request/build';
import { wireEntries } from '../files/wire';

/** The header that identifies an email. */
export const MESSAGE_KEY = 'X-Message-Key';

/** Milliseconds until the activity lists an email that was sent. SMTP2GO says two minutes. */
const UNTIL_LISTED = 180_000;
/** How long before the send the search starts, in milliseconds, because clocks differ. */
const CLOCKS = 600_000;
/** The maximum number of sends of one email. Each send after the first requires that the activity does not list it. */
const TIMES = 2;

const activity = operationOf('activity', 'search');

/** The keys that were created here. No other email has them. */
const made = new WeakMap<BuiltRequest, string>();

/** True for an email that already has the header. */
function hasOwnKey(email: BuiltRequest): boolean {
	return wireEntries(email.fields['custom_headers']).some(
		(entry) => isRecord(entry) && String(entry['header']).toLowerCase() === MESSAGE_KEY.toLowerCase(),
	);
}

/**
 * Adds a random key to the email in the header `X-Message-Key`. An email that already has the header is not changed and
 * never looked up, because another email may have the same value.
 * @param email a request of `email.send`
 */
export function withMessageKey(email: BuiltRequest): Result<BuiltRequest> {
	if (hasOwnKey(email)) return success(email);
	const key = randomUUID();
	const keyed = toRequest(email.operation, {
		...email.fields,
		custom_headers: [...wireEntries(email.fields['custom_headers']), { header: MESSAGE_KEY, value: key }],
	});
	if (keyed.ok) made.set(keyed.value, key);
	return keyed;
}

/** An email whose response was lost. */
interface Open {
	readonly place: number;
	readonly email: BuiltRequest;
	readonly key: string;
	readonly error: Smtp2goError;
}

/**
 * Returns the emails of a call that can be looked up: their outcome is unknown, their key was created here, and they
 * were sent immediately. The activity lists a scheduled email only after it is sent.
 */
function openOnes(emails: readonly BuiltRequest[], outcomes: readonly Result<JsonObject>[]): Open[] {
	return emails.flatMap((email, place) => {
		const outcome = outcomes[place];
		const key = made.get(email);
		if (
			!outcome ||
			outcome.ok ||
			outcome.error.type !== 'outcomeUnknown' ||
			key === undefined ||
			email.fields['schedule'] !== undefined
		)
			return [];
		return [{ place, email, key, error: outcome.error }];
	});
}

/**
 * True for an entry of the activity about this email: one of its headers contains the key, in any form and for any
 * recipient. No other email has the key.
 */
function isAbout({ custom_headers: asked, headers }: JsonObject, { key }: Open): boolean {
	const isAsked = JSON.stringify(asked ?? '')
		.toLowerCase()
		.includes(key);
	return (
		isAsked || (typeof headers === 'string' && new RegExp(`^${MESSAGE_KEY}:\\s*${key}\\s*$`, 'im').test(headers))
	);
}

/** Searches the activity from a time on. The list is complete, or the search fails. */
function searchFrom(connection: Connection, start: number): Promise<Result<Outcome>> {
	return run(
		connection,
		activity,
		{ start_date: new Date(start), custom_headers: [MESSAGE_KEY], include_headers: true },
		{ limit: Infinity, whole: true },
	);
}

/**
 * Returns the ID of each email that the activity lists, by its position in the call.
 * @param sent when the first of them left, by the monotonic clock
 */
async function lookUp(
	connection: Connection,
	open: readonly Open[],
	sent: number,
): Promise<Result<Map<number, string>>> {
	const { host } = connection;
	const startAt = (now: number) => now - (host.monotonic() - sent) - CLOCKS;
	const start = startAt(host.now());
	const first = await searchFrom(connection, start);
	const told = first.ok ? first.value.response.respondedAt : undefined;
	// If the clock is ahead of SMTP2GO's, the search would start after the email, miss it, and send it twice.
	const isTooLate = told !== undefined && startAt(told) + CLOCKS / 2 < start;
	const list = isTooLate ? await searchFrom(connection, startAt(told)) : first;
	if (!list.ok) return list;
	if (list.value.hint !== undefined) return failure(new Smtp2goError('server', list.value.hint));
	const entries = (Array.isArray(list.value.result) ? list.value.result : []).filter(isJsonObject);
	return success(
		new Map(
			open.flatMap((one): [number, string][] => {
				const entry = entries.find((candidate) => isAbout(candidate, one));
				return entry === undefined ? [] : [[one.place, stringOrEmpty(entry['email_id'])]];
			}),
		),
	);
}

const NOT_THERE = 'The activity did not list it three minutes later';

/** The error of an email whose outcome is still unknown, with the result of the lookup. */
function stillUnknown({ message, details }: Smtp2goError, why: string): Result<never> {
	return failure(
		new Smtp2goError('outcomeUnknown', message, { ...details, hint: `${why}. ${details.hint ?? ''}`.trim() }),
	);
}

/**
 * Sends emails and looks up those with an unknown outcome: waits three minutes (reported by `onWait`, ended by the
 * signal), reads the activity to its end, and resends, once, only what it does not list. An email that was found is a
 * success with `found_in_activity: true`. If the lookup fails, the outcome stays unknown and nothing is sent again.
 * @param emails with keys, from `withMessageKey`
 * @param send one call for all of them, such as `sendEmails`
 */
export async function sendChecked(
	connection: Connection,
	emails: readonly BuiltRequest[],
	send: (emails: readonly BuiltRequest[]) => Promise<Result<JsonObject>[]>,
): Promise<Result<JsonObject>[]> {
	const { host, signal } = connection;
	const sent = host.monotonic();
	const outcomes = await send(emails);
	/** Positions of emails whose second send failed. They are not tried again. */
	const givenUp = new Set<number>();
	for (let times = 1; ; times++) {
		const open = openOnes(emails, outcomes).filter(({ place }) => !givenUp.has(place));
		if (open.length === 0) return outcomes;
		notify(connection, UNTIL_LISTED, 'a response was lost; checking the activity before resending');
		await host.sleep(UNTIL_LISTED, signal);
		if (signal?.aborted) return outcomes;
		const found = await lookUp(connection, open, sent);
		for (const { place, error } of open) {
			const id = found.ok ? found.value.get(place) : undefined;
			if (id !== undefined)
				outcomes[place] = success({
					succeeded: 1,
					failed: 0,
					failures: [],
					email_id: id,
					found_in_activity: true,
				});
			else
				outcomes[place] = stillUnknown(
					error,
					found.ok ? NOT_THERE : `The lookup failed: ${found.error.message}`,
				);
		}
		const missing = open.filter(({ place }) => !outcomes[place]?.ok);
		if (!found.ok || missing.length === 0 || times >= TIMES || signal?.aborted) return outcomes;
		const again = await send(missing.map(({ email }) => email));
		for (const [index, { place, error }] of missing.entries()) {
			const second = again[index] ?? failure(error);
			outcomes[place] = second;
			if (second.ok || second.error.type === 'outcomeUnknown') continue;
			// The first call may have sent it, and the activity may list it late.
			givenUp.add(place);
			outcomes[place] = stillUnknown(error, `${NOT_THERE}. Resending it failed: ${second.error.message}`);
		}
	}
}
