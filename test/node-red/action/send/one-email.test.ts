/** One email: what the flow gets if SMTP2GO accepts it, rejects it, or does not respond. */
/* eslint-disable @typescript-eslint/no-unused-vars */
import type { Simulator } from '../../../../simulator';
import { actionFlow } from '../../support/flows';
import { delivered, deploy, inbox, key, load, logged, loggedErrors, node, unload, until } from '../../support/node-red';
import { useNodeRed } from '../../support/use-node-red';

let simulator: Simulator;
useNodeRed((started) => {
	({ simulator } = started);
});

const mail = { from: 'Shop <shop@example.com>', to: 'ann@example.org', topic: 'Order 1001', payload: 'Thank you' };

async function start(type: string, def: object, credentials: Record<string, object> = key()) {
	await load(actionFlow(simulator, type, def), credentials);
	return { out: inbox('out'), caught: inbox('caught'), completed: inbox('completed'), statuses: inbox('statuses') };
}

describe('an email that SMTP2GO takes', () => {
	it('sends the same message object on, with the result in its payload', async () => {
		const { out } = await start('smtp2go-email', { operation: 'send' });
		node('n').receive({ ...mail, _msgid: 'one', mine: { kept: true } });
		const msg = await out.next();
		expect(msg).toMatchObject({
			_msgid: 'one',
			mine: { kept: true },
			payload: { emailId: expect.any(String), scheduleId: null },
		});
		expect(msg.smtp2go).toMatchObject({ operation: 'send', requestId: expect.any(String), data: { succeeded: 1 } });
	});

	it('tells a Complete node once and a Catch node nothing', async () => {
		const { out, caught, completed } = await start('smtp2go-email', { operation: 'send' });
		node('n').receive({ ...mail });
		await out.next();
		await delivered();
		expect([completed.messages.length, caught.messages.length]).toEqual([1, 0]);
	});

	it('shows that it calls, then that it is done', async () => {
		const { out, statuses } = await start('smtp2go-email', { operation: 'send' });
		node('n').receive({ ...mail });
		await out.next();
		await statuses.next(2);
		expect(statuses.messages.map(({ status }) => status?.['text'])).toEqual(['status.busy', 'status.sentAt']);
	});
});

describe('an email that SMTP2GO refuses', () => {
	const refused = { ...mail, from: 'shop@nowhere.test' };

	it('goes to a Catch node once, with a stable code and the details, and nowhere else', async () => {
		const { out, caught, completed } = await start('smtp2go-email', { operation: 'send' });
		node('n').receive({ ...refused });
		const { error } = await caught.next();
		await delivered();
		expect([out.messages.length, completed.messages.length, caught.messages.length]).toEqual([0, 0, 1]);
		expect(error).toMatchObject({
			code: expect.stringMatching(/^SMTP2GO_RE(JECTED|FUSED)$/),
			cause: { type: expect.any(String), requestId: expect.any(String), endpoint: '/email/send' },
		});
		expect(error?.['message']).toMatch(/not verified.*Request ID/s);
	});

	it('leaves the message as it was, so that a flow can try again', async () => {
		const { caught } = await start('smtp2go-email', { operation: 'send' });
		node('n').receive({ ...refused });
		const { error, _msgid, ...rest } = await caught.next();
		expect(error).toMatchObject({ code: expect.stringMatching(/^SMTP2GO_RE(JECTED|FUSED)$/) });
		expect(rest).toEqual(refused);
	});

	it('shows a red status', async () => {
		const { statuses } = await start('smtp2go-email', { operation: 'send' });
		node('n').receive({ ...refused });
		expect((await statuses.next(2)).status).toMatchObject({
			fill: 'red',
			text: expect.stringMatching(/^status\.re/),
		});
	});
});

describe('what cannot be sent at all', () => {
	it.each([
		['an unknown operation', { operation: 'nonsense' }, key(), 'SMTP2GO_INVALID'],
		['no operation', { operation: undefined }, key(), 'SMTP2GO_INVALID'],
		['an operation of Object itself', { operation: 'constructor' }, key(), 'SMTP2GO_INVALID'],
		['no account', { operation: 'send', account: '' }, key(), 'SMTP2GO_INVALID'],
		['an account that is another node', { operation: 'send', account: 'out' }, key(), 'SMTP2GO_INVALID'],
		['no key', { operation: 'send' }, {}, 'SMTP2GO_AUTH'],
	])('is an error without a call: %s', async (_what, def, credentials, code) => {
		const { caught } = await start('smtp2go-email', def, credentials);
		node('n').receive({ ...mail });
		expect((await caught.next()).error).toMatchObject({ code });
		expect(simulator.state.requests).toEqual([]);
	});

	it('names the field that is missing', async () => {
		const { caught } = await start('smtp2go-email', { operation: 'send' });
		node('n').receive({ payload: 'Hello' });
		expect((await caught.next()).error).toMatchObject({
			message: expect.stringContaining('From'),
			cause: { fieldErrors: [{ field: 'sender' }] },
		});
	});
});

describe('an unknown key', () => {
	it('is told without being shown', async () => {
		const secret = `api-${'A1b2'.repeat(8)}`;
		const { caught } = await start('smtp2go-email', { operation: 'send' }, key(secret));
		node('n').receive({ ...mail });
		const { error } = await caught.next();
		expect(error).toMatchObject({ code: 'SMTP2GO_AUTH' });
		expect(JSON.stringify(error)).not.toContain(secret);
	});
});

describe('the operation', () => {
	it('comes from the message where the dialog says so, and the fields too', async () => {
		const { out } = await start('smtp2go-suppression', {
			operation: 'msg.operation',
			fields: { email_address: { type: 'str', value: 'ignored@example.org' } },
		});
		node('n').receive({ operation: 'add', payload: { email_address: 'ann@example.org' } });
		await out.next();
		expect(simulator.state.suppressions).toMatchObject([{ email_address: 'ann@example.org' }]);
	});

	it('does not come from the message otherwise', async () => {
		const { out } = await start('smtp2go-suppression', { operation: 'getAll' });
		node('n').receive({ operation: 'add', payload: { email_address: 'ann@example.org' } });
		await out.next();
		expect(simulator.state.suppressions).toEqual([]);
	});
});

describe('closing', () => {
	it('stops a read in flight at once and leaves no status behind', async () => {
		await start('smtp2go-template', { operation: 'getAll' });
		simulator.setFault({ path: '*', fault: 'slow', ms: 60_000, times: 0 });
		node('n').receive({ payload: {} });
		await until(() => simulator.state.requests.length === 1);
		const began = Date.now();
		// Node-RED itself would wait for 15 seconds.
		await unload();
		expect(Date.now() - began).toBeLessThan(10_000);
		await load(actionFlow(simulator, 'smtp2go-email'), key());
	});

	it('lets an email that has left arrive, and says in the log what came of it', async () => {
		await start('smtp2go-email', { operation: 'send' });
		simulator.setFault({ path: '*', fault: 'slow', ms: 600, times: 0 });
		node('n').receive({ ...mail });
		await until(() => simulator.state.requests.length === 1);
		await deploy([]);
		expect(simulator.state.emails.length).toBe(1);
		expect(logged().some((line) => line.includes('errors.lateSuccess'))).toBe(true);
	});

	it('says in the log that an email failed which had left', async () => {
		await start('smtp2go-email', { operation: 'send' });
		simulator.setFault({ path: '*', fault: 'slow', ms: 600, times: 0 });
		node('n').receive({ ...mail, from: 'shop@nowhere.test' });
		await until(() => simulator.state.requests.length === 1);
		await deploy([]);
		expect(loggedErrors().some((line) => line.includes('errors.lateFailure'))).toBe(true);
	});
});
