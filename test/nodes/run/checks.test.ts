/** The checks before sending in n8n's own engine: results per item, paired, by few calls. */
import type { INodeExecutionData } from 'n8n-workflow';
import { useAccount } from '../support/account';
import { runNode } from '../support/engine';

const account = useAccount();

const run = (parameters: object, rows: object[] = [{}], apiKey = account.credentials.apiKey) =>
	runNode({
		parameters: { ...parameters } as never,
		credentials: { ...account.credentials, apiKey },
		items: rows.map((json) => ({ json }) as INodeExecutionData),
	});
const suppress = (emailAddress: string) => run({ resource: 'suppression', operation: 'add', emailAddress });
const check = { resource: 'suppression', operation: 'checkRecipients', addresses: '={{ $json.email }}' };

test('the addresses of all items are checked together, each with a result that is paired with its item', async () => {
	await suppress('joe@example.com');
	const { items, error } = await run(check, [
		{ email: 'Jane <jane@example.com>' },
		{ email: 'JOE@example.com' },
		{},
		{ email: 'jane@EXAMPLE.com' },
	]);
	expect(error).toBeUndefined();
	expect(items.map(({ json, pairedItem }) => [json['address'], json['problem'], pairedItem])).toEqual([
		['jane@example.com', null, { item: 0 }],
		['JOE@example.com', 'suppressed', { item: 1 }],
		['', 'noAddress', { item: 2 }],
		['jane@EXAMPLE.com', 'duplicate', { item: 3 }],
	]);
	expect(account.bodies('/suppression/view')).toHaveLength(1);
});

test('a list in one item gives an output item for each address', async () => {
	const { items } = await run(check, [{ email: [{ email: 'a@example.com' }, 'b@example.com', 42] }]);
	expect(items.map(({ json, pairedItem }) => [json['address'], json['ok'], pairedItem])).toEqual([
		['a@example.com', true, { item: 0 }],
		['b@example.com', true, { item: 0 }],
		['42', false, { item: 0 }],
	]);
});

test('a key without the permission for suppressions fails with the name of the endpoint', async () => {
	const key = account.simulator.addKey({ permissions: ['/email/send'] });
	const { error } = await run(check, [{ email: 'jane@example.com' }], key);
	expect(error?.message ?? '').toContain('permission');
	expect(JSON.stringify([error?.message, error?.description])).toContain('/suppression/view');
});

test('the setup is checked once for all items with the same sender', async () => {
	account.simulator.state.verifiedSenders = ['example.com'];
	const { items } = await run({ resource: 'apiKey', operation: 'checkSetup', sender: '={{ $json.from }}' }, [
		{ from: 'shop@example.com' },
		{ from: 'shop@example.com' },
		{ from: 'shop@example.org' },
	]);
	expect(items.map(({ json, pairedItem }) => [json['ready'], pairedItem])).toEqual([
		[true, { item: 0 }],
		[true, { item: 1 }],
		[false, { item: 2 }],
	]);
	expect(account.bodies('/api_keys/permissions')).toHaveLength(2);
});

test('the setup of a key that can only send is checked as far as possible, without an error', async () => {
	account.simulator.state.verifiedSenders = ['example.com'];
	const key = account.simulator.addKey({ permissions: ['/email/send'] });
	const { items, error } = await run({ resource: 'apiKey', operation: 'checkSetup' }, [{}], key);
	expect(error).toBeUndefined();
	expect(items[0]?.json).toMatchObject({ ready: true, verdict: 'ready with warnings', calls: 1 });
});

test('the setup of an unknown key is not ready', async () => {
	const { items } = await run({ resource: 'apiKey', operation: 'checkSetup' }, [{}], `api-${'0'.repeat(32)}`);
	expect(items[0]?.json).toMatchObject({ ready: false, checks: [{ check: 'key', status: 'problem' }] });
});
