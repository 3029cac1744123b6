// Subaccounts: `/subaccount/*` and `/subaccounts/search`.
import { addSubaccount, newSubaccount } from '../../account/subaccounts';
import { Refusal } from '../../core/refusal';
import { address } from '../../schema/names';
import { recipientsOf } from '../../email/postman';
import {
	choice,
	expected,
	FieldFailure,
	listOf,
	object,
	optional,
	otherwise,
	type Reader,
	text,
	wholeNumber,
	yesNo,
} from '../../schema/readers';
import { newSubaccountId } from '../../core/ids';
import { type JsonObject, present } from '../../core/json';
import type { State } from '../../state/state';
import type { Subaccount } from '../../types';
import { pageOf } from '../shared/paging';
import { refuseBeyondRate } from '../shared/rate-limit';
import { type Call, type Route, route } from '../shared/route';

/** Emails a month that can be bought. */
const LIMITS = [2, 5, 10, 20, 30, 40, 50, 60, 80, 100, 250, 500, 1_000, 2_000, 3_000, 5_000, 10_000].map(
	(thousands) => thousands * 1_000,
);

/** Above this, a subaccount can have a dedicated IP address. */
const DEDICATED_FROM = 100_000;

/** The contract: 50 calls an hour. */
const RATE = { most: 50, windowMs: 3_600_000 };

const limit: Reader<number> = (value, field) => {
	const read = wholeNumber()(value, field);
	if (!LIMITS.includes(read)) throw expected(`one of [${LIMITS.join(', ')}]`, value, field);
	return read;
};

const options = {
	limit: optional(limit),
	dedicated_ip: optional(yesNo),
	archiving: optional(yesNo),
	enforce_2fa: optional(yesNo),
	enable_sms: optional(yesNo),
	sms_limit: optional(wholeNumber()),
	ip_pool: optional(wholeNumber()),
};

const added = object({ fullname: text({ min: 1 }), subaccount_email: optional(address), ...options });
const edited = object({ id: text({ min: 1 }), fullname: optional(text({ min: 1 })), ...options });
const named = object({ id: text({ min: 1 }), email: optional(text()) });

const searched = object({
	search_terms: otherwise(listOf(text()), []),
	fuzzy_search: otherwise(yesNo, true),
	states: otherwise(choice('all', 'active', 'closed', 'suspended'), 'all'),
	sort_direction: otherwise(choice('asc', 'desc'), 'asc'),
	page_size: optional(wholeNumber({ min: 1 })),
	continue_token: optional(text()),
});

type Options = { [K in keyof typeof options]: ReturnType<(typeof options)[K]> };

/** A subaccount with the changes a request asks for. */
function changed(before: Subaccount, given: Options): Subaccount {
	const after: Subaccount = {
		...before,
		...present({
			limit: given.limit,
			dedicatedIp: given.dedicated_ip,
			archiving: given.archiving,
			enforce2fa: given.enforce_2fa,
			smsEnabled: given.enable_sms,
			smsLimit: given.sms_limit,
			ipPool: given.ip_pool,
		}),
	};
	if (after.dedicatedIp && after.limit <= DEDICATED_FROM)
		throw new FieldFailure(
			'dedicated_ip',
			`A dedicated IP is only available if 'limit' is greater than ${DEDICATED_FROM}`,
		);
	return after;
}

/** What of its plan a subaccount has used this month. */
function planView({ id, limit: plan_size }: Subaccount, { emails }: State): JsonObject {
	const month = new Date().toISOString().slice(0, 7);
	const own = emails.filter(({ subaccountId, receivedAt }) => subaccountId === id && receivedAt.startsWith(month));
	const plan_used = own.reduce((sum, email) => sum + recipientsOf(email).length, 0);
	return { plan_size, plan_used, plan_remaining: Math.max(0, plan_size - plan_used) };
}

/** A subaccount as add and edit show it. */
function accountView(account: Subaccount, state: State): JsonObject {
	const { id, name, state: current, dedicatedIp, archiving, enforce2fa, smsEnabled, smsLimit, ipPool } = account;
	return {
		name,
		id,
		...planView(account, state),
		state: current,
		dedicated_ip: dedicatedIp,
		archiving,
		enforce_2fa: enforce2fa,
		sms_enabled: smsEnabled,
		sms_limit: smsLimit,
		// As in the answers about keys: left out where there is none.
		...(ipPool === undefined ? {} : { ippool: ipPool }),
	};
}

/** A subaccount as the search shows it. */
function rowView(account: Subaccount, state: State): JsonObject {
	const { id, name, email, state: current, dedicatedIp } = account;
	return { name, email, id, ...planView(account, state), state: current, dedicated_ip: dedicatedIp };
}

function find({ account: { subaccounts } }: State, wanted: string): Subaccount {
	const account = subaccounts.find(({ id }) => id === wanted);
	if (!account) throw new Refusal(400, `A subaccount with id '${wanted}' was not found`);
	return account;
}

/** Fuzzy: a term is within a field, in any case. Else it is the whole field, letter by letter. */
function fits({ id, name, email }: Subaccount, terms: string[], fuzzy: boolean): boolean {
	const fields = [id, name, email];
	return terms.some((term) =>
		fields.some((value) => (fuzzy ? value.toLowerCase().includes(term.toLowerCase()) : value === term)),
	);
}

function search(input: ReturnType<typeof searched>, { world: { state, settings } }: Call): JsonObject {
	const { search_terms, fuzzy_search, states, sort_direction, page_size = settings.pageSize, continue_token } = input;
	const found = state.account.subaccounts
		.filter((account) => search_terms.length === 0 || fits(account, search_terms, fuzzy_search))
		.filter((account) => states === 'all' || account.state.toLowerCase() === states)
		.sort((a, b) => a.name.localeCompare(b.name) * (sort_direction === 'asc' ? 1 : -1));
	const { rows, continueToken } = pageOf(found, page_size, continue_token);
	// The end of the list is '' here, not null.
	return {
		subaccounts: rows.map((account) => rowView(account, state)),
		total_count: found.length,
		continue_token: continueToken ?? '',
	};
}

function add({ fullname, subaccount_email = '', ...given }: ReturnType<typeof added>, { world }: Call): JsonObject {
	const { state } = world;
	const account = changed(newSubaccount({ id: newSubaccountId(), name: fullname, email: subaccount_email }), given);
	refuseBeyondRate(world, '/subaccount/add', RATE);
	addSubaccount(state.account, account);
	return accountView(account, state);
}

/**
 * Closes or reopens a subaccount. Both answer with a sentence; that of reopen follows the contract's example, its
 * schema has an object.
 */
function stateRoute(
	path: string,
	{ from, to, done }: { from: Subaccount['state']; to: Subaccount['state']; done: string },
): Route {
	return route('POST', path, named, ({ id, email }, { world: { state } }) => {
		const account = find(state, id);
		if (email !== undefined && email.toLowerCase() !== account.email.toLowerCase())
			throw new FieldFailure('email', `The subaccount '${id}' has another email address`);
		if (account.state !== from) throw new Refusal(400, `The subaccount '${id}' is not ${from.toLowerCase()}`);
		account.state = to;
		return `Successfully ${done} subaccount ${account.email || account.name}`;
	});
}

/** Subaccounts. */
export const subaccountRoutes: Route[] = [
	route('POST', '/subaccounts/search', searched, search),
	route('POST', '/subaccount/add', added, add),
	route('POST', '/subaccount/edit', edited, ({ id, fullname, ...given }, { world: { state } }) => {
		const account = find(state, id);
		Object.assign(account, changed(account, given), fullname === undefined ? {} : { name: fullname });
		return accountView(account, state);
	}),
	stateRoute('/subaccount/close', { from: 'Active', to: 'Closed', done: 'closed' }),
	stateRoute('/subaccount/reopen', { from: 'Closed', to: 'Active', done: 'reopened' }),
];
