import type { Node } from 'node-red';
import { Account } from '../../../node-red/runtime/account/account';
import type { Runtime } from '../../../node-red/runtime/platform/runtime';
import type { AccountCredentials, AccountDef } from '../../../node-red/runtime/platform/saved-nodes';
import { memoryOf, queueFor } from '../../../node-red/runtime/state/process-state';

const RED = { settings: {} } as Runtime;
const asked: string[] = [];
const context = {
	get: (name: string, done: (error: unknown, value?: unknown) => void) => {
		asked.push(name);
		done(undefined, []);
	},
};
const made = (id: string, def: object = {}, apiKey = 'api-1') =>
	new Account(
		RED,
		{ id, credentials: { apiKey }, context: () => context } as unknown as Node<AccountCredentials>,
		{ id, region: 'eu-api', ...def } as AccountDef,
		{ areFlowsRunning: () => true, memory: memoryOf(id), queueFor, everyAccount: () => [] },
	);

beforeEach(() => {
	asked.length = 0;
});

it('has no side effect when it is made: its limits and memory begin with the start, and its limits end with the stop', async () => {
	const account = made('a', { inFlight: 2 });
	expect([asked, account.queue.concurrency]).toEqual([[], 5]);
	account.start();
	expect([asked, account.queue.concurrency]).toEqual([['seenEvents', 'arrivals'], 2]);
	await account.stop(false);
	expect(account.queue.concurrency).toBe(5);
});

it('shares the queue of its API key and region, and no other', () => {
	const { queue } = made('b');
	expect(made('c').queue).toBe(queue);
	expect(made('d', { region: 'us-api' }).queue).not.toBe(queue);
	expect(made('e', {}, 'api-2').queue).not.toBe(queue);
});

it('finds what the account of the same ID before it knew', () => {
	const before = made('f').memory;
	before.checkedForStrays = true;
	expect(made('f').memory).toBe(before);
	expect(made('g').memory).not.toBe(before);
});
