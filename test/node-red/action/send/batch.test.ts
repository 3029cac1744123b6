/** Several emails in one call: from a list, and from a sequence of messages. */
/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import type { Simulator } from '../../../../simulator';
import { actionFlow } from '../../support/flows';
import { delivered, deploy, inbox, key, load, logged, node, until } from '../../support/node-red';
import { useNodeRed } from '../../support/use-node-red';

let simulator: Simulator;
useNodeRed((started) => {
	({ simulator } = started);
});

type Fields = Record<string, { type: string; value: unknown }>;
const text = (value: unknown) => ({ type: 'str', value });
const number = (value: number) => ({ type: 'num', value: String(value) });
const yes = { type: 'bool', value: 'true' };

async function start(fields: Fields, more: object = {}) {
	await load(actionFlow(simulator, 'smtp2go-email', { operation: 'send', fields, ...more }), key());
	return { out: inbox('out'), caught: inbox('caught'), completed: inbox('completed'), statuses: inbox('statuses') };
}

const calls = () => simulator.state.requests.map(({ path }) => path);
const sizes = () =>
	simulator.state.requests.map(({ body }) => (JSON.parse(body) as { emails?: unknown[] }).emails?.length);
const from = 'Shop <shop@example.com>';
const reader = (index: number) => `reader${index}@example.org`;

describe('a list of emails in msg.payload', () => {
	const array = { $batch: text('array') };

	it('is sent in calls of 100, and goes on as one message with a result for each', async () => {
		const { out, completed } = await start(array);
		node('n').receive({
			from,
			topic: 'News',
			mine: 1,
			payload: Array.from({ length: 250 }, (_, index) => ({ to: reader(index), payload: `Hello ${index}` })),
		} as never);
		const msg = await out.next();
		await completed.next();
		expect(calls()).toEqual(['/email/batch', '/email/batch', '/email/batch']);
		expect(sizes().sort()).toEqual([100, 100, 50]);
		expect(msg).toMatchObject({ mine: 1, topic: 'News', smtp2go: { operation: 'send', sent: 250, failed: 0 } });
		const results = msg.payload as { ok: boolean; emailId: string }[];
		expect(results.every(({ ok }) => ok)).toBe(true);
		const mailOf = (id: string) => simulator.state.emails.find(({ emailId }) => emailId === id);
		for (const index of [0, 99, 100, 249])
			expect(mailOf(results[index]?.emailId ?? '')).toMatchObject({
				subject: 'News',
				text: `Hello ${index}`,
				to: [{ address: reader(index) }],
			});
	});

	it('takes as many a call as the dialog says', async () => {
		const { out } = await start({ ...array, $batchSize: number(4) });
		node('n').receive({
			from,
			topic: 'News',
			payload: Array.from({ length: 10 }, (_, index) => ({ to: reader(index), payload: 'Hello' })),
		});
		await out.next();
		expect(sizes().sort()).toEqual([2, 4, 4]);
	});

	it("reads an entry's own words before those of the message, and no sender or copies by other names", async () => {
		const { out } = await start(array);
		node('n').receive({
			from,
			topic: 'All',
			payload: [
				{ to: reader(1), subject: 'Own', reply_to: reader(8), payload: 'One' },
				{ to: [reader(2)], topic: 'Mine', payload: '<p>Two</p>', plaintext: 'Two' },
			],
		} as never);
		await out.next();
		expect(simulator.state.emails).toMatchObject([
			{ subject: 'Own', text: 'One' },
			{ subject: 'Mine', html: '<p>Two</p>', text: 'Two' },
		]);
		expect(JSON.stringify(simulator.state.requests)).not.toContain(reader(8));
	});

	it("reads the API's names too where all fields come from it", async () => {
		const { out } = await start(array, { fieldsFrom: { type: 'msg', value: 'payload' } });
		node('n').receive({
			from,
			topic: 'All',
			payload: [
				{ to: reader(1), subject: 'Own', html_body: '<p>One</p>' },
				{ to: [reader(2)], topic: 'Mine', payload: { text_body: 'Two' } },
				{ to: reader(3), payload: 'Three' },
			],
		} as never);
		await out.next();
		expect(simulator.state.emails).toMatchObject([
			{ subject: 'Own', html: '<p>One</p>' },
			{ subject: 'Mine', text: 'Two' },
			{ subject: 'All', text: 'Three' },
		]);
	});

	it('lets the fields of the dialog read each entry', async () => {
		const { out } = await start({
			...array,
			sender: text(from),
			subject: text('Hi'),
			to: { type: 'msg', value: 'payload.address' },
			text_body: { type: 'jsonata', value: '"Dear " & payload.name' },
		});
		node('n').receive({
			payload: [
				{ address: reader(1), name: 'Ann' },
				{ address: reader(2), name: 'Joe' },
			],
		});
		await out.next();
		expect(simulator.state.emails.map(({ text: body }) => body)).toEqual(['Dear Ann', 'Dear Joe']);
	});

	it('never sends an entry without recipients to those of the message', async () => {
		const { out, caught } = await start(array);
		node('n').receive({
			from,
			to: 'boss@example.org',
			topic: 'News',
			payload: [{ to: reader(1), payload: 'One' }, { payload: 'Two' }],
		});
		const { error, payload } = await caught.next();
		await out.next();
		expect(simulator.state.emails.map(({ to }) => to[0]?.address)).toEqual([reader(1)]);
		expect(error).toMatchObject({
			code: 'SMTP2GO_INVALID',
			cause: { emails: [{ ok: true }, { ok: false, message: 'To is required' }] },
		});
		expect(payload).toHaveLength(2);
	});

	it('of which some were refused goes on with the good ones, and a Catch node is told of the others', async () => {
		const { out, caught, completed } = await start(array);
		const list = [
			{ to: reader(1), payload: 'One' },
			{ to: reader(2), payload: 'Two', from: 'shop@nowhere.test' },
			'three',
		];
		node('n').receive({ from, topic: 'News', payload: list });
		const { error, payload } = await caught.next();
		expect((await out.next()).payload).toMatchObject([
			{ ok: true, emailId: expect.any(String) },
			{ ok: false, code: 'SMTP2GO_REJECTED', message: expect.stringContaining('not verified') },
			{ ok: false, code: 'SMTP2GO_INVALID' },
		]);
		expect([payload, error?.['message'], error?.['cause']]).toMatchObject([
			list,
			expect.stringMatching(/^errors\.batch\b/),
			{ emails: [{ ok: true }, { ok: false }, { ok: false }] },
		]);
		await delivered();
		expect([completed.messages.length, caught.messages.length, out.messages.length]).toEqual([0, 1, 1]);
	});

	it('whose call is lost is unknown for each email of that call only', async () => {
		const { out, caught } = await start({ ...array, $batchSize: number(2) });
		simulator.setFault({ path: '/email/batch', fault: 'reset', when: 'after' });
		node('n').receive({
			from,
			topic: 'News',
			payload: [1, 2, 3, 4].map((index) => ({ to: reader(index), payload: 'Hello' })),
		});
		expect((await caught.next()).error).toMatchObject({
			code: 'SMTP2GO_OUTCOME_UNKNOWN',
			message: expect.stringContaining('errors.batchUnknown'),
		});
		const results = (await out.next()).payload as { ok: boolean; code?: string }[];
		expect(results.map(({ ok, code }) => (ok ? 'sent' : code)).sort()).toEqual([
			'SMTP2GO_OUTCOME_UNKNOWN',
			'SMTP2GO_OUTCOME_UNKNOWN',
			'sent',
			'sent',
		]);
		expect(simulator.state.emails).toHaveLength(4);
	});

	it.each([
		['a text', 'Hello'],
		['nothing', undefined],
		['an object', { to: reader(1) }],
	])('that is %s is an error without a call', async (_what, payload) => {
		const { caught } = await start(array);
		node('n').receive({ from, topic: 'News', payload });
		expect((await caught.next()).error).toMatchObject({ code: 'SMTP2GO_INVALID' });
		expect(calls()).toEqual([]);
	});

	it('that is empty goes on empty', async () => {
		const { out } = await start(array);
		node('n').receive({ payload: [] });
		expect((await out.next()).payload).toEqual([]);
		expect(calls()).toEqual([]);
	});
});

describe('a sequence of messages', () => {
	const sequence = { $batch: text('sequence') };
	const part = (index: number, count: number | undefined, more: object = {}) => ({
		from,
		to: reader(index),
		topic: 'News',
		payload: `Hello ${index}`,
		parts: { id: 'seq', index, ...(count === undefined ? {} : { count }) },
		...more,
	});

	it('is sent in one call when all have come, and each message goes on with its own result', async () => {
		const { out, completed } = await start(sequence);
		for (let index = 0; index < 30; index++) node('n').receive(part(index, 30) as never);
		await out.next(30);
		await completed.next(30);
		expect(calls()).toEqual(['/email/batch']);
		for (const msg of out.messages) {
			const { index } = msg.parts as { index: number };
			const sent = simulator.state.emails.find(
				({ emailId }) => emailId === (msg.payload as { emailId: string }).emailId,
			);
			expect(sent).toMatchObject({ text: `Hello ${index}` });
			expect(msg).toMatchObject({ to: reader(index), parts: { id: 'seq', index, count: 30 } });
		}
	});

	it('tells a Catch node of each message that failed, and sends the others on', async () => {
		const { out, caught, statuses } = await start(sequence);
		node('n').receive(part(0, 4) as never);
		node('n').receive(part(1, 4, { from: 'shop@nowhere.test' }) as never);
		node('n').receive(part(2, 4, { to: 'nobody' }) as never);
		node('n').receive(part(3, 4) as never);
		await out.next(2);
		await caught.next(2);
		expect(out.messages.map(({ parts }) => (parts as { index: number }).index)).toEqual([0, 3]);
		expect(
			caught.messages.map(({ parts, error }) => [(parts as { index: number }).index, error?.['code']]).sort(),
		).toEqual([
			[1, 'SMTP2GO_REJECTED'],
			[2, 'SMTP2GO_INVALID'],
		]);
		// The last one went well, and must not hide the others.
		await delivered();
		expect(statuses.messages.at(-1)?.status).toMatchObject({ fill: 'red', text: 'status.sentOf' });
	});

	it('does not wait for a message whose own way of sending cannot be read, and does not send it', async () => {
		const { out, caught } = await start({ ...sequence, $checkFirst: { type: 'msg', value: 'careful' } });
		node('n').receive(part(0, 2, { careful: false }) as never);
		node('n').receive(part(1, 2, { careful: 'perhaps' }) as never);
		await out.next();
		expect((await caught.next()).error).toMatchObject({ code: 'SMTP2GO_INVALID' });
		expect([sizes(), logged(30).some((line) => line.includes('errors.sequenceCutShort'))]).toEqual([[1], false]);
	});

	it('may tell its length with the last message only, and others may come in between', async () => {
		const { out } = await start(sequence);
		node('n').receive(part(0, undefined) as never);
		node('n').receive({ ...part(7, 1), parts: { id: 'other', index: 0, count: 1 } } as never);
		await out.next(1);
		node('n').receive(part(1, 2) as never);
		await out.next(3);
		expect(sizes()).toEqual([1, 2]);
	});

	it('a message without parts is sent at once by itself', async () => {
		const { out } = await start(sequence);
		node('n').receive({ from, to: reader(1), topic: 'News', payload: 'Hello' });
		await out.next();
		expect(calls()).toEqual(['/email/send']);
	});

	it('that stays incomplete is sent when its patience ends, with a warning', async () => {
		const { out } = await start({ ...sequence, $patience: number(1) });
		for (const index of [0, 1]) node('n').receive(part(index, 3) as never);
		node('n').receive({ from, to: reader(9), topic: 'Alone', payload: 'Hello' });
		await out.next();
		expect(calls()).toEqual(['/email/send']);
		await out.next(3);
		expect(sizes()).toEqual([undefined, 2]);
		expect(logged(30).some((line) => line.includes('errors.sequenceCutShort'))).toBe(true);
	});

	it('that stays incomplete when the flow is stopped fails: done once for each, nothing sent', async () => {
		const flow = actionFlow(simulator, 'smtp2go-email', { operation: 'send', fields: sequence });
		await load(flow, key());
		const caught = inbox('caught');
		for (let index = 0; index < 20; index++) node('n').receive(part(index, 21) as never);
		await delivered();
		await deploy(
			flow.map((one) => (one.id === 'n' ? { ...one, name: 'changed' } : one)),
			'nodes',
			key(),
		);
		await caught.next(20);
		await delivered();
		expect([caught.messages.length, new Set(caught.messages.map(({ error }) => error?.['code'])), calls()]).toEqual(
			[20, new Set(['SMTP2GO_CANCELLED']), []],
		);
	});
});

describe('a dry run', () => {
	it('sends nothing and shows the request without the key', async () => {
		const { out, statuses } = await start({ $dryRun: yes });
		node('n').receive({ from, to: reader(1), topic: 'News', payload: 'Hello' });
		const { payload, smtp2go } = await out.next();
		expect(payload).toMatchObject({
			method: 'POST',
			url: `${simulator.apiUrl}/email/send`,
			body: { sender: from, to: [reader(1)], subject: 'News', text_body: 'Hello' },
			preview: { subject: 'News', html: '', text: 'Hello', variables: {}, notes: [] },
		});
		expect(smtp2go).toEqual({ operation: 'send', dryRun: true });
		expect([JSON.stringify(payload).includes('api-'), calls()]).toEqual([false, []]);
		await until(() => statuses.messages.at(-1)?.status?.['text'] === 'status.notSent');
	});

	it('shows each call of a batch, and still tells what is wrong', async () => {
		const { out, caught } = await start({ $dryRun: yes, $batch: text('array'), $batchSize: number(2) });
		node('n').receive({
			from,
			topic: 'News',
			payload: [
				{ to: reader(1), payload: 'One' },
				{ to: 'nobody', payload: 'Two' },
				{ to: reader(3), payload: 'Three' },
				{ to: reader(4), payload: 'Four' },
			],
		});
		const { payload } = await out.next();
		expect((payload as { body: { emails: unknown[] } }[]).map(({ body }) => body.emails.length)).toEqual([2, 1]);
		expect(payload).toMatchObject([
			{ previews: [{ text: 'One' }, { text: 'Three' }] },
			{ previews: [{ text: 'Four' }] },
		]);
		expect((await caught.next()).error).toMatchObject({ code: 'SMTP2GO_INVALID' });
		expect(calls()).toEqual([]);
	});

	it('can be switched by an environment variable, and by anything else that is yes or no', async () => {
		process.env['SMTP2GO_TEST_DRY'] = 'true';
		const { out } = await start({ $dryRun: { type: 'env', value: 'SMTP2GO_TEST_DRY' } });
		node('n').receive({ from, to: reader(1), topic: 'News', payload: 'Hello' });
		await out.next();
		process.env['SMTP2GO_TEST_DRY'] = 'false';
		node('n').receive({ from, to: reader(1), topic: 'News', payload: 'Hello' });
		await out.next(2);
		delete process.env['SMTP2GO_TEST_DRY'];
		expect(calls()).toEqual(['/email/send']);
	});
});

describe('mails of a sequence that are not sent alike', () => {
	const part = (index: number, count: number, more: object = {}) => ({
		from,
		to: reader(index),
		topic: 'News',
		payload: 'Hi',
		parts: { id: 'seq', index, count },
		...more,
	});

	it.each([
		[true, false],
		[false, true],
	])('each is sent or only shown as its own message says: dry run %s, then %s', async (...dry) => {
		const { out, caught } = await start({ $batch: text('sequence'), $dryRun: { type: 'msg', value: 'dry' } });
		for (const [index, one] of dry.entries()) node('n').receive(part(index, 2, { dry: one }) as never);
		await out.next(2);
		await delivered();
		expect(simulator.state.emails.map(({ to }) => to[0]?.address)).toEqual([reader(dry.indexOf(false))]);
		expect(out.messages.map((msg) => [msg['dry'], (msg.smtp2go as { dryRun?: boolean }).dryRun === true])).toEqual(
			expect.arrayContaining([
				[true, true],
				[false, false],
			]),
		);
		expect(caught.messages).toEqual([]);
	});

	it('a sent message that cannot be passed on is no failure and does not affect the others', async () => {
		const flow = actionFlow(simulator, 'smtp2go-email', {
			operation: 'send',
			fields: { $batch: text('sequence') },
			wires: [['out', 'other']],
		});
		await load([...flow, { id: 'other', z: 'tab', type: 'helper' }], key());
		const [out, caught, completed] = [inbox('out'), inbox('caught'), inbox('completed')];
		const bad = Object.defineProperty(part(0, 3), 'evil', {
			enumerable: true,
			get: () => {
				if (simulator.state.emails.length > 0) throw new Error('no copy');
				return 1;
			},
		});
		for (const msg of [bad, part(1, 3), part(2, 3)]) node('n').receive(msg as never);
		await until(() => out.messages.length >= 2);
		await delivered();
		expect([simulator.state.emails.length, caught.messages.length]).toEqual([3, 0]);
		expect(completed.messages.length).toBeGreaterThanOrEqual(2);
	});
});
