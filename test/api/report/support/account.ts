// A fake account: emails with their events, counted by the statistics and listed by the activity log.
import type { HttpOutcome, JsonObject } from '../../../../api';
import { data, FakeHost, json, parsed } from '../../support/fake-host';

/** An email to one recipient, and what happened to it. */
export interface FakeEmail {
	readonly at: number;
	readonly sender: string;
	readonly recipient: string;
	readonly events: readonly FakeEvent[];
}

export interface FakeEvent {
	/** As the activity log names it. */
	readonly kind: string;
	/** By default, when the email was sent. */
	readonly at?: number;
	readonly reason?: string;
}

const COUNTED: Readonly<Record<string, string>> = {
	'hard-bounced': 'bounces',
	'soft-bounced': 'bounces',
	rejected: 'rejects',
	spam: 'spam',
	unsubscribed: 'unsubscribes',
	opened: 'opens',
	clicked: 'clicks',
};

function iso(moment: number): string {
	return new Date(moment).toISOString().replace('.000Z', 'Z');
}

/** The answer for an endpoint that the key cannot call (contract). */
export function denied(): HttpOutcome {
	return json(400, {
		request_id: 'r-2',
		data: {
			error: 'You do not have permission to access this API endpoint',
			error_code: 'E_ApiResponseCodes.ENDPOINT_PERMISSION_DENIED',
		},
	});
}

export class FakeAccount {
	readonly host: FakeHost;
	/** Answers instead of the account. */
	answer: (path: string, body: JsonObject) => HttpOutcome | undefined = () => undefined;
	/** The moment before which the log has nothing. */
	logSince = -Infinity;
	/** The bodies of all calls, with their path. */
	readonly calls: { readonly path: string; readonly body: JsonObject }[] = [];

	constructor(
		private readonly emails: readonly FakeEmail[],
		now: string,
	) {
		this.host = new FakeHost((request) => {
			const path = request.url.replace('https://api.smtp2go.com/v3', '');
			const body = parsed(request.body) as JsonObject;
			this.calls.push({ path, body });
			return this.answer(path, body) ?? data(this.respond(path, body));
		});
		this.host.wall = Date.parse(now);
	}

	/** The paths that were called, and how often. */
	get tally(): Record<string, number> {
		const counts: Record<string, number> = {};
		for (const { path } of this.calls) counts[path] = (counts[path] ?? 0) + 1;
		return counts;
	}

	private respond(path: string, body: JsonObject): JsonObject {
		if (path === '/stats/email_history') return this.history(body);
		if (path === '/activity/search') return this.search(body);
		if (path === '/stats/email_cycle')
			return {
				cycle_start: '2026-11-01 00:00:00+00:00',
				cycle_end: '2026-11-30 00:00:00+00:00',
				cycle_used: 4200,
				cycle_remaining: 5800,
				cycle_max: 10_000,
			};
		throw new Error(`No answer for ${path}`);
	}

	private history({ start_date: start, end_date: end }: JsonObject): JsonObject {
		const [from, to] = [Date.parse(String(start)), Date.parse(String(end))];
		const groups = new Map<string, Record<string, number>>();
		for (const { at, sender, events } of this.emails) {
			if (at < from || at >= to) continue;
			const counts = groups.get(sender) ?? {
				used: 0,
				bounces: 0,
				rejects: 0,
				spam: 0,
				unsubscribes: 0,
				opens: 0,
				clicks: 0,
			};
			groups.set(sender, counts);
			counts['used'] = (counts['used'] ?? 0) + 1;
			for (const { kind } of events) {
				const name = COUNTED[kind];
				if (name !== undefined) counts[name] = (counts[name] ?? 0) + 1;
			}
		}
		return {
			count: groups.size,
			history: [...groups].map(([sender, counts]) => ({ email_address: sender, ...counts })),
		};
	}

	private search(body: JsonObject): JsonObject {
		const [from, to] = [Date.parse(String(body['start_date'])), Date.parse(String(body['end_date']))];
		const kinds = body['event_types'] as string[];
		const rows = this.emails
			.flatMap(({ at: sent, sender, recipient, events }, index) =>
				events.map(({ kind, at = sent, reason }) => ({
					at,
					row: {
						date: iso(at),
						event: kind,
						email_id: `e${index}`,
						sender,
						recipient,
						...(reason === undefined ? {} : { smtp_response: reason }),
					},
				})),
			)
			.filter(({ at, row }) => at >= from && at < to && at >= this.logSince && kinds.includes(row.event))
			.sort((one, other) => other.at - one.at);
		const [skip, limit] = [Number(body['continue_token'] ?? 0), Number(body['limit'])];
		const next = skip + limit;
		return {
			events: rows.slice(skip, next).map(({ row }) => row),
			total_events: rows.length,
			continue_token: next < rows.length ? String(next) : null,
		};
	}
}
