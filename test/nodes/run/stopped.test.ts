/** Workflows that a user stops, in n8n's own engine. */
/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { useAccount } from '../support/account';
import { manyItems, people } from '../support/many-items';

const account = useAccount();
const { run, recipients } = manyItems(account);

/** Waits until something is true; the test's own time limit ends it otherwise. */
async function until(check: () => boolean): Promise<void> {
	while (!check())
		await new Promise((resolve) => {
			setTimeout(resolve, 5);
		});
}

describe('a workflow that is stopped', () => {
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
		const started = Date.now();
		const onStart = (stop: () => void) => {
			void account.simulator.waitFor(({ requests }) => requests.length > 0).then(() => setTimeout(stop, 300));
		};
		await run({ items: people(10), onStart }, { sendingOptions: options }).catch(() => undefined);
		expect(Date.now() - started).toBeLessThan(5000);
		const calls = account.simulator.state.requests.length;
		await new Promise((resolve) => {
			setTimeout(resolve, 500);
		});
		expect(account.simulator.state.requests).toHaveLength(calls);
		expect(calls).toBeLessThanOrEqual(5);
	});

	test('finishes what has left, and the log knows what became of it', async () => {
		const log: string[] = [];
		account.simulator.setFault({ path: '/email/send', fault: 'slow', ms: 1000, times: 0 });
		const onStart = (stop: () => void) => {
			void account.simulator.waitFor(({ requests }) => requests.length > 0).then(() => setTimeout(stop, 200));
		};
		await run({ items: people(3), log, onStart }, { sendingOptions: { inFlight: 1 } }).catch(() => undefined);
		await until(() => log.length > 0);
		expect(recipients()).toEqual(['p0@example.com']);
		expect(log).toEqual(['SMTP2GO: the workflow was stopped. 1 of 3 items were sent: 0. Not sent: 1-2']);
	});

	test("says in n8n's log what was sent", async () => {
		const log: string[] = [];
		account.simulator.setFault({ path: '/email/send', fault: 'slow', ms: 100, times: 0 });
		const onStart = (stop: () => void) => {
			void account.simulator.waitFor(({ emails: mails }) => mails.length >= 3).then(stop);
		};
		await run({ items: people(40), log, onStart }, { sendingOptions: { inFlight: 2, waitBetween: 100 } }).catch(
			() => undefined,
		);
		await until(() => log.length > 0);
		const sent = recipients().length;
		expect(sent).toBeGreaterThan(0);
		expect(sent).toBeLessThan(40);
		expect(log).toEqual([
			expect.stringMatching(/^SMTP2GO: the workflow was stopped\. \d+ of 40 items were sent: 0/),
		]);
	});
});
