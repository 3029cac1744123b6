/**
 * Sends a sample event to one trigger: to the same outputs as a real one. It does not come from SMTP2GO, so nothing
 * else gets to know of it: no memory of events, no feed, no wait for an outcome.
 */
import { randomUUID } from 'node:crypto';
import { passes, sampleEvent, sampleKinds, success, type Result } from '../../../api';
import type { SampleSent } from '../../shared/side-bar';
import type { Account } from '../account/account';
import { refusal } from '../platform/errors';
import type { Runtime } from '../platform/runtime';

/**
 * Sends the sample. The trigger's filters do not stop it, because somebody asked for it.
 * @param given `trigger`, its ID; `kind`, one of the kinds that the overview lists for it
 * @returns an `invalid` error if the trigger does not run, or does not ask for this event
 */
export function sendSample(
	RED: Runtime,
	{ triggers, registration }: Account,
	given: Readonly<Record<string, unknown>>,
): Result<SampleSent> {
	const trigger = triggers.find(String(given['trigger']));
	if (trigger === undefined) return refusal(RED, 'noTrigger');
	const { taker } = trigger;
	const kind = String(given['kind']);
	const sample = sampleKinds(taker.events, taker.smsEvents).includes(kind)
		? sampleEvent(kind, {
				now: Date.now(),
				id: randomUUID(),
				headers: registration.headers,
				source: taker.source === 'log' ? 'log' : 'webhook',
			})
		: undefined;
	if (sample === undefined) return refusal(RED, 'noSample');
	taker.deliver(sample);
	return success({ kind: sample.event.kind, passes: passes(sample, taker.filter) });
}
