/** Bodies of deliveries: what is read, what is rejected, and with which status. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { deriveToken, emailEvents } from '../../../api';
import { DEMO_API_KEY, type Simulator } from '../../../simulator';
import { triggerFlow } from '../support/flows';
import { delivered, inbox, key, load, loggedErrors, until, Web } from '../support/node-red';
import { useNodeRed } from '../support/use-node-red';

let simulator: Simulator;
useNodeRed(
	(started) => {
		({ simulator } = started);
	},
	{ deletesAll: true },
);

const token = deriveToken(DEMO_API_KEY, 'account');
const JSON_TYPE = 'application/json';
const FORM_TYPE = 'application/x-www-form-urlencoded';
const bounce = { event: 'bounce', bounce: 'hard', id: 'e1', rcpt: 'ann@example.org' };
const form = (extra: number) =>
	new URLSearchParams([
		...Object.entries(bounce),
		...Array.from({ length: extra }, (_, index) => [`field${index}`, 'x']),
	]).toString();
const boundary = '--b\r\nContent-Disposition: form-data; name="event"\r\n\r\nbounce\r\n--b--\r\n';

/**
 * What is sent, the answer with the editor at "/" and elsewhere, and what the event says (nothing starts where it is
 * undefined).
 */
type Case = [
	what: string,
	body: string | Buffer,
	headers: Record<string, string>,
	atRoot: number,
	elsewhere: number,
	event?: object,
];
const json = (value: unknown) => JSON.stringify(value);

const cases: readonly Case[] = [
	['an empty body', '', {}, 200, 200],
	['an empty body that says it is JSON', '', { 'content-type': JSON_TYPE }, 200, 200],
	['an empty object', '{}', { 'content-type': JSON_TYPE }, 200, 200],
	['an object that names no event', '{"id":"1"}', { 'content-type': JSON_TYPE }, 200, 200],
	['no JSON', 'bounce', { 'content-type': JSON_TYPE }, 400, 400],
	['half of a JSON', '{"event":"bou', { 'content-type': JSON_TYPE }, 400, 400],
	['a list', json([bounce]), { 'content-type': JSON_TYPE }, 400, 400],
	['a JSON text', '"bounce"', { 'content-type': JSON_TYPE }, 400, 400],
	['JSON null', 'null', { 'content-type': JSON_TYPE }, 400, 400],
	['JSON without a type', json(bounce), { 'content-type': 'text/plain' }, 200, 200, { kind: 'hard-bounced' }],
	[
		'JSON in UTF-8 with a mark at its start',
		`\uFEFF${json(bounce)}`,
		{ 'content-type': 'application/json; charset=utf-8' },
		200,
		200,
		{ kind: 'hard-bounced' },
	],
	[
		'somewhat less than 5 MB',
		json({ ...bounce, message: 'x'.repeat(4_900_000) }),
		{ 'content-type': JSON_TYPE },
		200,
		200,
		{ kind: 'hard-bounced' },
	],
	['more than 5 MB', json({ ...bounce, message: 'x'.repeat(5_300_000) }), { 'content-type': JSON_TYPE }, 413, 413],
	[
		'a form',
		form(0),
		{ 'content-type': FORM_TYPE },
		200,
		200,
		{ kind: 'hard-bounced', recipient: 'ann@example.org' },
	],
	[
		"one of the mail's recipients, in a form",
		`${form(0)}&recipients=bob@example.org&recipients=ann@example.org`,
		{ 'content-type': FORM_TYPE },
		200,
		200,
		{ recipient: 'ann@example.org', recipients: ['bob@example.org', 'ann@example.org'] },
	],
	[
		"one of the mail's recipients, in a form whose list has brackets",
		`${form(0)}&recipients[]=bob@example.org&recipients[]=eve@example.org`,
		{ 'content-type': FORM_TYPE },
		200,
		200,
		{ recipient: 'ann@example.org', recipients: ['bob@example.org', 'eve@example.org', 'ann@example.org'] },
	],
	[
		"one of the mail's recipients, in a form with a list of thirty",
		`${form(0)}${'&recipients=bob@example.org'.repeat(30)}`,
		{ 'content-type': FORM_TYPE },
		200,
		200,
		{ recipient: 'ann@example.org', recipients: [...Array<string>(30).fill('bob@example.org'), 'ann@example.org'] },
	],
	[
		"one of the mail's recipients, in JSON",
		json({ ...bounce, recipients: ['bob@example.org'] }),
		{ 'content-type': JSON_TYPE },
		200,
		200,
		{ recipient: 'ann@example.org', recipients: ['bob@example.org', 'ann@example.org'] },
	],
	[
		'a bounce of several',
		json({ ...bounce, rcpt: ['ann@example.org', 'bob@example.org'] }),
		{ 'content-type': JSON_TYPE },
		200,
		200,
		{ recipient: null },
	],
	[
		'a bounce with its reason',
		json({ ...bounce, message: '550 no such user' }),
		{ 'content-type': JSON_TYPE },
		200,
		200,
		{ reason: '550 no such user', link: null },
	],
	[
		'a click with its link',
		json({
			event: 'click',
			id: 'c',
			rcpt: 'ann@example.org',
			url: 'https://example.com/a',
			message: 'Unavailable',
		}),
		{ 'content-type': JSON_TYPE },
		200,
		200,
		{ reason: null, link: 'https://example.com/a' },
	],
	// The editor's parser takes 1,000 fields at most.
	['a form with 990 fields more', form(990), { 'content-type': FORM_TYPE }, 200, 200, { kind: 'hard-bounced' }],
	['a form with 1,000 fields more', form(1000), { 'content-type': FORM_TYPE }, 413, 200, { kind: 'hard-bounced' }],
	[
		'keys that differ by case',
		'{"event":"open","id":"1","Subject":"One","subject":"Two"}',
		{ 'content-type': JSON_TYPE },
		200,
		200,
		{ kind: 'opened', subject: 'Two', raw: { event: 'open', id: '1', Subject: 'One', subject: 'Two' } },
	],
	[
		'a key twice',
		'{"event":"open","id":"1","event":"spam"}',
		{ 'content-type': JSON_TYPE },
		200,
		200,
		{ kind: 'spam' },
	],
	['multipart', boundary, { 'content-type': 'multipart/form-data; boundary=b' }, 400, 400],
	[
		'gzip',
		gzipSync(json(bounce)),
		{ 'content-type': JSON_TYPE, 'content-encoding': 'gzip' },
		200,
		200,
		{ kind: 'hard-bounced' },
	],
	['gzip that is none', 'nonsense', { 'content-type': JSON_TYPE, 'content-encoding': 'gzip' }, 400, 400],
	[
		'gzip that grows beyond 5 MB',
		gzipSync(json({ ...bounce, message: 'x'.repeat(50_000_000) })),
		{ 'content-type': JSON_TYPE, 'content-encoding': 'gzip' },
		413,
		413,
	],
	['an unknown encoding', 'x', { 'content-type': JSON_TYPE, 'content-encoding': 'zip' }, 415, 415],
	[
		'lone surrogates',
		'{"event":"open","id":"1","subject":"a\\ud800b"}',
		{ 'content-type': JSON_TYPE },
		200,
		200,
		{ kind: 'opened', subject: 'a\ud800b' },
	],
	[
		'bytes that are no UTF-8',
		Buffer.concat([
			Buffer.from('{"event":"open","id":"1","subject":"a'),
			Buffer.from([0xff, 0xfe]),
			Buffer.from('"}'),
		]),
		{ 'content-type': JSON_TYPE },
		200,
		200,
		{ kind: 'opened', subject: 'a\ufffd\ufffd' },
	],
	[
		'__proto__',
		'{"event":"open","id":"1","__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}',
		{ 'content-type': JSON_TYPE },
		200,
		200,
		{ kind: 'opened' },
	],
	[
		'an event of a name that is new',
		'{"event":"teleported","id":"1"}',
		{ 'content-type': JSON_TYPE },
		200,
		200,
		{ kind: 'unknown' },
	],
	[
		'an event of a name of Object',
		'{"event":"constructor","id":"1"}',
		{ 'content-type': JSON_TYPE },
		200,
		200,
		{ kind: 'unknown' },
	],
	[
		'no ids at all',
		'{"event":"open"}',
		{ 'content-type': JSON_TYPE },
		200,
		200,
		{ kind: 'opened', emailId: null, messageId: null, eventId: expect.stringMatching(/^[0-9a-f]{32}$/) },
	],
	[
		'values of odd types',
		'{"event":"open","id":7,"rcpt":["a"],"time":{},"headers":null,"subject":false}',
		{ 'content-type': JSON_TYPE },
		200,
		200,
		{ kind: 'opened', eventId: '7', recipient: null, time: null, subject: null },
	],
];

describe.each([
	['at "/"', 'editorAtRoot'],
	['elsewhere', 'editorElsewhere'],
] as const)('with the editor %s', (_where, layout) => {
	let web: Web;
	beforeAll(async () => {
		web = await Web.start(layout);
	});
	afterAll(() => web.stop());

	async function start() {
		await load(
			triggerFlow(simulator, web.url, [{ id: 't', events: emailEvents.map(({ value }) => value) }]),
			key(),
		);
		await until(() => simulator.state.hooks.length === 1);
		return inbox('out-t');
	}
	const post = (body: string | Buffer, headers: Record<string, string> = {}) =>
		fetch(`${web.url}/smtp2go/account`, {
			method: 'POST',
			body: body as BodyInit,
			headers: { authorization: `Bearer ${token}`, ...headers },
		});

	it.each(cases.map((one) => [one[0], one] as const))(
		'%s',
		async (_what, [, body, headers, atRoot, elsewhere, event]) => {
			const out = await start();
			const began = process.cpuUsage();
			const status = layout === 'editorAtRoot' ? atRoot : elsewhere;
			expect((await post(body, headers)).status).toBe(status);
			// Computing time, in microseconds: a busy machine changes nothing.
			expect(process.cpuUsage(began).user).toBeLessThan(2_000_000);
			await delivered();
			// Only what is asked for is compared: a failure would print 5 MB.
			const keys = Object.keys(event ?? {});
			const given = out.messages.map(({ payload }) =>
				Object.fromEntries(Object.entries(payload as object).filter(([name]) => keys.includes(name))),
			);
			expect(given).toEqual(event === undefined || status !== 200 ? [] : [event]);
			expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
			// The host goes on.
			expect((await post(json({ ...bounce, id: 'next' }), { 'content-type': JSON_TYPE })).status).toBe(200);
			expect(loggedErrors()).toEqual([]);
		},
	);

	it('a request that breaks off in its middle harms nobody', async () => {
		const out = await start();
		const { port } = new URL(web.url);
		await new Promise<void>((resolve) => {
			const socket = connect(Number(port), '127.0.0.1', () => {
				socket.once('close', () => resolve());
				socket.write(
					`POST /smtp2go/account HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"event":`,
					() => socket.destroy(),
				);
			});
		});
		await delivered();
		expect((await post(json(bounce), { 'content-type': JSON_TYPE })).status).toBe(200);
		await out.next();
		expect(loggedErrors()).toEqual([]);
	});
});
