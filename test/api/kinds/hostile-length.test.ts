/**
 * Long texts of what makes a careless pattern slow, in every field of every operation and every key of an event:
 * nothing takes time that grows with the square.
 */
import {
	buildRequest,
	imagesShown,
	inZone,
	operationOf,
	parseBody,
	readDelivery,
	resources,
	type Field,
} from '../../../api';
import { tooLong } from '../support/processor-time';

const LENGTH = 50_000;
const pieces = [
	' ',
	'\t',
	'\n',
	'"',
	'\\"',
	'<',
	'>',
	'a@',
	'a.',
	'(',
	',',
	';',
	'=?a?B?',
	'{{a',
	'[',
	'{',
	'&',
	'%e4',
	'0',
	'1 ',
	'-',
	'/',
	'*',
	'\u200b',
	'\u0301',
	'<img src=',
	'\ud83d',
	'data:',
];
const texts = pieces.flatMap((piece) => {
	const text = piece.repeat(LENGTH / piece.length);
	return [text, `${text}x`, `x${text}`, `"${text}`, `a${text}@b.com`];
});

/** Milliseconds for one text, more than any of them needs. What grows with the square takes minutes. */
const FAST_MS = 500;

function expectQuick(read: (text: string) => unknown): void {
	for (const text of texts) {
		const took = tooLong(() => read(text), FAST_MS);
		if (took !== undefined) throw new Error(`${JSON.stringify(text.slice(0, 12))} took ${Math.round(took)} ms`);
	}
}

/** The first field of every kind, with its operation. */
const fields = [
	...new Map(
		resources
			.flatMap(({ operations }) => operations)
			.flatMap((operation) => operation.fields.map((field: Field) => [field.kind, { operation, field }] as const))
			.reverse(),
	).entries(),
];

test.each(fields)(
	'a field of the kind %s',
	(_, { operation, field }) => {
		expectQuick((text) => buildRequest(operation, { [field.name]: text }, 0));
	},
	120_000,
);

const mail = { sender: 'shop@example.com', to: 'jane@example.com', subject: 'Hi', text_body: 'Hello' };
const send = operationOf('email', 'send');

test.each<[string, (text: string) => object]>([
	['its type', (text) => ({ content: 'x', contentType: text })],
	['its name', (text) => ({ content: 'x', filename: text })],
	['its URL', (text) => ({ url: `https://example.com/${text}` })],
	['its Content-ID', (text) => ({ content: 'x', filename: 'a.png', cid: text })],
	['its encoding', (text) => ({ content: 'x', filename: 'a.png', encoding: text })],
])(
	'a file, by %s',
	(_, fileOf) => {
		expectQuick((text) => buildRequest(send, { ...mail, attachments: [fileOf(text)], inlines: [fileOf(text)] }, 0));
	},
	120_000,
);

test.each<[string, (text: string) => Record<string, unknown>]>([
	['whom it is about', (text) => ({ event: 'bounce', rcpt: text, recipients: [text] })],
	['why', (text) => ({ event: 'bounce', rcpt: 'jane@example.com', message: text })],
	[
		'its link, subject and sender',
		(text) => ({ event: 'clicked', rcpt: 'jane@example.com', url: text, Subject: text, from: text, sender: text }),
	],
	['what it is', (text) => ({ event: text })],
	['when', (text) => ({ event: 'delivered', rcpt: 'jane@example.com', time: text })],
	['a key named by the text', (text) => ({ event: 'delivered', [text]: 'x' })],
])(
	'an event, by %s',
	(_, eventOf) => {
		expectQuick((text) => readDelivery(eventOf(text), ['x-order']));
	},
	120_000,
);

test('a body, an HTML body and a moment', () => {
	expectQuick((text) => [
		parseBody(text, 'application/json'),
		parseBody(`event=bounce&${text}`, 'application/x-www-form-urlencoded'),
		imagesShown(text),
		inZone(text, 'America/New_York'),
	]);
}, 120_000);
