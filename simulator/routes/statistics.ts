import { holds } from '../account/senders';
import { choice, listOf, object, optional, otherwise, text } from '../schema/readers';
import { time } from '../schema/values';
import { usernameOf } from '../state/ids';
import type { JsonObject } from '../state/json';
import type { Mail, SimulatorEvent } from '../state/types';
import { isIn, midnight, type Period } from './period';
import { type Call, type Route, route } from './route';

/** The days that a statistic without a period is about. */
const DAYS = 30;

interface Counted {
	mails: Mail[];
	events: SimulatorEvent[];
}

/** What was sent in a period, and what became of it. */
function counted({ world: { state } }: Call, period: Period, wanted: (mail: Mail) => boolean): Counted {
	const mails = state.mails.filter((mail) => isIn(period, mail.receivedAt) && wanted(mail));
	const ids = new Set(mails.map(({ emailId }) => emailId));
	return { mails, events: state.events.filter(({ emailId }) => emailId !== undefined && ids.has(emailId)) };
}

function ofUser(call: Call, username: string | undefined): Counted {
	return counted(call, { start: midnight(DAYS), end: undefined }, (mail) => username === undefined || mail.username === username.slice(0, 16));
}

function count({ events }: Counted, name: string, bounce?: 'hard' | 'soft'): number {
	return events.filter((event) => event.event === name && (bounce === undefined || event.bounce === bounce)).length;
}

function percent(part: number, { mails }: Counted): number {
	return mails.length === 0 ? 0 : Math.round((10_000 * part) / mails.length) / 100;
}

function bounces(found: Counted): JsonObject {
	const [softbounces, hardbounces] = [count(found, 'bounce', 'soft'), count(found, 'bounce', 'hard')];
	// The live service writes these percentages as text.
	return { rejects: count(found, 'reject'), softbounces, hardbounces, bounce_percent: percent(softbounces + hardbounces, found).toFixed(2) };
}

function cycle({ world: { state } }: Call): JsonObject {
	const now = new Date();
	const day = (date: Date) => `${date.toISOString().slice(0, 10)} 00:00:00+00:00`;
	const start = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1));
	const used = state.mails.filter(({ receivedAt }) => receivedAt >= start.toISOString()).length;
	return {
		cycle_start: day(start), cycle_end: day(new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 0))),
		cycle_used: used, cycle_max: state.monthlyMails, cycle_remaining: Math.max(0, state.monthlyMails - used),
	};
}

type Group = 'email_address' | 'username' | 'domain' | 'subaccount';

function groupOf({ sender, username, subaccountId }: Mail, by: Group): string {
	if (by === 'username') return username;
	if (by === 'subaccount') return subaccountId ?? 'Master account';
	return by === 'domain' ? (sender.address.split('@')[1] ?? '') : sender.address;
}

function bytesOf({ html, text: plain, attachments, inlines }: Mail): number {
	return Buffer.byteLength(html) + Buffer.byteLength(plain) + [...attachments, ...inlines].reduce((sum, { content }) => sum + content.length, 0);
}

function historyEntry(call: Call, by: Group, name: string, found: Counted): JsonObject {
	const bytecount = found.mails.reduce((sum, mail) => sum + bytesOf(mail), 0);
	const numbers = { bounces: count(found, 'bounce'), clicks: count(found, 'click'), opens: count(found, 'open'), rejects: count(found, 'reject'), spam: count(found, 'spam'), unsubscribes: count(found, 'unsubscribe') };
	return {
		[by]: name,
		...(by === 'domain' ? { domain_verified: holds(call.world.state.verifiedSenders, name) } : {}),
		...(by === 'username' ? { description: call.world.state.keys.find(({ key }) => usernameOf(key) === name)?.settings?.description ?? '' } : {}),
		used: found.mails.length, bytecount, avgsize: found.mails.length === 0 ? 0 : Math.round(bytecount / found.mails.length), lastip: '127.0.0.1', ...numbers,
		bounce_percent: percent(numbers.bounces, found), spam_percent: percent(numbers.spam, found), unsubscribe_percent: percent(numbers.unsubscribes, found),
	};
}

const history = object({
	group_by: otherwise(choice('email_address', 'username', 'domain', 'subaccount'), 'email_address'),
	start_date: optional(time),
	end_date: optional(time),
	subaccounts: otherwise(listOf(text()), []),
});

const ofOne = object({ username: optional(text()) });

/** Statistics of the last 30 days; only the history takes a period. */
export const statisticsRoutes: Route[] = [
	route('POST', '/stats/email_bounces', ofOne, ({ username }, call) => {
		const found = ofUser(call, username);
		return { emails: found.mails.length, ...bounces(found) };
	}),
	route('POST', '/stats/email_spam', ofOne, ({ username }, call) => {
		const found = ofUser(call, username);
		return { emails: found.mails.length, rejects: count(found, 'reject'), spams: count(found, 'spam'), spam_percent: percent(count(found, 'spam'), found).toFixed(2) };
	}),
	route('POST', '/stats/email_unsubs', ofOne, ({ username }, call) => {
		const found = ofUser(call, username);
		const unsubscribes = count(found, 'unsubscribe');
		return { emails: found.mails.length, rejects: count(found, 'reject'), unsubscribes, unsubscribe_percent: percent(unsubscribes, found).toFixed(2) };
	}),
	route('POST', '/stats/email_cycle', object({}), (_input, call) => cycle(call)),
	route('POST', '/stats/email_summary', ofOne, ({ username }, call) => {
		const found = ofUser(call, username);
		const [spam, unsubscribes, rejects] = [count(found, 'spam'), count(found, 'unsubscribe'), count(found, 'reject')];
		return {
			...cycle(call), email_count: found.mails.length, ...bounces(found), bounce_rejects: rejects, spam_emails: spam, spam_rejects: 0, spam_percent: percent(spam, found).toFixed(2),
			unsubscribes, unsubscribe_percent: percent(unsubscribes, found).toFixed(2), opens: count(found, 'open'), clicks: count(found, 'click'),
		};
	}),
	route('POST', '/stats/email_history', history, ({ group_by, start_date = midnight(DAYS), end_date, subaccounts }, call) => {
		const found = counted(call, { start: start_date, end: end_date }, ({ subaccountId }) => subaccounts.length === 0 || (subaccountId !== undefined && subaccounts.includes(subaccountId)));
		const names = [...new Set(found.mails.map((mail) => groupOf(mail, group_by)))].sort();
		const entries = names.map((name) => {
			const mails = found.mails.filter((mail) => groupOf(mail, group_by) === name);
			const ids = new Set(mails.map(({ emailId }) => emailId));
			return historyEntry(call, group_by, name, { mails, events: found.events.filter(({ emailId }) => emailId !== undefined && ids.has(emailId)) });
		});
		return { count: entries.length, history: entries };
	}),
];
