/** SMTP2GO's own client works against the simulator. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SMTP2GOApi, { type ApiClient } from 'smtp2go-nodejs';
import { DEMO_API_KEY, type Simulator, startSimulator } from '../../simulator';

let simulator: Simulator;
let folder: string;

beforeAll(async () => {
	simulator = await startSimulator({ eventDelayMs: 60_000 });
	folder = mkdtempSync(join(tmpdir(), 'simulator-client-'));
});

afterAll(async () => {
	rmSync(folder, { recursive: true });
	await simulator.stop();
});

/** SMTP2GO's own client, pointed here by its public property `apiUrl`. */
function client(key = DEMO_API_KEY): ApiClient {
	const own = SMTP2GOApi(key).client();
	own.apiUrl = `${simulator.apiUrl}/`;
	return own;
}

function writeFile(name: string, content: Buffer): string {
	writeFileSync(join(folder, name), content);
	return join(folder, name);
}

test("receives everything that SMTP2GO's own client sends: names, copies, headers, attachment and inline image", async () => {
	const everyByte = Buffer.from(Array.from({ length: 100_000 }, (_, index) => index % 256));
	const picture = Buffer.from('89504e470d0a1a0a', 'hex');
	const mail = SMTP2GOApi(DEMO_API_KEY)
		.mail()
		.from({ email: 'shop@example.com', name: 'Shop' })
		.to([{ email: 'ann@example.org', name: 'Ann' }, { email: 'bob@example.org' }])
		.cc({ email: 'eve@example.org' })
		.subject('From the client')
		.html('<img src="cid:a-cat">')
		.text('Text')
		.headers({ header: 'X-Order-Id', value: '7' })
		.attach(writeFile('data.bin', everyByte))
		.inline('a-cat', writeFile('cat.png', picture));
	const answer = (await client().consume(mail)) as { data: { succeeded: number; email_id: string } };
	expect(answer.data).toMatchObject({ succeeded: 1, failed: 0 });
	const received = simulator.state.emails.at(-1);
	expect(received).toMatchObject({
		emailId: answer.data.email_id,
		sender: { name: 'Shop', address: 'shop@example.com' },
		to: [
			{ name: 'Ann', address: 'ann@example.org' },
			{ name: '', address: 'bob@example.org' },
		],
		cc: [{ address: 'eve@example.org' }],
		subject: 'From the client',
		html: '<img src="cid:a-cat">',
		text: 'Text',
	});
	expect(received?.headers).toContainEqual({ header: 'X-Order-Id', value: '7' });
	expect(received?.attachments).toMatchObject([{ filename: 'data.bin' }]);
	expect(received?.attachments[0]?.content.equals(everyByte)).toBe(true);
	expect(received?.inlines).toEqual([{ filename: 'a-cat', mimetype: 'image/png', content: picture }]);
});

test('fills in a template for the client', async () => {
	const mail = SMTP2GOApi(DEMO_API_KEY)
		.mail()
		.from({ email: 'shop@example.com' })
		.to({ email: 'ann@example.org' })
		.subject('ignored')
		.template('welcome', new Map([['name', 'Ann']]));
	await client().consume(mail);
	expect(simulator.state.emails.at(-1)).toMatchObject({ subject: 'Welcome, Ann', templateId: 'welcome' });
});

test("answers the client's other calls", async () => {
	const service = SMTP2GOApi(DEMO_API_KEY).service('api_keys/permissions');
	expect(await client().consume(service)).toMatchObject({
		data: expect.arrayContaining(['/email/send']) as string[],
	});
});
