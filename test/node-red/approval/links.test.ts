/** Questions that are answered by a link: only a click on the page decides, and only once. */
import { linkSecret, signLink } from '../../../api';
import { DEMO_API_KEY, type Simulator } from '../../../simulator';
import { delivered, deploy, key, logged, loggedErrors, runtime, until, type Web } from '../support/node-red';
import { answerIn, ask, askFlow, boxes, fixed, linkTo, post, startAsk } from '../support/ask-flow';
import { linksTo } from '../support/ask-links';
import { useNodeRed } from '../support/use-node-red';

let simulator: Simulator;
let web: Web;
useNodeRed(
	(started) => {
		({ simulator, web } = started);
	},
	{ deletesAll: true },
);

const flow = (def: object = {}, more: object = {}) => askFlow(simulator, web.url, def, more);
const start = (def: object = {}, credentials = key(), settings: object = {}) =>
	startAsk(flow(def), credentials, settings);
const BOSS = 'boss@shop.example';
const statusIn = ({ statuses }: ReturnType<typeof boxes>) => String(statuses.messages.at(-1)?.status?.['text']);

describe('an answer', () => {
	it('passes the original message on, with who answered, when, and how', async () => {
		const { outs, completed } = await start();
		ask({ order: { id: 17 } });
		const link = await linkTo(simulator);
		// The node is done with the message when the question was sent.
		await completed.next();
		const page = await (await fetch(link)).text();
		expect(page).toContain('Pay 100 EUR to Acme?');
		expect((await post(link, { answer: 'approve' })).status).toBe(200);
		const msg = await outs[0].next();
		expect(msg).toMatchObject({ topic: 'Invoice 17', payload: 'Pay 100 EUR to Acme?', order: { id: 17 } });
		expect(answerIn(msg)).toEqual({
			approved: true,
			choice: null,
			text: null,
			comment: null,
			respondedBy: BOSS,
			respondedAt: expect.stringMatching(/^20.*Z$/),
			channel: 'email',
		});
		expect([outs[1].messages, outs[2].messages]).toEqual([[], []]);
	});

	it.each<[string, object, Record<string, string>, number, object]>([
		[
			'Decline',
			{ comment: 'optional' },
			{ answer: 'decline', comment: 'Too much' },
			1,
			{ approved: false, comment: 'Too much' },
		],
		[
			'the second choice',
			{ responseType: 'choice', choices: 'Red\nGreen' },
			{ answer: '2' },
			1,
			{ choice: 'Green' },
		],
		[
			'a text',
			{ responseType: 'freeText' },
			{ answer: 'text', text: 'Ask again\nin May' },
			0,
			{ text: 'Ask again\nin May' },
		],
		['the only button', { approveOnly: true }, { answer: 'approve' }, 0, { approved: true }],
	])('of each kind has its own output: %s', async (_what, def, form, output, expected) => {
		const { outs } = await start(def);
		ask();
		await post(await linkTo(simulator), form);
		const msg = await outs[output as 0].next();
		expect(answerIn(msg)).toMatchObject(expected);
	});

	it('that lacks something shows the page again, and decides nothing', async () => {
		const { outs } = await start({ comment: 'requiredOnDecline' });
		ask();
		const link = await linkTo(simulator);
		for (const form of [{ answer: 'decline' }, { answer: 'other' }, {}, { answer: 'decline', comment: ' ' }]) {
			const response = await post(link, form as Record<string, string>);
			expect([response.status, await response.text()]).toEqual([422, expect.stringContaining('role="alert"')]);
		}
		expect((await post(link, { answer: 'decline', comment: 'No' })).status).toBe(200);
		await outs[1].next();
	});

	it('with 10,000 characters, markup and emoji arrives as it was typed', async () => {
		const { outs } = await start({ comment: 'optional' });
		ask();
		const comment = `${'😀'.repeat(100)}"><script>alert(1)</script>שלום${'ä'.repeat(9_700)}`;
		const link = await linkTo(simulator);
		const tooLong = await post(link, { answer: 'approve', comment: 'x'.repeat(300_000) });
		expect([tooLong.status, await tooLong.text()]).toEqual([422, expect.stringContaining('10,000')]);
		const response = await post(link, { answer: 'approve', comment });
		expect(response.status).toBe(200);
		expect(answerIn(await outs[0].next())).toMatchObject({ comment });
		expect(await (await fetch(link)).text()).not.toContain('<script>alert');
	});

	it('counts once, though two people answer at the same moment, and each of them twice', async () => {
		const { outs } = await start({ fields: { ...fields(), to: fixed(`${BOSS}, cfo@shop.example`) } });
		ask();
		const links = [await linkTo(simulator), await linkTo(simulator, 'cfo@shop.example')];
		const answers = ['approve', 'decline', 'approve', 'decline'];
		const pages = await Promise.all(answers.map((answer, index) => post(links[index % 2] ?? '', { answer })));
		expect(pages.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
		const texts = await Promise.all(pages.map((page) => page.text()));
		expect(texts.filter((text) => text.includes('already'))).toHaveLength(3);
		await delivered();
		expect(outs.flatMap(({ messages }) => messages)).toHaveLength(1);
		// Opened again, the page says by whom.
		expect(await (await fetch(links[1] ?? '')).text()).toContain('@shop.example');
	});
});

const fields = () => ({
	to: fixed(BOSS),
	sender: fixed('shop@shop.example'),
	subject: { type: 'msg', value: 'topic' },
	message: { type: 'msg', value: 'payload' },
});

describe('a link', () => {
	it('that is only opened decides nothing, however often, and no other method does', async () => {
		const { outs } = await start();
		ask();
		const link = await linkTo(simulator);
		for (let round = 0; round < 100; round++) {
			const method = ['GET', 'HEAD', 'OPTIONS'][round % 3] ?? '';
			const response = await fetch(`${link}?answer=approve#answer-approve`, { method });
			expect(response.status).toBe(method === 'OPTIONS' ? 204 : 200);
		}
		for (const method of ['PUT', 'PATCH', 'DELETE'])
			expect((await fetch(link, { method, body: 'answer=approve' })).status).toBe(405);
		await delivered();
		expect(outs.flatMap(({ messages }) => messages)).toEqual([]);
		await post(link, { answer: 'approve' });
		await outs[0].next();
	});

	it('has headers that keep it from being stored, framed, indexed, or passed on', async () => {
		await start();
		ask();
		const { headers } = await fetch(await linkTo(simulator));
		expect(Object.fromEntries(headers)).toMatchObject({
			'cache-control': 'no-store',
			'referrer-policy': 'no-referrer',
			'x-robots-tag': expect.stringContaining('noindex'),
			'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
			'content-type': 'text/html; charset=utf-8',
		});
	});

	it('that is forged, altered, or of another account or question is refused', async () => {
		const { outs } = await start();
		ask();
		const link = await linkTo(simulator);
		const [base = '', token = ''] = link.split('/ask/');
		const [id = '', recipient = '', signature = ''] = token.split('.');
		const secret = linkSecret(DEMO_API_KEY, 'account');
		const forged = [
			`${base}/ask/${id}.2.${signature}`,
			`${base}/ask/${id}.${recipient}.${signature.slice(0, -1)}`,
			`${base}/ask/${id}.${recipient}.${signature}x`,
			`${base}/ask/${signLink('', id, recipient)}`,
			`${base}/ask/${signLink(linkSecret(DEMO_API_KEY, 'other'), id, recipient)}`,
			`${base}/ask/${signLink(secret, id, '2')}`,
			`${web.url}/smtp2go/other/ask/${token}`,
			`${base}/ask/..%2f..%2f`,
			`${base}/ask/%00`,
		];
		for (const one of forged) expect([one, (await post(one, { answer: 'approve' })).status]).toEqual([one, 403]);
		expect((await post(`${base}/ask/${signLink(secret, 'unknown', '1')}`, { answer: 'approve' })).status).toBe(410);
		await delivered();
		expect(outs.flatMap(({ messages }) => messages)).toEqual([]);
	});

	it('works below a path, and its secret is in no log, context or status', async () => {
		const { outs, statuses, completed } = await start({}, key(), { httpNodeRoot: '/nodes' });
		ask();
		const link = await linkTo(simulator);
		expect(link).toMatch(new RegExp(`^${web.url}/nodes/smtp2go/account/ask/`));
		await completed.next();
		await post(link.replace('/nodes', ''), { answer: 'approve' });
		await outs[0].next();
		const signature = link.slice(-43);
		const seen = JSON.stringify([logged(), statuses.messages, outs[0].messages.map(answerIn)]);
		expect(seen).not.toContain(signature);
		const context = await new Promise((resolve) => {
			runtime()
				.nodes.getNode('account')
				.context()
				.get('questions', (_error: unknown, value: unknown) => resolve(value));
		});
		expect(JSON.stringify(context)).toContain(BOSS);
		expect(JSON.stringify(context)).not.toContain(signature);
		expect(JSON.stringify(context)).not.toContain(DEMO_API_KEY);
	});
});

describe('a deploy', () => {
	it.each(['full', 'flows', 'nodes'] as const)('(%s) keeps an open question, and its message', async (type) => {
		const { completed } = await start({ limit: 1 });
		ask({ order: 17 });
		const link = await linkTo(simulator);
		await completed.next();
		await deploy(flow({ limit: 1, name: `changed ${type}` }), type, key());
		const after = boxes();
		await post(link, { answer: 'decline' });
		expect(await after.outs[1].next()).toMatchObject({ order: 17, answer: { approved: false } });
	});

	it('that deletes the node closes its question, and the page says so', async () => {
		const { outs, completed } = await start();
		ask();
		const link = await linkTo(simulator);
		await completed.next();
		await deploy(
			flow().filter(({ id }) => id !== 'q'),
			'full',
			key(),
		);
		const response = await post(link, { answer: 'approve' });
		expect([response.status, await response.text()]).toEqual([410, expect.stringContaining('<html')]);
		expect(outs.flatMap(({ messages }) => messages)).toEqual([]);
		expect(logged().join()).toContain('errors.questionsClosed');
	});

	it('that removes the answer makes it an error with the message', async () => {
		const { completed } = await start();
		ask({ order: 17 });
		const link = await linkTo(simulator);
		await completed.next();
		await deploy(flow({ responseType: 'choice', choices: 'Red\nGreen' }), 'full', key());
		const { caught } = boxes();
		await post(link, { answer: 'approve' });
		expect(await caught.next()).toMatchObject({ order: 17, answer: { approved: true } });
	});
});

describe('the node', () => {
	it('shows how many questions wait, and what happened last', async () => {
		const all = await start();
		ask();
		ask();
		await until(() => statusIn(all) === 'status.questionsVolatile');
		for (const link of [await linkTo(simulator, BOSS, 1), await linkTo(simulator, BOSS, 2)])
			await post(link, { answer: 'approve' });
		await until(() => statusIn(all) === 'status.answered');
	});

	it('sends the message to the last output after the limit', async () => {
		const all = await start({ limit: '0.00001' });
		ask({ order: 17 });
		const msg = await all.outs[2].next();
		expect(msg).toMatchObject({ order: 17, answer: { timedOut: true } });
		await until(() => statusIn(all) === 'status.timedOut');
		const [link = ''] = linksTo(simulator, BOSS);
		const response = await post(link, { answer: 'approve' });
		expect([response.status, all.outs[0].messages]).toEqual([410, []]);
	});

	it('without a public URL says so, and sends nothing', async () => {
		const { caught } = await startAsk(askFlow(simulator, ''), key());
		ask();
		expect((await caught.next()).error).toMatchObject({ code: 'SMTP2GO_INVALID' });
		expect(simulator.state.emails).toEqual([]);
	});

	it('takes nothing from a message that its dialog does not name', async () => {
		const { completed } = await start({ limit: 1, responseType: 'approval' });
		ask({
			to: 'thief@evil.example',
			phones: '+14155550199',
			sender: 'thief@evil.example',
			from: 'thief@evil.example',
			replyTo: 'thief@evil.example',
			answer: { approved: true },
			approveLabel: 'Free money',
			responseType: 'freeText',
			choices: 'a\nb',
			limit: 0,
			template: 'evil-template',
			escalateTo: 'thief@evil.example',
			via: 'sms',
			operation: 'send',
			fields: { to: fixed('thief@evil.example') },
		});
		await completed.next();
		expect(simulator.state.emails.map(({ to }) => to[0]?.address)).toEqual([BOSS]);
		expect(JSON.stringify(simulator.state.emails)).not.toMatch(/thief|Free money/);
		expect(simulator.state.sms).toEqual([]);
	});

	it('gives an error of SMTP2GO to a Catch node, and closes the question', async () => {
		const { caught } = await start();
		simulator.setFault({ path: '/email/send', fault: 'error', status: 400, message: 'Not today', times: 1 });
		ask({ order: 17 });
		expect(await caught.next()).toMatchObject({
			order: 17,
			error: { message: expect.stringContaining('Not today') },
		});
		ask({ payload: { not: 'text' } });
		expect((await caught.next(2)).error).toMatchObject({ code: 'SMTP2GO_INVALID' });
		await delivered();
		expect(loggedErrors().length).toBeLessThanOrEqual(2);
	});
});
