/** "Result To": the answer goes where the dialog says, and what is in the message stays. */
import type { Simulator } from '../../../../simulator';
import { actionFlow } from '../../support/flows';
import { delivered, inbox, key, load, node, unload, until } from '../../support/node-red';
import { useNodeRed } from '../../support/use-node-red';

let simulator: Simulator;
useNodeRed((started) => {
	({ simulator } = started);
});

const mail = { from: 'shop@example.com', to: 'ann@example.org', topic: 'Hi', payload: 'Hello' };
const resultTo = (value: string) => ({ resultTo: { type: 'msg', value } });

async function run(type: string, def: object, msg: object, count = 1) {
	await load(actionFlow(simulator, type, def), key());
	const [out, caught] = [inbox('out'), inbox('caught')];
	node('n').receive({ ...msg });
	await until(() => out.messages.length >= count || caught.messages.length > 0);
	return { messages: out.messages as unknown as Record<string, unknown>[], error: caught.messages[0]?.error };
}

describe('the result goes to', () => {
	it.each<[string, string, object, object]>([
		['a property', 'sent', {}, { sent: { emailId: expect.any(String) as string } }],
		[
			'a property with the name of the message before it',
			'msg.sent',
			{},
			{ sent: { emailId: expect.any(String) as string } },
		],
		[
			'a nested property that is not there yet',
			'mail.result',
			{},
			{ mail: { result: { emailId: expect.any(String) as string } } },
		],
		[
			'a property of an object',
			'mail.result',
			{ mail: { id: 7 } },
			{ mail: { id: 7, result: { emailId: expect.any(String) as string } } },
		],
		[
			'an entry of a list',
			'mails[1]',
			{ mails: ['first'] },
			{ mails: ['first', { emailId: expect.any(String) as string }] },
		],
		[
			'a property by a number',
			'results[msg.id]',
			{ results: {}, id: 1_700_000_000 },
			{ results: { 1_700_000_000: { emailId: expect.any(String) as string } } },
		],
		[
			'a property that another one names',
			'results[msg.topic]',
			{},
			{ results: { Hi: { emailId: expect.any(String) as string } } },
		],
	])('%s, and the payload stays', async (_what, place, more, expected) => {
		const { messages } = await run(
			'smtp2go-email',
			{ operation: 'send', ...resultTo(place) },
			{ ...mail, ...more },
		);
		expect(messages[0]).toMatchObject({ payload: 'Hello', smtp2go: { operation: 'send' }, ...expected });
	});

	it('msg.payload where nothing is saved', async () => {
		expect((await run('smtp2go-email', { operation: 'send' }, { ...mail })).messages[0]).toMatchObject({
			payload: { emailId: expect.any(String) as string },
		});
	});

	it('msg.smtp2go, where what is there otherwise is replaced by it or kept beside it', async () => {
		expect(
			(await run('smtp2go-email', { operation: 'send', ...resultTo('smtp2go') }, { ...mail })).messages[0]?.[
				'smtp2go'
			],
		).toMatchObject({ emailId: expect.any(String) as string });
		await unload();
		expect(
			(await run('smtp2go-email', { operation: 'send', ...resultTo('smtp2go.result') }, { ...mail }))
				.messages[0]?.['smtp2go'],
		).toMatchObject({ operation: 'send', result: { emailId: expect.any(String) as string } });
	});
});

describe('also', () => {
	it('for one message per entry, without sharing the object that holds the entry', async () => {
		const ids = simulator.state.templates.map(({ id }) => id);
		const { messages } = await run(
			'smtp2go-template',
			{ operation: 'getAll', output: 'each', ...resultTo('found.entry') },
			{ payload: 'stays', found: { by: 'me' } },
			ids.length,
		);
		expect(ids.length).toBeGreaterThan(1);
		expect(messages.map(({ payload, found }) => [payload, (found as { by: string }).by])).toEqual(
			ids.map(() => ['stays', 'me']),
		);
		expect(messages.map(({ found }) => (found as { entry: { id: string } }).entry.id).sort()).toEqual(
			[...ids].sort(),
		);
	});

	it('for a dry run', async () => {
		const { messages } = await run(
			'smtp2go-email',
			{ operation: 'send', fields: { $dryRun: { type: 'bool', value: 'true' } }, ...resultTo('preview') },
			{ ...mail },
		);
		expect(messages[0]).toMatchObject({
			payload: 'Hello',
			preview: { body: { subject: 'Hi' } },
			smtp2go: { dryRun: true },
		});
	});

	it('for a list of emails of which one is refused: the Catch node gets the message as it was', async () => {
		const list = [
			{ to: 'ann@example.org', payload: 'One' },
			{ to: 'nobody', payload: 'Two' },
		];
		await load(
			actionFlow(simulator, 'smtp2go-email', {
				operation: 'send',
				fields: { $batch: { type: 'str', value: 'array' } },
				...resultTo('data.sent'),
			}),
			key(),
		);
		const [out, caught] = [inbox('out'), inbox('caught')];
		node('n').receive({ ...mail, payload: list, data: { run: 1 } });
		const [sent, told] = [await out.next(), await caught.next()];
		expect([sent, told]).toMatchObject([
			{ payload: list, data: { run: 1, sent: [{ ok: true }, { ok: false }] } },
			{ payload: list },
		]);
		expect((told as unknown as { data: object }).data).toEqual({ run: 1 });
	});

	it('for the messages of a sequence', async () => {
		await load(
			actionFlow(simulator, 'smtp2go-email', {
				operation: 'send',
				fields: { $batch: { type: 'str', value: 'sequence' } },
				...resultTo('sent'),
			}),
			key(),
		);
		const out = inbox('out');
		for (const index of [0, 1])
			node('n').receive({ ...mail, payload: `Hello ${index}`, parts: { id: 's', index, count: 2 } } as never);
		await out.next(2);
		expect(out.messages).toMatchObject(
			[0, 1].map((index) => ({ payload: `Hello ${index}`, sent: { emailId: expect.any(String) as string } })),
		);
	});
});

describe('a place that takes no result is an error before anything is sent', () => {
	it.each<[string, string, object]>([
		['no name', '', {}],
		['no path', 'a[', {}],
		['the prototype', '__proto__.polluted', {}],
		['a constructor', 'constructor.prototype.polluted', {}],
		['a prototype that the message names', 'results[msg.topic].x', { topic: '__proto__' }],
		['a property of a text', 'topic.result', {}],
		['a property of an instance of a class', 'when.result', { when: new Date(0) }],
		['a name in a list', 'list.result', { list: [] }],
		['a place far behind the end of a list', 'list[msg.id]', { list: [], id: 1_700_000_000 }],
		['the same before there is a list', 'list[msg.id]', { id: 1_700_000_000 }],
		['a place before a list', 'list[msg.id]', { list: [], id: -1 }],
		['a name that is a list itself', 'results[msg.id]', { id: ['__proto__'] }],
		['a web request', 'req.result', { req: new URL('http://localhost') }],
	])('%s', async (_what, place, more) => {
		const { error } = await run('smtp2go-email', { operation: 'send', ...resultTo(place) }, { ...mail, ...more });
		expect(error).toMatchObject({ code: 'SMTP2GO_INVALID', cause: { fieldErrors: [{ field: 'resultTo' }] } });
		expect([simulator.state.requests, ({} as { polluted?: unknown }).polluted]).toEqual([[], undefined]);
	});

	it('and a sequence does not wait for its message', async () => {
		await load(
			actionFlow(simulator, 'smtp2go-email', {
				operation: 'send',
				fields: { $batch: { type: 'str', value: 'sequence' } },
				...resultTo('data.sent'),
			}),
			key(),
		);
		const [out, caught] = [inbox('out'), inbox('caught')];
		node('n').receive({ ...mail, data: 'text', parts: { id: 's', index: 0, count: 2 } } as never);
		node('n').receive({ ...mail, data: {}, parts: { id: 's', index: 1, count: 2 } } as never);
		await Promise.all([out.next(), caught.next()]);
		await delivered();
		expect([out.messages.length, caught.messages.length]).toEqual([1, 1]);
	});
});
