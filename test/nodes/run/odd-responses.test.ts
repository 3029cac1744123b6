/**
 * Answers that SMTP2GO should not give: whatever they are, no item of which something may have been sent is sent again
 * by Retry On Fail. In n8n's own engine.
 */
/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { runNode } from '../support/engine';

let server: Server;
let answer: { status: number; text: string };
let sent: string[] = [];
/** The number of the test: a call of an earlier one can arrive late. */
let current = 0;
beforeAll(async () => {
	server = createServer((request, response) => {
		let body = '';
		request.on('data', (chunk: Buffer) => {
			body += chunk.toString();
		});
		request.on('end', () => {
			const names = [...body.matchAll(/(\w)@example\.org/g)].map(([, name = '']) => name);
			if (request.url?.startsWith(`/${current}/`)) sent.push(...names);
			// Only the first item's answer is odd.
			const { status, text } = names.includes('a')
				? answer
				: { status: 200, text: '{"data":{"succeeded":1,"failed":0,"failures":[],"email_id":"E"}}' };
			response.writeHead(status, { 'content-type': 'application/json' }).end(text);
		});
	});
	await new Promise<void>((resolve) => {
		server.listen(0, '127.0.0.1', resolve);
	});
});
afterAll(() => {
	server.close();
});
beforeEach(() => {
	current++;
	sent = [];
});

const run = (parameters: object, more: object = {}) =>
	runNode({
		parameters: {
			resource: 'email',
			operation: 'send',
			sender: 'shop@example.com',
			to: '={{ $json.to }}',
			subject: 'Hi',
			textBody: 'Hello',
			...parameters,
		},
		credentials: {
			apiKey: `api-${'A1b2'.repeat(8)}`,
			region: 'custom',
			baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/${current}/v3`,
		},
		items: ['a', 'b', 'c'].map((name) => ({ json: { to: `${name}@example.org` } })),
		maxTries: 3,
		...more,
	});

const MAYBE_SENT = /^Outcome unknown|^one recipient is suppressed$/;

const answers: [string, number, string][] = [
	['a count that is no count', 200, '{"data":{"succeeded":{"toString":1,"valueOf":1}}}'],
	[
		'a refusal so deep that nobody can read it',
		200,
		`{"data":{"failed":1,"failures":${'['.repeat(50_000)}${']'.repeat(50_000)}}}`,
	],
	[
		'an error beside email that was taken',
		200,
		'{"data":{"error":"one recipient is suppressed","succeeded":1,"failed":1,"email_id":"E"}}',
	],
	[
		'a part that was refused',
		200,
		'{"data":{"succeeded":1,"failed":1,"failures":["one recipient is suppressed"],"email_id":"E"}}',
	],
	['accepted, but not with 200', 202, '{"data":{"succeeded":1,"failed":0,"email_id":"E"}}'],
	['a time-out in between', 408, 'Request Timeout'],
	['a caller that went away', 499, '{}'],
];

test.each(answers)('%s', async (_, status, text) => {
	answer = { status, text };
	const { error } = await run({});
	expect(error).toMatchObject({ message: expect.stringMatching(MAYBE_SENT) });
	expect([...sent].sort()).toEqual(['a', 'b', 'c']);
});

test.each(answers)('%s, in batches', async (_, status, text) => {
	answer = { status, text };
	const { error } = await run({ sendMode: 'batch', sendingOptions: { batchSize: 1, inFlight: 1 } });
	expect(error).toMatchObject({ message: expect.stringMatching(MAYBE_SENT) });
	expect(new Set(sent).size).toBe(sent.length);
});

test.each(answers)(
	'%s, where the workflow goes on at errors: the item fails and is not passed on as it came',
	async (_, status, text) => {
		answer = { status, text };
		const { items, failed } = await run({}, { onError: 'continueErrorOutput' });
		expect([items.length, failed.map(({ json }) => json['to'])]).toEqual([2, ['a@example.org']]);
		expect([...sent].sort()).toEqual(['a', 'b', 'c']);
	},
);

describe('a batch of one item whose emails were', () => {
	const batch = (answerTo: object[]) => {
		answer = { status: 200, text: JSON.stringify({ data: answerTo }) };
		return run(
			{
				operation: 'sendBatch',
				emails: '={{ [{ sender: "shop@example.com", to: ["a@example.org"], subject: "Hi", text_body: "Hello" }] }}',
			},
			{ items: [{ json: {} }] },
		);
	};

	test.each<[string, object[], string[]]>([
		[
			'refused in part, which is not sent again',
			[{ succeeded: 1, failed: 1, failures: ['one recipient is suppressed'], email_id: 'E' }],
			['a'],
		],
		['left open, which is not sent again', [{}], ['a']],
		[
			'refused whole, which may be sent again',
			[{ succeeded: 0, failed: 1, failures: ['sender not verified'] }],
			['a', 'a', 'a'],
		],
	])('%s by Retry On Fail', async (_, answerTo, expected) => {
		const { error } = await batch(answerTo);
		expect(error?.message).toContain('1 of 1');
		expect(error?.description ?? '').not.toContain('Emails sent: 0');
		expect(sent).toEqual(expected);
	});
});
