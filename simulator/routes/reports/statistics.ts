// The routes of statistics: `/stats/*`.
import { cycleAt, sentIn, usedByAccount } from '../../email/cycle';
import { type Counted, Tally, tallied } from '../../email/tally';
import { object, optional, text } from '../../schema/readers';
import type { JsonObject } from '../../core/json';
import type { Rates } from '../../types';
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

/** So many emails at least there seem to be while a rate is set, so that a hundredth of a percent can be seen. */
const SEEMING_EMAILS = 10_000;

/** What the statistics count. The live service writes the percentages as text. */
interface Figures {
	emails: number;
	bounces: { softbounces: number; hardbounces: number; bounce_percent: string };
	spams: number;
	spam_percent: string;
	unsubscribes: { unsubscribes: number; unsubscribe_percent: string };
}

/** What happened, or what the rates that are set make of it. */
function figuresOf(tally: Tally, rates: Rates): Figures {
	const isSet = Object.keys(rates).length > 0;
	const emails = isSet ? Math.max(tally.emails, SEEMING_EMAILS) : tally.emails;
	const count = (name: 'hard' | 'spam' | 'unsubscribe', rate: number | undefined): number =>
		rate === undefined ? tally.count(name) : Math.round((emails * rate) / 100);
	const percent = (happened: number, ...names: Counted[]): string =>
		(isSet ? (100 * happened) / emails : tally.percent(...names)).toFixed(2);
	const softbounces = tally.count('soft');
	const hardbounces = count('hard', rates.hardBounce);
	const spams = count('spam', rates.spam);
	const left = count('unsubscribe', rates.unsubscribe);
	return {
		emails,
		bounces: { softbounces, hardbounces, bounce_percent: percent(softbounces + hardbounces, 'soft', 'hard') },
		spams,
		spam_percent: percent(spams, 'spam'),
		unsubscribes: { unsubscribes: left, unsubscribe_percent: percent(left, 'unsubscribe') },
	};
}

const midnightText = (day: Date): string => `${day.toISOString().slice(0, 10)} 00:00:00+00:00`;

/** The plan's month. Each subaccount has its own plan. */
function cycle(call: Call): JsonObject {
	const { state } = call.world;
	const month = cycleAt(new Date());
	const used = call.key.subaccountId === undefined ? usedByAccount(state) : sentIn(month, visibleEmails(call));
	const max = state.account.subaccounts.find(({ id }) => id === call.key.subaccountId)?.limit ?? state.monthlyEmails;
	return {
		cycle_start: midnightText(month.first),
		cycle_end: midnightText(month.last),
		cycle_used: used,
		cycle_remaining: Math.max(0, max - used),
		cycle_max: max,
	};
}

/** Everything in one; two of the numbers are old names of the rejects. */
function summary(
	tally: Tally,
	{ emails, bounces, spams, spam_percent, unsubscribes }: Figures,
	call: Call,
): JsonObject {
	const rejects = tally.count('reject');
	return {
		...cycle(call),
		...bounces,
		...unsubscribes,
		email_count: emails,
		spam_emails: spams,
		spam_percent,
		opens: tally.count('open'),
		clicks: tally.count('click'),
		rejects,
		bounce_rejects: rejects,
		spam_rejects: 0,
	};
}

const ofUser = object({ username: optional(text()) });

/** A statistic of the last 30 days. */
function statistic(name: string, answer: (tally: Tally, figures: Figures, call: Call) => JsonObject): Route {
	return route('POST', `/stats/${name}`, ofUser, ({ username }, call) => {
		const tally = tallyOf(call, username);
		return answer(tally, figuresOf(tally, call.world.state.rates), call);
	});
}

/** Statistics; they follow from the emails that were sent, and from rates that were set. */
export const statisticsRoutes: Route[] = [
	statistic('email_bounces', (tally, { emails, bounces }) => ({
		emails,
		rejects: tally.count('reject'),
		...bounces,
	})),
	statistic('email_spam', (tally, { emails, spams, spam_percent }) => ({
		emails,
		rejects: tally.count('reject'),
		spams,
		spam_percent,
	})),
	statistic('email_unsubs', (tally, { emails, unsubscribes }) => ({
		emails,
		rejects: tally.count('reject'),
		...unsubscribes,
	})),
	statistic('email_summary', summary),
	route('POST', '/stats/email_cycle', object({}), (_input, call) => cycle(call)),
	historyRoute,
];
