/** What a gate says about the next call: whether it waits, for how long, and why. */
import { Gate } from '../../../api';

/** A clock that stands still: no pause ends. */
const still = { monotonic: () => 1000, sleep: () => new Promise<void>(() => undefined) };
const never = () => new Promise<void>(() => undefined);
const start = (gate: Gate, path: string, rate?: { calls: number; seconds: number }) =>
	void gate.pass({ path, rate }, never);

test('no call waits, even if one runs', () => {
	const gate = new Gate(still);
	expect(gate.nextWait).toBeUndefined();
	start(gate, '/email/send');
	expect([gate.running, gate.nextWait]).toEqual([1, undefined]);
});

test('the next call waits for another one to end', () => {
	const gate = new Gate(still, { concurrency: 1 });
	start(gate, '/email/send');
	start(gate, '/sms/send');
	expect(gate.nextWait).toEqual({ path: '/sms/send', milliseconds: 0, reason: 'busy' });
});

test('all calls wait because SMTP2GO asked for it', () => {
	const gate = new Gate(still);
	gate.hold(30_000);
	start(gate, '/email/send');
	expect(gate.nextWait).toEqual({ path: '/email/send', milliseconds: 30_000, reason: 'slowDown' });
});

test.each([
	['of the account', { callsPerMinute: 1 }, undefined, 'at most 1 calls per minute'],
	['of the endpoint', {}, { calls: 1, seconds: 60 }, 'SMTP2GO accepts /x at most 1 times per minute'],
])('the next call waits for the limit %s', (_what, limits, rate, why) => {
	const gate = new Gate(still, limits);
	start(gate, '/x', rate);
	start(gate, '/x', rate);
	expect(gate.nextWait).toEqual({ path: '/x', milliseconds: 60_500, reason: 'limit', why });
});
