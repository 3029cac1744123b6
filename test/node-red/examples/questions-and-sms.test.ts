/** The examples that ask people, and those with text messages. */
import { linksTo } from '../support/ask-links';
import type { NodeMessage } from 'node-red';
import { inbox, node, until } from '../support/node-red';
import { call, change, emailTo, emailsTo, flowVariable, often, press, reads, useBench } from './support/run-example';

const bench = useBench();

/** The personal link in the newest email to an address. */
async function linkFor(address: string): Promise<string> {
	await emailTo(bench.simulator, address);
	return linksTo(bench.simulator, address).at(-1) ?? '';
}
const answer = (link: string, form: Record<string, string>) =>
	fetch(link, { method: 'POST', body: new URLSearchParams(form) });
const variable = (id: string, name: string) => JSON.stringify(flowVariable(id, name)) ?? '';
const receive = (content: string) => bench.simulator.receiveSms({ from: '+14155550123', content });
const text = (count = 1) => bench.simulator.waitFor(({ sms }) => sms[count - 1], { timeoutMs: 20_000 });

test('approve an invoice: the first answer decides, and the invoice goes on with who approved it', async () => {
	await bench.run('approve-an-invoice');
	press('ai.new');
	const [ann, bob] = [await linkFor('ann@shop.example'), await linkFor('bob@shop.example')];
	expect(await (await fetch(ann)).text()).toContain('Can we pay invoice 2026-117?');
	await answer(bob, { answer: 'approve', comment: 'Fine' });
	await answer(ann, { answer: 'decline' });
	await until(() => variable('ai.paid', 'toBePaid').includes('bob@shop.example'));
	await bench.settled();
	expect(flowVariable('ai.paid', 'toBePaid')).toHaveLength(1);
	expect(flowVariable('ai.paid', 'declined')).toBeUndefined();
});

test('decline with a reason: the reason is required, and reaches the employee', async () => {
	await bench.run('decline-with-a-reason');
	press('dr.new');
	const link = await linkFor('manager@shop.example');
	expect((await answer(link, { answer: 'decline' })).status).toBe(422);
	await answer(link, { answer: 'decline', comment: 'We need you in May' });
	expect((await emailTo(bench.simulator, 'joe@shop.example')).text).toContain('Reason: We need you in May');
});

test('escalation: others are asked later, unless somebody answers', async () => {
	await bench.run('escalation');
	press('es.new');
	const link = await linkFor('oncall@shop.example');
	await bench.simulator.waitFor(({ scheduled }) => scheduled.length === 2 && scheduled);
	expect(JSON.stringify(bench.simulator.state.scheduled)).toContain('lead@shop.example');
	await answer(link, { answer: '2' });
	await bench.simulator.waitFor(({ scheduled }) => scheduled.length === 0);
	expect(bench.simulator.state.emails.map(({ to }) => to[0]?.address)).toEqual(['oncall@shop.example']);
	// A short limit: nobody answers, and the team reads so.
	await bench.run('escalation', change('es.ask', { limit: '0.0003', remindAfter: '', escalateAfter: '' }));
	press('es.new');
	expect((await emailTo(bench.simulator, 'team@shop.example')).text).toBe('Nobody answered: Release 4.2');
});

test('confirm an appointment: the customer replies YES by text message', async () => {
	await bench.run('confirm-an-appointment', undefined, often);
	press('ca.new');
	expect((await text()).content).toMatch(/^Your appointment at Smile Dental: Monday, 9:30.*YES/s);
	receive('Yes!');
	await until(() => variable('ca.confirmed', 'confirmed').includes('Monday, 9:30'));
	expect(flowVariable('ca.confirmed', 'canceled')).toBeUndefined();
});

test('SMS replies: YES to a message is confirmed, STOP is remembered, and then nothing is sent any more', async () => {
	await bench.run('sms-replies', undefined, often);
	await reads(bench.simulator, '/sms/view-received');
	await call(bench.simulator, '/sms/send', { destination: ['+14155550123'], content: 'Reply YES to confirm' });
	receive('Yes!');
	expect(await text(2)).toMatchObject({ destination: '+14155550123', content: 'Thank you. Your order is confirmed.' });
	receive('stop please');
	await until(() => variable('sr.remember', 'stopped').includes('+14155550123'));
	const before = bench.simulator.state.requests.length;
	receive('yes');
	await bench.simulator.waitFor(
		({ requests }) => requests.slice(before).filter(({ path }) => path === '/sms/view-received').length >= 2,
		{ timeoutMs: 20_000 },
	);
	await bench.settled();
	expect(bench.simulator.state.sms).toHaveLength(2);
});

test.each([
	['+14155550123', 0],
	['+14155550404', 1],
])('SMS alert to %s: %i emails instead', async (number, emails) => {
	await bench.run('sms-alert', (flow) =>
		change('sa.wait', { timeout: '300', timeoutUnits: 'milliseconds' })(
			change('sa.alarm', { payload: JSON.stringify({ number, text: 'Down' }) })(flow),
		),
	);
	press('sa.alarm');
	await bench.simulator.waitFor(({ requests }) =>
		requests.some(({ path, status }) => path === '/sms/view-sent' && status === 200),
	);
	if (emails > 0) await emailTo(bench.simulator, 'team@shop.example');
	await bench.settled();
	expect(emailsTo(bench.simulator, 'team@shop.example').map(({ subject }) => subject)).toEqual(
		Array(emails).fill('SMS not delivered: Down'),
	);
});

const wait = change('sa.wait', { timeout: '300', timeoutUnits: 'milliseconds' });

test.each([
	['/sms/send', 0],
	['/sms/view-sent', 1],
])('SMS alert: if %s fails, the team gets one email that says why', async (path, count) => {
	await bench.run('sms-alert', wait);
	bench.simulator.setFault({ fault: 'error', path, message: 'No credit' });
	press('sa.alarm');
	expect(await emailTo(bench.simulator, 'team@shop.example')).toMatchObject({
		subject: 'SMS not delivered: Server web-1 is down',
		text: expect.stringMatching(/^The SMS to \+14155550123 is not known to be delivered: .*No credit/s) as string,
	});
	await bench.settled();
	expect(emailsTo(bench.simulator, 'team@shop.example')).toHaveLength(1);
	expect(bench.simulator.state.sms).toHaveLength(count);
});

test.each([
	['Message delivered', 0],
	['Undelivered', 1],
	['Delivery failed', 1],
])('SMS alert: the status "%s" is mailed %i times', async (status, emails) => {
	await bench.run('sms-alert', wait);
	const sms = { destination_address: '14155550123', content: 'Down', status };
	const shown = inbox('sa.fine');
	node('sa.arrived').receive({ payload: { number: '+14155550123', text: 'Down' }, sent: [sms] } as NodeMessage);
	if (emails > 0) expect((await emailTo(bench.simulator, 'team@shop.example')).text).toContain(status);
	else expect(await shown.next()).toMatchObject({ sms });
	await bench.settled();
	expect(emailsTo(bench.simulator, 'team@shop.example')).toHaveLength(emails);
});
