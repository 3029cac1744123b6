/** Workflows that a user stops, in n8n's own engine. */
import type * as N8nWorkflow from 'n8n-workflow';
import { useAccount } from '../support/account';
import { runNode } from '../support/engine';
import { manyItems, people } from '../support/many-items';
import { stoppedRun, stopInPause, until } from '../support/stopped';

jest.mock('n8n-workflow', () => {
	const real = jest.requireActual<typeof N8nWorkflow>('n8n-workflow');
	return { ...real, sleep: jest.fn(real.sleep) };
});

const account = useAccount();
const { run, recipients } = manyItems(account);

describe('a workflow that is stopped', () => {
	// Each of these waits is longer than a test may take.
	test.each([
		['between two calls', { waitBetween: 60_000 }, undefined],
		['while all pause', {}, { path: '/email/send', fault: 'rate-limit', retryAfter: 60, times: 0 }],
		[
			'while a lost email waits to be looked up',
			{ checkFirst: true },
			{ path: '/email/send', fault: 'reset', when: 'after', times: 0 },
		],
	] as const)('%s starts nothing more, and waits no longer', async (_, options, fault) => {
		if (fault) account.simulator.setFault({ ...fault });
		await stoppedRun(() => run({ items: people(10), onStart: stopInPause() }, { sendingOptions: options }));
		expect(account.simulator.state.requests.length).toBeGreaterThan(0);
		expect(account.simulator.state.requests.length).toBeLessThanOrEqual(5);
	});

	test('tries no call again, and waits no longer', async () => {
		account.simulator.setFault({ path: '/template/search', fault: 'rate-limit', retryAfter: 60, times: 0 });
		await stoppedRun(() =>
			runNode({
				parameters: { resource: 'template', operation: 'getAll' },
				credentials: account.credentials,
				onStart: stopInPause(),
			}),
		);
		expect(account.bodies('/template/search')).toHaveLength(1);
	});

	test('finishes what has left, and the log knows what became of it', async () => {
		const log: string[] = [];
		account.simulator.setFault({ path: '/email/send', fault: 'slow', ms: 500, times: 0 });
		const onStart = (stop: () => void) => {
			void account.simulator.waitFor(({ requests }) => requests.length > 0).then(stop);
		};
		await stoppedRun(() => run({ items: people(3), log, onStart }, { sendingOptions: { inFlight: 1 } }));
		expect(recipients()).toEqual(['p0@example.com']);
		expect(log).toEqual(['SMTP2GO: the workflow was stopped. 1 of 3 items were sent: 0. Not sent: 1-2']);
	});

	test("says in n8n's log what was sent", async () => {
		const log: string[] = [];
		const onStart = (stop: () => void) => {
			void until(() => recipients().length >= 3).then(stop);
		};
		const { items, error } = await stoppedRun(() =>
			run(
				{ items: people(40), log, onStart, onError: 'continueRegularOutput' },
				{ sendingOptions: { inFlight: 2, waitBetween: 100 } },
			),
		);
		const sent = recipients().length;
		expect(sent).toBeLessThan(40);
		expect([items.filter(({ json }) => 'emailId' in json).length, error]).toEqual([sent, undefined]);
		// What was not begun is no item at all.
		expect(items.length).toBeLessThan(40);
		expect(log).toEqual([
			expect.stringContaining(`SMTP2GO: the workflow was stopped. ${sent} of 40 items were sent: 0`),
		]);
	});
});
