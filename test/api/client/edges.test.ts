/** What a small mistake would turn without anybody noticing: each of these was planted once, and went unseen. */
import {
	buildEmail,
	buildRequest,
	ensureHook,
	failure,
	findOperation,
	Gate,
	removeOurHooks,
	run,
	sendChecked,
	Smtp2goError,
	success,
	withMessageKey,
	type BuiltRequest,
	type HttpOutcome,
	type Operation,
	type WantedHook,
} from '../../../api';
import { data, FakeHost, json, parsed } from '../support/fake-host';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const values = { sender: 'shop@example.com', to: 'jane@example.com', subject: 'Hi', text_body: 'Hello' };
const one = (resource: string, key: string): Operation => {
	const operation = findOperation(resource, key);
	if (!operation) throw new Error(`no ${resource}.${key}`);
	return operation;
};

describe('a surplus hook', () => {
	const URL_HERE = 'https://n8n.example.com/webhook/abc/smtp2go';
	const hook = (id: number) => ({
		id,
		url: URL_HERE,
		events: ['bounce'],
		sms_events: [],
		headers: [],
		usernames: [],
		output_format: 'json',
		auth_header_type: 'bearer',
		auth_header_value: 'secret',
	});
	const wanted: WantedHook = {
		url: URL_HERE,
		events: ['bounce'],
		smsEvents: [],
		headers: [],
		usernames: [],
		auth: { type: 'bearer', value: 'secret' },
		subaccountId: 'sub-1',
		wakes: true,
	};

	test('that cannot be removed, and may or may not be there, is an error', async () => {
		let views = 0;
		const host = new FakeHost(({ url }) =>
			url.endsWith('/webhook/view') && views++ === 0
				? data([hook(6), hook(7)])
				: json(400, { data: { error: 'No' } }),
		);
		expect(await ensureHook(host.connection, wanted, { url: URL_HERE })).toMatchObject({
			ok: false,
			error: { message: 'No' },
		});
		views = 0;
		expect(await removeOurHooks(host.connection, { url: URL_HERE }, 'sub-1')).toMatchObject({ ok: false });
	});

	test('is looked for and removed on behalf of its subaccount', async () => {
		const host = new FakeHost(({ url }) => (url.endsWith('/webhook/view') ? data([hook(7)]) : data({})));
		expect(await removeOurHooks(host.connection, { url: URL_HERE }, 'sub-1')).toMatchObject({ ok: true, value: 1 });
		expect(host.sent.map(({ body }) => parsed(body))).toEqual([
			{ subaccount_id: 'sub-1' },
			{ id: 7, subaccount_id: 'sub-1' },
		]);
		expect(host.paths).toEqual(['/webhook/view', '/webhook/remove']);
	});
});

test.each<[string, number, object]>([
	['beside messages that were taken', 400, { error: 'One number is blocked', total_sent: 1 }],
	[
		'with HTTP 200, beside messages that were taken',
		200,
		{ error: 'One number is blocked', total_sent: 1, messages: [] },
	],
])('an error of a text message %s says that a part was sent', async (_, status, answer) => {
	const host = new FakeHost(() => json(status, { data: answer }));
	const outcome = await run(host.connection, one('sms', 'send'), {
		destination: '+14155550123, +14155550124',
		content: 'Hi',
	});
	expect(outcome).toMatchObject({
		ok: false,
		error: {
			type: 'rejected',
			message: 'One number is blocked',
			details: { partly: true, hint: expect.stringContaining('resend only the rest') as string },
		},
	});
	expect(host.sent).toHaveLength(1);
});

describe('an email whose answer was lost', () => {
	const keyed = (): BuiltRequest => {
		const mail = buildEmail(values, NOW);
		const made = mail.ok ? withMessageKey(mail.value) : mail;
		if (!made.ok) throw made.error;
		return made.value;
	};
	const lost = new Smtp2goError('outcomeUnknown', 'Outcome unknown: lost');
	const full = Array.from({ length: 1000 }, (_, index) => ({
		event: 'delivered',
		email_id: `E${index}`,
		custom_headers: {},
	}));

	test.each<[string, object]>([
		['a full last page without a total or a token', { events: full }],
		['a total that is larger than what came', { events: full.slice(1), total_events: 5000 }],
		['a token that is no text', { events: [], continue_token: 7 }],
	])('is not sent again after %s', async (_, answer) => {
		const host = new FakeHost((): HttpOutcome => data(answer));
		let sends = 0;
		const [outcome] = await sendChecked(host.connection, [keyed()], async () => [
			sends++ === 0 ? failure(lost) : success({}),
		]);
		expect(outcome).toMatchObject({ ok: false, error: { type: 'outcomeUnknown' } });
		expect(sends).toBe(1);
	});
});

describe('a stop', () => {
	test.each<[string, string, object, boolean]>([
		['email', 'send', values, false],
		['sms', 'send', { destination: '+14155550123', content: 'Hi' }, false],
		['template', 'delete', { id: 'a-template' }, false],
		['suppression', 'add', { email_address: 'jane@example.com' }, false],
		['webhook', 'create', { url: 'https://example.com/hook' }, false],
		['template', 'getAll', {}, true],
		['activity', 'search', {}, true],
	])('reaches %s.%s under way only where nothing is changed', async (resource, key, given, reaches) => {
		const stop = new AbortController();
		const host = new FakeHost(() => data({}));
		await run({ ...host.connection, signal: stop.signal }, one(resource, key), given as Record<string, unknown>);
		expect(host.sent.map(({ signal }) => signal === stop.signal)).toEqual([reaches]);
		expect(host.sent.map(({ signal }) => signal)).toEqual([reaches ? stop.signal : undefined]);
	});
});

test('a short pause does not end a longer one', async () => {
	const host = new FakeHost(() => data({}));
	const gate = new Gate(host);
	gate.hold(60_000);
	gate.hold(1_000);
	await gate.pass({ path: '/email/send' }, async () => undefined);
	expect(host.monotonic()).toBe(60_000);
});

test('every key in a text is blotted out, wherever it appears in an error', () => {
	const [first, second] = [`api-${'A1b2'.repeat(8)}`, `api-${'C3d4'.repeat(8)}`];
	const text = `The key ${first} and the key ${second}, ${first}${second}`;
	const { message, details } = new Smtp2goError('refused', text, {
		hint: text,
		failures: [text, text],
		fieldErrors: [{ field: first, message: text }],
	});
	for (const shown of [message, JSON.stringify(details)]) {
		expect(shown).toContain('api-…');
		expect(shown).not.toMatch(/A1b2|C3d4/);
	}
});

test.each([
	[99, true],
	[100, true],
	[101, false],
])('an email to %i people at once is taken: %s', (count, isTaken) => {
	const people = Array.from({ length: count }, (_, index) => `p${index}@example.com`);
	for (const field of ['to', 'cc', 'bcc']) {
		const built = buildRequest(one('email', 'send'), { ...values, [field]: people }, NOW);
		expect(built.ok).toBe(isTaken);
		if (built.ok) expect(built.value.fields[field]).toHaveLength(count);
	}
	const numbers = Array.from({ length: count }, (_, index) => `+1415555${String(1000 + index)}`);
	expect(buildRequest(one('sms', 'send'), { destination: numbers, content: 'Hi' }, NOW).ok).toBe(isTaken);
});
