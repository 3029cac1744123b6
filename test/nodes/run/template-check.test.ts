import type { INodeParameters } from 'n8n-workflow';
import { useAccount } from '../support/account';
import { runNode } from '../support/engine';

const account = useAccount();

const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const base = {
	resource: 'email',
	operation: 'send',
	sender: 'shop@example.com',
	to: '={{ $json.to ?? "jane@example.com" }}',
	templateId: byId('order-receipt'),
};
const filled = { name: 'Jane', order_id: '7', items: [{ quantity: 1, title: 'Tea' }] };
/** The values of each item: by the item itself. */
const auto = { templateData: { mappingMode: 'autoMapInputData', value: null, matchingColumns: [], schema: [] } };

async function send(parameters: object, items: object[] = [{}], extra: object = {}) {
	// A template is kept for a minute across all runs of a process, so each test has its own key.
	return runNode({
		parameters: { ...base, ...auto, ...parameters } as INodeParameters,
		credentials: { ...account.credentials, baseUrl: `${account.credentials['baseUrl']}` },
		items: items.map((json) => ({ json: json as never })),
		...extra,
	});
}
const sent = () => account.simulator.state.emails.length;
const paths = () => account.simulator.state.requests.map(({ path }) => path);

describe('Missing Variables', () => {
	test.each(['each', 'batch'])(
		'warns by default, once for all items, with template, variables and items (%s)',
		async (sendMode) => {
			const { items, hints, error } = await send({ sendMode }, [
				filled,
				{ ...filled, name: '' },
				{ order_id: '8' },
			]);
			expect([error, items.length, sent()]).toEqual([undefined, 3, 3]);
			expect(hints.map(({ message }) => message)).toEqual([
				'Template "order-receipt" has no value for name (items 1-2), items (item 2). ' +
					'The emails have gaps there',
			]);
		},
	);

	test.each(['each', 'batch'])('"Fail" refuses such an email before anything leaves (%s)', async (sendMode) => {
		const { error } = await send({ sendMode, sendingOptions: { missingVariables: 'fail' } }, [
			{ ...filled, items: [{ quantity: 1 }] },
		]);
		expect(error?.message).toBe('Template "order-receipt" has no value for items[0].title');
		expect(error?.description).toContain('Nothing was sent');
		expect(sent()).toBe(0);
	});

	test.each(['each', 'batch'])(
		'"Fail" leaves the other items alone where the workflow goes on (%s)',
		async (sendMode) => {
			const { items } = await send(
				{ sendMode, sendingOptions: { missingVariables: 'fail' } },
				[filled, {}, filled],
				{ onError: 'continueRegularOutput' },
			);
			expect(items.map(({ json }) => typeof json['emailId'])).toEqual(['string', 'undefined', 'string']);
			expect(sent()).toBe(2);
		},
	);

	test('"Ignore" does not read the template, and neither does an email without one', async () => {
		await send({ sendingOptions: { missingVariables: 'ignore' } });
		await send({ templateId: byId(''), subject: 'Hi {{name}}', textBody: 'Hello' });
		expect(paths()).toEqual(['/email/send', '/email/send']);
	});

	test('each email of a Send Batch is looked at', async () => {
		const mail = { sender: 'shop@example.com', to: ['jane@example.com'], template_id: 'order-receipt' };
		const emails = JSON.stringify([{ ...mail, template_data: filled }, mail]);
		const { hints } = await send({ operation: 'sendBatch', emails });
		expect(hints.map(({ message }) => message)).toEqual([
			'Template "order-receipt" has no value for order_id, name, items. The email has gaps there',
		]);
		const { error } = await send({ operation: 'sendBatch', emails, sendingOptions: { missingVariables: 'fail' } });
		expect(error?.message).toMatch(/^entry 2: Template "order-receipt" has no value for/);
		expect(sent()).toBe(2);
	});

	test('a dry run tells it too', async () => {
		const { hints } = await send({ sendingOptions: { dryRun: true } });
		expect(hints).toHaveLength(1);
		expect(sent()).toBe(0);
	});
});

describe('where the key may not read templates', () => {
	beforeEach(() => {
		account.simulator.setFault({
			path: '/template/view',
			fault: 'error',
			status: 400,
			message: 'You do not have permission to access this API endpoint',
		});
	});
	afterEach(() => {
		account.simulator.clearFaults();
	});

	test('"Warn" sends all and says once that nothing was checked, with the permission', async () => {
		const { items, hints } = await send({ templateId: byId('welcome') }, [{}, {}, {}]);
		expect([items.length, sent()]).toEqual([3, 3]);
		expect(hints.map(({ message }) => message)).toEqual([
			expect.stringMatching(/template "welcome" could not be checked.*missing permission: \/template\/view/),
		]);
		expect(paths().filter((path) => path === '/template/view')).toHaveLength(1);
	});

	test('"Fail" sends nothing and names the permission', async () => {
		const { error } = await send({ templateId: byId('welcome'), sendingOptions: { missingVariables: 'fail' } });
		expect(`${error?.message} ${error?.description}`).toMatch(
			/could not be checked.*missing permission: \/template\/view/s,
		);
		expect(sent()).toBe(0);
	});
});

describe('recipients', () => {
	const plain = { templateId: byId(''), subject: 'Hi', textBody: 'Hello' };

	test.each(['each', 'batch'])(
		'"One Recipient Only" takes one, whatever a value turns into (%s)',
		async (sendMode) => {
			for (const to of [
				'["a@example.com","b@example.com"]',
				'a@example.com, b@example.com',
				['a@example.com', 'b@example.com'],
				'"a@example.com, Bob" <b@example.com>, c@example.com',
			]) {
				const { error } = await send({ ...plain, sendMode, oneRecipient: true }, [{ to }]);
				expect([to, error?.message]).toEqual([to, 'To has 2 recipients, but only one is allowed']);
			}
			await send({ ...plain, sendMode, oneRecipient: true }, [{ to: 'Jane <jane@example.com>' }]);
			expect(sent()).toBe(1);
		},
	);

	test('an expression decides for each item, and one that gives nothing is no "no"', async () => {
		const { items } = await send(
			{ ...plain, to: 'a@example.com, b@example.com', oneRecipient: '={{ $json.guest }}' },
			[{ guest: false }, { guest: true }, {}],
			{ onError: 'continueRegularOutput' },
		);
		expect(items.map(({ json }) => json['error'] ?? 'sent')).toEqual([
			'sent',
			'To has 2 recipients, but only one is allowed',
			'One Recipient Only has no value',
		]);
	});

	test('"Maximum Recipients" counts To, CC and BCC together', async () => {
		const options = { cc: 'b@example.com', bcc: 'c@example.com, d@example.com' };
		expect((await send({ ...plain, options, sendingOptions: { maxRecipients: 3 } })).error?.message).toBe(
			'There are 4 recipients (To 1, CC 1, BCC 2), but at most 3 are allowed',
		);
		expect((await send({ ...plain, options, sendingOptions: { maxRecipients: 4 } })).error).toBeUndefined();
	});

	test.each(['each', 'batch'])('text messages cost money, so their numbers count too (%s)', async (sendMode) => {
		const sms = {
			resource: 'sms',
			operation: 'send',
			destination: '+14155550123, +14155550124',
			content: 'Hi',
			sendMode,
		};
		expect((await send({ ...sms, oneRecipient: true })).error?.message).toBe(
			'To has 2 recipients, but only one is allowed',
		);
		expect((await send({ ...sms, sendingOptions: { maxRecipients: 1 } })).error?.message).toBe(
			'There are 2 recipients (To 2), but at most 1 is allowed',
		);
		expect(paths()).toEqual([]);
	});

	test('Send Batch has both among its options', async () => {
		const emails = JSON.stringify([
			{ sender: 'shop@example.com', to: ['a@example.com', 'b@example.com'], subject: 'S', text_body: 'T' },
		]);
		expect(
			(await send({ operation: 'sendBatch', emails, sendingOptions: { oneRecipient: true } })).error?.message,
		).toBe('Entry 1: To has 2 recipients, but only one is allowed');
		expect(
			(await send({ operation: 'sendBatch', emails, sendingOptions: { maxRecipients: 1 } })).error?.message,
		).toContain('Entry 1: There are 2 recipients');
	});
});

describe('what a send answers', () => {
	const plain = { templateId: byId(''), subject: 'Hi', textBody: 'Hello', to: 'Jane <jane@example.com>' };
	const shape = {
		emailId: expect.any(String) as string,
		scheduleId: null,
		to: ['Jane <jane@example.com>'],
		cc: [],
		bcc: [],
		subject: 'Hi',
		sender: 'shop@example.com',
	};

	test.each(['each', 'batch'])('is of one form (%s)', async (sendMode) => {
		expect((await send({ ...plain, sendMode })).items.map(({ json }) => json)).toEqual([shape]);
		const schedule = new Date(Date.now() + 3_600_000).toISOString();
		expect((await send({ ...plain, sendMode, options: { schedule } })).items[0]?.json).toEqual({
			...shape,
			emailId: null,
			scheduleId: expect.any(String) as string,
		});
	});

	test('for MIME messages and Send Batch alike', async () => {
		const mimeEmail = 'From: shop@example.com\r\nTo: Jane <jane@example.com>\r\nSubject: Hi\r\n\r\nHello';
		expect((await send({ operation: 'sendMime', mimeEmail })).items[0]?.json).toEqual(shape);
		const emails = JSON.stringify([
			{ sender: 'shop@example.com', to: ['Jane <jane@example.com>'], subject: 'Hi', text_body: 'T' },
		]);
		expect((await send({ operation: 'sendBatch', emails })).items[0]?.json).toEqual(shape);
	});

	test.each(['each', 'batch'])('without "Simplify" it is SMTP2GO\'s own (%s)', async (sendMode) => {
		const [item] = (await send({ ...plain, sendMode, simplify: false })).items;
		expect(item?.json).toEqual(expect.objectContaining({ email_id: expect.any(String) as string }));
		expect(item?.json).not.toHaveProperty('emailId');
	});

	test('a refused email of a batch says whom it was for', async () => {
		const { items } = await send(
			{ ...plain, sender: '={{ $json.from }}', sendMode: 'batch' },
			[{ from: 'shop@example.com' }, { from: 'nobody@unverified.example' }],
			{ onError: 'continueRegularOutput' },
		);
		expect(items[1]?.json).toMatchObject({
			error: expect.any(String) as string,
			details: { to: ['Jane <jane@example.com>'], subject: 'Hi' },
		});
	});
});
