/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @typescript-eslint/no-unused-vars */
import { startSimulator, type Simulator } from '../../simulator';
import { actionFlow } from './support/flows';
import { inbox, key, load, node, unload } from './support/node-red';

let simulator: Simulator;
beforeAll(async () => { simulator = await startSimulator({ eventDelayMs: 0 }); });
afterAll(() => simulator.stop());
afterEach(async () => { await unload(); simulator.reset(); });

async function start(type: string, def: object) {
	await load(actionFlow(simulator, type, def), key());
	return { out: inbox('out'), caught: inbox('caught'), completed: inbox('completed') };
}

describe('the output', () => {
	const templates = () => simulator.state.templates.length;

	it('is the list itself', async () => {
		const { out } = await start('smtp2go-template', { operation: 'getAll' });
		node('n').receive({ payload: {} });
		expect((await out.next()).payload).toHaveLength(templates());
	});

	it('is the whole data where asked for', async () => {
		const { out } = await start('smtp2go-template', { operation: 'getAll', output: 'raw' });
		node('n').receive({ payload: {} });
		expect((await out.next()).payload).toMatchObject({ templates: expect.any(Array) });
	});

	it('is one message for each entry where asked for, which a Join node can put together', async () => {
		const { out, completed } = await start('smtp2go-template', { operation: 'getAll', output: 'each' });
		node('n').receive({ payload: {}, mine: 1 });
		await out.next(templates());
		await completed.next();
		expect(out.messages.map(({ parts, mine }) => [(parts as { index: number }).index, (parts as { count: number }).count, mine]))
			.toEqual(out.messages.map((_, index) => [index, templates(), 1]));
	});

	it.each([['num', '1', 1], ['str', '2', 2]])('holds no more entries than the limit (%s %s)', async (type, value, count) => {
		const { out } = await start('smtp2go-template', { operation: 'getAll', fields: { $limit: { type, value } } });
		node('n').receive({ payload: {} });
		expect((await out.next()).payload).toHaveLength(count);
	});

	it.each(['0', '-1', 'many', '1.5'])('refuses the limit %s', async (value) => {
		const { caught } = await start('smtp2go-template', { operation: 'getAll', fields: { $limit: { type: 'str', value } } });
		node('n').receive({ payload: {} });
		expect((await caught.next()).error).toMatchObject({ code: 'SMTP2GO_INVALID' });
	});
});

describe('a batch', () => {
	const one = { sender: 'shop@example.com', to: ['ann@example.org'], subject: 'Hi', text_body: 'Hello' };

	it('of which a mail was not accepted is an error that tells each mail\'s fate', async () => {
		const { out, caught } = await start('smtp2go-email', { operation: 'sendBatch' });
		node('n').receive({ payload: { emails: [one, { ...one, sender: 'shop@nowhere.test' }] } });
		const { error } = await caught.next();
		expect(out.messages).toEqual([]);
		expect(error?.['cause']).toMatchObject({ mails: [{ ok: true }, { ok: false, message: expect.any(String) }] });
	});

	it('that was accepted whole is one answer', async () => {
		const { out } = await start('smtp2go-email', { operation: 'sendBatch' });
		node('n').receive({ payload: { emails: [one, one] } });
		expect((await out.next()).payload).toHaveLength(2);
	});
});
