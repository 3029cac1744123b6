// The routes of suppressions: `/suppression/*`.
import { addressOrDomain } from '../schema/names';
import { choice, listOf, object, optional, otherwise, text, yesNo } from '../schema/readers';
import { time } from '../schema/values';
import { type JsonObject, without } from '../core/json';
import { plainTime } from '../core/time';
import type { Suppression } from '../types';
import { matches } from '../core/path-pattern';
import { pageOf } from './shared/paging';
import { type Call, type Route, route } from './shared/route';

const DAY = 86_400_000;

const type = choice('manual', 'spam', 'unsubscribe', 'bounce', 'compliance');
const subaccount_id = optional(text());

const viewed = object({
	email_address: optional(text()),
	recipient: optional(text()),
	recipients: otherwise(listOf(text()), []),
	reason: optional(text()),
	reasons: otherwise(listOf(text()), []),
	suppression_type: optional(type),
	suppression_types: otherwise(listOf(type), []),
	wildcard: optional(text()),
	fuzzy: otherwise(yesNo, false),
	sort: otherwise(choice('asc', 'desc'), 'desc'),
	start_date: optional(time),
	end_date: optional(time),
	continue_token: optional(text()),
	subaccount_id,
});

type Query = ReturnType<typeof viewed>;

/**
 * Makes a filter: whether a value is (fuzzy: contains) one of the wanted texts. No wanted text lets everything through.
 * A list of recipients can be long, so it is searched as a set.
 */
function filterBy(wanted: (string | undefined)[], fuzzy: boolean): (value: string) => boolean {
	const terms = new Set(wanted.flatMap((term) => (term === undefined ? [] : [term.toLowerCase()])));
	if (terms.size === 0) return () => true;
	return fuzzy
		? (value) => [...terms].some((term) => value.toLowerCase().includes(term))
		: (value) => terms.has(value.toLowerCase());
}

/** The contract swaps the defaults of the two dates: the range is the last 30 days. */
function inRange({ timestamp }: Suppression, { start_date, end_date }: Query): boolean {
	const at = Date.parse(`${timestamp.replace(' ', 'T')}Z`);
	return at >= (start_date?.getTime() ?? Date.now() - 30 * DAY) && at <= (end_date?.getTime() ?? Date.now());
}

function view(query: Query, { world: { state, settings } }: Call): JsonObject {
	const isAddress = filterBy([query.email_address], false);
	const isRecipient = filterBy([query.recipient, ...query.recipients], query.fuzzy);
	const isReason = filterBy([query.reason, ...query.reasons], query.fuzzy);
	const isType = filterBy([query.suppression_type, ...query.suppression_types], false);
	const found = state.suppressions
		.filter((entry) => entry.subaccountId === query.subaccount_id && inRange(entry, query))
		.filter(({ email_address }) => isAddress(email_address) && isRecipient(email_address))
		.filter(({ reason, block_description }) => [reason, block_description].some(isReason))
		.filter(({ reason }) => isType(reason))
		.filter(
			({ email_address }) =>
				query.wildcard === undefined ||
				matches(`*${query.wildcard.toLowerCase()}*`, email_address.toLowerCase()),
		)
		.sort((a, b) => a.timestamp.localeCompare(b.timestamp) * (query.sort === 'asc' ? 1 : -1));
	const { rows, continueToken } = pageOf(found, settings.pageSize, query.continue_token);
	const results = rows.map((entry) => without(entry, 'subaccountId'));
	return { results, total_results: found.length, continue_token: continueToken };
}

/** Suppressions. */
export const suppressionRoutes: Route[] = [
	route('POST', '/suppression/view', viewed, view),
	route(
		'POST',
		'/suppression/add',
		object({ email_address: addressOrDomain, block_description: otherwise(text(), ''), subaccount_id }),
		(input, { world: { state } }) => {
			const { email_address, block_description, subaccount_id: subaccountId } = input;
			const entry: Suppression = {
				email_address,
				block_description,
				reason: 'manual',
				complaint: '',
				subject: null,
				timestamp: plainTime(new Date()),
				...(subaccountId === undefined ? {} : { subaccountId }),
			};
			const isSame = (other: Suppression): boolean =>
				other.email_address === email_address &&
				other.reason === 'manual' &&
				other.subaccountId === subaccountId;
			state.suppressions = [...state.suppressions.filter((other) => !isSame(other)), entry];
			return { added: true, email_address, block_description };
		},
	),
	route(
		'POST',
		'/suppression/remove',
		object({ email_address: addressOrDomain, reasons: listOf(type, { min: 1 }), subaccount_id }),
		(input, { world: { state } }) => {
			const suppressions = input.reasons.map((reason) => {
				const kept = state.suppressions.filter(
					(entry) =>
						entry.email_address !== input.email_address ||
						entry.reason !== reason ||
						entry.subaccountId !== input.subaccount_id,
				);
				const removed = kept.length < state.suppressions.length;
				state.suppressions = kept;
				return { email_address: input.email_address, reason, removed };
			});
			return { suppressions };
		},
	),
];
