import type { Simulator } from '../../../../simulator';
import { actionFlow } from '../../support/flows';
import { inbox, key, load, node, unload } from '../../support/node-red';
import { useNodeRed } from '../../support/use-node-red';

let simulator: Simulator;
useNodeRed((started) => {
	({ simulator } = started);
});

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
		expect(
			out.messages.map(({ parts, mine }) => [
				(parts as { index: number }).index,
				(parts as { count: number }).count,
				mine,
			]),
		).toEqual(out.messages.map((_, index) => [index, templates(), 1]));
	});

	it('keeps the parts of an outer sequence inside its own', async () => {
		const outer = { id: 'outer', index: 1, count: 2 };
		const { out } = await start('smtp2go-template', { operation: 'getAll', output: 'each' });
		node('n').receive({ _msgid: 'm', payload: {}, parts: outer });
		await out.next(templates());
		const parts = out.messages.map((msg) => msg.parts as { id: string; parts: object });
		expect(parts.map((part) => part.parts)).toEqual(parts.map(() => outer));
		expect([new Set(parts.map(({ id }) => id)).size, parts[0]?.id === 'm']).toEqual([1, false]);
	});

	it.each([
		['num', '1', 1],
		['str', '2', 2],
	])('holds no more entries than the limit (%s %s)', async (type, value, count) => {
		const { out } = await start('smtp2go-template', { operation: 'getAll', fields: { $limit: { type, value } } });
		node('n').receive({ payload: {} });
		expect((await out.next()).payload).toHaveLength(count);
	});

	it('a blank number counts as left out, not as 0', async () => {
		const { caught } = await start('smtp2go-template', {
			operation: 'getAll',
			fields: { $limit: { type: 'num', value: '' } },
		});
		node('n').receive({ payload: {} });
		expect((await caught.next()).error).toMatchObject({ code: 'SMTP2GO_INVALID' });
		await unload();
		const { out } = await start('smtp2go-webhook', {
			operation: 'delete',
			fields: { id: { type: 'num', value: ' ' } },
		});
		const failed = inbox('caught');
		node('n').receive({ payload: {} });
		expect((await failed.next()).error).toMatchObject({ message: expect.stringContaining('Webhook') });
		expect(out.messages).toEqual([]);
	});

	it.each(['0', '-1', 'many', '1.5'])('refuses the limit %s', async (value) => {
		const { caught } = await start('smtp2go-template', {
			operation: 'getAll',
			fields: { $limit: { type: 'str', value } },
		});
		node('n').receive({ payload: {} });
		expect((await caught.next()).error).toMatchObject({ code: 'SMTP2GO_INVALID' });
	});
});

describe('a batch', () => {
	const one = { sender: 'shop@example.com', to: ['ann@example.org'], subject: 'Hi', text_body: 'Hello' };

	it("of which an email was not accepted is an error that tells each mail's fate", async () => {
		const { out, caught } = await start('smtp2go-email', { operation: 'sendBatch' });
		node('n').receive({ payload: { emails: [one, { ...one, sender: 'shop@nowhere.test' }] } });
		const { error } = await caught.next();
		expect(out.messages).toEqual([]);
		expect(error?.['cause']).toMatchObject({ emails: [{ ok: true }, { ok: false, message: expect.any(String) }] });
	});

	it('that was accepted whole is one answer', async () => {
		const { out } = await start('smtp2go-email', { operation: 'sendBatch' });
		node('n').receive({ payload: { emails: [one, one] } });
		expect((await out.next()).payload).toHaveLength(2);
	});
});
