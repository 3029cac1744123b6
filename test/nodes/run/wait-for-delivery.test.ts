/** Wait for Delivery in n8n's own engine, on a clock that only the test moves. */
/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import type * as N8nWorkflow from 'n8n-workflow';
import type { INodeParameters } from 'n8n-workflow';
import { useAccount } from '../support/account';
import { runNode, type Ran, type Run } from '../support/engine';
import { stoppedRun } from '../support/stopped';
import { clock } from '../support/sleep-clock';

jest.mock('n8n-workflow', () => ({
	...jest.requireActual<typeof N8nWorkflow>('n8n-workflow'),
	sleep: (milliseconds: number) => clock.sleep(milliseconds),
}));

const account = useAccount();
beforeEach(() => clock.stop(Date.now()));
afterEach(() => jest.useRealTimers());

/** Sends an email to each recipient, and returns what Send returns. */
async function send(recipients: readonly (string | readonly string[])[], more: INodeParameters = {}): Promise<Ran> {
	const sending = runNode({
		parameters: {
			resource: 'email',
			operation: 'send',
			sender: 'shop@example.com',
			to: '={{ $json.to }}',
			subject: 'Hi',
			textBody: 'Hi',
			sendMode: 'batch',
			...more,
		},
		items: recipients.map((to) => ({ json: { to } })),
		onError: 'continueRegularOutput',
		credentials: account.credentials,
	});
	return advancing(sending);
}

async function advancing<T>(work: Promise<T>, step = 200): Promise<T> {
	let isDone = false;
	void work.finally(() => {
		isDone = true;
	});
	while (!isDone) {
		await clock.advance(step);
		await new Promise(setImmediate);
	}
	return work;
}

function wait(run: Partial<Run>): Promise<Ran> {
	const { parameters, ...others } = run;
	return runNode({
		parameters: {
			resource: 'email',
			operation: 'waitForDelivery',
			sentEmailId: '={{ $json.emailId || $json.scheduleId }}',
			timeLimit: 10,
			whenTimeIsUp: 'output',
			...parameters,
		},
		credentials: account.credentials,
		...others,
	});
}
const outcomes = ({ items }: Ran) => items.map(({ json }) => json['outcome']);
/** Waits for the first look at the log. */
const started = () =>
	account.simulator.waitFor(({ requests }) => requests.some(({ path }) => path === '/activity/search'));
const searches = () => account.bodies('/activity/search');

test('each item gets its outcome, in order and paired, with few calls', async () => {
	account.simulator.setLog({ minDelayMs: 60_000, maxDelayMs: 120_000 });
	const sent = await send([
		...Array.from({ length: 20 }, (_, index) => `p${index}@example.org`),
		'bounce@example.org',
	]);
	const ran = await advancing(wait({ items: sent.items }));
	expect(outcomes(ran)).toEqual([...Array.from({ length: 20 }, () => 'delivered'), 'hard-bounced']);
	expect(ran.items.map(({ pairedItem }) => pairedItem)).toEqual(ran.items.map((_, item) => ({ item })));
	expect(ran.items.map(({ json }) => json['emailId'])).toEqual(sent.items.map(({ json }) => json['emailId']));
	expect(ran.items.at(-1)?.json).toMatchObject({
		final: true,
		reason: expect.stringMatching(/^550/),
		recipients: [{ address: 'bounce@example.org', outcome: 'hard-bounced' }],
		log: { readAt: expect.any(String), completeUntil: expect.any(String), problem: null },
	});
	const waited = ran.items[0]?.json['waitedSeconds'];
	expect(waited).toBeGreaterThan(30);
	expect(waited).toBeLessThan(240);
	expect(searches().length).toBeLessThan(10);
	// The email ID tells when the search begins, and only events that say something are asked for.
	expect(searches()[0]).toMatchObject({
		event_types: ['spam', 'hard-bounced', 'rejected', 'delivered', 'soft-bounced'],
		limit: 1000,
	});
});

test('several recipients, rejections, complaints and soft bounces are told apart', async () => {
	const sent = await send([
		['ann@example.org', 'bounce@example.org'],
		['spam@example.org'],
		['soft-bounce@example.org'],
		['reject@example.org'],
	]);
	const options = { options: { softBounceIsFinal: true } };
	const ran = await advancing(wait({ items: sent.items, onError: 'continueErrorOutput', parameters: options }));
	expect(outcomes(ran).slice(0, 3)).toEqual(['hard-bounced', 'spam', 'soft-bounced']);
	expect(ran.items[0]?.json['recipients']).toMatchObject([
		{ address: 'ann@example.org', outcome: 'delivered' },
		{ address: 'bounce@example.org', outcome: 'hard-bounced' },
	]);
});

test('a scheduled email is found by its schedule ID once it is sent', async () => {
	// Sends in a minute and a half by the clock of the test; the simulator waits for none.
	const schedule = new Date(Date.now() + 90_000).toISOString();
	const { items } = await send(['ann@example.org'], { options: { schedule } });
	expect(items).toMatchObject([{ json: { emailId: null, scheduleId: expect.any(String) } }]);
	const waiting = wait({ items });
	await started();
	account.simulator.runScheduled();
	const ran = await advancing(waiting);
	expect(ran.items).toMatchObject([
		{ json: { outcome: 'delivered', scheduleId: items[0]?.json['scheduleId'], emailId: expect.any(String) } },
	]);
});

test('what is not known in time is pending, or an error if the user wants one', async () => {
	account.simulator.setLog({ minDelayMs: 3_600_000, maxDelayMs: 3_600_000 });
	const { items } = await send(['ann@example.org', 'bob@example.org']);
	const pending = await advancing(wait({ items, parameters: { timeLimit: 2 } }), 5_000);
	expect(pending.items).toMatchObject([
		{ json: { outcome: 'pending', final: false, waitedSeconds: 120 } },
		{ json: { outcome: 'pending' } },
	]);
	const failing = { timeLimit: 1, whenTimeIsUp: 'fail' };
	const failed = await advancing(wait({ items, parameters: failing, onError: 'continueErrorOutput' }), 5_000);
	expect(failed.items).toEqual([]);
	expect(failed.failed).toMatchObject([
		{
			json: {
				error: 'The outcome of the email was not known within a minute',
				details: { code: 'SMTP2GO_OUTCOME_UNKNOWN', emailId: items[0]?.json['emailId'] },
			},
		},
		{ json: { details: { emailId: items[1]?.json['emailId'] } } },
	]);
});

test('an item whose send failed has its own error, and the others wait', async () => {
	const { items } = await send(['ann@example.org', 'nobody']);
	const ran = await advancing(wait({ items, onError: 'continueErrorOutput' }));
	expect(outcomes(ran)).toEqual(['delivered']);
	expect(ran.failed).toMatchObject([
		{ json: { error: expect.stringContaining('The email ID is missing') }, pairedItem: { item: 1 } },
	]);
});

test.each([
	['has no ID', {}, 'The email ID is missing'],
	['has an invalid time limit', { timeLimit: '={{ $itemIndex === 1 ? -1 : 10 }}' }, 'Time Limit'],
])(
	'an item that %s stops a workflow that stops on errors, before the others wait',
	async (_what, parameters, error) => {
		const { items } = await send(['ann@example.org', 'nobody']);
		const ran = await advancing(wait({ items, parameters }));
		expect(ran.error?.message).toContain(error);
		expect(searches()).toEqual([]);
	},
);

test('says once how long it waited', async () => {
	account.simulator.setLog({ minDelayMs: 120_000, maxDelayMs: 120_000 });
	const { items } = await send(['ann@example.org', 'bob@example.org']);
	const { hints } = await advancing(wait({ items }), 1_000);
	expect(hints.filter(({ message }) => message.startsWith('Waited'))).toHaveLength(1);
});

test('rows that Send skipped go on unchanged, and do not fail the others', async () => {
	const { items } = await send(['ann@example.org', 'ann@example.org', ''], {
		dataMode: 'autoMapInputData',
		sendingOptions: { checkSuppressions: false },
	});
	expect(items.map(({ json }) => json['problem'])).toEqual([undefined, 'duplicate', 'noAddress']);
	const ran = await advancing(wait({ items }));
	expect(ran.error).toBeUndefined();
	expect(outcomes(ran)).toEqual(['delivered', undefined, undefined]);
	expect(ran.items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
	expect(ran.items.slice(1).map(({ json }) => json)).toEqual(items.slice(1).map(({ json }) => json));
});

test('a missing permission fails at once and names it', async () => {
	const { items } = await send(['ann@example.org']);
	const apiKey = account.simulator.addKey({ permissions: ['/email/send'] });
	const { error } = await advancing(wait({ items, credentials: { ...account.credentials, apiKey } }));
	expect(error?.description).toContain('/activity/search');
	expect(searches()).toHaveLength(1);
});

test('a look that fails is repeated', async () => {
	account.simulator.setLog({ minDelayMs: 30_000, maxDelayMs: 30_000 });
	const { items } = await send(['ann@example.org']);
	account.simulator.setFault({ path: '/activity/search', fault: 'server-error', times: 5 });
	const ran = await advancing(wait({ items }));
	expect(outcomes(ran)).toEqual(['delivered']);
});

test('a workflow that is stopped waits no longer', async () => {
	account.simulator.setLog({ minDelayMs: 3_600_000, maxDelayMs: 3_600_000 });
	const { items } = await send(['ann@example.org']);
	let stop = (): void => undefined;
	const running = stoppedRun(() => wait({ items, onStart: (end) => (stop = end) }));
	await started();
	await clock.advance(30_000);
	const before = searches().length;
	expect(before).toBeGreaterThan(1);
	stop();
	await advancing(running);
	expect(searches()).toHaveLength(before);
});
