/** Many requests of the side bar at the same time: they must not use up the calls of the flows' API key. */
import type { Simulator } from '../../../simulator';
import { account, key, load, request } from '../support/node-red';
import { useNodeRed } from '../support/use-node-red';

let simulator: Simulator;
useNodeRed((started) => {
	({ simulator } = started);
});

afterEach(() => jest.restoreAllMocks());

const tab = { id: 'tab', type: 'tab', label: 'Test' };
const flood = (path: string, id = 'account') =>
	Promise.all(Array.from({ length: 40 }, () => request().post(`/smtp2go/${path}`).send({ account: id })));

it.each([
	['last-emails', '/activity/search'],
	['quota', '/stats/email_cycle'],
])('%s is read once for all that ask while it is read', async (path, endpoint) => {
	await load([tab, account(simulator)], key());
	const answers = await flood(path);
	expect(answers.map(({ body }) => (body as { ok: boolean }).ok)).toEqual(answers.map(() => true));
	const calls = simulator.state.requests.filter((one) => one.path === endpoint);
	expect(calls).toHaveLength(1);
});

it('another account is read, too', async () => {
	await load([tab, account(simulator), { ...account(simulator), id: 'other' }], {
		...key(),
		other: key()['account'],
	});
	await flood('quota');
	await flood('quota', 'other');
	expect(simulator.state.requests.filter((one) => one.path === '/stats/email_cycle')).toHaveLength(2);
});

it('what is a few seconds old is read again', async () => {
	await load([tab, account(simulator)], key());
	await flood('quota');
	const now = performance.now();
	jest.spyOn(performance, 'now').mockImplementation(() => now + 3_100);
	await flood('quota');
	expect(simulator.state.requests.filter((one) => one.path === '/stats/email_cycle')).toHaveLength(2);
});
