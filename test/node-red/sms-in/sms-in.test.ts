/** The node for received text messages: each one starts the flow once. */
/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import type { ReceivedSms } from '../../../api';
import { DEMO_API_KEY, type Simulator } from '../../../simulator';
import { account, delivered, deploy, inbox, key, load, loggedErrors, until } from '../support/node-red';
import { useNodeRed } from '../support/use-node-red';

let simulator: Simulator;
useNodeRed(
	(started) => {
		({ simulator } = started);
	},
	{ deletesAll: true },
);

const flow = (nodes: readonly ({ id: string } & Record<string, unknown>)[] = [{ id: 's' }]) => [
	{ id: 'tab', type: 'tab', label: 'Test' },
	account(simulator, { pollInterval: 1 }),
	...nodes.flatMap(({ id, ...def }) => [
		{
			id,
			z: 'tab',
			type: 'smtp2go-sms-in',
			name: '',
			account: 'account',
			filter: 'any',
			keywords: '',
			pattern: '',
			matchReplies: true,
			version: 1,
			wires: [[`out-${id}`]],
			...def,
		},
		{ id: `out-${id}`, z: 'tab', type: 'helper' },
	]),
	{ id: 'catcher', z: 'tab', type: 'catch', scope: null, uncaught: false, wires: [['caught']] },
	{ id: 'caught', z: 'tab', type: 'helper' },
	{ id: 'watcher', z: 'tab', type: 'status', scope: ['s'], wires: [['statuses']] },
	{ id: 'statuses', z: 'tab', type: 'helper' },
];
const start = async (nodes?: Parameters<typeof flow>[0], credentials = key()) => {
	await load(flow(nodes), credentials, { smtp2goTimes: { firstRetry: 50 } });
	return { out: inbox('out-s'), statuses: inbox('statuses'), caught: inbox('caught') };
};
const text = ({ messages }: ReturnType<typeof inbox>) => String(messages.at(-1)?.status?.['text']);
const isRead = (statuses: ReturnType<typeof inbox>) => until(() => text(statuses) === 'status.smsRead');
const reads = () => simulator.state.requests.filter(({ path }) => path === '/sms/view-received').length;
const textsIn = ({ messages }: ReturnType<typeof inbox>) =>
	messages.map(({ payload }) => (payload as ReceivedSms).text);
const receive = (content: string) => simulator.receiveSms({ from: '+14155550123', content });

describe('a received text message', () => {
	it('starts the flow once, with number, text and time', async () => {
		const { out, statuses } = await start();
		await isRead(statuses);
		receive('Yes please');
		const { topic, payload } = await out.next();
		expect([topic, payload]).toEqual([
			'sms-received',
			expect.objectContaining({
				from: '+14155550123',
				to: expect.stringMatching(/^\+\d+$/),
				text: 'Yes please',
				time: expect.stringMatching(/^20.*Z$/),
				reply: null,
			}),
		]);
		const before = reads();
		await until(() => reads() >= before + 2);
		expect(out.messages).toHaveLength(1);
		expect(text(statuses)).toBe('status.lastEvent');
	});

	it('comes with the message that it replies to', async () => {
		const { out, statuses } = await start();
		await isRead(statuses);
		await fetch(`${simulator.apiUrl}/sms/send`, {
			method: 'POST',
			headers: { 'X-Smtp2go-Api-Key': DEMO_API_KEY, 'content-type': 'application/json' },
			body: JSON.stringify({ destination: ['+14155550123'], content: 'Your order is ready. Reply YES' }),
		});
		receive('yes');
		expect((await out.next()).payload).toMatchObject({ reply: { text: 'Your order is ready. Reply YES' } });
	});

	it('reaches each node whose filter it passes', async () => {
		const { out, statuses } = await start([
			{ id: 's' },
			{ id: 'stop', filter: 'keywords', keywords: 'STOP, END' },
			{ id: 'number', filter: 'pattern', pattern: '^order \\d+$' },
		]);
		const [stop, number] = [inbox('out-stop'), inbox('out-number')];
		await isRead(statuses);
		for (const content of ['Stop!', "Don't stop", 'Order 17']) receive(content);
		await out.next(3);
		await delivered();
		expect([textsIn(stop), textsIn(number)]).toEqual([['Stop!'], ['Order 17']]);
		// One call for all of them.
		const before = reads();
		await until(() => reads() > before);
		expect(reads()).toBe(before + 1);
	});

	it('that came before the node was there starts nothing', async () => {
		receive('Too early');
		await new Promise((resolve) => setTimeout(resolve, 1_100));
		const { out, statuses } = await start();
		await isRead(statuses);
		receive('Now');
		await out.next();
		expect(textsIn(out)).toEqual(['Now']);
	});

	it('is neither lost nor doubled by deploys', async () => {
		const { statuses } = await start();
		await isRead(statuses);
		const all: string[] = [];
		for (let index = 0; index < 4; index++) {
			const out = inbox('out-s');
			receive(`message ${index}`);
			if (index % 2 === 0) await out.next();
			await deploy(flow(), index < 2 ? 'full' : 'flows');
			all.push(...textsIn(out));
		}
		const out = inbox('out-s');
		await until(() => all.length + out.messages.length >= 4);
		const before = reads();
		await until(() => reads() > before);
		expect([...all, ...textsIn(out)].sort()).toEqual([0, 1, 2, 3].map((index) => `message ${index}`));
	});
});

describe('a fault', () => {
	it('that passes changes the status only', async () => {
		const { out, statuses, caught } = await start();
		await isRead(statuses);
		simulator.setFault({ path: '/sms/view-received', fault: 'error', status: 400, message: 'Not today', times: 1 });
		receive('Hello');
		await out.next();
		expect(statuses.messages.some(({ status }) => status?.['fill'] === 'red')).toBe(true);
		expect([caught.messages, loggedErrors()]).toEqual([[], []]);
	});

	it('that stays reaches a Catch node, once', async () => {
		const { caught } = await start(undefined, key(simulator.addKey({ permissions: ['/email/send'] })));
		expect((await caught.next()).topic).toBe('sms-failed');
		await delivered();
		expect(caught.messages).toHaveLength(1);
	});

	it('in the filter is shown, and nothing is read', async () => {
		await start([{ id: 's', filter: 'pattern', pattern: '(' }]);
		expect(loggedErrors().join()).toContain('not a valid regular expression');
		expect(reads()).toBe(0);
	});
});
