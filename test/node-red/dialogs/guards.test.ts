/** Who can call the routes of the editor's dialogs and its side bar. */
import type { Simulator } from '../../../simulator';
import { asUser } from '../support/as-user';
import { account, key, load, request } from '../support/node-red';
import { useNodeRed } from '../support/use-node-red';

let simulator: Simulator;
useNodeRed((started) => {
	({ simulator } = started);
});

/** A trigger that calls nothing: without a Public URL, it has no webhook. */
const trigger = {
	id: 'trigger',
	type: 'smtp2go-trigger',
	z: 'tab',
	account: 'account',
	smsEvents: ['failed'],
	wires: [],
};

/** Starts an account, with what a route needs beside it. */
async function start(path: string): Promise<void> {
	const tab = { id: 'tab', type: 'tab', label: 'Test' };
	const isSample = path === 'sample-event';
	const publicUrl = isSample ? '' : 'https://flows.example.com';
	await load([tab, account(simulator, { publicUrl }), ...(isSample ? [trigger] : [])], key());
}

describe('every route', () => {
	const routes: [string, string][] = [
		['check-key', 'smtp2go.write'],
		['show-hook', 'smtp2go.write'],
		['list', 'smtp2go.read'],
		['preview', 'smtp2go.read'],
		['send-test', 'smtp2go.write'],
		['missing-permissions', 'smtp2go.read'],
		['variables', 'smtp2go.read'],
		['side-bar', 'smtp2go.read'],
		['last-emails', 'smtp2go.read'],
		['quota', 'smtp2go.read'],
		['sample-event', 'smtp2go.write'],
	];

	it.each(routes)('%s is guarded by its own permission', async (path, permission) => {
		await start('');
		const others = ['smtp2go.read', 'smtp2go.write', 'flows.read', 'flows.write'].filter(
			(one) => one !== permission,
		);
		const status = async (...may: string[]) =>
			(
				await asUser(...may)
					.post(`/smtp2go/${path}`)
					.send({})
			).status;
		expect([await status(permission), await status(...others), await status()]).toEqual([200, 401, 401]);
	});

	let clicks = 0;
	const body = (path = '') => ({
		account: 'account',
		region: 'custom',
		baseUrl: simulator.apiUrl,
		proxy: '',
		apiKey: '__PWRD__',
		id: 'order-receipt',
		trigger: 'trigger',
		kind: path === 'sample-event' ? 'smsEvents.failed' : 'template',
		to: 'me@example.com',
		click: `route ${++clicks}`,
		fields: {
			sender: { type: 'str', value: 'shop@example.com' },
			subject: { type: 'str', value: 'Hi' },
			text_body: { type: 'str', value: 'Hello' },
		},
	});
	const HERE = 'flows.example.com';

	describe.each(routes)('%s, where nobody has to log in,', (path) => {
		beforeEach(() => start(path));
		const ask = (headers: Record<string, string>) =>
			request()
				.post(`/smtp2go/${path}`)
				.set({ host: HERE, ...headers });

		it.each<[string, Record<string, string>]>([
			["the editor's page", { 'sec-fetch-site': 'same-origin', origin: `https://${HERE}` }],
			["the editor's page, by a browser that tells less", { origin: `http://${HERE}` }],
			[
				"the editor's page behind a proxy that asks for another host",
				{ host: '127.0.0.1:1880', origin: `https://${HERE}`, 'x-forwarded-host': HERE },
			],
			[
				"the editor's page behind a proxy that says nothing, by a browser that tells",
				{ host: '127.0.0.1:1880', origin: `https://${HERE}`, 'sec-fetch-site': 'same-origin' },
			],
			['a program', {}],
		])('answers %s', async (_who, headers) => {
			expect((await ask(headers).send(body(path))).body).toMatchObject({ ok: true });
		});

		it.each<[string, Record<string, string>, number]>([
			['a foreign page', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }, 403],
			['a page of the same site', { 'sec-fetch-site': 'same-site', origin: 'https://evil.example.com' }, 403],
			['a foreign page, by a browser that tells less', { origin: 'https://evil.example' }, 403],
			['a page without an origin', { origin: 'null' }, 403],
			['another port', { origin: `https://${HERE}:8443` }, 403],
		])('refuses %s', async (_who, headers, status) => {
			const answer = await ask(headers).send(body(path));
			expect([answer.status, answer.body]).toEqual([
				status,
				{ ok: false, type: 'invalid', message: 'errors.otherOrigin' },
			]);
			expect(simulator.state.requests).toEqual([]);
		});

		it.each([
			['a form', 'application/x-www-form-urlencoded'],
			['plain text', 'text/plain'],
		])('refuses %s, which any page can send', async (_what, type) => {
			const { account: id, apiKey } = body();
			const answer = await ask({})
				.type(type)
				.send(
					type === 'text/plain'
						? JSON.stringify(body())
						: `account=${id}&apiKey=${apiKey}&region=custom&kind=template`,
				);
			expect([answer.status, answer.body]).toEqual([
				415,
				{ ok: false, type: 'invalid', message: 'errors.notJson' },
			]);
			expect(simulator.state.requests).toEqual([]);
		});

		it('is not read by GET', async () => {
			expect((await request().get(`/smtp2go/${path}?account=account&kind=template`)).body).not.toMatchObject({
				ok: true,
			});
			expect(simulator.state.requests).toEqual([]);
		});
	});
});
