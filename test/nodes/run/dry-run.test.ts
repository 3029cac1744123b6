/** Dry runs in n8n's own engine: shown, not sent. */
import { useAccount } from '../support/account';
import { indexOf, manyItems, people } from '../support/many-items';

const account = useAccount();
const { run, recipients } = manyItems(account);

describe('a dry run', () => {
	test('shows each request and sends none', async () => {
		const { items } = await run({ items: people(2) }, { sendingOptions: { dryRun: true } });
		expect(items).toEqual(
			[0, 1].map((item) => ({
				json: expect.objectContaining({
					dryRun: true,
					method: 'POST',
					url: `${account.credentials.baseUrl}/email/send`,
					body: {
						sender: 'shop@example.com',
						to: [`p${item}@example.com`],
						subject: 'Hi',
						text_body: 'Hello',
					},
				}) as unknown,
				pairedItem: { item },
			})),
		);
		expect(JSON.stringify(items)).not.toContain(account.credentials.apiKey);
		expect(account.simulator.state.requests).toEqual([]);
	});

	test('shows each call of a batch, paired with all its items', async () => {
		const { items } = await run(
			{ items: people(3) },
			{ sendMode: 'batch', sendingOptions: { dryRun: true, batchSize: 2 } },
		);
		expect(
			items.map(({ json, pairedItem }) => [(json['body'] as { emails: object[] }).emails.length, pairedItem]),
		).toEqual([
			[2, [{ item: 0 }, { item: 1 }]],
			[1, { item: 2 }],
		]);
		expect(account.simulator.state.requests).toEqual([]);
	});

	test.each([
		['each', ['p0@example.com', 'p3@example.com']],
		['batch', ['p0@example.com', 'p3@example.com']],
	])('by an expression counts for each item (%s)', async (sendMode, sent) => {
		const { items } = await run(
			{ items: people(4, (index) => ({ test: index === 1 || index === 2 })) },
			{ sendMode, sendingOptions: { dryRun: '={{ $json.test }}' } },
		);
		expect(recipients().sort()).toEqual(sent);
		expect(items.filter(({ json }) => json['dryRun'] === true).flatMap(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 1 },
			{ item: 2 },
		]);
		expect(items.filter(({ json }) => typeof json['emailId'] === 'string').map(indexOf)).toEqual([0, 3]);
	});

	test.each([
		'={{ $json.test.toBoolean() }}',
		'={{ $json.test.deep.down }}',
		'={{ $json.test }}',
		'={{ $json.test ?? null }}',
		"={{ $json.test ?? '' }}",
	])('whose expression %s gives nothing sends nothing of its item', async (dryRun) => {
		const { items, failed } = await run(
			{
				items: people(3, (index) =>
					index === 1 ? {} : { test: dryRun.includes('deep') ? { deep: { down: false } } : 'false' },
				),
				onError: 'continueErrorOutput',
			},
			{ sendingOptions: { dryRun } },
		);
		expect(items.map(indexOf)).toEqual([0, 2]);
		expect(failed.map(({ json }) => json['to'])).toEqual(['p1@example.com']);
		expect(recipients().sort()).toEqual(['p0@example.com', 'p2@example.com']);
	});

	test('is not counted as sent', async () => {
		const { error } = await run(
			{
				items: people(3, (index) => ({
					test: index === 0,
					...(index === 2 ? { from: 'x@unverified.test' } : {}),
				})),
			},
			{ sendingOptions: { inFlight: 1, dryRun: '={{ $json.test }}' } },
		);
		expect(error?.description).toMatch(/^1 of 3 items were sent: 1\. Dry run: 0\. Not sent: 2\. /);
	});

	test('shows the email as its recipient will see it, also without a check of its variables', async () => {
		const { items } = await run(
			{ items: people(1) },
			{
				subject: '',
				templateId: { __rl: true, mode: 'id', value: 'order-receipt' },
				templateData: {
					mappingMode: 'defineBelow',
					value: { name: '<Jo>', order_id: 'A-7' },
					matchingColumns: [],
					schema: [],
				},
				sendingOptions: { dryRun: true, missingVariables: 'ignore' },
			},
		);
		expect(items[0]?.json['preview']).toMatchObject({
			subject: expect.stringContaining('A-7') as unknown,
			html: expect.stringContaining('&lt;Jo&gt;') as unknown,
			text: expect.stringContaining('<Jo>') as unknown,
			variables: { name: '<Jo>', order_id: 'A-7' },
			notes: expect.arrayContaining([expect.stringContaining('can differ')]) as unknown,
		});
		expect(account.simulator.state.requests.map(({ path }) => path)).toEqual(['/template/view']);
	});

	test('shows the emails of a batch', async () => {
		const { items } = await run({ items: people(2) }, { sendMode: 'batch', sendingOptions: { dryRun: true } });
		const shown = { subject: 'Hi', html: '', text: 'Hello', variables: {}, notes: [] };
		expect(items.map(({ json }) => json['previews'])).toEqual([[shown, shown]]);
	});

	test('finds what a real one would refuse', async () => {
		const { error } = await run({ items: [{ json: { to: 'nobody' } }] }, { sendingOptions: { dryRun: true } });
		expect(error?.message).toContain('nobody');
	});
});
