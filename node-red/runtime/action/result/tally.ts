/**
 * What messages have done, as a status says it: `2 of 3 sent`, `250 sent in 3 calls`, `12 entries`, `sent 11:50`, `sent
 * 11:50, 3 units`.
 */
import type { Node } from 'node-red';
import { countSms, type BuiltRequest, type OperationBase, type Outcome } from '../../../../api';
import { timeOfDay } from '../../platform/time-of-day';
import type { Runtime } from '../../platform/runtime';

type Status = Parameters<Node['status']>[0];

/** What can be counted for one message: emails and how many of them were accepted, or the entries of a list. */
export type Tally =
	| {
			readonly sent: number;
			readonly of: number;
			/** The SMS units of a text message. */
			readonly units?: number;
	  }
	| { readonly entries: number };

/** True for an operation whose list is the outcomes of changes, not what it found. */
export function listsOutcomes({ result }: Pick<OperationBase, 'result'>): boolean {
	return result.done !== undefined;
}

/**
 * What can be counted for a call; undefined if there is nothing to count.
 * @param request of a single call
 */
export function tallyOf({ result }: OperationBase, outcome: Outcome, request?: BuiltRequest): Tally | undefined {
	if (outcome.emails !== undefined)
		return { sent: outcome.emails.filter(({ ok }) => ok).length, of: outcome.emails.length };
	const sms = request && countSms(request);
	if (sms !== undefined) return { sent: 1, of: 1, units: sms.total };
	if (result.is === 'sent' || result.is === 'sentSms') return { sent: 1, of: 1 };
	// Each entry is the outcome of one change: one removed address is not "2 entries".
	if (listsOutcomes({ result })) return undefined;
	return Array.isArray(outcome.result) ? { entries: outcome.result.length } : undefined;
}

/** Adds up what messages have done since the node was last idle. */
export class Tallies {
	private sent = 0;
	private of = 0;
	private entries: number | undefined;
	private units = 0;
	private failed = 0;
	private ended = 0;
	/** Calls that were made for them. */
	calls = 0;

	add(tally: Tally | undefined, isError: boolean): void {
		this.ended++;
		if (isError) this.failed++;
		if (tally === undefined) return;
		if ('entries' in tally) this.entries = (this.entries ?? 0) + tally.entries;
		else {
			this.sent += tally.sent;
			this.of += tally.of;
			this.units += tally.units ?? 0;
		}
	}

	/** @param last the status of the message that ended last */
	status(RED: Runtime, last: Status): Status {
		const say = (key: string, words: Record<string, string | number> = {}) =>
			RED._(
				`status.${key}`,
				Object.fromEntries(Object.entries(words).map(([name, word]) => [name, String(word)])),
			);
		const { sent, of, entries, failed, ended, units } = this;
		const isPlain = typeof last === 'object' && last.text === 'status.done';
		if (failed > 0) {
			if (of > 1) return { fill: 'red', shape: 'ring', text: say('sentOf', { sent, count: of }) };
			// A success at the end must not hide an earlier failure.
			return ended > 1 ? { fill: 'red', shape: 'ring', text: say('someFailed', { failed, count: ended }) } : last;
		}
		if (!isPlain) return last;
		const good = (text: string): Status => ({ fill: 'green', shape: 'dot', text });
		if (units > 0) {
			const words = { count: sent, units, time: timeOfDay() };
			return good(say(`sent${of > 1 ? 'Many' : ''}${units === 1 ? 'Unit' : 'Units'}`, words));
		}
		if (of > 1)
			return good(
				say(this.calls >= of ? 'sentMany' : this.calls === 1 ? 'sentInCall' : 'sentInCalls', {
					count: sent,
					calls: this.calls,
				}),
			);
		if (of === 1) return good(say('sentAt', { time: timeOfDay() }));
		if (entries !== undefined) return good(say(entries === 1 ? 'entry' : 'entries', { count: entries }));
		return good(say('doneAt', { time: timeOfDay() }));
	}
}
