/** Files of a message, in all the forms in which Node-RED nodes give them. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { hooks } from '@node-red/util';
import type { Simulator } from '../../../../simulator';
import { stopwatch, tooLongLater } from '../../../api/support/processor-time';
import { actionFlow } from '../../support/flows';
import { inbox, key, load, node } from '../../support/node-red';
import { useNodeRed } from '../../support/use-node-red';

let simulator: Simulator;
useNodeRed((started) => {
	({ simulator } = started);
});

async function start(fields: object = {}) {
	await load(actionFlow(simulator, 'smtp2go-email', { operation: 'send', fields }), key());
	return { out: inbox('out'), caught: inbox('caught') };
}

const mail = { from: 'shop@example.com', to: 'ann@example.org', topic: 'Report', payload: 'See the file' };
const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');

it('a file arrives byte for byte, whatever view of memory it is', async () => {
	const { out } = await start();
	const whole = Buffer.from(Array.from({ length: 1000 }, (_, index) => index % 256));
	const files = [whole, whole.subarray(3, 500), new Uint8Array(whole).subarray(1, 8), Buffer.alloc(0)];
	node('n').receive({
		...mail,
		attachments: files.map((content, index) => ({ filename: `file${index}.bin`, content })),
	} as never);
	await out.next();
	const sent = simulator.state.emails[0]?.attachments ?? [];
	expect(sent.map(({ content }) => content.toString('hex'))).toEqual(
		files.map((content) => Buffer.from(content).toString('hex')),
	);
});

it('a type is told from the content where the name says nothing', async () => {
	const { out } = await start();
	node('n').receive({ ...mail, attachments: [{ filename: 'scan', content: png }] } as never);
	await out.next();
	expect(
		simulator.state.requests.map(({ body }) => (JSON.parse(body) as { attachments: object[] }).attachments[0]),
	).toMatchObject([{ mimetype: 'image/png' }]);
});

describe('an image that the HTML body shows', () => {
	const html = '<p><img src="cid:logo.png"> <img src=\'cid:our%20shop.png\'></p>';
	const attachments = [
		{ filename: 'logo.png', content: png },
		{ filename: 'our shop.png', content: png },
		{ filename: 'price.png', content: png },
	];

	it('by its file name is an inline image too, and every attachment stays one', async () => {
		const { out } = await start();
		node('n').receive({ ...mail, payload: html, attachments } as never);
		await out.next();
		const { attachments: files = [], inlines = [] } = JSON.parse(
			simulator.state.requests[0]?.body ?? '{}',
		) as Record<string, { filename: string }[]>;
		expect([inlines, files].map((list) => list.map(({ filename }) => filename))).toEqual([
			['logo.png', 'our shop.png'],
			['logo.png', 'our shop.png', 'price.png'],
		]);
	});

	it('also where the dialog sets the body', async () => {
		const { out } = await start({ html_body: { type: 'str', value: html } });
		node('n').receive({ ...mail, attachments: attachments.slice(0, 2) } as never);
		await out.next();
		const body = JSON.parse(simulator.state.requests[0]?.body ?? '{}') as Record<string, unknown[]>;
		expect([body['inlines']?.length, body['attachments']?.length]).toEqual([2, 2]);
	});
});

describe('words in a body', () => {
	const files = (body: string) => async () => {
		const { out } = await start();
		node('n').receive({
			...mail,
			payload: body,
			attachments: [
				{ filename: 'prices.csv', content: 'a' },
				{ filename: 'logo.png', content: png },
			],
		} as never);
		await out.next();
		return sent();
	};
	const sent = () => {
		const { attachments = [], inlines = [] } = JSON.parse(simulator.state.requests[0]?.body ?? '{}') as Record<
			string,
			{ filename: string }[]
		>;
		return [attachments, inlines].map((list) => list.map(({ filename }) => filename));
	};

	it.each([
		['a text that names them', 'See cid:logo.png and cid:prices.csv'],
		['HTML that names them', '<p>See cid:logo.png and cid:prices.csv</p>'],
		['a tag that was escaped', '<p>&lt;img src="cid:logo.png"&gt;</p>'],
		['a link', '<a href="cid:logo.png">x</a>'],
		['another attribute', '<img alt="cid:logo.png" src="x.png">'],
		['a comment', '<p>Hi</p><!-- <img src="cid:logo.png"> -->'],
		['a style', '<style>p { background: url(cid:logo.png) }</style><p>Hi</p>'],
		['a file that is no image', '<img src="cid:prices.csv">'],
	])('%s move no file', async (_what, body) => expect(await files(body)()).toEqual([['prices.csv', 'logo.png'], []]));

	it('but an image that HTML shows is inline too, by whichever spelling of its name', async () => {
		const { out } = await start();
		const names = ['our logo.png', 'logo (1).png', 'a&b.png', 'M\u00e4rz.png'];
		const payload =
			'<p><img src="cid:our logo.png"><IMG alt=x SRC=\'cid:logo (1).png\'><img src="cid:a&amp;b.png"><img src="cid:M%C3%A4rz.png"></p>';
		node('n').receive({
			...mail,
			payload,
			attachments: names.map((filename) => ({ filename, content: png })),
		} as never);
		await out.next();
		expect(sent()).toEqual([names, names]);
	});
});

it('an address under whichever name is one that SMTP2GO fetches; a path of the server is refused', async () => {
	const { out, caught } = await start({ $dryRun: { type: 'bool', value: 'true' } });
	const url = 'https://example.com/a.pdf';
	node('n').receive({
		...mail,
		attachments: [
			{ filename: 'a.pdf', path: url },
			{ filename: 'b.pdf', href: url },
			{ filename: 'c.pdf', url },
		],
	} as never);
	expect((await out.next()).payload).toMatchObject({ body: { attachments: [{ url }, { url }, { url }] } });
	node('n').receive({ ...mail, attachments: [{ filename: 'passwd', path: '/etc/passwd' }] } as never);
	expect((await caught.next()).error).toMatchObject({ code: 'SMTP2GO_INVALID' });
});

describe('uploads of the core "http in" node', () => {
	const upload = {
		fieldname: 'file',
		originalname: 'report.pdf',
		encoding: '7bit',
		mimetype: 'application/pdf',
		buffer: Buffer.from('%PDF-1.7'),
		size: 8,
	};
	const name = (text: string) => Buffer.from(text, 'utf8').toString('latin1');

	it.each<[string, object, object]>([
		['as msg.attachments', {}, { attachments: [upload] }],
		['one of them', {}, { attachments: upload }],
		['in a row of the dialog', { attachments: { type: 'msg', value: 'req.files' } }, { req: { files: [upload] } }],
	])('are files, %s', async (_what, fields, msg) => {
		const { out } = await start(fields);
		node('n').receive({ ...mail, ...msg } as never);
		await out.next();
		expect(simulator.state.emails[0]?.attachments).toMatchObject([
			{ filename: 'report.pdf', mimetype: 'application/pdf', content: Buffer.from('%PDF-1.7') },
		]);
	});

	it('have the name that the visitor gave them', async () => {
		const { out } = await start();
		node('n').receive({
			...mail,
			attachments: ['M\u00e4rz.pdf', '\u65e5\u672c.pdf']
				.map((text) => ({ ...upload, originalname: name(text) }))
				.concat({ ...upload, originalname: 'M\u00e4rz.pdf' }),
		} as never);
		await out.next();
		expect(simulator.state.emails[0]?.attachments.map(({ filename }) => filename)).toEqual([
			'M\u00e4rz.pdf',
			'\u65e5\u672c.pdf',
			'M\u00e4rz.pdf',
		]);
	});

	it('are nothing where the flow does not hand them over', async () => {
		const { out } = await start();
		node('n').receive({ ...mail, req: { files: [upload] }, files: [upload] } as never);
		await out.next();
		expect(simulator.state.emails[0]?.attachments).toEqual([]);
	});
});

it('51 MB are refused in under 50 milliseconds, before anything is encoded', async () => {
	const { caught } = await start();
	const content = Buffer.alloc(51_000_000, 1);
	let runs = 0;
	const refused = async () => {
		const elapsed = stopwatch();
		let took = Infinity;
		// Node-RED's own copy of the message, which a Catch node gets, is not ours to answer for.
		hooks.add('onComplete.test', ({ node: { node: ended } }: { node: { node: { id: string } } }) => {
			if (ended.id === 'n') took = elapsed();
		});
		node('n').receive({ ...mail, attachments: [{ filename: 'film.mp4', content }] } as never);
		const { error } = await caught.next(++runs);
		hooks.remove('onComplete.test');
		expect(error).toMatchObject({
			code: 'SMTP2GO_INVALID',
			message: expect.stringMatching(/68,000,\d{3} bytes.*50,000,000.*Attachments/s),
		});
		return took;
	};
	expect(await tooLongLater(refused)).toBeUndefined();
	expect(simulator.state.requests).toEqual([]);
});
