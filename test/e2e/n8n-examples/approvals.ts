/** Examples that ask a person and wait for the answer. */
import { linkTo, post } from '../support/n8n-approval';
import { emails, ended, load, question, tryIt, world } from '../support/n8n-examples';
import { startStubModel } from '../support/stub-model';
import { until } from '../support/until';

test('approval with a form: the link of the email opens a form that decides, and nothing happens before', async () => {
	const { id } = await load('approval-with-a-form');
	await tryIt(id);
	const asked = await world().simulator.waitFor((state) =>
		state.emails.find(({ subject }) => subject.startsWith('Please decide')),
	);
	const link = /href="([^"]+)"/.exec(asked.html)?.[1]?.replaceAll('&amp;', '&') ?? '';
	await until('the form', async () => (await (await fetch(link)).text()).includes('Decision'));
	expect(emails()).toHaveLength(1);
	const form = new FormData();
	form.append('field-0', 'Approve');
	form.append('field-1', 'For a good customer');
	expect((await fetch(link, { method: 'POST', body: form })).status).toBe(200);
	const told = await world().simulator.waitFor((state) =>
		state.emails.find(({ to }) => to.some(({ address }) => address === 'team@example.com')),
	);
	expect([told.subject, told.text]).toEqual([
		'Approved: 20% discount for order 1001',
		expect.stringContaining('For a good customer'),
	]);
});

test.each([
	[{ answer: 'approve' }, 'Approved: invoice 1001', 'manager@example.com approved the invoice. '],
	[
		{ answer: 'decline', comment: 'We never ordered this' },
		'Not approved: invoice 1001',
		'manager@example.com declined the invoice. We never ordered this',
	],
])('approve an invoice: %j', async (fields, subject, text) => {
	const { id, link } = await question('approve-an-invoice', 'manager@example.com');
	expect((await post(link, fields)).status).toBe(200);
	await ended(id);
	expect([emails().at(-1)?.subject, emails().at(-1)?.text.trim()]).toEqual([subject, text.trim()]);
});

test('decline with a reason: only with a comment, which the employee gets', async () => {
	const { id, link } = await question('decline-with-a-reason', 'bob@example.com');
	expect(await post(link, { answer: 'decline' })).toMatchObject({
		status: 422,
		text: expect.stringContaining('To decline, please add a comment.'),
	});
	await post(link, { answer: 'decline', comment: 'We take stock on that day' });
	await ended(id);
	expect(emails().at(-1)).toMatchObject({
		to: [{ address: 'jane@example.com' }],
		text: expect.stringContaining('was declined: We take stock on that day'),
	});
});

test('escalation: the team lead is asked if nobody answers, and can answer', async () => {
	const { id } = await question('escalation', 'duty@example.com', (text) =>
		text.replaceAll(
			/"resumeAmount": [12],(\s*)"resumeUnit": "hours"/g,
			'"resumeAmount": 0.02,$1"resumeUnit": "minutes"',
		),
	);
	const link = await world().simulator.waitFor(() => linkTo(world(), 'lead@example.com') || undefined);
	await post(link, { answer: '2' });
	await ended(id);
	expect(emails().at(-1)?.text).toContain('lead@example.com: Somebody else must take it.');
	expect(emails().map(({ subject }) => subject)).toContain('Reminder: Server web-1 is down');
});

test.each([
	[{ answer: 'approve' }, 1, '{"refunded":true}'],
	[{ answer: 'decline', comment: 'Ask for a photo first' }, 0, 'Ask for a photo first'],
])('AI agent refund: after %j there are %i refunds, and the agent hears of it', async (fields, count, heard) => {
	const model = await startStubModel();
	const { id: credential } = (await world().client.call('POST', '/credentials', {
		name: `Model ${Date.now()}`,
		type: 'openAiApi',
		data: { apiKey: 'none', url: model.apiUrl },
	})) as { id: string };
	const { id, link } = await question('ai-agent-refund', 'manager@example.com', (text) =>
		text
			.replace(
				'"name": "Model",',
				`"name": "Model", "credentials": { "openAiApi": { "id": "${credential}", "name": "Model" } },`,
			)
			.replace('https://shop.example.com/refunds', model.refundUrl),
	);
	expect(emails()[0]?.text).toContain('"order": "1001"');
	expect(model.refunds).toEqual([]);
	await post(link, fields);
	await ended(id);
	expect(model.refunds).toHaveLength(count);
	expect(model.heard.at(-1)).toContain(heard);
	await model.stop();
});
