import { deriveToken } from '../../../api';
import { DEMO_API_KEY, type Simulator } from '../../../simulator';
import { triggerFlow } from '../support/flows';
import { delivered, deploy, inbox, key, load, logged, until, type Web } from '../support/node-red';
import { useNodeRed } from '../support/use-node-red';

let simulator: Simulator;
let web: Web;
useNodeRed(
	(started) => {
		({ simulator, web } = started);
	},
	{ deletesAll: true },
);

const token = deriveToken(DEMO_API_KEY, 'account');
const path = '/smtp2go/account';
const bounce = { event: 'bounce', bounce: 'hard', id: 'e1', rcpt: 'ann@example.org' };
const flow = (more: object = {}) => triggerFlow(simulator, web.url, [{ id: 't', events: ['bounce'] }], more);
/** A delivery; without a token unless it is given one. */
const post = async (authorization = '', to = path, body: object = bounce) =>
	(
		await fetch(`${web.url}${to}`, {
			method: 'POST',
			body: JSON.stringify(body),
			headers: { 'content-type': 'application/json', ...(authorization ? { authorization } : {}) },
		})
	).status;
async function start(more: object = {}, credentials = key()) {
	await load(flow(more), credentials);
	await until(() => simulator.state.hooks.length === 1);
	return inbox('out-t');
}

const forgeries: [string, string, string, object][] = [
	['no token', '', path, bounce],
	['a wrong token', `Bearer ${token.slice(1)}0`, path, bounce],
	['a longer token', `Bearer ${token}0`, path, bounce],
	['an empty token', 'Bearer ', path, bounce],
	['the token twice', `Bearer ${token}, Bearer ${token}`, path, bounce],
	['the token of another account', `Bearer ${deriveToken(DEMO_API_KEY, 'account2')}`, path, bounce],
	['the token of another key', `Bearer ${deriveToken('another', 'account')}`, path, bounce],
	['the API key itself', `Bearer ${DEMO_API_KEY}`, path, bounce],
	['the token as a password', `Basic ${Buffer.from(`:${token}`).toString('base64')}`, path, bounce],
	['the token in the query', '', `${path}?token=${token}&authorization=Bearer%20${token}`, bounce],
	['the token in the body', '', path, { ...bounce, token, authorization: `Bearer ${token}` }],
	['the token in the path', '', `${path}/${token}`, bounce],
	['the token in the header and in the path', `Bearer ${token}`, `${path}/${token}`, bounce],
];

it.each(forgeries)('%s: 401, and nothing starts', async (_what, authorization, to, body) => {
	const out = await start();
	expect(await post(authorization, to, body)).toBe(401);
	await delivered();
	expect(out.messages).toEqual([]);
	expect(await post(`Bearer ${token}`)).toBe(200);
});

it.each([
	['no secret', '', path],
	['a wrong one', '', `${path}/${token.slice(1)}0`],
	['the secret as a token', `Bearer ${token}`, path],
	['only user and password', `Basic ${Buffer.from('nora:pass').toString('base64')}`, path],
])('secured by user and password, %s: 401, and nothing starts', async (_what, authorization, to) => {
	const out = await start({ hookAuth: 'basic' }, key(DEMO_API_KEY, { hookUser: 'nora', hookPassword: 'pass' }));
	expect(await post(authorization, to)).toBe(401);
	await delivered();
	expect(out.messages).toEqual([]);
});

it('after the key was changed the earlier token is worth nothing', async () => {
	await start();
	const other = simulator.addKey({ permissions: ['*'] });
	await deploy(flow({ credentials: { apiKey: other } }), 'nodes');
	await until(() => simulator.state.hooks[0]?.auth_header_value === deriveToken(other, 'account'));
	expect([await post(`Bearer ${token}`), await post(`Bearer ${deriveToken(other, 'account')}`)]).toEqual([401, 200]);
});

it('without a key everything is refused, and the status says so', async () => {
	await load(
		[
			...flow(),
			{ id: 'watcher', z: 'tab', type: 'status', scope: ['t'], wires: [['states']] },
			{ id: 'states', z: 'tab', type: 'helper' },
		],
		{},
	);
	const [out, states] = [inbox('out-t'), inbox('states')];
	await states.next();
	expect(states.messages.at(-1)?.status).toMatchObject({ fill: 'red', text: expect.stringContaining('noKey') });
	for (const authorization of ['', 'Bearer ', 'Bearer undefined', `Bearer ${deriveToken('', 'account')}`])
		expect(await post(authorization)).toBe(401);
	expect(await post('', `${path}/`)).toBe(401);
	await delivered();
	expect(out.messages).toEqual([]);
});

it('10,000 guesses: each refused, nothing starts, and no secret appears in the log', async () => {
	const out = await start();
	const statuses = new Map<number, number>();
	for (let round = 0; round < 100; round++) {
		const answers = await Promise.all(
			Array.from({ length: 100 }, (_, index) =>
				post(`Bearer ${deriveToken(`guess ${round} ${index}`, 'account')}`),
			),
		);
		for (const status of answers) statuses.set(status, (statuses.get(status) ?? 0) + 1);
	}
	expect([...statuses]).toEqual([[401, 10_000]]);
	expect(await post(`Bearer ${token}`)).toBe(200);
	await out.next();
	expect(out.messages).toHaveLength(1);
	const log = logged().join('\n');
	for (const secret of [token, DEMO_API_KEY, 'Bearer']) expect(log).not.toContain(secret);
}, 300_000);
