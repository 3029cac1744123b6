import { type Simulator, startSimulator } from '../../../../simulator';
import { call, MAIL, refusalOf } from '../../support/call';

let simulator: Simulator;

beforeEach(async () => {
	simulator = await startSimulator({ demo: false, eventDelayMs: 0 });
});

afterEach(() => simulator.stop());

type Row = Record<string, unknown>;

const data = async (path: string, body: object = {}): Promise<Row> =>
	(await call(simulator, path, body)).body.data as Row;
const add = async (fullname: string, more: object = {}): Promise<string> =>
	(await data('/subaccount/add', { fullname, ...more }))['id'] as string;
const search = async (body: object = {}): Promise<unknown[]> =>
	((await data('/subaccounts/search', body))['subaccounts'] as Row[]).map(({ name }) => name);

test('adds a subaccount in the shape of the contract, and finds it', async () => {
	const added = await data('/subaccount/add', {
		fullname: 'Branch',
		subaccount_email: 'branch@shop.example',
		archiving: true,
	});
	expect(added).toEqual({
		name: 'Branch',
		id: expect.stringMatching(/^[A-Za-z0-9]{6}$/) as string,
		plan_size: 10_000,
		plan_used: 0,
		plan_remaining: 10_000,
		state: 'Active',
		dedicated_ip: false,
		archiving: true,
		enforce_2fa: false,
		sms_enabled: false,
		sms_limit: 1_000,
	});
	expect(await data('/subaccounts/search')).toEqual({
		subaccounts: [
			{
				name: 'Branch',
				email: 'branch@shop.example',
				id: added['id'],
				plan_size: 10_000,
				plan_used: 0,
				plan_remaining: 10_000,
				state: 'Active',
				dedicated_ip: false,
			},
		],
		total_count: 1,
		continue_token: '',
	});
});

test('edits what it is told and keeps the rest', async () => {
	const id = await add('Branch', { archiving: true, sms_limit: 50 });
	const edited = await data('/subaccount/edit', {
		id,
		fullname: 'Branch north',
		limit: 250_000,
		dedicated_ip: true,
		enable_sms: true,
	});
	expect(edited).toMatchObject({
		id,
		name: 'Branch north',
		plan_size: 250_000,
		dedicated_ip: true,
		sms_enabled: true,
		archiving: true,
		sms_limit: 50,
	});
	expect(await data('/subaccount/edit', { id })).toEqual(edited);
});

test('counts the emails of a subaccount against its plan, and no others', async () => {
	const key = simulator.addKey({ subaccountId: 'branch' });
	for (const sender of [key, key, undefined]) await call(simulator, '/email/send', MAIL, sender);
	expect(await data('/subaccount/edit', { id: 'branch' })).toMatchObject({ plan_used: 2, plan_remaining: 9_998 });
});

test('closes and reopens; the keys of a closed subaccount open nothing', async () => {
	const id = await add('Branch', { subaccount_email: 'branch@shop.example' });
	const key = simulator.addKey({ subaccountId: id });
	expect(await data('/subaccount/close', { id, email: 'Branch@shop.example' })).toBe(
		'Successfully closed subaccount branch@shop.example',
	);
	expect((await call(simulator, '/email/send', MAIL, key)).status).toBe(400);
	expect((await call(simulator, '/subaccount/close', { id })).status).toBe(400);
	expect(await data('/subaccount/reopen', { id })).toBe('Successfully reopened subaccount branch@shop.example');
	expect((await call(simulator, '/email/send', MAIL, key)).status).toBe(200);
	expect((await call(simulator, '/subaccount/reopen', { id })).status).toBe(400);
});

test("closes nothing under another's address", async () => {
	const id = await add('Branch', { subaccount_email: 'branch@shop.example' });
	expect(refusalOf(await call(simulator, '/subaccount/close', { id, email: 'other@shop.example' })).field).toBe(
		'email',
	);
	expect(await search({ states: 'active' })).toEqual(['Branch']);
});

test('finds subaccounts by name, address and id: in part and in any case, or whole and to the letter', async () => {
	const id = await add('Branch north', { subaccount_email: 'north@shop.example' });
	await add('Branch south', { subaccount_email: 'south@shop.example' });
	expect(await search({ search_terms: ['BRANCH'] })).toEqual(['Branch north', 'Branch south']);
	expect(await search({ search_terms: ['south@', id.toLowerCase()] })).toEqual(['Branch north', 'Branch south']);
	expect(await search({ search_terms: ['branch north'], fuzzy_search: false })).toEqual([]);
	expect(await search({ search_terms: ['Branch north', 'south'], fuzzy_search: false })).toEqual(['Branch north']);
	expect(await search({ sort_direction: 'desc' })).toEqual(['Branch south', 'Branch north']);
});

test('finds subaccounts by their state', async () => {
	await data('/subaccount/close', { id: await add('Shut') });
	await add('Open');
	expect(await search({ states: 'closed' })).toEqual(['Shut']);
	expect(await search({ states: 'active' })).toEqual(['Open']);
	expect(await search({ states: 'suspended' })).toEqual([]);
	expect(await search({ states: 'all' })).toEqual(['Open', 'Shut']);
});

test('comes in pages, the last of which has an empty token', async () => {
	for (const name of ['c', 'a', 'e', 'b', 'd']) await add(name);
	const pages = [];
	let token: string | undefined;
	do {
		const page: Row = await data('/subaccounts/search', {
			page_size: 2,
			...(token === undefined ? {} : { continue_token: token }),
		});
		expect(page['total_count']).toBe(5);
		pages.push((page['subaccounts'] as Row[]).map(({ name }) => name));
		token = page['continue_token'] as string;
	} while (token !== '' && pages.length < 9);
	expect(pages).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
	expect(refusalOf(await call(simulator, '/subaccounts/search', { continue_token: 'made up' })).field).toBe(
		'continue_token',
	);
});

test('gives a dedicated IP only to large plans', async () => {
	expect(
		refusalOf(await call(simulator, '/subaccount/add', { fullname: 'Branch', limit: 100_000, dedicated_ip: true }))
			.field,
	).toBe('dedicated_ip');
	const id = await add('Branch', { limit: 250_000, dedicated_ip: true });
	expect(refusalOf(await call(simulator, '/subaccount/edit', { id, limit: 2_000 })).field).toBe('dedicated_ip');
	expect(await data('/subaccount/edit', { id })).toMatchObject({ plan_size: 250_000 });
});

test('takes fifty new subaccounts an hour', async () => {
	for (let index = 0; index < 50; index++) await add(`Branch ${index}`);
	expect(refusalOf(await call(simulator, '/subaccount/add', { fullname: 'One more' }))).toMatchObject({
		status: 429,
		code: 'E_ApiResponseCodes.REQ_LIMIT_EXCEEDED',
	});
	expect(await data('/subaccounts/search')).toMatchObject({ total_count: 50 });
});

test.each([
	['/subaccount/add', {}, 'fullname'],
	['/subaccount/add', { fullname: 'Branch', limit: 3_000 }, 'limit'],
	['/subaccount/add', { fullname: 'Branch', subaccount_email: 'nobody' }, 'subaccount_email'],
	['/subaccount/add', { fullname: 'Branch', enable_sms: 'no' }, 'enable_sms'],
	['/subaccount/edit', { fullname: 'Branch' }, 'id'],
	['/subaccount/close', {}, 'id'],
	['/subaccount/reopen', {}, 'id'],
	['/subaccounts/search', { states: 'asleep' }, 'states'],
	['/subaccounts/search', { search_terms: 'north' }, 'search_terms'],
	['/subaccounts/search', { page_size: 0 }, 'page_size'],
])('%s refuses %j because of %s', async (path, body, field) => {
	expect(refusalOf(await call(simulator, path, body))).toMatchObject({ status: 400, field });
	expect(await search()).toEqual([]);
});

test.each(['/subaccount/edit', '/subaccount/close', '/subaccount/reopen'])(
	'%s refuses a subaccount that does not exist',
	async (path) => {
		expect((await call(simulator, path, { id: 'nobody' })).status).toBe(400);
	},
);
