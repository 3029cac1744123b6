import PostalMime from 'postal-mime';
import { DEMO_API_KEY, type Simulator, startSimulator } from '../../../../simulator';
import { call, MAIL } from '../../support/call';

interface Row {
	email_id: string;
	url: string;
	[name: string]: unknown;
}
interface Answer {
	email_count: number;
	emails: Row[];
	continue_token?: string;
}

let simulator: Simulator;

beforeEach(async () => {
	simulator = await startSimulator({ eventDelayMs: 0 });
});

afterEach(() => simulator.stop());

const search = async (body: object = {}, key?: string): Promise<Answer> =>
	(await call(simulator, '/archive/search', body, key)).body.data as unknown as Answer;
const send = async (more: object = {}, key?: string): Promise<string> =>
	String((await call(simulator, '/email/send', { ...MAIL, ...more }, key)).body.data?.['email_id']);

test("keeps every email in the contract's words, one by one or in a list", async () => {
	const id = await send({
		cc: ['bob@example.org'],
		attachments: [{ filename: 'a.txt', mimetype: 'text/plain', fileblob: 'aGVsbG8=' }],
	});
	const found = await search();
	expect(found).toEqual({
		email_count: 1,
		emails: [
			{
				email_id: id,
				sent: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as string,
				sender: 'shop@example.com',
				envelope_from: 'shop@example.com',
				recipient: 'ann@example.org, bob@example.org',
				to: 'ann@example.org',
				subject: 'Order 1001',
				username: DEMO_API_KEY.slice(0, 16),
				byte_count: expect.any(Number) as number,
				attachment_count: 1,
				attachments: ['a.txt'],
				headers: expect.stringContaining('Cc: bob@example.org\nSubject: Order 1001\n') as string,
				url: `${simulator.url}/archive-attachment/${id}`,
			},
		],
	});
	expect((await call(simulator, '/archive/email', { email_id: id })).body.data).toEqual(found.emails[0]);
});

test('hands out the email as it was sent, to read with any mail program', async () => {
	const picture = Buffer.from('89504e470d0a1a0a', 'hex').toString('base64');
	const id = await send({
		sender: '"Müller, Ann" <shop@example.com>',
		bcc: ['audit@example.org'],
		subject: 'Rechnung für März',
		html_body: '<p>ü</p><img src="cid:logo.png">',
		text_body: 'ü'.repeat(100),
		custom_headers: [{ header: 'X-Order-ID', value: '4711' }],
		inlines: [{ filename: 'logo.png', mimetype: 'image/png', fileblob: picture }],
		attachments: [
			{ filename: 'Beleg (1).txt', mimetype: 'text/plain', fileblob: Buffer.from('hello').toString('base64') },
		],
	});
	const [row] = (await search()).emails;
	const response = await fetch(row?.url ?? '');
	const bytes = Buffer.from(await response.arrayBuffer());
	expect(response.headers.get('content-disposition')).toBe(`attachment; filename*=UTF-8''${id}.eml`);
	expect(bytes.length).toBe(row?.['byte_count']);
	expect(bytes.toString()).not.toContain('audit@example.org');
	const mail = await PostalMime.parse(bytes);
	expect(mail).toMatchObject({
		from: { name: 'Müller, Ann', address: 'shop@example.com' },
		to: [{ address: 'ann@example.org' }],
		subject: 'Rechnung für März',
	});
	expect([mail.text?.trim(), mail.html?.trim()]).toEqual(['ü'.repeat(100), '<p>ü</p><img src="cid:logo.png">']);
	expect(mail.headers).toContainEqual(expect.objectContaining({ key: 'x-order-id', value: '4711' }));
	const files = mail.attachments.map(({ filename, mimeType, content, contentId }) => [
		filename,
		mimeType,
		Buffer.from(content as ArrayBuffer).toString('base64'),
		contentId,
	]);
	expect(files).toEqual([
		['logo.png', 'image/png', picture, '<logo.png>'],
		['Beleg (1).txt', 'text/plain', 'aGVsbG8=', undefined],
	]);
	expect((await fetch(`${simulator.url}/archive-attachment/nobody`)).status).toBe(404);
});

test('finds by exactly what is asked for; headers by a part', async () => {
	const first = await send({ custom_headers: [{ header: 'X-Order-ID', value: '4711' }] });
	const other = simulator.addKey();
	const second = await send(
		{ sender: 'sales@example.com', to: ['bob@example.org'], bcc: ['eve@example.org'], subject: 'Offer' },
		other,
	);
	const ids = async (body: object): Promise<string[]> => (await search(body)).emails.map(({ email_id }) => email_id);
	expect(await ids({})).toEqual([second, first]);
	expect(await ids({ recipient: 'Bob@example.org' })).toEqual([second]);
	expect(await ids({ recipient: 'eve@example.org' })).toEqual([second]);
	expect(await ids({ recipient: 'bob' })).toEqual([]);
	expect(await ids({ sender: 'shop@example.com' })).toEqual([first]);
	expect(await ids({ envelope_from: 'sales@example.com' })).toEqual([second]);
	expect(await ids({ subject: 'Offer' })).toEqual([second]);
	expect(await ids({ subject: 'Off' })).toEqual([]);
	expect(await ids({ username: other.slice(0, 16) })).toEqual([second]);
	expect(await ids({ headers: 'order-id: 47' })).toEqual([first]);
});

test('searches from today on; the start counts, the end does not', async () => {
	await send();
	const [mail] = simulator.state.emails;
	if (mail) mail.receivedAt = '2026-03-01T10:00:00.000Z';
	const count = async (body: object): Promise<number> => (await search(body)).email_count;
	expect([
		await count({}),
		await count({ start_date: '2026-03-01 10:00:00', end_date: '2026-03-02' }),
		await count({ start_date: '2026-03-01', end_date: '2026-03-01 10:00:00' }),
	]).toEqual([0, 1, 0]);
});

test('really pages; email that arrives meanwhile neither repeats a row nor hides one', async () => {
	const [oldest, middle, newest] = [await send(), await send(), await send()];
	const first = await search({ limit: 2 });
	expect(first).toMatchObject({
		email_count: 3,
		emails: [{ email_id: newest }, { email_id: middle }],
		continue_token: expect.any(String) as string,
	});
	await send();
	const second = await search({ limit: 2, continue_token: first.continue_token });
	expect(second.emails.map(({ email_id }) => email_id)).toEqual([oldest]);
	expect(second).not.toHaveProperty('continue_token');
});

test('keeps nothing sent with a key that has archiving turned off', async () => {
	const added = (await call(simulator, '/api_keys/add', { archive_enabled: false })).body.data as unknown as {
		api_key: string;
	}[];
	const id = await send({}, added[0]?.api_key);
	expect(simulator.state.email(id)).toMatchObject({ subject: MAIL.subject });
	expect((await search()).email_count).toBe(0);
	expect((await call(simulator, '/archive/email', { email_id: id })).status).toBe(400);
});

test('keeps subaccounts apart, as the live service does since September 2026', async () => {
	simulator.state.account.allowedSenders['demo01'] = { mode: 'whitelist', allowed_senders: ['example.com'] };
	const key = simulator.addKey({ subaccountId: 'demo01' });
	const [own, below] = [await send(), await send({}, key)];
	const ids = async (body: object, by?: string): Promise<string[]> =>
		(await search(body, by)).emails.map(({ email_id }) => email_id);
	expect([await ids({}), await ids({ subaccount_id: 'demo01' }), await ids({}, key)]).toEqual([
		[own],
		[below],
		[below],
	]);
	expect((await call(simulator, '/archive/email', { email_id: own }, key)).status).toBe(400);
	expect((await call(simulator, '/archive/email', { email_id: below, subaccount_id: 'demo01' })).status).toBe(200);
});

test("asks for each endpoint's own permission", async () => {
	const id = await send();
	const searcher = simulator.addKey({ permissions: ['/archive/search'] });
	const reader = simulator.addKey({ permissions: ['/archive/email'] });
	const status = async (path: string, key: string): Promise<number> =>
		(await call(simulator, path, { email_id: id }, key)).status;
	expect([
		await status('/archive/search', searcher),
		await status('/archive/email', searcher),
		await status('/archive/search', reader),
		await status('/archive/email', reader),
	]).toEqual([200, 400, 400, 200]);
});
