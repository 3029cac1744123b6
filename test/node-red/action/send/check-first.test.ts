import type { Simulator } from '../../../../simulator';
import { actionFlow } from '../../support/flows';
import { deploy, inbox, key, load, node, until } from '../../support/node-red';
import { useNodeRed } from '../../support/use-node-red';

/** Pauses of this file: three minutes are three hundred milliseconds. */
jest.mock('../../../../node-red/runtime/connection/host', () => {
	const real = jest.requireActual<typeof import('../../../../node-red/runtime/connection/host')>(
		'../../../../node-red/runtime/connection/host',
	);
	const sleep: typeof real.clock.sleep = (milliseconds, signal) => real.clock.sleep(milliseconds / 600, signal);
	return {
		...real,
		createHost: (settings: Parameters<typeof real.createHost>[0]) => ({ ...real.createHost(settings), sleep }),
	};
});

let simulator: Simulator;
useNodeRed((started) => {
	({ simulator } = started);
});

const yes = { type: 'bool', value: 'true' };
const mail = { from: 'Shop <shop@example.com>', to: 'ann@example.org', topic: 'Order 1001', payload: 'Thank you' };
const calls = () => simulator.state.requests.map(({ path }) => path);
const keys = () =>
	simulator.state.emails.map(({ headers }) => headers.find(({ header }) => header === 'X-Message-Key')?.value);

async function start(fields: object = {}) {
	const flow = actionFlow(simulator, 'smtp2go-email', { operation: 'send', fields: { $checkFirst: yes, ...fields } });
	await load(flow, key());
	return {
		flow,
		out: inbox('out'),
		caught: inbox('caught'),
		completed: inbox('completed'),
		statuses: inbox('statuses'),
	};
}

describe('an email that is looked up before it is sent again', () => {
	it('has its own message key, even if nothing goes wrong', async () => {
		const { out } = await start();
		node('n').receive({ ...mail });
		node('n').receive({ ...mail });
		await out.next(2);
		expect(calls()).toEqual(['/email/send', '/email/send']);
		expect(new Set(keys()).size).toBe(2);
		expect(keys()).toEqual([expect.stringMatching(/^[0-9a-f-]{36}$/), expect.any(String)]);
	});

	it('was sent although the answer was lost: it is found, and goes on as sent', async () => {
		const { out, statuses } = await start();
		simulator.setFault({ path: '/email/send', fault: 'reset', when: 'after' });
		node('n').receive({ ...mail });
		const { payload } = await out.next();
		expect(payload).toMatchObject({ emailId: simulator.state.emails[0]?.emailId, foundInActivity: true });
		expect([simulator.state.emails.length, calls()]).toEqual([1, ['/email/send', '/activity/search']]);
		expect(statuses.messages.some(({ status }) => status?.['fill'] === 'yellow')).toBe(true);
	});

	it('was not sent: it is not found, and sent again, once', async () => {
		const { out } = await start();
		simulator.setFault({ path: '/email/send', fault: 'server-error', status: 502 });
		node('n').receive({ ...mail });
		await out.next();
		expect([simulator.state.emails.length, calls()]).toEqual([
			1,
			['/email/send', '/activity/search', '/email/send'],
		]);
	});

	it('stays unknown where it cannot be looked up, and is not sent again', async () => {
		const { caught } = await start();
		simulator.setFault({ path: '/email/send', fault: 'server-error', status: 502 });
		simulator.setFault({
			path: '/activity/search',
			fault: 'error',
			message: 'You do not have permission to access this API endpoint',
		});
		node('n').receive({ ...mail });
		expect((await caught.next()).error).toMatchObject({
			code: 'SMTP2GO_OUTCOME_UNKNOWN',
			message: expect.stringContaining('The lookup failed'),
		});
		expect([simulator.state.emails.length, calls()]).toEqual([0, ['/email/send', '/activity/search']]);
	});

	it('waits no longer when the flow is stopped, and is not sent again', async () => {
		const { flow, caught, statuses } = await start();
		simulator.setFault({ path: '/email/send', fault: 'server-error', status: 504, when: 'after' });
		node('n').receive({ ...mail });
		await until(() => statuses.messages.some(({ status }) => status?.['fill'] === 'yellow'));
		await deploy(
			flow.map((one) => (one.id === 'n' ? { ...one, name: 'changed' } : one)),
			'nodes',
			key(),
		);
		expect((await caught.next()).error).toMatchObject({ code: 'SMTP2GO_OUTCOME_UNKNOWN' });
		// The next one waits as long as this one would have, and later.
		simulator.setFault({ path: '/email/send', fault: 'reset', when: 'after' });
		const out = inbox('out');
		node('n').receive({ ...mail, topic: 'Order 1002' });
		await out.next();
		expect(simulator.state.emails.map(({ subject }) => subject)).toEqual(['Order 1001', 'Order 1002']);
		expect(calls()).toEqual(['/email/send', '/email/send', '/activity/search']);
	});

	it('of a batch: those that were sent are found, none is sent twice', async () => {
		const { out } = await start({
			$batch: { type: 'str', value: 'array' },
			$batchSize: { type: 'num', value: '3' },
		});
		simulator.setFault({ path: '/email/batch', fault: 'truncated', when: 'after' });
		simulator.setFault({ path: '/email/batch', fault: 'truncated' });
		node('n').receive({
			from: mail.from,
			topic: 'News',
			payload: Array.from({ length: 9 }, (_, index) => ({ to: `reader${index}@example.org`, payload: 'Hello' })),
		});
		const results = (await out.next()).payload as { ok: boolean; emailId: string }[];
		expect(results.every(({ ok }) => ok)).toBe(true);
		expect(new Set(results.map(({ emailId: id }) => id)).size).toBe(9);
		expect(simulator.state.emails.map(({ to }) => to[0]?.address).sort()).toEqual(
			Array.from({ length: 9 }, (_, index) => `reader${index}@example.org`),
		);
	});
});
