/** The lists to choose from, the same for both hosts. */
import { matchingEntries, hasPickList, pickListKinds } from '../../../api/pick-lists/match';
import { readPickList } from '../../../api';
import { data, FakeHost, json, parsed } from '../support/fake-host';

const DENIED = json(400, {
	request_id: 'r',
	data: {
		error: 'You do not have permission to access this API endpoint',
		error_code: 'E_ApiResponseCodes.ENDPOINT_PERMISSION_DENIED',
	},
});
const domain = (fulldomain: string, verified = true) => ({
	domain: { fulldomain, dkim_verified: verified },
	trackers: [],
});
const answers: Record<string, unknown> = {
	'/api_keys/view': [
		{ api_key: 'api-000000000000********************', description: 'Shop' },
		{ api_key: 'api-x', username: 'api-111111111111', description: '' },
	],
	'/dedicated_ips/view': [{ id: 1234, name: 'Main Pool', ip_addresses: ['127.0.0.1'] }],
	'/domain/view': { domains: [domain('example.com'), domain('late.org', false)] },
	'/single_sender_emails/view': {
		senders: [
			{ email_address: 'jane@home.org', verified: true },
			{ email_address: 'joe@home.org', verified: false },
		],
	},
	'/users/smtp/view': {
		results: [{ username: 'shop', email_password: 'TopSecret', description: 'Web shop' }, { username: 'crm' }],
	},
	'/subaccounts/search': {
		subaccounts: [{ id: 'GnlKn5', name: 'Example Ltd', email: 'x@example.com', state: 'Active' }],
		continue_token: 't2',
	},
	'/template/search': {
		templates: [{ id: 'receipt', name: 'Receipt', subject: 'Your receipt' }],
		continue_token: null,
	},
	'/webhook/view': [{ id: 4320, url: 'https://example.com/hook', events: ['bounce'], sms_events: [] }],
};

const host = (denied: string[] = []) =>
	new FakeHost(({ url }) => {
		const path = url.replace('https://api.smtp2go.com/v3', '');
		return denied.includes(path) ? DENIED : data(answers[path]);
	});

async function list(kind: string, typed?: string, from?: string) {
	const page = await readPickList(host().connection, kind, { typed, from });
	if (!page?.ok) throw page?.error ?? new Error('no list');
	return page.value;
}

const values = async (kind: string, typed?: string) => (await list(kind, typed)).entries.map(({ value }) => value);

test.each(pickListKinds)('%s has a list of named entries', async (kind) => {
	const { entries } = await list(kind);
	expect(entries.length).toBeGreaterThan(0);
	for (const { value, label } of entries)
		expect([typeof value, typeof label, value !== '', label !== '']).toEqual(['string', 'string', true, true]);
});

test.each(['text', '__proto__', 'constructor', ''])('%j has none', async (kind) => {
	expect(hasPickList(kind)).toBe(false);
	expect(await readPickList(host().connection, kind)).toBeUndefined();
});

test('a key goes by its first 16 characters, since SMTP2GO shows it no more in full', async () => {
	expect(await values('apiKey')).toEqual(['api-000000000000', 'api-111111111111']);
});

test('no password is in a list', async () => {
	expect(JSON.stringify(await list('smtpUser'))).not.toContain('TopSecret');
});

test('a list that SMTP2GO does not search is searched here', async () => {
	expect(await values('smtpUser', 'WEB')).toEqual(['shop']);
	expect(await values('webhook', 'nothing')).toEqual([]);
});

test('a list that SMTP2GO searches is asked for what was typed, and read on page by page', async () => {
	const asked = host();
	const page = await readPickList(asked.connection, 'subaccount', { typed: 'exam', from: 't1', max: 1 });
	expect(page).toMatchObject({ ok: true, value: { next: 't2' } });
	expect(asked.sent.map(({ body }) => parsed(body))).toEqual([
		{ search_terms: ['exam'], fuzzy_search: true, continue_token: 't1', page_size: 1 },
	]);
});

test.each([
	['smtpUser', { subaccount_id: 'GnlKn5' }],
	['template', { page_size: 100 }],
])('the list of a subaccount is requested if it has its own: %s', async (kind, body) => {
	const asked = host();
	await readPickList(asked.connection, kind, { subaccountId: 'GnlKn5' });
	expect(asked.sent.map((request) => JSON.parse(String(request.body)) as unknown)).toEqual([body]);
});

describe('senders', () => {
	test('are the verified addresses, and any address of a verified domain', async () => {
		expect(await values('sender')).toEqual(['jane@home.org', '@example.com']);
		expect(await values('sender', '')).toEqual(['jane@home.org', 'noreply@example.com']);
		expect(await values('sender', '@ex')).toEqual(['noreply@example.com']);
		expect(await values('sender', '@other')).toEqual([]);
		expect(await values('sender', 'shop')).toEqual(['shop@example.com']);
		expect(await values('sender', 'shop@ex')).toEqual(['shop@example.com']);
		expect(await values('sender', 'shop@other')).toEqual([]);
		expect(await values('sender', 'two words')).toEqual([]);
		expect(await values('sender', 'j')).toEqual(['jane@home.org', 'j@example.com']);
	});

	test('are those of one list where the key may not read the other', async () => {
		const page = await readPickList(host(['/domain/view']).connection, 'sender');
		expect(page).toMatchObject({ ok: true, value: { entries: [{ value: 'jane@home.org' }] } });
	});
});

test('a key that may not read a list is told the permission, and to type', async () => {
	const page = await readPickList(host(['/users/smtp/view']).connection, 'smtpUser');
	expect(page).toMatchObject({
		ok: false,
		error: { type: 'permission', message: 'The API key has no permission for /users/smtp/view' },
	});
	expect(page?.ok === false && page.error.explanation).toMatch(
		/^Allow this endpoint for the key on SMTP2GO's page Sending > API Keys, or type the value/,
	);
});

test('a key that may read neither list of senders is told both permissions at once', async () => {
	const page = await readPickList(host(['/single_sender_emails/view', '/domain/view']).connection, 'sender');
	expect(page).toMatchObject({
		ok: false,
		error: {
			type: 'permission',
			message: 'The API key has no permission for /single_sender_emails/view and /domain/view',
		},
	});
});

test('what fits is found in value, name and further words', () => {
	const entries = [
		{ value: 'a', label: 'One', about: 'first' },
		{ value: 'b', label: 'Two', about: 'second' },
	];
	expect(['A', 'two', 'SECOND', ''].map((typed) => matchingEntries(entries, typed).length)).toEqual([1, 1, 1, 2]);
});

test('no secret of a webhook is in a list: neither user and password nor the end of our own path', async () => {
	const secret = 'a1'.repeat(32);
	const hooks = [
		{ id: 1, url: `https://me:pass@flows.example.com/red/smtp2go/acc/${secret}?token=x` },
		{ id: 2, url: 'nonsense' },
	];
	const page = await readPickList(new FakeHost(() => data(hooks)).connection, 'webhook');
	expect(page?.ok && page.value.entries.map(({ label }) => label)).toEqual([
		'https://flows.example.com/red/smtp2go/acc/…',
		'nonsense',
	]);
});
