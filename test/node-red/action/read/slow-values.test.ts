/**
 * A value that never comes, as from a context store that never answers: it must hold up neither later messages nor a
 * deploy.
 */
/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import type { Simulator } from '../../../../simulator';
import { actionFlow } from '../../support/flows';
import { deploy, inbox, key, load, loggedErrors, node, runtime, unload, until } from '../../support/node-red';
import { useNodeRed } from '../../support/use-node-red';

let simulator: Simulator;
afterEach(() => {
	jest.restoreAllMocks();
});
useNodeRed((started) => {
	({ simulator } = started);
});

const mail = { from: 'Shop <shop@example.com>', to: 'ann@example.org', payload: 'Thank you' };
const flow = (fields: object) => actionFlow(simulator, 'smtp2go-email', { operation: 'send', fields });
/** The message has no subject; this one is read from a store that never answers. */
const subject = { type: 'flow', value: 'subject' };

/** Has the flow context answer so; not at all unless told otherwise. */
function answering(answer: (done: (error: unknown, value?: unknown) => void) => void = () => undefined) {
	return jest
		.spyOn(runtime().util, 'evaluateNodeProperty')
		.mockImplementation(((
			_value: string,
			_type: string,
			_node: object,
			_msg: object,
			done: (error: unknown, value?: unknown) => void,
		) => answer(done)) as never);
}

async function start(fields: object, reading = 100) {
	await load(flow(fields), key(), { smtp2goTimes: { reading } });
	return { silent: answering(), out: inbox('out'), caught: inbox('caught') };
}

it('fails its own message with an error that names the field, and later ones are sent', async () => {
	const { silent, out, caught } = await start({ subject });
	node('n').receive({ ...mail });
	await until(() => silent.mock.calls.length === 1);
	silent.mockRestore();
	answering((done) => done(undefined, 'Later'));
	node('n').receive({ ...mail });
	expect((await caught.next()).error).toMatchObject({
		code: 'SMTP2GO_INVALID',
		message: expect.stringContaining(
			'Subject cannot be read as flow: its source did not respond within 0.1 seconds',
		),
	});
	await out.next();
	expect(simulator.state.emails.map((one) => one.subject)).toEqual(['Later']);
});

it('takes ten seconds, unless the settings say otherwise', async () => {
	await load(flow({ subject }), key());
	const silent = answering();
	const timeouts = jest.spyOn(globalThis, 'setTimeout');
	node('n').receive({ ...mail });
	await until(() => silent.mock.calls.length > 0);
	expect(timeouts.mock.calls.filter(([, delay]) => delay === 10_000)).toHaveLength(1);
	await unload();
	await load(flow({}), key());
});

it('is waited for once, not for each email of a list', async () => {
	const { silent, caught } = await start({ subject, $batch: { type: 'str', value: 'array' } });
	node('n').receive({
		from: mail.from,
		payload: Array.from({ length: 200 }, (_, index) => ({ to: `reader${index}@example.org`, payload: 'Hello' })),
	});
	const { error } = await caught.next();
	expect(
		(error?.['cause'] as { emails: { ok: boolean; message: string }[] }).emails.filter(
			({ ok, message }) => !ok && message.includes('did not respond'),
		),
	).toHaveLength(200);
	expect([silent.mock.calls.length, simulator.state.requests]).toEqual([1, []]);
});

it('is not waited for when the node is closed: its message counts as cancelled', async () => {
	const { caught, silent } = await start({ subject }, 10_000);
	node('n').receive({ ...mail });
	await until(() => silent.mock.calls.length > 0);
	const began = Date.now();
	await deploy(
		flow({ subject }).map((one) => (one.id === 'n' ? { ...one, name: 'changed' } : one)),
		'nodes',
		key(),
	);
	// Far less than the field's source can take.
	expect(Date.now() - began).toBeLessThan(8_000);
	expect((await caught.next()).error).toMatchObject({ code: 'SMTP2GO_CANCELLED' });
	expect([simulator.state.requests, loggedErrors().filter((line) => line.includes('errors.stillOpen'))]).toEqual([
		[],
		[],
	]);
});

it('leaves nothing behind where it comes, if only later', async () => {
	const { silent, out, caught } = await start({ subject });
	silent.mockRestore();
	answering((done) => {
		setTimeout(() => done(undefined, 'Order'), 20);
	});
	for (let index = 0; index < 5; index++) node('n').receive({ ...mail });
	await out.next(5);
	// Its time begins after theirs: when it has failed, theirs is over too.
	jest.restoreAllMocks();
	answering();
	node('n').receive({ ...mail });
	await caught.next();
	expect(caught.messages).toHaveLength(1);
	expect(simulator.state.emails).toHaveLength(5);
});
