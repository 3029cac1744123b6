/** When a call is made again, after which pause, and with which limit of time. */
/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { Gate, run, type Operation } from '../../../api';
import { data, FakeHost, fault, json, parsed } from '../support/fake-host';
import { operation } from '../support/operation';

const send = operation('email', 'send');
const read = operation('webhook', 'getAll');
const write = operation('webhook', 'create');
const email = { sender: 'shop@example.com', to: 'jane@example.com', subject: 'Hi', text_body: 'Hello' };
const hook = { url: 'https://example.com/hook', events: ['open'] };
const limited = (status: number) => json(status, { data: { error: 'ratelimit exceeded' } });
const valuesOf = (one: Operation) => (one === send ? email : one === write ? hook : {});

async function made(one: Operation, script: ConstructorParameters<typeof FakeHost>[0], random = 1) {
	const host = new FakeHost(script);
	host.random = () => random;
	const told: [number, string][] = [];
	const connection = { ...host.connection, onWait: (...wait: [number, string]) => told.push(wait) };
	const outcome = await run(connection, one, valuesOf(one));
	return { outcome, calls: host.sent.length, waits: host.waits, sent: host.sent, told };
}

test.each<[string, Operation, number, number]>([
	['a read that is told to slow down in words', read, 400, 6],
	['an email that is told so by its status', send, 429, 6],
	['an email that is told so only in words', send, 400, 1],
	['a change that is told so only in words', write, 400, 1],
])('%s', async (_what, one, status, calls) => {
	expect((await made(one, () => limited(status))).calls).toBe(calls);
});

test.each<[string, Operation, number]>([
	['a read', read, 4],
	['an email', send, 1],
	['a change', write, 1],
])('a failure of the server: %s', async (_what, one, calls) => {
	expect((await made(one, () => json(500, { data: { error: 'Oops' } }))).calls).toBe(calls);
});

test.each([
	['ECONNREFUSED', 4],
	['CERT_HAS_EXPIRED', 1],
	['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 1],
	['DEPTH_ZERO_SELF_SIGNED_CERT', 1],
	['ERR_INVALID_URL', 1],
])('what never arrived is made again, unless that cannot help: %s', async (code, calls) => {
	expect((await made(send, () => fault('no', code))).calls).toBe(calls);
});

test('pauses grow with each try, up to eight seconds, by chance from nothing on', async () => {
	const broken = () => fault('no', 'ECONNREFUSED');
	expect((await made(send, broken)).waits).toEqual([500, 1_000, 2_000]);
	expect((await made(send, broken, 0.5)).waits).toEqual([250, 500, 1_000]);
	expect((await made(send, broken, 0)).waits).toEqual([0, 0, 0]);
});

test('after a second 429 without a time the pause is a minute and up to a quarter more', async () => {
	expect((await made(send, () => limited(429))).waits).toEqual([500, 75_000, 75_000, 75_000, 75_000]);
	expect((await made(send, () => limited(429), 0)).waits.filter((wait) => wait > 0)).toEqual([
		60_000, 60_000, 60_000, 60_000,
	]);
});

test('says why it waits: SMTP2GO asks for it, or what went wrong', async () => {
	const again = (first: ReturnType<typeof json>) => (_request: unknown, count: number) =>
		count === 1 ? first : data({ succeeded: 1, email_id: 'E1' });
	const slow = await made(send, again(limited(429)));
	const broken = await made(send, again(fault('no', 'ECONNREFUSED') as never));
	expect([slow.told.length, broken.told.length]).toEqual([1, 1]);
	expect(slow.told[0]?.[1]).toMatch(/fewer calls|slow|limit/i);
	expect(broken.told[0]?.[1]).toMatch(/connection refused/);
});

test('an email may take two minutes, anything else thirty seconds', async () => {
	const timeouts = await Promise.all(
		[send, read, write].map(async (one) => (await made(one, () => data({}))).sent[0]?.timeoutMs),
	);
	expect(timeouts).toEqual([120_000, 30_000, 30_000]);
});

test('a call that was stopped before it was made names its endpoint', async () => {
	const host = new FakeHost(() => data({}));
	const outcome = await run({ ...host.connection, signal: AbortSignal.abort() }, send, email);
	expect(outcome).toMatchObject({
		ok: false,
		error: { code: 'SMTP2GO_CANCELLED', details: { endpoint: '/email/send' } },
	});
	expect(host.sent).toEqual([]);
});

test('a call goes to the path of its operation, with the headers that SMTP2GO asks for', async () => {
	const { sent } = await made(send, () => data({}));
	expect(sent).toEqual([
		expect.objectContaining({
			method: 'POST',
			url: 'https://api.smtp2go.com/v3/email/send',
			headers: {
				Accept: 'application/json',
				'Content-Type': 'application/json',
				'X-Smtp2go-Api': expect.any(String) as string,
				'X-Smtp2go-Api-Version': expect.stringMatching(/^\d+\.\d+\.\d+/) as string,
			},
		}),
	]);
	expect(sent[0]).not.toHaveProperty('keyInBody');
});

test('where the contract wants the key in the body, the host is told', async () => {
	const { sent } = await made(operation('ipAllowList', 'get'), () => data({}));
	expect(sent[0]?.keyInBody).toBe(true);
});

test('a stop reaches what only reads, and nothing that changes something', async () => {
	const { signal } = new AbortController();
	for (const [one, expected] of [
		[read, signal],
		[write, undefined],
		[send, undefined],
	] as const) {
		const host = new FakeHost(() => data({}));
		await run({ ...host.connection, signal }, one, valuesOf(one));
		expect(host.sent[0]?.signal).toBe(expected);
	}
});

test('a pause that SMTP2GO asks for holds the gate, any other only the call itself', async () => {
	const once = (first: ReturnType<typeof json>) => (_request: unknown, count: number) =>
		count === 1 ? first : data({ succeeded: 1, email_id: 'E1' });
	const heldFor = async (first: ReturnType<typeof json>) => {
		const host = new FakeHost(once(first));
		const gate = new Gate(host);
		const hold = jest.spyOn(gate, 'hold');
		await run({ ...host.connection, gate }, send, email);
		return [hold.mock.calls, host.waits];
	};
	expect(await heldFor(json(429, { data: { error: 'slow' } }, { 'retry-after': '7' }))).toEqual([[[7_000]], [7_000]]);
	expect(await heldFor(fault('no', 'ECONNREFUSED') as never)).toEqual([[], [500]]);
	expect(await heldFor(json(429, { data: { error: 'slow' } }, { 'retry-after': '3600' }))).toEqual([[], []]);
});

test('an email after the first try goes before the others', async () => {
	const host = new FakeHost((_request, count) =>
		count === 1 ? limited(429) : data({ succeeded: 1, email_id: 'E1' }),
	);
	const gate = new Gate(host);
	const pass = jest.spyOn(gate, 'pass');
	await run({ ...host.connection, gate }, send, email);
	expect(pass.mock.calls.map(([{ again }]) => again)).toEqual([false, true]);
});

test('and is sent before those that wait while SMTP2GO asks for a pause', async () => {
	const host = new FakeHost((_request, count) =>
		count === 1 ? limited(429) : data({ succeeded: 1, email_id: 'E1' }),
	);
	// Time passes only when nothing else can go on.
	const passes = host.sleep.bind(host);
	host.sleep = async (milliseconds) => {
		await new Promise((resolve) => {
			setImmediate(resolve);
		});
		await passes(milliseconds);
	};
	const connection = { ...host.connection, gate: new Gate(host, { concurrency: 1 }) };
	await Promise.all(['first', 'second'].map((subject) => run(connection, send, { ...email, subject })));
	expect(host.sent.map(({ body }) => parsed(body)['subject'])).toEqual(['first', 'first', 'second']);
});

test('an answer that cannot be read counts as lost, with its status', async () => {
	const { outcome, calls } = await made(send, () => ({ ...json(200, {}), headers: null }) as never);
	expect(outcome).toMatchObject({
		ok: false,
		error: { type: 'outcomeUnknown', details: { httpStatus: 200, endpoint: '/email/send' } },
	});
	expect(calls).toBe(1);
});
