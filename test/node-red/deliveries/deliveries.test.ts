import { randomUUID } from 'node:crypto';
import { deriveToken } from '../../../api';
import { DEMO_API_KEY, type Simulator } from '../../../simulator';
import { triggerFlow } from '../support/flows';
import { delivered, inbox, key, load, node, until, Web } from '../support/node-red';
import { useNodeRed } from '../support/use-node-red';

let simulator: Simulator;
useNodeRed(
	(started) => {
		({ simulator } = started);
	},
	{ simulator: { timeScale: 450_000 }, deletesAll: true },
);

const token = deriveToken(DEMO_API_KEY, 'account');
const bounce = {
	event: 'bounce',
	bounce: 'hard',
	id: 'e1',
	rcpt: 'ann@example.org',
	email_id: 'm1',
	time: '2026-11-22T09:00:00Z',
	subject: 'Order',
	message: '550 no',
};

describe.each(['editorAtRoot', 'editorElsewhere'] as const)('a delivery, with the layout %s', (layout) => {
	let web: Web;
	beforeAll(async () => {
		web = await Web.start(layout);
	});
	afterAll(() => web.stop());

	async function start() {
		await load(triggerFlow(simulator, web.url, [{ id: 't', events: ['bounce'] }]), key());
		await until(() => simulator.state.hooks.length === 1);
		return inbox('out-t');
	}

	const post = (body: string, headers: Record<string, string> = {}, path = '/smtp2go/account') =>
		fetch(`${web.url}${path}`, {
			method: 'POST',
			body,
			headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...headers },
		});

	it('as JSON starts the flow with the event', async () => {
		const out = await start();
		expect((await post(JSON.stringify(bounce))).status).toBe(200);
		expect(await out.next()).toMatchObject({
			topic: 'hard-bounced',
			payload: {
				eventId: 'e1',
				kind: 'hard-bounced',
				bounceType: 'hard',
				recipient: 'ann@example.org',
				emailId: 'm1',
				raw: bounce,
			},
		});
	});

	it('as a form starts the flow with the same event', async () => {
		const out = await start();
		const form = new URLSearchParams(bounce).toString();
		expect((await post(form, { 'content-type': 'application/x-www-form-urlencoded' })).status).toBe(200);
		expect(await out.next()).toMatchObject({
			topic: 'hard-bounced',
			payload: { eventId: 'e1', recipient: 'ann@example.org' },
		});
	});

	it.each<[string, number, () => Promise<Response>]>([
		['GET', 200, () => fetch(`${web.url}/smtp2go/account`)],
		['HEAD', 200, () => fetch(`${web.url}/smtp2go/account`, { method: 'HEAD' })],
		['an empty POST', 200, () => fetch(`${web.url}/smtp2go/account`, { method: 'POST' })],
		['an empty POST that says it is JSON', 200, () => post('', { authorization: '' })],
		['an event nobody asked for', 200, () => post(JSON.stringify({ ...bounce, event: 'open' }))],
		['an object that names no event', 200, () => post('{}')],
		['no token', 401, () => post(JSON.stringify(bounce), { authorization: '' })],
		['a wrong token', 401, () => post(JSON.stringify(bounce), { authorization: `Bearer ${token.slice(1)}0` })],
		['the token as a basic header', 401, () => post(JSON.stringify(bounce), { authorization: `Basic ${token}` })],
		[
			'the token in the path',
			401,
			() => post(JSON.stringify(bounce), { authorization: '' }, `/smtp2go/account/${token}`),
		],
		['a list', 400, () => post('[1]')],
		['broken JSON', 400, () => post('{"event":')],
		['PUT', 405, () => fetch(`${web.url}/smtp2go/account`, { method: 'PUT' })],
		['an account that is not there', 404, () => post(JSON.stringify(bounce), {}, '/smtp2go/other')],
		['an account of Object itself', 404, () => post(JSON.stringify(bounce), {}, '/smtp2go/__proto__')],
		['a body that never stops', 413, () => post(JSON.stringify({ ...bounce, message: 'x'.repeat(6_000_000) }))],
	])('is answered and starts nothing: %s', async (_what, status, send) => {
		const out = await start();
		expect((await send()).status).toBe(status);
		await delivered();
		expect(out.messages).toEqual([]);
	});
});

describe('with a user and password for a proxy in front', () => {
	let web: Web;
	beforeAll(async () => {
		web = await Web.start();
	});
	afterAll(() => web.stop());
	const flow = () => triggerFlow(simulator, web.url, [{ id: 't', events: ['bounce'] }], { hookAuth: 'basic' });
	const credentials = () => key(DEMO_API_KEY, { hookUser: 'nora', hookPassword: 'secret' });

	it('they are given to SMTP2GO, and the secret is in the path', async () => {
		await load(flow(), credentials());
		await until(() => simulator.state.hooks.length === 1);
		expect(simulator.state.hooks[0]).toMatchObject({
			auth_header_type: 'basic',
			auth_header_value: Buffer.from('nora:secret').toString('base64'),
			url: `${web.url}/smtp2go/account/${token}`,
		});
	});

	it.each([
		[`/smtp2go/account/${token}`, 200, 1],
		['/smtp2go/account/wrong', 401, 0],
		['/smtp2go/account', 401, 0],
	])('%s is answered with %i', async (path, status, count) => {
		await load(flow(), credentials());
		await until(() => simulator.state.hooks.length === 1);
		const out = inbox('out-t');
		const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
		expect(
			(await fetch(`${web.url}${path}`, { method: 'POST', body: JSON.stringify(bounce), headers })).status,
		).toBe(status);
		await delivered();
		expect(out.messages).toHaveLength(count);
	});
});

describe('the events of SMTP2GO itself', () => {
	let web: Web;
	beforeAll(async () => {
		web = await Web.start();
	});
	afterAll(() => web.stop());

	it('reach each trigger that asked for them, and no other', async () => {
		await load(
			[
				...triggerFlow(simulator, web.url, [
					{ id: 'bounces', events: ['bounce'] },
					{ id: 'reads', events: ['open', 'click'] },
					{ id: 'sms', smsEvents: ['delivered'] },
				]),
				{
					id: 'n',
					z: 'tab',
					type: 'smtp2go-email',
					account: 'account',
					operation: 'send',
					fields: {},
					wires: [],
				},
			],
			key(),
		);
		await until(() => simulator.state.hooks.length === 1);
		const [bounces, reads, sms] = [inbox('out-bounces'), inbox('out-reads'), inbox('out-sms')];
		node('n').receive({
			from: 'shop@example.com',
			to: 'ann@example.org, bounce@example.org',
			topic: randomUUID(),
			payload: '<a href="https://example.com">x</a>',
		});
		await reads.next(2);
		expect((await bounces.next()).payload).toMatchObject({ kind: 'hard-bounced', recipient: 'bounce@example.org' });
		expect(reads.messages.map(({ topic }) => topic).sort()).toEqual(['clicked', 'opened']);
		simulator.raise('sms_delivered', { recipient: '+4912345', message: 'Hi' });
		expect(await sms.next()).toMatchObject({
			topic: 'sms-delivered',
			payload: { channel: 'sms', recipient: '+4912345' },
		});
		expect([bounces.messages.length, reads.messages.length, sms.messages.length]).toEqual([1, 2, 1]);
	});

	it('are a copy for each trigger', async () => {
		await load(
			triggerFlow(simulator, web.url, [
				{ id: 'one', events: ['bounce'] },
				{ id: 'two', events: ['bounce'] },
			]),
			key(),
		);
		await until(() => simulator.state.hooks.length === 1);
		const [one, two] = [inbox('out-one'), inbox('out-two')];
		await fetch(`${web.url}/smtp2go/account`, {
			method: 'POST',
			body: JSON.stringify(bounce),
			headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
		});
		expect((await one.next()).payload).toEqual((await two.next()).payload);
		expect(one.messages[0]?.payload).not.toBe(two.messages[0]?.payload);
	});
});
