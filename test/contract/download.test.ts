/** An archived email as a file, on both hosts. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { INodeParameters } from 'n8n-workflow';
import { DEMO_API_KEY } from '../../simulator';
import { openAccount, type Account } from '../nodes/support/account';
import { runNode } from '../nodes/support/engine';
import { actionFlow } from '../node-red/support/flows';
import { inbox, key, load, node, unload } from '../node-red/support/node-red';

let account: Account;
let emailId: string;
beforeAll(async () => {
	account = await openAccount();
});
afterAll(() => account.simulator.stop());
beforeEach(async () => {
	account.simulator.reset();
	const values = {
		resource: 'email',
		operation: 'send',
		sender: 'shop@example.com',
		to: 'jane@example.com',
		subject: 'Archived',
		textBody: 'Hello',
	};
	await runNode({ parameters: values, credentials: account.credentials });
	emailId = account.simulator.state.emails[0]?.emailId ?? '';
});
afterEach(unload);

const inN8n = (options: INodeParameters, more: INodeParameters = {}) =>
	runNode({
		parameters: { resource: 'archive', operation: 'get', emailId, options, ...more },
		credentials: account.credentials,
	});

async function inNodeRed(fields: object, baseUrl = account.simulator.apiUrl, output = 'result') {
	const flow = actionFlow(account.simulator, 'smtp2go-archive', {
		operation: 'get',
		fields: { email_id: { type: 'str', value: emailId }, ...fields },
		output,
	});
	await load(
		flow.map((one) => (one.id === 'account' ? { ...one, baseUrl } : one)),
		key(),
	);
	const [out, caught] = [inbox('out'), inbox('caught')];
	node('n').receive({ payload: '' });
	return Promise.race([out.next(1, 15_000), caught.next(1, 15_000)]);
}

describe('n8n', () => {
	test.each([
		[{ download: true }, 'data'],
		[{ download: true, binaryPropertyName: 'original' }, 'original'],
		[{ download: true, binaryPropertyName: ' ' }, 'data'],
	])('keeps it as binary data with %j', async (options, field) => {
		const { items, error } = await inN8n(options);
		expect(error).toBeUndefined();
		const [item] = items;
		expect(item?.json).toMatchObject({ email_id: emailId, subject: 'Archived' });
		expect(Object.keys(item?.binary ?? {})).toEqual([field]);
		expect(item?.binary?.[field]).toMatchObject({ fileName: `${emailId}.eml`, mimeType: 'message/rfc822' });
		expect(Buffer.from(item?.binary?.[field]?.data ?? '', 'base64').toString()).toMatch(/Subject: Archived\r\n/);
		expect(item?.pairedItem).toEqual({ item: 0 });
	});

	test('also beside the raw answer, and not at all where nobody asks', async () => {
		expect((await inN8n({ download: true }, { simplify: false })).items[0]).toMatchObject({
			json: { headers: expect.any(String) as string },
			binary: { data: { mimeType: 'message/rfc822' } },
		});
		expect((await inN8n({})).items[0]).not.toHaveProperty('binary');
	});
});

describe('Node-RED', () => {
	const download = { download: { type: 'bool', value: 'true' } };

	test.each(['result', 'raw'])('has it beside the result, as an attachment takes it (%s)', async (output) => {
		const { payload } = (await inNodeRed(download, undefined, output)) as unknown as {
			payload: { subject: string; file: { content: Buffer } };
		};
		expect(payload).toMatchObject({
			subject: 'Archived',
			file: { filename: `${emailId}.eml`, mimetype: 'message/rfc822' },
		});
		expect(Buffer.isBuffer(payload.file.content)).toBe(true);
		expect(payload.file.content.toString()).toMatch(/Subject: Archived\r\n/);
	});

	test('and not at all where nobody asks', async () => {
		expect((await inNodeRed({})).payload).not.toHaveProperty('file');
	});
});

describe('a server that gives more than a file', () => {
	let server: Server;
	let asked: IncomingHttpHeaders[] = [];
	let url: string;
	beforeAll(async () => {
		server = createServer((request, response) => {
			if (request.url === '/v3/archive/email')
				return void response.end(JSON.stringify({ data: { email_id: 'E', url: `${url}/file` } }));
			asked.push(request.headers);
			response.writeHead(200);
			// Never ends, and writes as fast as the client reads.
			const piece = Buffer.alloc(1_000_000);
			const write = (): void => {
				while (response.write(piece)) {
					/* until it is full */
				}
			};
			response.on('drain', write);
			write();
		});
		await new Promise<void>((resolve) => {
			server.listen(0, '127.0.0.1', resolve);
		});
		url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	});
	afterAll(() => {
		server.closeAllConnections();
		server.close();
	});
	beforeEach(() => {
		asked = [];
	});

	test('is given up at 64 MB by n8n, and never sees the key', async () => {
		const { error } = await runNode({
			parameters: { resource: 'archive', operation: 'get', emailId: 'E', options: { download: true } },
			credentials: { ...account.credentials, baseUrl: `${url}/v3` },
		});
		expect(error?.message).toContain('larger than 64,000,000 bytes');
		expect([asked.length, JSON.stringify(asked).includes(DEMO_API_KEY)]).toEqual([1, false]);
	});

	test('is given up at 64 MB by Node-RED, and never sees the key', async () => {
		const { error } = await inNodeRed({ download: { type: 'bool', value: 'true' } }, `${url}/v3`);
		expect(String(error?.['message'])).toContain('larger than 64,000,000 bytes');
		expect([asked.length, JSON.stringify(asked).includes(DEMO_API_KEY)]).toEqual([1, false]);
	});
});
