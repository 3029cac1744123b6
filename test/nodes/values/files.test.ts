/** Files of the workflow, URLs and Base64 as attachments and inline images. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { Readable } from 'node:stream';
import { runInNewContext } from 'node:vm';
import type { BinaryDataService } from 'n8n-core';
import type { IBinaryData, IBinaryKeyData, IDataObject } from 'n8n-workflow';
import { useAccount } from '../support/account';
import { runNode, storeBinary } from '../support/engine';
import { pdf, stored } from '../support/stored-files';
import { stopwatch, tooLongLater } from '../../api/support/processor-time';

const account = useAccount();

const mail = {
	resource: 'email',
	operation: 'send',
	sender: 'shop@example.com',
	to: 'jane@example.com',
	subject: 'Hi',
	textBody: 'Hello',
};
const fileblob = pdf.toString('base64');

async function send(parameters: object, binary?: IBinaryKeyData) {
	return runNode({
		parameters: { ...mail, ...parameters },
		credentials: account.credentials,
		items: [{ json: {}, ...(binary ? { binary } : {}) }],
	});
}

const attachments = () => account.bodies('/email/send')[0]?.['attachments'];

describe.each(['default', 'filesystem'] as const)('binary data in %s mode', (mode) => {
	let service: BinaryDataService;
	beforeAll(async () => {
		service = await storeBinary(mode);
	});

	test('is attached whole, under its own name and type', async () => {
		const data = await stored(service, { fileName: 'receipt.pdf' });
		expect('id' in data).toBe(mode === 'filesystem');
		expect((await send({ attachments: { binary: [{ binary: 'data' }] } }, { data })).error).toBeUndefined();
		expect(attachments()).toEqual([{ filename: 'receipt.pdf', fileblob, mimetype: 'application/pdf' }]);
	});

	test('of several fields is attached by their names', async () => {
		const binary = {
			one: await stored(service, { fileName: 'one.pdf' }),
			two: await stored(service, { fileName: 'two.pdf' }),
		};
		await send({ attachments: { binary: [{ binary: 'one, two' }] } }, binary);
		expect(attachments()).toEqual([
			{ filename: 'one.pdf', fileblob, mimetype: 'application/pdf' },
			{ filename: 'two.pdf', fileblob, mimetype: 'application/pdf' },
		]);
	});

	test('is attached by an expression that gives the file itself', async () => {
		await send(
			{ attachments: { binary: [{ binary: '={{ $input.item.binary.data }}' }] } },
			{ data: await stored(service, { fileName: 'receipt.pdf' }) },
		);
		expect(attachments()).toEqual([{ filename: 'receipt.pdf', fileblob, mimetype: 'application/pdf' }]);
	});

	test('is sent as a whole message', async () => {
		const { error } = await runNode({
			parameters: {
				resource: 'email',
				operation: 'sendMime',
				mimeEmailSource: 'binary',
				mimeEmailBinary: 'data',
			},
			credentials: account.credentials,
			items: [
				{
					json: {},
					binary: {
						data: await service.store(
							{ type: 'execution', workflowId: '1', executionId: '1' },
							Buffer.from('From: shop@example.com\r\nTo: jane@example.com\r\n\r\nHi'),
							{ data: '', mimeType: 'message/rfc822' } as IBinaryData,
						),
					},
				},
			],
		});
		expect(error).toBeUndefined();
		expect(account.simulator.state.emails).toHaveLength(1);
	});

	test('a file without a name is called after its field, with one extension', async () => {
		await send(
			{ attachments: { binary: [{ binary: 'data' }] } },
			{ data: await stored(service, { fileExtension: 'pdf' }) },
		);
		expect(attachments()).toEqual([expect.objectContaining({ filename: 'data.pdf' })]);
	});
});

test('name and type of the form go before those of the file', async () => {
	const service = await storeBinary('default');
	await send(
		{ attachments: { binary: [{ binary: 'data', filename: 'yours.txt', mimetype: 'text/plain' }] } },
		{ data: await stored(service, { fileName: 'receipt.pdf' }) },
	);
	expect(attachments()).toEqual([{ filename: 'yours.txt', fileblob, mimetype: 'text/plain' }]);
});

test('an inline image goes out under its Content-ID', async () => {
	const service = await storeBinary('default');
	await send(
		{ htmlBody: '<img src="cid:logo">', options: { inlines: { binary: [{ binary: 'data', filename: 'logo' }] } } },
		{ data: await stored(service, { fileName: 'logo.png', mimeType: 'image/png' }) },
	);
	expect(account.bodies('/email/send')[0]?.['inlines']).toEqual([
		{ filename: 'logo', fileblob, mimetype: 'image/png' },
	]);
});

test('files by URL, in Base64 and from a JSON list all go out, URLs under the name in their path', async () => {
	await send({
		attachments: {
			base64: [{ content: fileblob, filename: 'a.pdf', mimetype: 'application/pdf' }],
			url: [{ url: 'https://example.com/files/b.pdf?x=1' }],
			json: [{ files: JSON.stringify([{ filename: 'c.pdf', fileblob }]) }],
		},
	});
	expect(attachments()).toEqual([
		{ filename: 'a.pdf', fileblob, mimetype: 'application/pdf' },
		{ filename: 'c.pdf', fileblob },
		{ filename: 'b.pdf', url: 'https://example.com/files/b.pdf' + '?x=1' },
	]);
});

test('a list of files may come from an expression', async () => {
	await send({ attachments: { json: [{ files: `={{ [{ filename: "a.pdf", fileblob: "${fileblob}" }] }}` }] } });
	expect(attachments()).toEqual([{ filename: 'a.pdf', fileblob }]);
});

test('a file that is not there is named, and nothing is sent', async () => {
	const { error } = await send(
		{ attachments: { binary: [{ binary: 'invoice' }] } },
		{ data: await stored(await storeBinary('default'), {}) },
	);
	expect(error?.message).toContain('"invoice"');
	expect(account.simulator.state.requests).toEqual([]);
});

test('a file too large for any email is refused before it is loaded', async () => {
	const service = await storeBinary('filesystem');
	const data = await stored(service, { fileName: 'film.mov' });
	const load = [jest.spyOn(service, 'getAsBuffer'), jest.spyOn(service, 'getAsStream')];
	jest.spyOn(service, 'getMetadata').mockResolvedValueOnce({ fileSize: 60_000_000 });
	const { error } = await send({ attachments: { binary: [{ binary: 'data' }] } }, { data });
	expect(error?.message).toBe('The file "film.mov" has 60,000,000 bytes. SMTP2GO accepts at most 37,500,000');
	for (const way of load) expect(way).not.toHaveBeenCalled();
	jest.restoreAllMocks();
});

test('files too large together are refused in no time, and none is loaded', async () => {
	const service = await storeBinary('filesystem');
	const binary = {
		one: await stored(service, { fileName: 'one.mov' }),
		two: await stored(service, { fileName: 'two.mov' }),
	};
	await send({ attachments: { binary: [{ binary: '*' }] } }, binary);
	account.simulator.reset();
	const load = [jest.spyOn(service, 'getAsBuffer'), jest.spyOn(service, 'getAsStream')];
	jest.spyOn(service, 'getMetadata').mockResolvedValue({ fileSize: 25_500_000 });
	const refused = async () => {
		const elapsed = stopwatch();
		const { error } = await send({ attachments: { binary: [{ binary: '*' }] } }, binary);
		const took = elapsed();
		expect(error?.message).toMatch(
			/^The request has 68,000,\d{3} bytes; SMTP2GO accepts at most 50,000,000\. Most of it is in Attachments/,
		);
		return took;
	};
	expect(await tooLongLater(refused)).toBeUndefined();
	for (const way of load) expect(way).not.toHaveBeenCalled();
	jest.restoreAllMocks();
	expect(account.simulator.state.requests).toEqual([]);
});

describe('files by pattern', () => {
	const names = async (pattern: string, fields: readonly string[], more: object = {}) => {
		const service = await storeBinary('filesystem');
		const binary: IBinaryKeyData = {};
		for (const field of fields) binary[field] = await stored(service, { fileName: `${field}.pdf` });
		const { error } = await send(
			{ attachments: { binary: [{ binary: pattern, ...more }] } },
			fields.length === 0 ? undefined : binary,
		);
		return error?.message ?? ((attachments() ?? []) as { filename: string }[]).map(({ filename }) => filename);
	};

	test.each<[string, string[], string[] | RegExp]>([
		['*', ['a', 'b'], ['a.pdf', 'b.pdf']],
		['*', [], []],
		['invoice_*', ['invoice_1', 'photo', 'invoice_2'], ['invoice_1.pdf', 'invoice_2.pdf']],
		['invoice_*, photo', ['photo', 'invoice_1'], ['invoice_1.pdf', 'photo.pdf']],
		['*, photo', ['photo', 'a'], ['photo.pdf', 'a.pdf']],
		['in*_1*', ['invoice_1', 'invoice_2', 'in_10'], ['invoice_1.pdf', 'in_10.pdf']],
		['in.*', ['invoice'], /no binary field that matches "in\.\*"/],
		['invoice_*', ['photo'], /no binary field that matches "invoice_\*"/],
	])('%s of %j', async (pattern, fields, expected) => {
		const found = await names(pattern, fields);
		if (expected instanceof RegExp) expect(found).toMatch(expected);
		else expect(found).toEqual(expected);
	});

	test('cannot all get one name', async () => {
		expect(await names('*', ['a', 'b'], { filename: 'x.pdf' })).toBe(
			'Attachments: 2 files cannot have the same name',
		);
		expect(await names('*', ['a'], { filename: 'x.pdf' })).toEqual(['x.pdf']);
	});
});

test('what a file is follows from its content, where neither its name nor its origin says it', async () => {
	const service = await storeBinary('filesystem');
	await send(
		{ attachments: { binary: [{ binary: '*' }] } },
		{ receipt: await stored(service, { fileName: 'receipt', mimeType: 'application/octet-stream' }) },
	);
	expect(attachments()).toEqual([{ filename: 'receipt', fileblob, mimetype: 'application/pdf' }]);
});

test('a file that n8n no longer has is told before anything leaves', async () => {
	const service = await storeBinary('filesystem');
	const data = await stored(service, { fileName: 'receipt.pdf' });
	await service.deleteManyByBinaryDataId([data.id ?? '']);
	const { error } = await send({ attachments: { binary: [{ binary: 'data' }] } }, { data });
	expect(error?.message).toMatch(/^The file "receipt\.pdf" could not be read: /);
	expect(account.simulator.state.requests).toEqual([]);
});

test('content in memory may be written as URLs carry it', async () => {
	await storeBinary('default');
	await send(
		{ attachments: { binary: [{ binary: 'data' }] } },
		{ data: { mimeType: 'a/b', fileName: 'a.bin', data: '-_8=\n' } },
	);
	expect(attachments()).toEqual([{ filename: 'a.bin', fileblob: '+/8=', mimetype: 'a/b' }]);
});

test('a file by URL is called as its URL says', async () => {
	await send({
		attachments: {
			url: [
				{ url: 'https://example.com/Rechnung%20M%C3%A4rz.pdf?x=/y' },
				{ url: 'https://example.com/Rechnung März.pdf', filename: '', mimetype: '' },
			],
		},
	});
	expect(attachments()).toEqual([
		expect.objectContaining({ filename: 'Rechnung März.pdf' }),
		expect.objectContaining({ filename: 'Rechnung März.pdf' }),
	]);
});

describe('a storage that fails while a file is read', () => {
	const whole = '%PDF-1.7 ';
	/** What the storage gives when the file is read to be sent. */
	const readings: [string, () => Readable][] = [
		[
			'breaks off',
			() =>
				Readable.from(
					(async function* read() {
						yield Buffer.from(whole);
						throw Object.assign(new Error('EIO: i/o error, read'), { code: 'EIO' });
					})(),
				),
		],
		['gives less than it said', () => Readable.from([Buffer.from(whole)])],
		['gives more than it said', () => Readable.from([pdf, pdf])],
	];

	test.each(readings)('%s: nothing is sent, and a further try sends once', async (_, reading) => {
		const service = await storeBinary('filesystem');
		const data = await stored(service, { fileName: 'receipt.pdf' });
		const spy = jest.spyOn(service, 'getAsStream').mockImplementationOnce(async () => reading());
		const { error } = await send({ attachments: { binary: [{ binary: 'data' }] } }, { data });
		expect(error?.message).toMatch(/could not be read/);
		expect(error?.context['smtp2go']).toMatchObject({ code: 'SMTP2GO_INVALID' });
		expect(account.simulator.state.requests).toEqual([]);

		spy.mockImplementationOnce(async () => reading());
		const again = await runNode({
			parameters: { ...mail, attachments: { binary: [{ binary: 'data' }] } },
			credentials: account.credentials,
			items: [{ json: {}, binary: { data } }],
			maxTries: 2,
		});
		expect(again.error).toBeUndefined();
		expect(account.bodies('/email/send').map((body) => body['attachments'])).toEqual([
			[{ filename: 'receipt.pdf', fileblob, mimetype: 'application/pdf' }],
		]);
		spy.mockRestore();
	});

	test('in a batch keeps back the whole call, and says so for each item', async () => {
		const service = await storeBinary('filesystem');
		const items = await Promise.all(
			['a', 'b'].map(async (name) => ({
				json: {},
				binary: { data: await stored(service, { fileName: `${name}.pdf` }) },
			})),
		);
		const spy = jest.spyOn(service, 'getAsStream').mockRejectedValueOnce(new Error('no space left on device'));
		const { failed } = await runNode({
			parameters: { ...mail, sendMode: 'batch', attachments: { binary: [{ binary: 'data' }] } },
			credentials: account.credentials,
			items,
			onError: 'continueErrorOutput',
		});
		expect(failed).toHaveLength(2);
		expect(account.simulator.state.requests).toEqual([]);
		spy.mockRestore();
	});

	test.each([-5, 1.5, Number.NaN, Infinity, '7'])('a size of %p is no size', async (fileSize) => {
		const service = await storeBinary('filesystem');
		const data = await stored(service, { fileName: 'receipt.pdf' });
		const spy = jest.spyOn(service, 'getMetadata').mockResolvedValue({ fileSize: fileSize as number });
		await send({ attachments: { binary: [{ binary: 'data' }] } }, { data });
		expect(attachments()).toEqual([{ filename: 'receipt.pdf', fileblob, mimetype: 'application/pdf' }]);
		spy.mockRestore();
	});
});

describe('bytes of a Code node, also from another realm', () => {
	const bytes = (code: string) => runInNewContext(code) as object;

	test.each([
		['new Uint8Array([1, 2, 255])'],
		['new Uint8Array([1, 2, 255]).buffer'],
		['({ type: "Buffer", data: [1, 2, 255] })'],
	])('%s', async (code) => {
		const content = bytes(code);
		const { error } = await runNode({
			parameters: { ...mail, attachments: { binary: [{ binary: '={{ $json.content }}', filename: 'a.bin' }] } },
			credentials: account.credentials,
			items: [{ json: { content } as unknown as IDataObject }],
		});
		expect(error).toBeUndefined();
		expect((attachments() as { fileblob: string }[]).map((file) => file.fileblob)).toEqual(['AQL/']);
	});
});
