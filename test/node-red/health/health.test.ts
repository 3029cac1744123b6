/** The health node: each problem starts the flow once, and its end once. */
import type { HealthReport } from '../../../api';
import { DEMO_API_KEY, type Simulator } from '../../../simulator';
import { account, delivered, deploy, inbox, key, load, loggedErrors, runtime, until } from '../support/node-red';
import { useNodeRed } from '../support/use-node-red';

let simulator: Simulator;
useNodeRed(
	(started) => {
		({ simulator } = started);
	},
	{ deletesAll: true },
);

const flow = (def: object = {}, more: object = {}) => [
	{ id: 'tab', type: 'tab', label: 'Test' },
	account(simulator, more),
	{
		id: 'h',
		z: 'tab',
		type: 'smtp2go-health',
		name: '',
		account: 'account',
		watch: { checks: ['quotaUsed'] },
		interval: 15,
		version: 1,
		wires: [['problem'], ['recovered']],
		...def,
	},
	{ id: 'problem', z: 'tab', type: 'helper' },
	{ id: 'recovered', z: 'tab', type: 'helper' },
	{ id: 'catcher', z: 'tab', type: 'catch', scope: null, uncaught: false, wires: [['caught']] },
	{ id: 'caught', z: 'tab', type: 'helper' },
	{ id: 'watcher', z: 'tab', type: 'status', scope: ['h'], wires: [['statuses']] },
	{ id: 'statuses', z: 'tab', type: 'helper' },
];

const boxes = () => ({
	problem: inbox('problem'),
	recovered: inbox('recovered'),
	statuses: inbox('statuses'),
	caught: inbox('caught'),
});
const text = ({ messages }: ReturnType<typeof inbox>) => String(messages.at(-1)?.status?.['text']);
/** Another look, to its end: the node looks when its flow starts. */
const again = async () => {
	await deploy(flow());
	const all = boxes();
	await until(() => /healthy|problem/.test(text(all.statuses)));
	await delivered();
	return all;
};
const looks = () => simulator.state.requests.filter(({ path }) => path.startsWith('/stats/')).length;
const send = () =>
	fetch(`${simulator.apiUrl}/email/send`, {
		method: 'POST',
		headers: { 'X-Smtp2go-Api-Key': DEMO_API_KEY, 'content-type': 'application/json' },
		body: JSON.stringify({ sender: 'shop@shop.example', to: ['ann@example.org'], subject: 'Hi', text_body: 'Hi' }),
	});
/** Uses up the quota, all of it or none. */
const quota = (isUsed: boolean) => {
	simulator.state.monthlyEmails = isUsed ? 1 : 10_000;
};
const start = async (def?: object, credentials = key(), settings: object = {}) => {
	await send();
	await load(flow(def), credentials, settings);
	return boxes();
};

describe('a problem', () => {
	it('starts the flow at the first output, with what it is and what to do', async () => {
		quota(true);
		const { problem, recovered } = await start();
		const { topic, payload } = await problem.next();
		expect([topic, payload]).toEqual([
			'quotaUsed',
			expect.objectContaining({
				check: 'quotaUsed',
				status: 'problem',
				limit: 80,
				value: expect.any(Number),
				since: expect.stringMatching(/^20.*Z$/),
				message: expect.stringMatching(/\./),
				whatToDo: expect.stringMatching(/\./),
			}),
		]);
		expect(recovered.messages).toEqual([]);
	});

	it('starts it once, also over deploys, and its end starts the second output once', async () => {
		quota(true);
		const { problem } = await start();
		await problem.next();
		const second = await again();
		quota(false);
		const third = await again();
		expect(third.recovered.messages.map(({ payload }) => (payload as HealthReport).status)).toEqual(['recovered']);
		const fourth = await again();
		for (const { messages } of [second.problem, second.recovered, third.problem, fourth.problem, fourth.recovered])
			expect(messages).toEqual([]);
	});

	it('that comes back after it was over starts the flow again', async () => {
		quota(true);
		const { problem } = await start();
		await problem.next();
		quota(false);
		await again();
		quota(true);
		expect((await again()).problem.messages).toHaveLength(1);
	});

	it('is found at the next look, with the limit that the node sets', async () => {
		simulator.state.monthlyEmails = 10;
		const { problem, statuses } = await start({ watch: { checks: ['quotaUsed'], quota_used: '5' } });
		expect((await problem.next()).payload).toMatchObject({ limit: 5 });
		await until(() => text(statuses) === 'status.problem');
	});
});

describe('the status', () => {
	it('says that all is well', async () => {
		quota(false);
		const { statuses } = await start();
		await until(() => text(statuses) === 'status.healthy');
		expect(statuses.messages.map(({ status }) => status?.['text'])).toContain('status.checking');
	});

	it('says that nothing is chosen', async () => {
		await start({ watch: { checks: [] } });
		const shown = jest.spyOn(runtime().events, 'emit');
		await deploy(flow({ watch: { checks: [] } }));
		const statuses = shown.mock.calls.filter(([event]) => event === 'node-status').map(([, about]) => about);
		shown.mockRestore();
		expect(statuses).toContainEqual(
			expect.objectContaining({ id: 'h', status: expect.objectContaining({ text: 'status.noChecks' }) }),
		);
		expect(looks()).toBe(0);
	});

	it('alone says that SMTP2GO fails for a while, and the node looks again soon', async () => {
		simulator.setFault({ path: '/stats/*', fault: 'error', status: 400, message: 'Not today', times: 1 });
		const { statuses, caught } = await start({}, key(), { smtp2goTimes: { firstRetry: 30 } });
		await until(() => text(statuses) === 'status.healthy');
		expect(statuses.messages.map(({ status }) => status?.['fill'])).toContain('red');
		expect([caught.messages, loggedErrors()]).toEqual([[], []]);
	});
});

describe('a fault that stays', () => {
	it('reaches a Catch node, once', async () => {
		const { caught, statuses } = await start({}, key('api-0123456789ABCDEF0123456789ABCDEF'));
		const { topic, error } = await caught.next();
		expect([topic, error?.['code']]).toEqual(['health-failed', 'SMTP2GO_AUTH']);
		expect(statuses.messages.at(-1)?.status).toMatchObject({ fill: 'red' });
		await delivered();
		expect(caught.messages).toHaveLength(1);
	});

	it('of one check is a separate problem, and the others are checked', async () => {
		quota(true);
		const weak = simulator.addKey({ permissions: ['/email/send', '/stats/email_cycle'] });
		const { problem } = await start({ watch: { checks: ['quotaUsed', 'senderDomain'] } }, key(weak));
		await problem.next(2);
		expect(problem.messages.map(({ topic }) => topic)).toEqual(['quotaUsed', 'senderDomain']);
		expect((problem.messages[1]?.payload as HealthReport).whatToDo).toContain('/domain/view');
	});
});

it('a node that is removed while it looks says nothing more', async () => {
	simulator.setFault({ path: '/stats/*', fault: 'slow', ms: 200, times: 0 });
	quota(true);
	await start();
	const out = inbox('problem');
	await until(() => looks() === 1);
	await deploy(flow().filter(({ id }) => id !== 'h'));
	simulator.clearFaults();
	await delivered();
	expect([out.messages, loggedErrors()]).toEqual([[], []]);
});
