/** Both sources at the same time: real time from the webhook, and what it missed from the log. */
/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { deriveToken, type DeliveredEvent } from '../../../api';
import { DEMO_API_KEY, type Simulator } from '../../../simulator';
import { Arrivals } from '../../../node-red/runtime/events/arrivals';
import { memoryOf } from '../../../node-red/runtime/state/process-state';
import { delivered, deploy, inbox, key, load, node, until, type Web } from '../support/node-red';
import { eventsIn, logFlow, nameOf, reader, searches, type Triggers } from '../support/log-flow';
import { useNodeRed } from '../support/use-node-red';

let simulator: Simulator;
let web: Web;
useNodeRed(
	(started) => {
		({ simulator, web } = started);
	},
	{ deletesAll: true },
);

const both = (id = 't', more: object = {}) => reader(id, { source: 'both', ...more });
const flow = (triggers: Triggers = [both()]) => logFlow(simulator, triggers, { publicUrl: web.url });
const start = async (triggers?: Triggers, times: object = {}) => {
	await load(flow(triggers), key(), { smtp2goTimes: { grace: 1_500, write: 20, ...times } });
	await until(() => simulator.state.hooks.length === 1);
	await until(() => memoryOf('account').places.has('activityLog'));
};
const hook = () => {
	const [only] = simulator.state.hooks;
	if (only === undefined) throw new Error('There is no webhook');
	return only;
};
/** Waits until the log was read to its end after this moment. */
const readTwice = async () => {
	const reads = searches(simulator);
	await until(() => searches(simulator) >= reads + 4, 10_000);
	await delivered();
};

it('an event comes at once by the webhook, and the log does not bring it again', async () => {
	await start();
	const out = inbox('out-t');
	const { events } = simulator.generate({ events: 30, perSecond: 60 });
	await out.next(30);
	await readTwice();
	expect(eventsIn(out).map(({ source }) => source)).toEqual(events.map(() => 'webhook'));
	expect(eventsIn(out).some((event) => 'caughtUp' in event)).toBe(false);
});

it('what the webhook missed comes from the log, and says so', async () => {
	await start();
	const out = inbox('out-t');
	hook().disabled = true;
	simulator.generate({ events: 30, perSecond: 60 });
	await out.next(30, 10_000);
	await readTwice();
	expect(new Set(eventsIn(out).map(nameOf)).size).toBe(out.messages.length);
	expect(out.messages).toHaveLength(30);
	expect(eventsIn(out).every(({ source, caughtUp }) => source === 'log' && caughtUp === true)).toBe(true);
});

it('a delivery that SMTP2GO repeats after the log has brought its event starts nothing', async () => {
	await start();
	const out = inbox('out-t');
	hook().disabled = true;
	simulator.generate({ events: 3, emails: 1, perSecond: 30 });
	await out.next(3, 10_000);
	const late = eventsIn(out).find(({ kind }) => kind === 'delivered') as DeliveredEvent;
	const deliver = (id: string, rcpt = late.recipient) =>
		fetch(`${web.url}/smtp2go/account`, {
			method: 'POST',
			body: JSON.stringify({ event: 'delivered', id, email_id: late.emailId, rcpt, time: late.time }),
			headers: {
				'content-type': 'application/json',
				authorization: `Bearer ${deriveToken(DEMO_API_KEY, 'account')}`,
			},
		});
	expect((await deliver('first')).status).toBe(200);
	expect((await deliver('other', 'else@example.org')).status).toBe(200);
	await out.next(4);
	await delivered();
	expect(eventsIn(out).map(({ eventId }) => eventId)).not.toContain('first');
	await until(() => Array.isArray(node('account').context().get('arrivals')));
});

it('a trigger that reads only one of the two is not affected', async () => {
	await start([both(), reader('u'), reader('v', { source: 'webhook' })]);
	const boxes = ['t', 'u', 'v'].map((id) => inbox(`out-${id}`));
	simulator.generate({ events: 12, perSecond: 60 });
	for (const box of boxes) await box.next(12, 10_000);
	await readTwice();
	expect(boxes.map(({ messages }) => messages.length)).toEqual([12, 12, 12]);
	expect(boxes.map((box) => new Set(eventsIn(box).map(({ eventKey }) => eventKey)).size)).toEqual([12, 12, 12]);
});

it('deploys under a stream of events lose and double nothing', async () => {
	await start();
	const all: DeliveredEvent[] = [];
	simulator.generate({ events: 400, perSecond: 100 });
	for (let round = 0; round < 4; round++) {
		const out = inbox('out-t');
		await new Promise((resolve) => setTimeout(resolve, 700));
		await deploy(flow(), (['full', 'nodes', 'flows', 'full'] as const)[round]);
		all.push(...eventsIn(out));
	}
	const out = inbox('out-t');
	await until(() => all.length + out.messages.length >= 400, 20_000);
	await readTwice();
	all.push(...eventsIn(out));
	expect([all.length, new Set(all.map(nameOf)).size]).toEqual([400, 400]);
});

describe('the counts of both sources', () => {
	const event = (more: Partial<DeliveredEvent> = {}) =>
		({ eventKey: 'k', eventId: 'k', time: '2026-11-27T09:00:00.000Z', subject: 'Hi', ...more }) as DeliveredEvent;
	const again = (arrivals: Arrivals) => new Arrivals(JSON.parse(JSON.stringify(arrivals.list())) as unknown[]);

	it('tell two events with one key apart, whichever source is first', () => {
		let arrivals = new Arrivals();
		expect(arrivals.fromHook(event({ eventId: 'a' }))).toBe(true);
		arrivals = again(arrivals);
		expect(arrivals.fromLog(event())).toBe(false);
		expect(arrivals.fromLog(event({ eventId: 'k#2' }))).toBe(true);
		arrivals = again(arrivals);
		expect(arrivals.fromHook(event({ eventId: 'b' }))).toBe(false);
		expect(arrivals.fromHook(event({ eventId: 'c' }))).toBe(true);
	});

	it('do not count a delivery that could not be passed on', () => {
		const arrivals = new Arrivals();
		arrivals.fromHook(event());
		arrivals.undoHook(event());
		expect(arrivals.fromLog(event())).toBe(true);
	});

	it('forget deliveries that the log can no longer report, and keep what SMTP2GO can still deliver', () => {
		const arrivals = new Arrivals();
		arrivals.fromHook(event());
		arrivals.fromLog(event({ eventKey: 'l', eventId: 'l' }));
		arrivals.forgetBefore(Date.parse('2026-11-27T09:00:01.000Z'));
		expect(arrivals.list()).toEqual([expect.stringMatching(/^l 0 1 \d+$/)]);
	});

	it('are bounded, and skip what is no entry', () => {
		const arrivals = new Arrivals([null, 'x', 'y 1 2', 'z a b c', 3]);
		for (let index = 0; index < 50_001; index++) arrivals.fromLog(event({ eventKey: `k${index}` }));
		expect(arrivals.list()).toHaveLength(50_000);
	});

	it('let every test of the page through', () => {
		const arrivals = new Arrivals();
		const test = event({ subject: 'Mail test - please ignore' });
		expect([arrivals.fromHook(test), arrivals.fromHook(test)]).toEqual([true, true]);
	});
});
