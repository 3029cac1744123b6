/** Items that share calls, in n8n's own engine: batches of emails, identical text messages. */
import type { INodeExecutionData } from 'n8n-workflow';
import { useAccount } from '../support/account';
import { runNode } from '../support/engine';
import { indexOf, manyItems, people } from '../support/many-items';

const account = useAccount();
const { run, recipients, idsInOrder } = manyItems(account);
const sms = {
	resource: 'sms',
	operation: 'send',
	destination: '={{ $json.to }}',
	content: '={{ $json.text || "Hi" }}',
};

describe('all items in batches', () => {
	const batch = { sendMode: 'batch' };

	test.each([
		[250, undefined, [100, 100, 50]],
		[5, 2, [2, 2, 1]],
		[1, undefined, [1]],
	])('%i items by %s: each its own answer, in order', async (count, batchSize, lengths) => {
		const { items } = await run(
			{ items: people(count) },
			{ ...batch, sendingOptions: batchSize ? { batchSize } : {} },
		);
		expect(account.bodies('/email/batch').map(({ emails }) => (emails as object[]).length)).toEqual(lengths);
		expect(items.map(indexOf)).toEqual(Array.from({ length: count }, (_, index) => index));
		expect(items.map(({ json }) => json['emailId'])).toEqual(idsInOrder(count));
	});

	test('a refused email goes to the error output with its reason, the good ones go on', async () => {
		const { items, failed } = await run(
			{
				items: people(5, (index) =>
					index === 1 ? { from: 'x@unverified.test' } : index === 3 ? { to: 'nobody' } : {},
				),
				onError: 'continueErrorOutput',
			},
			batch,
		);
		expect(items.map(indexOf)).toEqual([0, 2, 4]);
		expect(failed.map(({ json }) => [json['to'], (json['details'] as { code: string }).code])).toEqual([
			['p1@example.com', 'SMTP2GO_REJECTED'],
			['nobody', 'SMTP2GO_INVALID'],
		]);
		expect(recipients()).toEqual(['p0@example.com', 'p2@example.com', 'p4@example.com']);
	});

	test('a flaw in one item means that nothing is sent, where the workflow stops at errors', async () => {
		const { error } = await run({ items: people(5, (index) => (index === 3 ? { to: 'nobody' } : {})) }, batch);
		expect(error?.message).toContain('nobody');
		expect(error?.description).toMatch(/^0 of 5 items were sent\. Not sent: 0-4/);
		expect(account.simulator.state.requests).toEqual([]);
	});

	test('a refused email stops the calls that have not started, and the error tells which were sent', async () => {
		const { error } = await run(
			{ items: people(6, (index) => (index === 1 ? { from: 'x@unverified.test' } : {})) },
			{ ...batch, sendingOptions: { batchSize: 2, inFlight: 1 } },
		);
		expect(error?.description).toMatch(/^1 of 6 items were sent: 0\. Not sent: 1-5\. /);
		expect(recipients()).toEqual(['p0@example.com']);
	});

	test('a lost answer leaves the emails of its call unknown and no others, and none is sent again', async () => {
		account.simulator.setFault({ path: '/email/batch', fault: 'reset', when: 'after' });
		const { items, failed } = await run(
			{ items: people(6), onError: 'continueErrorOutput' },
			{ ...batch, sendingOptions: { batchSize: 2, inFlight: 1 } },
		);
		expect(items.map(indexOf)).toEqual([2, 3, 4, 5]);
		expect(failed.map(({ json }) => [json['to'], (json['details'] as { code: string }).code])).toEqual([
			['p0@example.com', 'SMTP2GO_OUTCOME_UNKNOWN'],
			['p1@example.com', 'SMTP2GO_OUTCOME_UNKNOWN'],
		]);
		expect(recipients()).toHaveLength(6);
	});

	test('items of different keys share no call', async () => {
		const other = account.simulator.addKey();
		const { items } = await run(
			{
				items: people(6),
				credentials: (index) => ({ ...account.credentials, ...(index % 2 === 1 ? { apiKey: other } : {}) }),
			},
			batch,
		);
		expect(
			account.bodies('/email/batch').map(({ emails }) => (emails as { to: string[] }[]).map(({ to }) => to[0])),
		).toEqual([
			['p0@example.com', 'p2@example.com', 'p4@example.com'],
			['p1@example.com', 'p3@example.com', 'p5@example.com'],
		]);
		expect(items.map(({ json }) => json['emailId'])).toEqual(idsInOrder(6));
	});

	test('equal text messages go together, and each item gets its own numbers', async () => {
		const numbers = Array.from(
			{ length: 120 },
			(_, index): INodeExecutionData => ({
				json: { to: `+1415555${String(index).padStart(4, '0')}`, ...(index === 7 ? { text: 'Other' } : {}) },
			}),
		);
		const { items } = await runNode({
			parameters: { ...sms, sendMode: 'batch' },
			credentials: account.credentials,
			items: numbers,
		});
		expect(account.bodies('/sms/send').map(({ destination }) => (destination as string[]).length)).toEqual([
			100, 1, 19,
		]);
		expect(
			items.map(({ json }) =>
				(json['messages'] as { destination: string }[]).map(({ destination }) => destination),
			),
		).toEqual(numbers.map(({ json }) => [json['to']]));
	});
});
