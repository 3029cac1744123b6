// The routes of statistics: `/stats/*`.
import { recipientsOf } from '../../email/postman';
import { Tally, tallied } from '../../email/tally';
import { object, optional, text } from '../../schema/readers';
import type { JsonObject } from '../../core/json';
import type { Email } from '../../types';
import { historyRoute } from './history';
import { visibleEmails } from '../shared/owner';
import { isIn, midnight } from '../shared/period';
import { type Call, type Route, route } from '../shared/route';

/** The days that a statistic is about. */
const DAYS = 30;

/** What was sent in the last 30 days, by everyone or one user. */
function tallyOf(call: Call, username: string | undefined): Tally {
	const period = { start: midnight(DAYS), end: undefined };
	const emails = visibleEmails(call).filter(
		(email) =>
			isIn(period, email.receivedAt) && (username === undefined || email.username === username.slice(0, 16)),
	);
	return tallied(emails, call.world.state.events, () => '').get('') ?? new Tally();
}

/** The live service writes these percentages as text. */
const bounces = (tally: Tally): JsonObject => ({
	softbounces: tally.count('soft'),
	hardbounces: tally.count('hard'),
	bounce_percent: tally.percent('soft', 'hard').toFixed(2),
});
const unsubscribes = (tally: Tally): JsonObject => ({
	unsubscribes: tally.count('unsubscribe'),
	unsubscribe_percent: tally.percent('unsubscribe').toFixed(2),
});
const spamPercent = (tally: Tally): string => tally.percent('spam').toFixed(2);

const midnightText = (day: Date): string => `${day.toISOString().slice(0, 10)} 00:00:00+00:00`;

/** The plan's month: here, the calendar month. Each subaccount has its own plan. */
function cycle(call: Call): JsonObject {
	const { state } = call.world;
	const now = new Date();
	const first = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1));
	const last = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 0));
	const sent = ({ receivedAt }: Email): boolean => isIn({ start: first, end: undefined }, receivedAt);
	const used = visibleEmails(call)
		.filter(sent)
		.reduce((sum, email) => sum + recipientsOf(email).length, 0);
	const max = state.account.subaccounts.find(({ id }) => id === call.key.subaccountId)?.limit ?? state.monthlyEmails;
	return {
		cycle_start: midnightText(first),
		cycle_end: midnightText(last),
		cycle_used: used,
		cycle_remaining: Math.max(0, max - used),
		cycle_max: max,
	};
}

/** Everything in one; two of the numbers are old names of the rejects. */
function summary(tally: Tally, call: Call): JsonObject {
	const rejects = tally.count('reject');
	return {
		...cycle(call),
		...bounces(tally),
		...unsubscribes(tally),
		email_count: tally.emails,
		spam_emails: tally.count('spam'),
		spam_percent: spamPercent(tally),
		opens: tally.count('open'),
		clicks: tally.count('click'),
		rejects,
		bounce_rejects: rejects,
		spam_rejects: 0,
	};
}

const ofUser = object({ username: optional(text()) });

/** A statistic of the last 30 days. */
function statistic(name: string, answer: (tally: Tally, call: Call) => JsonObject): Route {
	return route('POST', `/stats/${name}`, ofUser, ({ username }, call) => answer(tallyOf(call, username), call));
}

/** Statistics; they follow from the emails that were sent. */
export const statisticsRoutes: Route[] = [
	statistic('email_bounces', (tally) => ({
		emails: tally.emails,
		rejects: tally.count('reject'),
		...bounces(tally),
	})),
	statistic('email_spam', (tally) => ({
		emails: tally.emails,
		rejects: tally.count('reject'),
		spams: tally.count('spam'),
		spam_percent: spamPercent(tally),
	})),
	statistic('email_unsubs', (tally) => ({
		emails: tally.emails,
		rejects: tally.count('reject'),
		...unsubscribes(tally),
	})),
	statistic('email_summary', summary),
	route('POST', '/stats/email_cycle', object({}), (_input, call) => cycle(call)),
	historyRoute,
];
