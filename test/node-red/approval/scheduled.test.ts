/** Reminders and escalations: scheduled at SMTP2GO with the question, and canceled with the answer. */
import { DEMO_API_KEY, type Simulator } from '../../../simulator';
import { delivered, key, logged, until, type Web } from '../support/node-red';
import { ask, askDef, askFlow, fixed, linkTo, post, startAsk } from '../support/ask-flow';
import { useNodeRed } from '../support/use-node-red';

let simulator: Simulator;
let web: Web;
useNodeRed(
	(started) => {
		({ simulator, web } = started);
	},
	{ deletesAll: true },
);

const CFO = 'cfo@shop.example';
const start = (def: object, credentials = key()) =>
	startAsk(
		askFlow(simulator, web.url, { fields: { ...askDef.fields, escalateTo: fixed(CFO) }, ...def }),
		credentials,
	);
const scheduled = () => simulator.state.scheduled;
const linkIn = (text: string) => /https?:\/\/\S+\/ask\/[\w.-]+/.exec(text)?.[0] ?? '';
const calls = (path: string) => simulator.state.requests.filter((one) => one.path === path).length;

it('a reminder goes to those who were asked, an escalation to others, each with a personal link', async () => {
	const { outs, completed } = await start({ remindAfter: 24, escalateAfter: '48', limit: 3 });
	const began = Date.now();
	ask({ order: 17 });
	await completed.next();
	const found = scheduled().map((one) => JSON.stringify(one));
	expect(found).toHaveLength(2);
	expect(found[0]).toContain('boss@shop.example');
	expect(found[1]).toContain(CFO);
	const hours = scheduled().map((one) => {
		const at = /20\d\d-\d\d-\d\dT[\d:.]+Z/.exec(JSON.stringify(one))?.[0] ?? '';
		return Math.round((Date.parse(at) - began) / 3_600_000);
	});
	expect(hours).toEqual([24, 48]);
	const [reminder = '', escalation = ''] = found.map((text) => linkIn(text.replaceAll('\\', ' ')));
	expect(reminder).toBe(await linkTo(simulator));
	// The link of the escalation decides too, and names who answered.
	await post(escalation, { answer: 'approve' });
	expect(await outs[0].next()).toMatchObject({ order: 17, answer: { respondedBy: CFO } });
});

it('an answer cancels both, once', async () => {
	const { outs, completed } = await start({ remindAfter: 24, escalateAfter: 48 });
	ask();
	await completed.next();
	expect(scheduled()).toHaveLength(2);
	await post(await linkTo(simulator), { answer: 'decline' });
	await outs[1].next();
	await until(() => scheduled().length === 0);
	expect(calls('/email/scheduled/remove')).toBeGreaterThan(0);
	await delivered();
	expect(logged().join()).not.toContain('notCanceled');
});

it('what cannot be scheduled is only logged', async () => {
	const { outs, completed, caught } = await start({ remindAfter: 24, escalateAfter: 72 });
	// The question itself is slow, then the reminder fails.
	simulator.setFault({ path: '/email/send', fault: 'slow', ms: 1, times: 1 });
	simulator.setFault({ path: '/email/send', fault: 'error', status: 400, message: 'Not today', times: 1 });
	ask();
	await completed.next();
	expect([scheduled().length, logged().join()]).toEqual([1, expect.stringContaining('errors.notScheduled')]);
	await post(await linkTo(simulator), { answer: 'approve' });
	await outs[0].next();
	expect(caught.messages).toEqual([]);
});

it('what cannot be canceled is only logged', async () => {
	const weak = simulator.addKey({ permissions: ['/email/send'] });
	const { outs, completed, caught } = await start({ remindAfter: 24 }, key(weak));
	ask();
	await completed.next();
	await post(await linkTo(simulator), { answer: 'approve' });
	await outs[0].next();
	await until(() => logged().join().includes('errors.notCanceled'));
	expect([scheduled().length, caught.messages]).toEqual([1, []]);
});

it('a key that tracks clicks is named in the log, once', async () => {
	await fetch(`${simulator.apiUrl}/api_keys/edit`, {
		method: 'PATCH',
		headers: { 'X-Smtp2go-Api-Key': DEMO_API_KEY, 'content-type': 'application/json' },
		body: JSON.stringify({ id: DEMO_API_KEY, click_tracking_enabled: true }),
	});
	const { completed } = await start({});
	ask();
	ask();
	await completed.next(2);
	expect(logged().filter((line) => line.includes('errors.clickTracking'))).toHaveLength(1);
	expect(calls('/api_keys/view')).toBe(1);
});

it('a question stays open if the response of SMTP2GO was lost: the recipient may have it', async () => {
	simulator.setFault({ path: '/email/send', fault: 'reset', when: 'after', times: 0 });
	const { outs, completed, caught } = await start({});
	ask();
	await completed.next();
	expect([logged().join(), caught.messages]).toEqual([expect.stringContaining('errors.maybeAsked'), []]);
	expect((await post(await linkTo(simulator), { answer: 'approve' })).status).toBe(200);
	await outs[0].next();
});
