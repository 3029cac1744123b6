/** Requests to the link of a recipient: what is shown, and what decides. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { setImmediate } from 'node:timers/promises';
import { useAccount } from '../support/account';
import { Asking, type AskingSetup } from '../support/asking';

const account = useAccount({ probe: 'none' });
const ask = (setup: AskingSetup = {}) => new Asking(account, setup).ask();

afterEach(() => {
	jest.useRealTimers();
});

test('GET shows the question and keeps it open', async () => {
	const asking = await ask();
	const shown = await asking.request(asking.link());
	expect([shown.status, shown.output]).toEqual([200, undefined]);
	expect(shown.page).toContain('Please approve.');
	expect(shown.headers['Referrer-Policy']).toBe('no-referrer');
});

test('POST decides, with who answered and when', async () => {
	const asking = await ask({ parameters: { to: 'Ann <ann@example.com>' } });
	const { output, page } = await asking.post({ answer: 'decline', comment: 'No', other: 'ignored' });
	expect(output).toEqual({
		data: {
			approved: false,
			choice: null,
			text: null,
			comment: 'No',
			respondedBy: 'ann@example.com',
			respondedAt: expect.any(String),
			channel: 'email',
		},
	});
	expect(page).toContain('Thank you');
});

test.each([{}, { answer: 'yes' }, { answer: ['approve'] }, { answer: '__proto__' }])(
	'a post of %j decides nothing, and shows the question again',
	async (body) => {
		const asking = await ask();
		expect(await asking.post(body)).toMatchObject({ status: 422, output: undefined });
	},
);

test('a required comment is asked for, and what was written is kept', async () => {
	const asking = await ask({ parameters: { comment: 'requiredOnDecline' } });
	const first = await asking.post({ answer: 'decline' });
	expect([first.status, first.page]).toEqual([422, expect.stringContaining('role="alert"')]);
	expect((await asking.post({ answer: 'approve' })).output).toBeDefined();
});

test('the question is the one that was sent, whatever an expression gives later', async () => {
	const asking = await ask({
		items: [{ json: { invoice: 7 } }],
		parameters: { message: '=Invoice {{ $json.invoice }}' },
	});
	expect((await asking.request(asking.link())).page).toContain('Invoice 7');
});

test('a second answer at the same moment reads who was first', async () => {
	const asking = await ask({ parameters: { to: 'ann@example.com, bob@example.com' } });
	const first = await asking.post({ answer: 'approve' });
	const second = await asking.post({ answer: 'decline' }, asking.link('bob@example.com'));
	expect(first.output).toBeDefined();
	expect([second.status, second.output]).toEqual([409, undefined]);
	expect(second.page).toContain('ann@example.com');
});

test('if n8n does not take an answer, the next one counts', async () => {
	const asking = await ask();
	(await asking.post({ answer: 'approve' })).finish(500);
	expect((await asking.post({ answer: 'decline' })).output).toBeDefined();
});

test('the same is true if the client hangs up first', async () => {
	const asking = await ask();
	const failed = await asking.post({ answer: 'approve' });
	failed.hangUp();
	expect((await asking.post({ answer: 'decline' })).status).toBe(409);
	failed.finish(500);
	let next = await asking.post({ answer: 'decline' });
	while (next.status === 409) {
		await setImmediate();
		next = await asking.post({ answer: 'decline' });
	}
	expect(next.output).toMatchObject({ data: { approved: false } });
});

test('after the limit, the link says that the time is over', async () => {
	const asking = await ask({
		parameters: {
			options: {
				limitWaitTime: { values: { limitType: 'afterTimeInterval', resumeAmount: 1, resumeUnit: 'hours' } },
			},
		},
	});
	const link = asking.link();
	jest.useFakeTimers({ now: Date.now() + 3_600_001, doNotFake: ['nextTick', 'setImmediate'] });
	for (const late of [await asking.request(link), await asking.post({ answer: 'approve' }, link)])
		expect([late.status, late.output, late.page]).toEqual([410, undefined, expect.stringContaining('has expired')]);
});

test.each(['', '0', '2', '1.2', '__proto__'])('a link of "%s" is of no recipient', async (by) => {
	const asking = await ask();
	const link = asking.link();
	link.searchParams.set('by', by);
	expect(await asking.post({ answer: 'approve' }, link)).toMatchObject({ status: 410, output: undefined });
});

test.each(["Ask \"}} {{ \\ 'the' `boss`", 'Ask. constructor()', 'Line\u2028separator', 'Größe 👍 $json'])(
	'a node with the name %j finds its question',
	async (name) => {
		const asking = await ask({ name });
		expect((await asking.request(asking.link())).page).toContain('Please approve.');
	},
);

describe('the Human in the Loop tool', () => {
	const type = 'smtp2goHitlTool';

	test('gives the comment of a refusal to the agent', async () => {
		const asking = await ask({ type });
		expect((await asking.post({ answer: 'decline', comment: 'Ask first' })).output).toMatchObject({
			data: { approved: false },
			chatInput: 'Ask first',
		});
	});

	test('gives no comment of an approval', async () => {
		const asking = await ask({ type });
		expect((await asking.post({ answer: 'approve', comment: 'Fine' })).output).not.toHaveProperty('chatInput');
	});

	test('tells the agent if nobody answered', async () => {
		expect((await ask({ type })).unanswered).toMatchObject({
			data: { timedOut: true },
			chatInput: expect.stringContaining('Nobody answered'),
		});
	});
});

describe('the reminder and the escalation', () => {
	const later = (amount: number) => ({ resumeAmount: amount, resumeUnit: 'hours' });
	const options = {
		reminder: { values: later(1) },
		escalation: { values: { escalateTo: 'boss@example.com', ...later(2) } },
	};

	test('are held by SMTP2GO, and canceled once n8n has taken an answer', async () => {
		const asking = await ask({ parameters: { options } });
		expect(account.simulator.state.scheduled).toHaveLength(2);
		const answered = await asking.post({ answer: 'approve' });
		expect(account.simulator.state.scheduled).toHaveLength(2);
		answered.finish();
		await account.simulator.waitFor((state) => state.scheduled.length === 0);
	});

	test('are canceled although the client hangs up before n8n responds', async () => {
		const asking = await ask({ parameters: { options } });
		const answered = await asking.post({ answer: 'approve' });
		answered.hangUp();
		answered.finish();
		await account.simulator.waitFor((state) => state.scheduled.length === 0);
	});

	test('are canceled although the client hung up before the node was asked', async () => {
		const asking = await ask({ parameters: { options } });
		(await asking.request(asking.link(), 'POST', { answer: 'approve' }, { isGone: true })).finish();
		await account.simulator.waitFor((state) => state.scheduled.length === 0);
	});

	test('stay if n8n does not take the answer', async () => {
		const asking = await ask({ parameters: { options } });
		(await asking.post({ answer: 'approve' })).finish(500);
		expect(account.simulator.state.scheduled).toHaveLength(2);
	});

	test('a failed cancellation is written to the log', async () => {
		const asking = await ask({ parameters: { options } });
		account.simulator.setFault({ path: '/email/scheduled/remove', fault: 'reset', times: 0 });
		(await asking.post({ answer: 'approve' })).finish();
		await account.simulator.waitFor(() => asking.logged.length === 1);
		expect(asking.logged[0]).toContain('could not be canceled');
	});
});
