import type { Simulator } from '../../../../simulator';
import { startReceiver } from '../../../simulator/support/receiver';
import { actionFlow } from '../../support/flows';
import { inbox, key, load, node } from '../../support/node-red';
import { useNodeRed } from '../../support/use-node-red';

let simulator: Simulator;
useNodeRed((started) => {
	({ simulator } = started);
});

const calls = () => simulator.state.requests.map(({ path }) => path);

async function call(payload: object, def: object = { operation: 'call' }) {
	await load(actionFlow(simulator, 'smtp2go-custom', def), key());
	const [out, caught] = [inbox('out'), inbox('caught')];
	node('n').receive({ payload });
	return Promise.race([out.next(), caught.next()]);
}

const mail = { sender: 'shop@example.com', to: ['jane@example.com'], subject: 'Hi', text_body: 'Hello' };

it("calls a path with an unchanged body, and returns SMTP2GO's answer", async () => {
	const { payload, smtp2go } = await call({ path: '/template/search', body: { search_terms: ['welcome'] } });
	expect(payload).toMatchObject({ templates: expect.any(Array) });
	expect(smtp2go).toMatchObject({ operation: 'call', requestId: expect.any(String) });
	expect(calls()).toEqual(['/template/search']);
});

it.each(['template/search', '/template/search/', ' /template/search '])('understands the path %p', async (path) => {
	await call({ path });
	expect(calls()).toEqual(['/template/search']);
});

it.each([
	'http://127.0.0.1:9/v3/email/send',
	'//127.0.0.1:9/x',
	'/../../x',
	'/email/../../x',
	'/email/%2e%2e/x',
	'/email/send?x=1',
	'/email/send#x',
	'\\\\host\\x',
	'/a:b@c/d',
	'/email/send\r\nX: y',
	'',
	'/',
])('refuses the path %p before anything leaves', async (path) => {
	const { error } = await call({ path });
	expect(error).toMatchObject({ code: 'SMTP2GO_INVALID' });
	expect(calls()).toEqual([]);
});

it('does not follow a redirect with the key', async () => {
	const elsewhere = await startReceiver();
	simulator.setFault({
		path: '/template/search',
		fault: 'server-error',
		status: 302,
		headers: { location: elsewhere.url },
		times: 0,
	});
	expect((await call({ path: '/template/search' })).error).toMatchObject({ message: expect.stringContaining('302') });
	await elsewhere.stop();
	expect(elsewhere.received).toEqual([]);
});

it('judges an email as the email node does: one that was refused is an error', async () => {
	const { error } = await call({ path: '/email/send', body: { ...mail, sender: 'nobody@unverified.example' } });
	expect(error).toMatchObject({ code: expect.stringMatching(/SMTP2GO_RE(JECTED|FUSED)/) });
});

it('never repeats a call whose answer was lost', async () => {
	simulator.setFault({ path: '/email/send', fault: 'reset', when: 'after', times: 0 });
	const { error } = await call({ path: '/email/send', body: mail });
	expect(error).toMatchObject({ code: 'SMTP2GO_OUTCOME_UNKNOWN' });
	expect(calls()).toEqual(['/email/send']);
});

it('can be told path and body in the dialog', async () => {
	const { payload } = await call(
		{},
		{
			operation: 'call',
			fields: {
				path: { type: 'str', value: '/suppression/add' },
				body: { type: 'json', value: '{"email_address":"x@example.com"}' },
			},
		},
	);
	expect(payload).toMatchObject({ email_address: 'x@example.com' });
});

it('an endpoint that SMTP2GO does not have is an error with its own words', async () => {
	expect((await call({ path: '/no/such' })).error).toMatchObject({ message: expect.stringContaining('404') });
});
