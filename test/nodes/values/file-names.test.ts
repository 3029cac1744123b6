/** Which values of an item are files, and how a line of the form names them. */
import type { IBinaryKeyData, IDataObject } from 'n8n-workflow';
import { useAccount } from '../support/account';
import { runNode, storeBinary } from '../support/engine';
import { stored } from '../support/stored-files';
import { stopwatch } from '../../api/support/processor-time';

const account = useAccount();

const mail = {
	resource: 'email',
	operation: 'send',
	sender: 'shop@example.com',
	to: 'jane@example.com',
	subject: 'Hi',
	textBody: 'Hello',
};

async function send(parameters: object, binary?: IBinaryKeyData) {
	return runNode({
		parameters: { ...mail, ...parameters },
		credentials: account.credentials,
		items: [{ json: {}, ...(binary ? { binary } : {}) }],
	});
}

const attachments = () => account.bodies('/email/send')[0]?.['attachments'];

describe('only what n8n says is a file is one', () => {
	const lookalikes: readonly [string, object][] = [
		['an ID and a type', { id: 'abc', mimeType: 'a/b' }],
		['an ID in a storage', { id: 'filesystem-v2:abc', mimeType: 'a/b' }],
		['a path out of the storage', { id: 'filesystem-v2:../../../etc/passwd', mimeType: 'a/b' }],
		['a number as its ID', { id: 7, mimeType: 'a/b' }],
		['an empty ID', { id: '', mimeType: 'a/b', data: 'zzz' }],
		['an ID of another storage', { id: 's3:abc', mimeType: 'a/b', data: 'filesystem-v2' }],
		['content that is no text', { mimeType: 'a/b', data: 5 }],
		['content that is an object', { mimeType: 'a/b', data: {} }],
	];

	describe.each(['separate', 'combined'] as const)('in binary mode %s', (binaryMode) => {
		const sent = async (binary: string, json: object, files?: IBinaryKeyData) => {
			await storeBinary('filesystem');
			const { error } = await runNode({
				parameters: { ...mail, attachments: { binary: [{ binary }] } },
				credentials: account.credentials,
				items: [{ json: json as IDataObject, ...(files ? { binary: files } : {}) }],
				settings: { binaryMode },
			});
			return { error, names: ((attachments() ?? []) as { filename: string }[]).map(({ filename }) => filename) };
		};

		test.each(lookalikes)('not JSON with %s', async (_, lookalike) => {
			expect(await sent('*', { order: lookalike })).toEqual({ error: undefined, names: [] });
			account.simulator.reset();
			for (const [binary, message] of [
				['order', /^The item has no binary field "order" \[item 0\]\. It has no files$/],
				['={{ $json.order }}', /^The expression does not resolve to a file$/],
			] as const) {
				const { error } = await sent(binary, { order: lookalike });
				expect(error?.message).toMatch(message);
				expect(error?.context['smtp2go']).toEqual({ code: 'SMTP2GO_INVALID' });
			}
			expect(account.simulator.state.requests).toEqual([]);
		});

		test('but files of the item, also beside such JSON', async () => {
			const data = await stored(await storeBinary('filesystem'), { fileName: 'receipt.pdf' });
			expect(await sent('*', { order: { id: 'abc', mimeType: 'a/b' } }, { data })).toEqual({
				error: undefined,
				names: ['receipt.pdf'],
			});
		});

		test('nor content that is no Base64', async () => {
			const { error } = await sent('={{ $json.order }}', {
				order: { mimeType: 'text/plain', data: 'Hello, world!' },
			});
			expect(error?.message).toContain('not valid Base64');
			expect(account.simulator.state.requests).toEqual([]);
		});
	});

	test('files among the JSON are found by name, path and pattern where the workflow keeps them there', async () => {
		const service = await storeBinary('filesystem');
		const files = {
			data: await stored(service, { fileName: 'a.pdf' }),
			form: await stored(service, { fileName: 'b.pdf' }),
			many: [await stored(service, { fileName: 'c.pdf' }), await stored(service, { fileName: 'd.pdf' })],
		};
		const json = {
			_files: { data: files.data },
			Upload: files.form,
			Photos: files.many,
			deep: { file: files.data },
		} as unknown as IDataObject;
		const names = async (binary: string, binaryMode: 'separate' | 'combined' = 'combined') => {
			account.simulator.reset();
			const { error } = await runNode({
				parameters: { ...mail, attachments: { binary: [{ binary }] } },
				credentials: account.credentials,
				items: [{ json }],
				settings: { binaryMode },
			});
			return error?.message ?? ((attachments() ?? []) as { filename: string }[]).map(({ filename }) => filename);
		};
		expect(await names('*')).toEqual(['b.pdf', 'c.pdf', 'd.pdf', 'a.pdf']);
		expect(await names('data, Upload')).toEqual(['a.pdf', 'b.pdf']);
		expect(await names('Photos*')).toEqual(['c.pdf', 'd.pdf']);
		expect(await names('_files.data, Photos[1], deep.file')).toEqual(['a.pdf', 'd.pdf', 'a.pdf']);
		expect(await names('={{ $json.deep.file }}')).toEqual(['a.pdf']);
		expect(await names('other')).toBe(
			'The item has no binary field "other" [item 0]. It has: Upload, Photos[0], Photos[1], data',
		);
		expect(await names('*', 'separate')).toEqual([]);
	});
});

describe('names of binary fields', () => {
	const names = async (line: string, fields: readonly string[]) => {
		const service = await storeBinary('filesystem');
		const binary: IBinaryKeyData = {};
		for (const field of fields) binary[field] = await stored(service, { fileName: `<${field}>` });
		const { error } = await send({ attachments: { binary: [{ binary: line }] } }, binary);
		return error?.message ?? ((attachments() ?? []) as { filename: string }[]).map(({ filename }) => filename);
	};

	test.each<[string, string[], string[]]>([
		['Invoice, March', ['Invoice, March'], ['<Invoice, March>']],
		['Invoice, March, logo', ['logo', 'Invoice, March'], ['<Invoice, March>', '<logo>']],
		['a, b', ['a', 'b', 'x'], ['<a>', '<b>']],
		['a, b, c', ['a', 'b', 'c', 'b, c', 'a, b'], ['<a>', '<b>', '<c>']],
		['a, b', ['a', 'b', 'a, b'], ['<a>', '<b>']],
		['logo , , logo', ['logo'], ['<logo>']],
		[' data ', [' data '], ['< data >']],
		['50*', ['50*', '500'], ['<50*>']],
		['a.b', ['a.b'], ['<a.b>']],
	])('%j of %j', async (line, fields, expected) => {
		expect(await names(line, fields)).toEqual(expected);
	});

	test.each<[string, string[], string]>([
		['data', ['File'], 'The item has no binary field "data" [item 0]. It has: File'],
		[
			'data',
			Array.from({ length: 12 }, (_, index) => `f${index}`),
			'The item has no binary field "data" [item 0]. It has: f0, f1, f2, f3, f4, f5, f6, f7, f8, f9, and 2 more',
		],
		['data', [], 'The item has no binary field "data" [item 0]. It has no files'],
		['x*', ['File'], 'The item has no binary field that matches "x*" [item 0]. It has: File'],
		['Invoice, March', ['Invoice'], 'The item has no binary field "March" [item 0]. It has: Invoice'],
	])('an error says which there are: %j of %j', async (line, fields, expected) => {
		expect(await names(line, fields)).toBe(expected);
	});

	test('a pattern of many signs takes no longer for a hostile name', async () => {
		const elapsed = stopwatch();
		expect(await names(`${'*a'.repeat(20)}*b`, ['a'.repeat(20_000)])).toContain('no binary field that matches');
		expect(elapsed()).toBeLessThan(5_000);
	});

	test('one file is needed for a whole message', async () => {
		const service = await storeBinary('filesystem');
		const binary = { one: await stored(service, {}), two: await stored(service, {}) };
		const { error } = await runNode({
			parameters: { resource: 'email', operation: 'sendMime', mimeEmailSource: 'binary', mimeEmailBinary: '*' },
			credentials: account.credentials,
			items: [{ json: {}, binary }],
		});
		expect(error?.message).toBe('Input Binary Field matches 2 files');
	});
});
