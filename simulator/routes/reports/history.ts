// The email history: `/stats/email_history`.
import { holds } from '../../account/senders';
import { Tally, tallied } from '../../email/tally';
import { choice, listOf, object, optional, otherwise, text } from '../../schema/readers';
import { time } from '../../schema/values';
import { usernameOf } from '../../core/ids';
import type { JsonObject } from '../../core/json';
import type { State } from '../../state/state';
import type { Email } from '../../types';
import { accountName, visibleEmails } from '../shared/owner';
import { isIn, midnight } from '../shared/period';
import { type Call, route } from '../shared/route';

const GROUPS = ['email_address', 'username', 'domain', 'subaccount'] as const;
const DAYS = 30;

type Group = (typeof GROUPS)[number];

const asked = object({
	group_by: otherwise(choice(...GROUPS), 'email_address'),
	start_date: optional(time),
	end_date: optional(time),
	subaccounts: otherwise(listOf(text()), []),
});

/** What an email is counted under. */
function nameOf({ sender: { address }, username, subaccountId }: Email, by: Group, state: State): string {
	switch (by) {
		case 'username':
			return username;
		case 'domain':
			return address.split('@')[1] ?? '';
		case 'subaccount':
			return accountName(state, subaccountId);
		default:
			return address;
	}
}

/** What is shown about a name beside its counts. */
function about(name: string, by: Group, { keys, verifiedSenders }: State): JsonObject {
	if (by === 'domain') return { domain: name, domain_verified: holds(verifiedSenders, name) };
	if (by === 'username')
		return {
			username: name,
			description: keys.find(({ key }) => usernameOf(key) === name)?.settings?.description ?? '',
		};
	return { [by]: name };
}

/** The percentages, which are numbers here and texts in every other statistic. */
function percents(tally: Tally, ending: '' | '_total'): JsonObject {
	return {
		[`bounce_percent${ending}`]: tally.percent('hard', 'soft'),
		[`open_percent${ending}`]: tally.percent('open'),
		[`reject_percent${ending}`]: tally.percent('reject'),
		[`spam_percent${ending}`]: tally.percent('spam'),
		[`unsubscribe_percent${ending}`]: tally.percent('unsubscribe'),
	};
}

function entry(tally: Tally): JsonObject {
	return {
		used: tally.emails,
		bytecount: tally.bytes,
		avgsize: tally.bytes / tally.emails,
		// Only this machine can call the simulator.
		lastip: '127.0.0.1',
		bounces: tally.count('hard') + tally.count('soft'),
		clicks: tally.count('click'),
		opens: tally.count('open'),
		rejects: tally.count('reject'),
		spam: tally.count('spam'),
		unsubscribes: tally.count('unsubscribe'),
		...percents(tally, ''),
	};
}

function history(
	{ group_by, start_date = midnight(DAYS), end_date, subaccounts }: ReturnType<typeof asked>,
	call: Call,
): JsonObject {
	const { state } = call.world;
	const wanted = ({ subaccountId }: Email): boolean =>
		subaccounts.length === 0 || (subaccountId !== undefined && subaccounts.includes(subaccountId));
	const generated = call.key.subaccountId === undefined ? state.countedEmails : [];
	const emails = [...visibleEmails(call), ...generated].filter(
		(email) => wanted(email) && isIn({ start: start_date, end: end_date }, email.receivedAt),
	);
	const groups = [...tallied(emails, state.events, (email) => nameOf(email, group_by, state))].sort(([a], [b]) =>
		a.localeCompare(b),
	);
	const total = tallied(emails, state.events, () => '').get('') ?? new Tally();
	return {
		count: total.emails,
		...percents(total, '_total'),
		history: groups.map(([name, tally]) => ({ ...about(name, group_by, state), ...entry(tally) })),
	};
}

/**
 * What was sent in a period, by sender, user, domain or subaccount. The provider's page on reports calls `count` the
 * quantity of
 * emails sent; the contract's example, one entry of one email, fits the number of entries as well.
 */
export const historyRoute = route('POST', '/stats/email_history', asked, history);
