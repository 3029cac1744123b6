/**
 * What SMTP2GO's API takes since version 3.0.4 of its contract, by the provider's changelog. One entry a change, newest
 * first.
 */

/** A change: the operations that it touches, and the field, or the value of a field, that is new there. */
export interface Addition {
	/** Day of the changelog, or the month where it names no day. */
	readonly since: string;
	/** As in `webhook.create`. */
	readonly operations: readonly string[];
	readonly field: string;
	/** A value that the field takes since then; without it the field itself is new. */
	readonly choice?: string;
	/** A value that fits the field, to be sent. */
	readonly sample: unknown;
}

const hooks = ['webhook.create', 'webhook.update'] as const;

export const additions: readonly Addition[] = [
	{ since: '2026-11-16', operations: hooks, field: 'sms_events', choice: 'opt-out', sample: ['opt-out'] },
	{ since: '2026-11-16', operations: ['subaccount.create', 'subaccount.update'], field: 'ip_pool', sample: 7 },
	{ since: '2026-11-05', operations: ['activity.search'], field: 'search_subject_op', sample: 'equals' },
	{ since: '2026-11-05', operations: ['activity.search'], field: 'search_sender_op', sample: 'equals' },
	{ since: '2026-11-05', operations: ['activity.search'], field: 'search_recipient_op', sample: 'equals' },
	{ since: '2026-10-13', operations: hooks, field: 'custom_headers', sample: [{ header: 'X-Shop', value: '7' }] },
	{ since: '2026-10-10', operations: hooks, field: 'disabled', sample: true },
	{ since: '2026-09', operations: ['archive.get', 'archive.search'], field: 'subaccount_id', sample: '5a1b2c' },
];

/** How the comparison with the contract tells an addition, once for each operation. */
export function differencesOf({ operations, field, choice }: Addition): string[] {
	return operations.map(
		(operation) => `${operation}: ${choice === undefined ? `adds ${field}` : `${field} offers ${choice}`}`,
	);
}
