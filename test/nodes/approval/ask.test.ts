/** Who is asked, what is rejected before anyone is asked, and what the user is told. */
import { DEFAULT_SETTINGS } from '../../../simulator/account/settings';
import { useAccount } from '../support/account';
import { Asking, withoutSigning, type AskingSetup } from '../support/asking';

const account = useAccount({ probe: 'none' });
const ask = (setup: AskingSetup = {}) => new Asking(account, setup).ask();
const emails = () => account.simulator.state.emails;
const limit = (amount: number, unit: string) => ({
	limitWaitTime: { values: { limitType: 'afterTimeInterval', resumeAmount: amount, resumeUnit: unit } },
});

test('each recipient gets a personal link, and the execution waits without a limit', async () => {
	const asking = await ask({
		parameters: { channel: 'both', to: 'Ann <ann@example.com>, bob@example.com', destination: '+14155550123' },
	});
	expect(asking.error).toBeUndefined();
	expect(asking.waitTill?.getFullYear()).toBe(3000);
	const links = ['ann@example.com', 'bob@example.com', '+14155550123'].map((address) => asking.link(address));
	expect(links.map(({ searchParams }) => searchParams.get('by'))).toEqual(['1', '2', '3']);
	for (const { pathname } of links) expect(pathname).toMatch(/^\/webhook-waiting\/\d+\/node-2$/);
	expect(new Set(links.map(({ searchParams }) => searchParams.get('signature'))).size).toBe(3);
});

test('a phone number without a country code gets that of the default country', async () => {
	const asking = await ask({
		parameters: { channel: 'sms', destination: '(415) 555-0123', options: { defaultCountry: 'US' } },
	});
	expect(asking.error).toBeUndefined();
	expect(asking.link('+14155550123').searchParams.get('by')).toBe('1');
});

test('a limit ends the wait, and what then goes on says so', async () => {
	const asking = await ask({ items: [{ json: { invoice: 1 } }], parameters: { options: limit(2, 'hours') } });
	expect(Math.round(((asking.waitTill?.getTime() ?? 0) - Date.now()) / 60_000)).toBe(120);
	expect(asking.unanswered).toEqual({ data: { timedOut: true } });
});

test("a date without a time zone is one of the workflow's time zone", async () => {
	const asking = await ask({
		parameters: {
			options: {
				limitWaitTime: { values: { limitType: 'atSpecifiedTime', maxDateAndTime: '2999-01-01T12:00:00' } },
			},
		},
	});
	expect(asking.waitTill?.toISOString()).toBe('2999-01-01T11:00:00.000Z');
});

test.each<[string, AskingSetup['parameters'], string]>([
	['no recipient', { to: "={{ '' }}" }, 'There are no recipients'],
	['an invalid address', { to: 'ann' }, 'not a valid email address'],
	['an invalid number', { channel: 'sms', destination: '12' }, 'not a valid phone number'],
	[
		'an ambiguous number',
		{ channel: 'sms', destination: '15212345678', options: { defaultCountry: 'DE' } },
		'It could be +4915212345678 (Germany) or +15212345678 (Canada)',
	],
	['no message', { message: "={{ '' }}" }, 'Message is required'],
	['a single answer to choose from', { responseType: 'choice', choices: 'Yes' }, '2 to 10 answers'],
	['a limit of zero', { options: limit(0, 'hours') }, 'Limit Wait Time: The time must be longer than 0'],
	['a limit beyond all dates', { options: limit(1e12, 'days') }, 'The time must end before the year 3000'],
	[
		'a date that means no limit to n8n',
		{ options: { limitWaitTime: { values: { limitType: 'atSpecifiedTime', maxDateAndTime: '3000-01-02' } } } },
		'Limit Wait Time: The time must end before the year 3000',
	],
	[
		'a limit in the past',
		{ options: { limitWaitTime: { values: { limitType: 'atSpecifiedTime', maxDateAndTime: '2020-01-01' } } } },
		'Limit Wait Time: Enter a date and time in the future',
	],
	[
		'a reminder after the limit',
		{ options: { ...limit(1, 'hours'), reminder: { values: { resumeAmount: 2, resumeUnit: 'hours' } } } },
		'Reminder: The time must be shorter than Limit Wait Time',
	],
	[
		'a reminder after four days',
		{ options: { reminder: { values: { resumeAmount: 4, resumeUnit: 'days' } } } },
		'Reminder: SMTP2GO schedules emails up to 3 days ahead',
	],
	[
		'an escalation to an invalid address',
		{ options: { escalation: { values: { escalateTo: 'boss', resumeAmount: 1, resumeUnit: 'hours' } } } },
		'Escalation: ',
	],
	[
		'an escalation to a recipient',
		{
			options: {
				escalation: { values: { escalateTo: 'ann@example.com', resumeAmount: 1, resumeUnit: 'hours' } },
			},
		},
		'Escalation: All its recipients are already asked',
	],
])('%s is rejected before anyone is asked', async (_, parameters, message) => {
	const asking = await ask({ parameters: parameters ?? {} });
	expect(asking.error?.message).toContain(message);
	expect([asking.waitTill, account.simulator.state.requests]).toEqual([undefined, []]);
});

test('several items are rejected with advice, and each gets an error if the workflow continues on errors', async () => {
	const items = [{ json: {} }, { json: {} }];
	const asking = await ask({ items });
	expect(asking.error?.message).toBe('This operation accepts only one item, but got 2');
	expect(asking.error?.description).toContain('Loop Over Items');
	const going = await ask({ items, more: { onError: 'continueRegularOutput' } });
	expect(going.output.map(({ json }) => json['error'])).toEqual(Array(2).fill(asking.error?.message));
	expect(emails()).toEqual([]);
});

test('the tool that cannot wait says which one can', async () => {
	const asking = await ask({ type: 'smtp2goTool' });
	expect(asking.error?.description).toContain('Human in the Loop');
	expect(emails()).toEqual([]);
});

test.each(['constructor', 'prototype'])(
	'a node with the name "%s", whose links could not be answered, is rejected before anyone is asked',
	async (name) => {
		const asking = await ask({ name });
		expect(asking.error?.message).toBe(`A node with the name "${name}" cannot receive answers`);
		expect(asking.error?.description).toContain('Rename the node');
		expect(account.simulator.state.requests).toEqual([]);
	},
);

test('an n8n that cannot sign links says so before anyone is asked', async () => {
	const asking = await withoutSigning(() => ask());
	expect([asking.error?.message, account.simulator.state.requests]).toEqual([
		'This version of n8n cannot sign links',
		[],
	]);
});

test('if SMTP2GO rejects the question, the node fails and nothing waits', async () => {
	account.simulator.setFault({ path: '/email/send', fault: 'error', status: 400, message: 'Sender not verified' });
	const asking = await ask();
	expect([asking.error?.message, asking.waitTill]).toEqual([
		expect.stringContaining('Sender not verified'),
		undefined,
	]);
});

test('if one of two recipients is not reached, the question waits for the other, and a hint names the first', async () => {
	account.simulator.setFault({ path: '/sms/send', fault: 'error', status: 400, message: 'No credit' });
	const asking = await ask({ parameters: { channel: 'both' } });
	expect(asking.waitTill).toBeDefined();
	expect(asking.hints.map(({ message }) => message)).toEqual([
		expect.stringMatching(/^\+14155550123 was not asked: .*No credit/),
	]);
});

test('Retry On Fail does not ask again if the response was lost', async () => {
	account.simulator.setFault({ path: '/email/send', fault: 'reset', when: 'after' });
	const asking = await ask({ more: { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 } });
	expect(asking.error?.message).toContain('unknown');
	expect(account.bodies('/email/send')).toHaveLength(1);
});

test('the units of text messages are shown', async () => {
	const asking = await ask({ parameters: { channel: 'sms' } });
	expect(asking.hints).toEqual([
		expect.objectContaining({
			message: expect.stringMatching(/^SMS units charged: 1\./),
			type: 'info',
		}),
	]);
});

test.each([
	['http://localhost:5678', /localhost:5678, a private address/],
	['https://example.com/n8n', /path prefix \/n8n/],
])('links to %s are explained', async (base, hint) => {
	const asking = await ask({ base });
	expect(asking.hints.map(({ message }) => message)).toEqual([expect.stringMatching(hint)]);
});

test('click tracking of the key is told', async () => {
	for (const key of account.simulator.state.keys)
		key.settings = { ...DEFAULT_SETTINGS, click_tracking_enabled: true };
	expect((await ask()).hints.map(({ message }) => message)).toEqual([
		expect.stringMatching(/^Click tracking is on for this API key/),
	]);
});

test('a slow response about the key does not keep the question from waiting', async () => {
	account.simulator.setFault({ path: '/api_keys/view', fault: 'timeout', times: 0 });
	const started = performance.now();
	const asking = await ask();
	expect([asking.waitTill !== undefined, asking.hints, performance.now() - started < 15_000]).toEqual([
		true,
		[],
		true,
	]);
});

test('what n8n saves holds no link, no signature and no key', async () => {
	const asking = await ask({
		parameters: {
			options: {
				escalation: { values: { escalateTo: 'boss@example.com', resumeAmount: 1, resumeUnit: 'hours' } },
			},
		},
	});
	const signature = asking.link().searchParams.get('signature') ?? '';
	expect(signature).toHaveLength(64);
	for (const secret of [signature, 'signature=', 'webhook-waiting', account.credentials.apiKey])
		expect(asking.saved).not.toContain(secret);
	expect(asking.saved).toContain('boss@example.com');
});
