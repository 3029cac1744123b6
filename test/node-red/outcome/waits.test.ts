/** The waits of an account: what a restart, a deploy and a deleted node leave of them. */
import type { DeliveredEvent, EmailOutcome } from '../../../api';
import { newState, outcomeIn } from '../../../node-red/runtime/outcome/email-state';
import { RECENT } from '../../../node-red/runtime/outcome/recent';
import { newOutcomeMemory, type OutcomeMemory, type Wait, type Waiter } from '../../../node-red/runtime/outcome/wait';
import { Waits, type WaitsOptions } from '../../../node-red/runtime/outcome/waits';
import type { NodeContext } from '../../../node-red/runtime/platform/node-context';

const MINUTE = 60_000;
const ID = '1abcde-abcdefghijk-abcd';

/** What a context store holds, as JSON. */
let json: string | undefined;
const context = {
	get: () => Promise.resolve({ ok: true, value: json && (JSON.parse(json) as unknown) }),
	set: (_name: string, value: unknown) => {
		json = JSON.stringify(value);
		return Promise.resolve({ ok: true });
	},
} as unknown as NodeContext;

interface Process {
	waits: Waits;
	memory: OutcomeMemory;
	passed: [string, EmailOutcome['outcome'], unknown][];
	ended: number[];
	isRunning: boolean;
}

beforeEach(() => {
	jest.useFakeTimers({ now: Date.parse('2026-11-27T12:00:00Z') });
	json = undefined;
});
afterEach(() => {
	jest.useRealTimers();
});

const settle = () => jest.advanceTimersByTimeAsync(500);

/** A process whose flows have started, with one node that waits. */
async function begin({ node = 'o', known = newOutcomeMemory() } = {}): Promise<Process> {
	const process = { memory: known, passed: [], ended: [], isRunning: true } as unknown as Process;
	const waiter: Waiter = {
		id: node,
		source: 'auto',
		deliver: ({ live, kept }, { emailId }, { outcome }) => process.passed.push([emailId, outcome, live ?? kept]),
		show: () => undefined,
		failHook: () => undefined,
		failLog: () => undefined,
	};
	known.waiters.clear();
	known.waiters.set(node, waiter);
	process.waits = new Waits({
		context,
		memory: known,
		timing: { firstRetry: 10, lastRetry: 100 } as WaitsOptions['timing'],
		areFlowsRunning: () => process.isRunning,
		onChange: () => Infinity,
		warnOfEnded: (emails) => process.ended.push(emails),
		report: (thrown) => {
			throw thrown;
		},
		now: () => Date.now(),
	});
	process.waits.reconcile();
	await settle();
	return process;
}

const waitFor = (more: Partial<Wait> = {}): Wait => ({
	id: 'w',
	node: 'o',
	since: Date.now(),
	sentAt: Date.now(),
	expiresAt: Date.now() + 10 * MINUTE,
	emails: [{ emailId: ID, index: 0, to: ['a@x.example', 'b@x.example'], state: newState(ID) }],
	size: 100,
	kept: { payload: 1 },
	live: undefined,
	...more,
});
const event = (recipient: string, kind: string = 'delivered', emailId = ID) =>
	({
		channel: 'email',
		source: 'webhook',
		headers: {},
		raw: {},
		emailId,
		kind,
		eventKey: `${emailId} ${recipient} ${kind}`,
		bounceType: null,
		recipient,
		recipients: [recipient],
		time: new Date().toISOString(),
		reason: null,
	}) as unknown as DeliveredEvent;

it('what is known of an email survives a restart, and so does its message', async () => {
	const first = await begin();
	await Promise.all([first.waits.add(() => waitFor()), settle()]);
	first.waits.take(event('a@x.example'));
	await Promise.all([settle(), first.memory.written]);
	expect(first.passed).toEqual([]);
	const second = await begin();
	second.waits.take(event('b@x.example'));
	await settle();
	expect(second.passed).toEqual([[ID, 'delivered', { payload: 1 }]]);
	await second.memory.written;
	expect([json, second.memory.size, second.memory.byEmail.size]).toEqual([undefined, 0, 0]);
	const third = await begin();
	expect(third.passed).toEqual([]);
});

it('a limit that ends while Node-RED is down ends the wait at the start', async () => {
	const first = await begin();
	await Promise.all([first.waits.add(() => waitFor()), settle()]);
	jest.setSystemTime(Date.now() + 11 * MINUTE);
	const second = await begin();
	expect(second.passed).toEqual([[ID, 'pending', { payload: 1 }]]);
});

it('the limit of a soft bounce starts with the bounce, and ends before the wait limit', async () => {
	const process = await begin();
	await Promise.all([process.waits.add(() => waitFor({ softLimit: MINUTE })), settle()]);
	await jest.advanceTimersByTimeAsync(2 * MINUTE);
	process.waits.take(event('a@x.example', 'soft-bounced'));
	await jest.advanceTimersByTimeAsync(MINUTE - 1_000);
	expect(process.passed).toEqual([]);
	await jest.advanceTimersByTimeAsync(2_000);
	expect(process.passed).toEqual([[ID, 'soft-bounced', { payload: 1 }]]);
});

it('nothing is passed on while a deploy stops the flows, and nothing is lost', async () => {
	const process = await begin();
	await Promise.all([process.waits.add(() => waitFor()), settle()]);
	process.isRunning = false;
	process.waits.take(event('a@x.example', 'hard-bounced'));
	await settle();
	expect(process.passed).toEqual([]);
	const next = await begin({ known: process.memory });
	expect(next.passed).toEqual([[ID, 'hard-bounced', { payload: 1 }]]);
});

it('the waits of a node that was deleted end, and the log says how many emails that are', async () => {
	const first = await begin();
	const list = { id: 'p', count: 2, path: ['payload'] };
	const emails = [ID, `${ID}2`].map((emailId, index) => ({ emailId, index, to: [], state: newState(emailId) }));
	await Promise.all([first.waits.add(() => waitFor({ emails, list })), settle()]);
	const second = await begin({ node: 'other' });
	expect([second.ended, json, second.passed]).toEqual([[2], undefined, []]);
});

it('two messages about one email both get its outcome, once, whichever source reports it', async () => {
	const process = await begin();
	const one = [{ emailId: ID, index: 0, to: ['a@x.example'], state: newState(ID) }];
	await Promise.all([
		process.waits.add(() => waitFor({ emails: one })),
		process.waits.add(() => waitFor({ id: 'v', emails: one })),
		settle(),
	]);
	process.waits.take(event('A@x.example'));
	process.waits.take(event('A@x.example'));
	await settle();
	expect(process.passed).toHaveLength(2);
});

it('events of emails that nobody waits for yet are kept for a quarter of an hour, and at most 10,000', async () => {
	const process = await begin();
	process.waits.take(event('a@x.example', 'hard-bounced', 'early'));
	process.waits.take(event('a@x.example', 'opened', 'read'));
	const emails = [{ emailId: 'early', index: 0, to: [], state: newState('early') }];
	await process.waits.add(() => waitFor({ emails }));
	expect(process.passed).toEqual([['early', 'hard-bounced', { payload: 1 }]]);
	jest.setSystemTime(Date.now() + RECENT + 1);
	expect(outcomeIn(process.memory.recent.of('early', Date.now()))?.outcome).toBe('pending');
	for (let index = 0; index <= 10_000; index++) process.waits.take(event('a@x.example', 'delivered', `id${index}`));
	const known = (id: string) => outcomeIn(process.memory.recent.of(id, Date.now()))?.outcome;
	expect([known('id0'), known('id1'), known('id10000')]).toEqual(['pending', 'delivered', 'delivered']);
});

it('ten thousand emails can wait, and their events are passed on within seconds', async () => {
	const process = await begin();
	const started = performance.now();
	for (let index = 0; index < 10_000; index++)
		void process.waits.add(() =>
			waitFor({
				id: `w${index}`,
				emails: [{ emailId: `id${index}`, index: 0, to: [], state: newState(`id${index}`) }],
			}),
		);
	await settle();
	for (let index = 0; index < 10_000; index++) process.waits.take(event('a@x.example', 'delivered', `id${index}`));
	await settle();
	expect(process.passed).toHaveLength(10_000);
	expect(performance.now() - started).toBeLessThan(5_000);
});
