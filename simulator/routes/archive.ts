import { Refusal } from '../http/refusal';
import { object, optional, otherwise, text, wholeNumber } from '../schema/readers';
import { time } from '../schema/values';
import type { JsonObject } from '../state/json';
import { secondsTime } from '../state/time';
import type { Mail } from '../state/types';
import { pageOf } from './paging';
import { isIn, midnight } from './period';
import { type Call, type Route, route } from './route';

const searched = object({
	start_date: optional(time),
	end_date: optional(time),
	username: optional(text()),
	recipient: optional(text()),
	sender: optional(text()),
	envelope_from: optional(text()),
	subject: optional(text()),
	headers: optional(text()),
	limit: otherwise(wholeNumber({ min: 1, max: 5_000 }), 1_000),
	continue_token: optional(text()),
	subaccount_id: optional(text()),
});

const headersOf = ({ headers }: Mail): string => headers.map(({ header, value }) => `${header}: ${value}`).join('\n');

/** A kept mail as the archive shows it. Here every mail is kept. */
function view(mail: Mail, { world: { apiUrl } }: Call): JsonObject {
	const to = mail.to.map(({ address }) => address);
	return {
		email_id: mail.emailId, sent: secondsTime(new Date(mail.receivedAt)), sender: mail.sender.address, envelope_from: mail.sender.address, recipient: to[0] ?? '', to: to.join(', '),
		subject: mail.subject, username: mail.username, headers: headersOf(mail), attachment_count: mail.attachments.length, attachments: mail.attachments.map(({ filename }) => filename),
		byte_count: Buffer.byteLength(mail.html) + Buffer.byteLength(mail.text) + mail.attachments.reduce((sum, { content }) => sum + content.length, 0),
		url: apiUrl.replace(/\/v3$/, `/_simulator/mails/${mail.emailId}/html`),
	};
}

/** The archive. */
export const archiveRoutes: Route[] = [
	route('POST', '/archive/search', searched, ({ start_date = midnight(0), end_date, limit, continue_token, ...query }, call) => {
		const same = (value: string, wanted: string | undefined) => wanted === undefined || value.toLowerCase() === wanted.toLowerCase();
		const found = call.world.state.mails.filter((mail) =>
			isIn({ start: start_date, end: end_date }, mail.receivedAt)
			&& mail.subaccountId === query.subaccount_id
			&& same(mail.username, query.username?.slice(0, 16))
			&& same(mail.sender.address, query.sender) && same(mail.sender.address, query.envelope_from) && same(mail.subject, query.subject)
			&& (query.recipient === undefined || [...mail.to, ...mail.cc, ...mail.bcc].some(({ address }) => same(address, query.recipient)))
			&& (query.headers === undefined || headersOf(mail).toLowerCase().includes(query.headers.toLowerCase())));
		const { rows, continueToken } = pageOf(found.reverse(), limit, continue_token);
		return { email_count: found.length, emails: rows.map((mail) => view(mail, call)), continue_token: continueToken };
	}),
	route('POST', '/archive/email', object({ email_id: text({ min: 1 }), subaccount_id: optional(text()) }), ({ email_id, subaccount_id }, call) => {
		const mail = call.world.state.mail(email_id);
		if (!mail || mail.subaccountId !== subaccount_id) throw new Refusal(400, `The email '${email_id}' was not found in the archive`);
		return view(mail, call);
	}),
];
