/** The checks before sending in Node-RED: a list of verdicts, and the report about the setup. */
import type { Simulator } from '../../../../simulator';
import { actionFlow } from '../../support/flows';
import { inbox, key, load, node } from '../../support/node-red';
import { useNodeRed } from '../../support/use-node-red';

let simulator: Simulator;
useNodeRed((started) => {
	({ simulator } = started);
});

async function start(type: string, def: object, apiKey?: string) {
	await load(actionFlow(simulator, type, def), apiKey === undefined ? key() : key(apiKey));
	return { out: inbox('out'), caught: inbox('caught') };
}

const fields = { addresses: { type: 'msg', value: 'payload' } };

it('checks a list of addresses and of objects, and passes on a verdict for each', async () => {
	const { out } = await start('smtp2go-suppression', { operation: 'checkRecipients', fields });
	node('n').receive({ payload: ['jane@example.com', { email: ' JANE@example.com' }, 'nobody', 7, null] });
	const { payload } = await out.next();
	expect((payload as { problem: string }[]).map(({ problem }) => problem)).toEqual([
		null,
		'duplicate',
		'invalidAddress',
		'invalidAddress',
		'noAddress',
	]);
});

it('passes on one message for each address where asked for', async () => {
	const { out } = await start('smtp2go-suppression', { operation: 'checkRecipients', fields, output: 'each' });
	node('n').receive({ payload: 'jane@example.com, "Doe, Joe" <joe@example.com>' });
	await out.next(2);
	expect(out.messages.map(({ payload }) => (payload as { address: string }).address)).toEqual([
		'jane@example.com',
		'joe@example.com',
	]);
});

it('fails without the permission for suppressions, and names it', async () => {
	const limited = simulator.addKey({ permissions: ['/email/send'] });
	const { caught } = await start('smtp2go-suppression', { operation: 'checkRecipients', fields }, limited);
	node('n').receive({ payload: 'jane@example.com' });
	expect((await caught.next()).error).toMatchObject({
		code: 'SMTP2GO_PERMISSION',
		message: expect.stringContaining('/suppression/view'),
	});
});

it('checks the setup with a sender of the message', async () => {
	simulator.state.verifiedSenders = ['example.com'];
	const { out } = await start('smtp2go-api-key', {
		operation: 'checkSetup',
		fields: { sender: { type: 'msg', value: 'from' } },
	});
	node('n').receive({ payload: '', from: 'Shop <shop@example.org>' });
	expect((await out.next()).payload).toMatchObject({
		ready: false,
		checks: expect.arrayContaining([expect.objectContaining({ check: 'sender', status: 'problem' })]),
	});
});
