/** Which images go out with an email, and that a visitor's words choose no file. In n8n's own engine. */
import type { IBinaryData, IBinaryKeyData } from 'n8n-workflow';
import { openAccount, type Account } from '../support/account';
import { runNode, storeBinary } from '../support/engine';

let account: Account;
let binary: IBinaryKeyData;
beforeAll(async () => {
	account = await openAccount();
	const service = await storeBinary('filesystem');
	const stored = async (fileName: string, mimeType: string) =>
		service.store({ type: 'execution', workflowId: '1', executionId: '1' }, Buffer.from(fileName), {
			data: '',
			mimeType,
			fileName,
		} as IBinaryData);
	binary = {
		logo: await stored('our logo.png', 'image/png'),
		photo: await stored('photo.jpg', 'image/jpeg'),
		terms: await stored('terms.pdf', 'application/pdf'),
		prices: await stored('internal-prices.csv', 'text/csv'),
		odd: await stored('a&b (1).png', 'image/png'),
		plain: await stored('plain.png', 'application/octet-stream'),
	};
});
afterEach(() => {
	account.simulator.reset();
});
afterAll(async () => {
	await account.simulator.stop();
});

const mail = {
	resource: 'email',
	operation: 'send',
	sender: 'shop@example.com',
	to: 'jane@example.com',
	subject: 'Hi',
	textBody: 'Hello',
};

type Files = { filename: string; fileblob?: string; url?: string }[] | undefined;

async function sent(parameters: object, json = {}) {
	const { error, hints } = await runNode({
		parameters: { ...mail, ...parameters },
		credentials: account.credentials,
		items: [{ json, binary }],
	});
	if (error) throw error;
	const body = account.bodies('/email/send').at(-1) as { inlines?: Files; attachments?: Files };
	const names = (files: Files) => files?.map(({ filename }) => filename);
	return {
		inlines: names(body.inlines),
		attachments: names(body.attachments),
		hints: hints.map(({ message }) => message),
		body,
	};
}

const inlineImages = (...names: string[]) => ({
	options: { inlines: { binary: names.map((name) => ({ binary: name })) } },
});
const attached = (...names: string[]) => ({ attachments: { binary: names.map((name) => ({ binary: name })) } });

describe('an image that the form names and the HTML shows goes out inline', () => {
	test.each<[string, string, string[]]>([
		['by the name of its field', '<img src="cid:logo">', ['logo']],
		[
			'by the name of its file',
			'<img src=\'cid:photo.jpg\'><img src="cid:our logo.png">',
			['our logo.png', 'photo.jpg'],
		],
		['percent-encoded', '<img src="cid:our%20logo.png">', ['our logo.png']],
		['with brackets and character references', '<img src="cid:a&amp;b (1).png">', ['a&b (1).png']],
		['without quotes', '<img src=cid:photo alt=x>', ['photo']],
		[
			'once, however often, and under each of its names',
			'<img src="cid:logo"><img src="cid:logo"><img src="cid:our logo.png">',
			['logo', 'our logo.png'],
		],
		['though only its bytes say that it is one', '<img src="cid:plain">', ['plain']],
	])('%s', async (_, htmlBody, expected) => {
		expect((await sent({ htmlBody, ...inlineImages('*') })).inlines).toEqual(expected);
		// An attached one is shown too, and stays attached.
		expect(await sent({ htmlBody, ...attached('logo, photo, odd, plain') })).toMatchObject({
			inlines: expected,
			attachments: ['our logo.png', 'photo.jpg', 'a&b (1).png', 'plain.png'],
		});
	});

	test('with its content and type', async () => {
		const { body } = await sent({ htmlBody: '<img src="cid:logo">', ...inlineImages('logo') });
		expect(body.inlines).toEqual([
			{ filename: 'logo', fileblob: Buffer.from('our logo.png').toString('base64'), mimetype: 'image/png' },
		]);
	});

	test('also where it is attached by URL or in Base64', async () => {
		const url = 'https://example.com/i/our%20chart.png';
		const { body } = await sent({
			htmlBody: '<img src="cid:our chart.png"><img src="cid:b.png">',
			attachments: { url: [{ url }], base64: [{ content: 'aGVsbG8=', filename: 'b.png' }] },
		});
		expect(body.inlines).toEqual([
			expect.objectContaining({ filename: 'b.png', fileblob: 'aGVsbG8=' }),
			expect.objectContaining({ filename: 'our chart.png', url }),
		]);
		expect(body.attachments).toHaveLength(2);
	});
});

describe('what is named under Inline Images', () => {
	test('is sent whether or not the HTML shows it, and * under Attachments skips it', async () => {
		const { inlines, attachments } = await sent({
			htmlBody: '<table background="cid:logo">',
			...inlineImages('logo, photo'),
			...attached('*'),
		});
		expect(inlines).toEqual(['our logo.png', 'photo.jpg']);
		expect(attachments).toEqual(['terms.pdf', 'internal-prices.csv', 'a&b (1).png', 'plain.png']);
	});

	test('by a pattern goes out where the HTML shows it, and all of it with a template', async () => {
		expect((await sent({ htmlBody: '<p>Hi</p>', ...inlineImages('*') })).inlines).toBeUndefined();
		expect((await sent({ htmlBody: '<img src="cid:logo">', ...inlineImages('lo*') })).inlines).toEqual(['logo']);
		const template = {
			templateId: { __rl: true, mode: 'id', value: 'welcome' },
			templateData: { mappingMode: 'defineBelow', value: {} },
		};
		expect((await sent({ ...template, ...inlineImages('lo*') })).inlines).toEqual(['our logo.png']);
	});

	test('goes before what is attached, under the Content-ID of the form', async () => {
		const { inlines } = await sent({
			htmlBody: '<img src="cid:logo"><img src="cid:photo.jpg">',
			...attached('photo, logo'),
			options: {
				inlines: {
					url: [{ url: 'https://example.com/l.png', filename: 'logo' }],
					binary: [{ binary: 'terms', filename: 'x' }],
				},
			},
		});
		expect(inlines).toEqual(['x', 'logo', 'photo.jpg']);
	});
});

describe("a visitor's words choose no file", () => {
	const words = [
		'hello cid:prices',
		'<img src="cid:prices">',
		"<img src='cid:internal-prices.csv'>",
		'" src="cid:logo',
		'<img src="cid:logo"><img src=cid:photo.jpg>',
		'<img src="cid:terms.pdf" hidden>',
	];
	const fields = ['subject', 'textBody', 'htmlBody', 'sender', 'to'];
	const around: Readonly<Record<string, (word: string) => string>> = {
		sender: (word) => `"${word.replace(/"/g, '')}" <shop@example.com>`,
		to: (word) => `"${word.replace(/"/g, '')}" <jane@example.com>`,
	};

	test.each(fields)('in %s', async (field) => {
		for (const word of words) {
			const json = { [field]: (around[field] ?? ((text) => text))(word) };
			const none = await sent({ htmlBody: '<p>Thank you</p>', [field]: `={{ $json.${field} }}` }, json);
			expect([none.inlines, none.attachments]).toEqual([undefined, undefined]);
			const some = await sent(
				{ htmlBody: '<p>Thank you</p>', [field]: `={{ $json.${field} }}`, ...attached('terms') },
				json,
			);
			expect([some.inlines, some.attachments]).toEqual([undefined, ['terms.pdf']]);
		}
	});

	test.each([
		['a header', { customHeaders: { headers: [{ header: 'X-Note', value: '={{ $json.word }}' }] } }],
		['Reply To', { replyTo: "={{ '\"' + $json.word + '\" <jane@example.com>' }}" }],
	])('in %s', async (_, options) => {
		for (const word of ['hello cid:prices', '<img src=cid:prices>']) {
			const { inlines, attachments } = await sent({ htmlBody: '<p>Hi</p>', options }, { word });
			expect([inlines, attachments]).toEqual([undefined, undefined]);
		}
	});

	test('in the values of a template', async () => {
		const { inlines, attachments } = await sent(
			{
				templateId: { __rl: true, mode: 'id', value: 'welcome' },
				templateData: { mappingMode: 'defineBelow', value: null },
				options: { templateDataJson: '={{ { name: $json.word } }}' },
			},
			{ word: '<img src="cid:prices">' },
		);
		expect([inlines, attachments]).toEqual([undefined, undefined]);
	});

	test('and nothing that is attached vanishes because of them', async () => {
		const all = Object.values(binary).map(({ fileName }) => fileName);
		for (const word of words) {
			const { inlines, attachments } = await sent({ htmlBody: '={{ $json.word }}', ...attached('*') }, { word });
			expect(attachments).toEqual(all);
			// What the form names as an attachment may be shown as well, if it is an image.
			for (const name of inlines ?? []) expect(['logo', 'photo.jpg']).toContain(name);
		}
	});

	test('nor do they take an image of the form away', async () => {
		for (const word of words) {
			const { inlines } = await sent(
				{ htmlBody: `={{ $json.word + '<p>' }}`, ...inlineImages('photo') },
				{ word },
			);
			expect(inlines).toEqual(['photo.jpg']);
		}
	});
});

test('an image that the HTML shows and the form does not name is reported once', async () => {
	const { hints } = await sent({ htmlBody: '<img src="cid:logo"><img src="cid:other">' });
	expect(hints).toEqual([expect.stringContaining('Add its binary field under Options > Inline Images')]);
	expect((await sent({ htmlBody: '<img src="cid:our%20logo.png">', ...inlineImages('logo') })).hints).toEqual([]);
	expect((await sent({ htmlBody: '<p>cid:logo</p>' })).hints).toEqual([]);
});
