/** "Auto-Map Input Data" in n8n's own engine: each input item is a row of a list. */
import type { INodeExecutionData } from 'n8n-workflow';
import { useAccount } from '../support/account';
import { runNode, type Run } from '../support/engine';
import { indexOf } from '../support/many-items';

const account = useAccount();

const form = {
	resource: 'email',
	operation: 'send',
	dataMode: 'autoMapInputData',
	sender: 'Shop <shop@example.com>',
	subject: 'News',
	textBody: 'Hello',
};

const run = (rows: object[], parameters: object = {}, over: Partial<Run> = {}) =>
	runNode({
		parameters: { ...form, ...parameters },
		credentials: account.credentials,
		items: rows.map((json) => ({ json }) as INodeExecutionData),
		...over,
	});
/** The emails that arrived, by either endpoint. */
const sent = () => [
	...account.bodies('/email/send'),
	...account.bodies('/email/batch').flatMap(({ emails }) => emails as Record<string, unknown>[]),
];
const noReason = { reason: null, since: null };
const jsons = (items: readonly INodeExecutionData[]) => items.map(({ json }) => json);

describe.each([
	['one call per item', {}],
	['in batches', { sendMode: 'batch' }],
])('%s', (_name, mode) => {
	test('a row that lacks a required field fails like any other email', async () => {
		const { items, error } = await run(
			[
				{ 'E-Mail Address': 'ann@example.com', 'First Name': 'Ann', 'Last Name': 'Lee', Town: 'Bath' },
				{ email: ' bob@example.com ', NAME: 'Bob, Jr.', subject: 'Only in the row', html: '<p>No</p>' },
			],
			{ ...mode, subject: '' },
		);
		expect(error?.message).toBe('At least one of these is required: Subject, Template');
		expect(items).toEqual([]);
	});

	test('what the form sets applies to all rows, and a row fills what the form leaves empty', async () => {
		const { items, error, hints } = await run(
			[
				{ '\ufeff"E-Mail Address"': 'ann@example.com', 'First Name': 'Ann', 'Last Name': 'Lee', Town: 'Bath' },
				{ email: ' bob@example.com ', NAME: 'Bob, Jr.', subject: 'Only in the row', html: '<p>No</p>' },
			],
			mode,
		);
		expect(error).toBeUndefined();
		expect(hints).toEqual([]);
		expect(sent()).toEqual([
			{ sender: form.sender, to: ['Ann Lee <ann@example.com>'], subject: 'News', text_body: 'Hello' },
			{ sender: form.sender, to: ['"Bob, Jr." <bob@example.com>'], subject: 'News', text_body: 'Hello' },
		]);
		expect(items.map(indexOf)).toEqual([0, 1]);
	});

	test('a row brings its own subject and body where the form has none', async () => {
		await run(
			[
				{ to: 'a@example.com', Subject: 'One', HTML: '<b>1</b>' },
				{ to: 'b@example.com', subject: 'Two', text: '2' },
			],
			{ ...mode, subject: '', textBody: '' },
		);
		expect(sent()).toEqual([
			{ to: expect.any(Array), sender: expect.any(String), subject: 'One', html_body: '<b>1</b>' },
			{ to: expect.any(Array), sender: expect.any(String), subject: 'Two', text_body: '2' },
		]);
	});

	test('rows with a problem are skipped before anything is sent, and their items say why', async () => {
		const { items, error, hints } = await run(
			[
				{ email: 'ann@example.com' },
				{ email: 'ANN@Example.com ' },
				{ email: '' },
				{ email: 'bob@' },
				{ email: 'cat@example.com' },
			],
			mode,
		);
		expect(error).toBeUndefined();
		expect(sent().map(({ to }) => to)).toEqual([['ann@example.com'], ['cat@example.com']]);
		expect(items.map(indexOf)).toEqual([0, 1, 2, 3, 4]);
		expect(jsons(items).slice(1, 4)).toEqual([
			{
				skipped: true,
				to: ['ANN@Example.com'],
				problem: 'duplicate',
				message: 'The same address as item 0',
				...noReason,
			},
			{
				skipped: true,
				to: [],
				problem: 'noAddress',
				message: 'No column with a name such as Email has an address',
				...noReason,
			},
			{
				skipped: true,
				to: [],
				problem: 'invalidAddress',
				message: '"bob@" is not a valid email address',
				...noReason,
			},
		]);
		expect(hints).toEqual([
			expect.objectContaining({
				message:
					'3 of 5 rows were skipped: no address 1 (item 2), invalid address 1 (item 3), ' +
					'duplicate 1 (item 1)',
			}),
		]);
	});

	test('with Problem Rows set to Fail, nothing is sent, and the error lists the rows', async () => {
		const rows = [{ email: 'ann@example.com' }, { email: 'ann@example.com' }];
		const { error } = await run(rows, { ...mode, sendingOptions: { problemRows: 'fail' } });
		expect(error?.message).toBe('1 of 2 rows has a problem: duplicate 1 (item 1)');
		expect(error?.description).toContain('Item 1: The same address as item 0');
		const { failed } = await run(
			rows,
			{ ...mode, sendingOptions: { problemRows: 'fail' } },
			{ onError: 'continueErrorOutput' },
		);
		expect(failed).toMatchObject([0, 1].map(() => ({ json: { details: { code: 'SMTP2GO_INVALID' } } })));
		expect(sent()).toEqual([]);
	});

	test.each(['problemRows', 'maxRecipients'])(
		'an option that stops emails is not off by mistake: %s',
		async (name) => {
			const { error } = await run([{ email: 'ann@example.com' }], {
				...mode,
				sendingOptions: { [name]: '={{ $json.missing }}' },
			});
			expect(error?.message).toContain('has no value');
			expect(error?.description).toContain('Enter a value, or remove the option');
			expect(sent()).toEqual([]);
		},
	);

	test('with Problem Rows set to Report, nothing is sent, and every row has its verdict', async () => {
		const { items } = await run([{ email: 'ann@example.com' }, { email: 'x' }], {
			...mode,
			sendingOptions: { problemRows: 'report' },
		});
		expect(sent()).toEqual([]);
		expect(jsons(items)).toEqual([
			{ ok: true, to: ['ann@example.com'], problem: null, message: null, ...noReason },
			{
				ok: false,
				to: [],
				problem: 'invalidAddress',
				message: '"x" is not a valid email address',
				...noReason,
			},
		]);
	});

	test('a dry run shows the emails of the rows and sends none', async () => {
		const { items } = await run([{ email: 'ann@example.com' }, { email: '' }], {
			...mode,
			sendingOptions: { dryRun: true },
		});
		expect(account.simulator.state.emails).toEqual([]);
		expect(jsons(items)).toEqual([
			expect.objectContaining({ dryRun: true }),
			expect.objectContaining({ skipped: true }),
		]);
	});
});

test('rows may share an address if the option says so', async () => {
	await run([{ email: 'ann@example.com' }, { email: 'ann@example.com' }], {
		sendingOptions: { allowDuplicates: true },
	});
	expect(sent()).toHaveLength(2);
});

test('CC, BCC, From and Reply To of a row are not used, and a hint says so', async () => {
	const row = {
		email: 'ann@example.com',
		bcc: 'spy@example.com',
		cc: 'cc@example.com',
		'Reply-To': 'me@example.com',
		from: 'other@example.com',
	};
	const { hints } = await run([row]);
	expect(sent()).toEqual([{ sender: form.sender, to: ['ann@example.com'], subject: 'News', text_body: 'Hello' }]);
	expect(hints.map(({ message }) => message)).toEqual([
		'These columns were not used: "bcc", "cc", "Reply-To", "from". To use them, select All Known Columns under ' +
			'Columns > Columns to Use, or assign them there.',
	]);
});

test('all known columns are used if the builder says so, but From of the form wins', async () => {
	const row = { email: 'ann@example.com', bcc: 'b@example.com', cc: 'c@example.com', 'Reply-To': 'r@example.com' };
	await run([row], { columns: { columnsToUse: 'all' } });
	await run([{ ...row, From: 'shop@example.com' }], { columns: { columnsToUse: 'all' }, sender: '' });
	expect(sent().map(({ sender, cc, bcc, custom_headers: headers }) => ({ sender, cc, bcc, headers }))).toEqual([
		{
			sender: form.sender,
			cc: ['c@example.com'],
			bcc: ['b@example.com'],
			headers: [{ header: 'Reply-To', value: 'r@example.com' }],
		},
		{
			sender: 'shop@example.com',
			cc: ['c@example.com'],
			bcc: ['b@example.com'],
			headers: [{ header: 'Reply-To', value: 'r@example.com' }],
		},
	]);
});

test('an assigned column comes before the form, which applies where the column is empty', async () => {
	await run(
		[
			{ Kontakt: 'ann@example.com', email: 'old@example.com', Betreff: 'Special' },
			{ KONTAKT: 'bob@example.com', Betreff: '' },
		],
		{ columns: { addressColumn: 'Kontakt', subjectColumn: 'Betreff' } },
	);
	expect(sent().map(({ to, subject }) => [to, subject])).toEqual([
		[['ann@example.com'], 'Special'],
		[['bob@example.com'], 'News'],
	]);
});

test('a field with an expression is evaluated for each item', async () => {
	await run(
		[
			{ email: 'a@example.com', name: 'Ann' },
			{ email: 'b@example.com', name: 'Bob' },
		],
		{
			subject: '=Hello {{ $json.name }}',
		},
	);
	expect(sent().map(({ subject }) => subject)).toEqual(['Hello Ann', 'Hello Bob']);
});

test('with a template, every other column is a variable', async () => {
	const [template] = account.simulator.state.templates;
	await run([{ email: 'ann@example.com', name: 'Ann', total: 0, note: null, lines: [{ sku: 'A' }], subject: 'S' }], {
		templateId: { __rl: true, mode: 'id', value: template?.id ?? '' },
		subject: '',
		textBody: '',
	});
	expect(sent()).toMatchObject([
		{
			to: ['Ann <ann@example.com>'],
			template_data: { name: 'Ann', total: 0, lines: [{ sku: 'A' }], subject: 'S' },
		},
	]);
});

describe('Check Suppressions', () => {
	const suppress = (address: string) =>
		runNode({
			parameters: { resource: 'suppression', operation: 'add', emailAddress: address },
			credentials: account.credentials,
		});

	test('a suppressed address is skipped before anything is sent, with the reason', async () => {
		await suppress('ann@example.com');
		const { items } = await run([{ email: 'Ann@Example.com' }, { email: 'bob@example.com' }]);
		expect(sent().map(({ to }) => to)).toEqual([['bob@example.com']]);
		expect(items[0]?.json).toMatchObject({ skipped: true, to: ['Ann@Example.com'], problem: 'suppressed' });
		expect(items[0]?.json['message']).toContain('it is on the suppression list');
	});

	test('it makes no call if it is off', async () => {
		await suppress('ann@example.com');
		const { items } = await run([{ email: 'ann@example.com' }], { sendingOptions: { checkSuppressions: false } });
		expect(items).toHaveLength(1);
		expect(account.bodies('/suppression/view')).toEqual([]);
	});

	test('without the permission, the emails are sent, and a hint says what was not checked', async () => {
		const apiKey = account.simulator.addKey({ permissions: ['/email/send'] });
		const credentials = { ...account.credentials, apiKey };
		const { items, hints } = await run([{ email: 'ann@example.com' }], {}, { credentials });
		expect(items).toHaveLength(1);
		expect(sent()).toHaveLength(1);
		expect(hints.map(({ message }) => message).join(' ')).toMatch(
			/^Check Suppressions could not look up the addresses, so only their form was checked: .*suppression\/view/,
		);
		const checked = await run(
			[{ email: 'ann@example.com' }],
			{ sendingOptions: { problemRows: 'fail' } },
			{ credentials },
		);
		expect(checked.error?.message).toBeDefined();
		expect(sent()).toHaveLength(1);
	});

	test.each(['fail', 'report'])(
		'with %s and a list that cannot be checked, no row goes on as if it had been sent',
		async (problemRows) => {
			const apiKey = account.simulator.addKey({ permissions: ['/email/send'] });
			const ran = await run(
				[{ email: 'ann@example.com' }, { email: 'bob@example.com' }],
				{ sendingOptions: { problemRows } },
				{ credentials: { ...account.credentials, apiKey }, onError: 'continueErrorOutput' },
			);
			expect(ran.items).toEqual([]);
			expect(ran.failed).toMatchObject([0, 1].map((item) => ({ pairedItem: { item } })));
			expect(jsons(ran.failed)[1]?.['error']).toContain('permission');
			expect(sent()).toEqual([]);
		},
	);

	test('nor if the account cannot be reached at all', async () => {
		const ran = await run(
			[{ email: 'ann@example.com' }],
			{},
			{
				credentials: { ...account.credentials, baseUrl: 'nowhere' },
				onError: 'continueRegularOutput',
			},
		);
		expect(jsons(ran.items)).toEqual([expect.objectContaining({ error: expect.stringContaining('base URL') })]);
	});

	/** In the first try, the first of three emails fails. Before the second one, addresses are suppressed. */
	const retried = async (...addresses: string[]) => {
		const { simulator } = account;
		for (const address of addresses) await suppress(address);
		const later = simulator.state.suppressions;
		simulator.state.suppressions = [];
		simulator.setFault({ path: '/email/send', fault: 'rate-limit', retryAfter: 3600 });
		const isLate = simulator.waitFor(({ emails }) => {
			if (emails.length === 2) simulator.state.suppressions = later;
			return emails.length === 2;
		});
		const rows = ['ann', 'bob', 'cat'].map((name) => ({ email: `${name}@example.com` }));
		const ran = await run(rows, { sendingOptions: { problemRows: 'fail' } }, { maxTries: 2 });
		await isLate;
		return ran;
	};
	const received = () => account.simulator.state.emails.map(({ to }) => to[0]?.address.replace(/@.*/, '')).sort();

	test('Fail does not count rows that an earlier try has sent', async () => {
		const { error, items } = await retried('bob@example.com');
		expect(error).toBeUndefined();
		expect(items).toHaveLength(3);
		expect(received()).toEqual(['ann', 'bob', 'cat']);
	});

	test('Fail does not say that nothing was sent if an earlier try has sent rows', async () => {
		const { error } = await retried('ann@example.com');
		expect(error?.message).toBe('1 of 3 rows has a problem: suppressed 1 (item 0)');
		expect(error?.description).toMatch(/^2 of 3 items were sent: 1-2\. Not sent: 0\. /);
		expect(error?.description).not.toContain('Nothing was sent');
		expect(received()).toEqual(['bob', 'cat']);
	});
});
