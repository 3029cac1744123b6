// Archived emails: `/archive/*`.
import { Refusal } from '../../core/refusal';
import { plainHeaders } from '../../email/headers';
import { recipientsOf } from '../../email/postman';
import { sizeOf } from '../../email/source';
import { object, optional, otherwise, text, wholeNumber } from '../../schema/readers';
import { time } from '../../schema/values';
import { usernameOf } from '../../core/ids';
import type { JsonObject } from '../../core/json';
import { secondsTime } from '../../core/time';
import type { Email } from '../../types';
import { ownerOf, subaccount_id } from '../shared/owner';
import { newestFirstPage } from '../shared/paging';
import { isIn, midnight } from '../shared/period';
import { type Call, type Route, route } from '../shared/route';

/** The most emails in an answer, which is also how many come if nothing is said. */
const MOST = 5_000;

const searched = object({
	start_date: optional(time),
	end_date: optional(time),
	limit: otherwise(wholeNumber({ min: 1, max: MOST }), MOST),
	username: optional(text()),
	recipient: optional(text()),
	sender: optional(text()),
	envelope_from: optional(text()),
	subject: optional(text()),
	headers: optional(text()),
	continue_token: optional(text()),
	subaccount_id,
});

const headersOf = (email: Email): string => plainHeaders(email).join('\n');

/** A kept email. What an entry of `attachments` looks like is not known; here it is the file's name. */
function view(email: Email, { world: { apiUrl } }: Call): JsonObject {
	return {
		email_id: email.emailId,
		sent: secondsTime(new Date(email.receivedAt)),
		sender: email.sender.address,
		envelope_from: email.sender.address,
		recipient: recipientsOf(email).join(', '),
		to: email.to.map(({ address }) => address).join(', '),
		subject: email.subject,
		username: email.username,
		byte_count: sizeOf(email),
		attachment_count: email.attachments.length,
		attachments: email.attachments.map(({ filename }) => filename),
		headers: headersOf(email),
		url: apiUrl.replace(/v3$/, `archive-attachment/${email.emailId}`),
	};
}

/**
 * Archiving is set per key; a key that was not created through the API archives everything, so that there is something
 * to find.
 */
function archived(call: Call, wanted: string | undefined): Email[] {
	const { state } = call.world;
	const owner = ownerOf(call, wanted);
	const off = state.keys
		.filter(({ settings }) => settings?.archive_enabled === false)
		.map(({ key }) => usernameOf(key));
	return state.emails.filter(({ subaccountId, username }) => subaccountId === owner && !off.includes(username));
}

const same = (value: string, wanted: string | undefined): boolean =>
	wanted === undefined || value.toLowerCase() === wanted.toLowerCase();

function fits(email: Email, query: Omit<ReturnType<typeof searched>, 'start_date' | 'end_date'>): boolean {
	const { address } = email.sender;
	return (
		same(email.username, query.username?.slice(0, 16)) &&
		same(address, query.sender) &&
		same(address, query.envelope_from) &&
		same(email.subject, query.subject) &&
		recipientsOf(email).some((recipient) => same(recipient, query.recipient)) &&
		(query.headers === undefined || headersOf(email).toLowerCase().includes(query.headers.toLowerCase()))
	);
}

/** The contract has a token in the request but not in the response. Here it is in both if there is another page. */
export const archiveRoutes: Route[] = [
	route('POST', '/archive/search', searched, ({ start_date = midnight(0), end_date, ...query }, call) => {
		const found = archived(call, query.subaccount_id).filter(
			(email) => isIn({ start: start_date, end: end_date }, email.receivedAt) && fits(email, query),
		);
		const { rows, continueToken } = newestFirstPage(found.reverse(), query.limit, query.continue_token);
		const more = continueToken === null ? {} : { continue_token: continueToken };
		return { email_count: found.length, emails: rows.map((email) => view(email, call)), ...more };
	}),
	route('POST', '/archive/email', object({ email_id: text({ min: 1 }), subaccount_id }), (input, call) => {
		const email = archived(call, input.subaccount_id).find(({ emailId }) => emailId === input.email_id);
		if (!email) throw new Refusal(400, `An archived email with id '${input.email_id}' was not found`);
		return view(email, call);
	}),
];
