/** How n8n shows an error of SMTP2GO. */
import type { INode } from 'n8n-workflow';
import { Smtp2goError } from '../../../api';
import { toNodeError } from '../../../nodes/Smtp2go/connection/errors';
import { errorItem } from '../../../nodes/Smtp2go/run/error-items';
import { startReceiver } from '../../simulator/support/receiver';
import { useAccount } from '../support/account';
import { runNode } from '../support/engine';

const account = useAccount();

const mail = {
	resource: 'email',
	operation: 'send',
	sender: 'shop@example.com',
	to: '={{ $json.to }}',
	subject: 'Hi',
	textBody: 'Hello',
};
const items = [
	{ json: { to: 'jane@example.com', customer: 7 } },
	{ json: { to: 'not an address', customer: 8 } },
	{ json: { to: 'joe@example.com', customer: 9 } },
];
const sendOne = (over: object = {}) =>
	runNode({
		parameters: { ...mail, ...over },
		credentials: account.credentials,
		items: [{ json: { to: 'jane@example.com' } }],
	});

test("an error shows SMTP2GO's own sentence, what to do, status, code, request ID and the item", async () => {
	const { error } = await sendOne({ sender: 'shop@unverified.test' });
	expect(error?.message).toMatch(/verified/i);
	// SMTP2GO's own sentence says what to do; it is not said twice.
	expect(error?.message).toMatch(/Verified Senders page verify/);
	expect(error?.description).not.toMatch(/Verify the sender/);
	expect(error?.description).toMatch(/Request ID: \S+/);
	expect(error?.context).toMatchObject({
		itemIndex: 0,
		smtp2go: { code: expect.stringMatching(/^SMTP2GO_/), requestId: expect.any(String), endpoint: '/email/send' },
	});
});

test('a missing permission is named', async () => {
	const apiKey = account.simulator.addKey({ permissions: ['/template/view'] });
	const { error } = await runNode({
		parameters: mail,
		credentials: { ...account.credentials, apiKey },
		items: [{ json: { to: 'jane@example.com' } }],
	});
	expect(error?.message).toMatch(/permission/);
	expect(error?.description).toContain('Missing permission: /email/send');
	expect(error).toMatchObject({ httpCode: '400' });
});

test('an unknown key is explained, and appears nowhere in the error', async () => {
	const apiKey = `api-${'0'.repeat(32)}`;
	const { error } = await runNode({
		parameters: mail,
		credentials: { ...account.credentials, apiKey },
		items: [{ json: { to: 'jane@example.com' } }],
	});
	expect(error?.description).toContain('Check the API key and the region');
	expect(JSON.stringify({ ...error, message: error?.message })).not.toContain(apiKey);
});

test("an answer of 401 is asked for once: n8n's second try is not made", async () => {
	account.simulator.setFault({ path: '/email/send', fault: 'error', status: 401, times: 0 });
	await sendOne();
	expect(account.bodies('/email/send')).toHaveLength(1);
});

test('an email whose answer is lost is not sent again, and the error says so', async () => {
	account.simulator.setFault({ path: '/email/send', fault: 'reset', when: 'after', times: 0 });
	const { error } = await sendOne();
	expect(error?.message).toMatch(/^Outcome unknown/);
	expect(error?.context).toMatchObject({ smtp2go: { code: 'SMTP2GO_OUTCOME_UNKNOWN' } });
	expect(account.simulator.state.emails).toHaveLength(1);
});

test('an unreachable server has its own error, after several tries', async () => {
	const { error } = await runNode({
		parameters: mail,
		credentials: { ...account.credentials, baseUrl: 'http://127.0.0.1:9/v3' },
		items: [{ json: { to: 'jane@example.com' } }],
	});
	expect(error?.message).toBe('SMTP2GO could not be reached (connection refused)');
	expect(error?.description).toMatch(/Nothing was sent/);
});

describe("an expression that fails is an error, and never n8n's passing on of the input", () => {
	const people = ['a', 'b'].map((name) => ({
		json: { to: `${name}@example.com`, ...(name === 'b' ? { reply: 'x@example.com' } : {}) },
	}));
	// n8n treats a JavaScript error as no value; it throws its own errors.
	const fails = "={{ $('Nowhere').first().json.x }}";

	test('in an option of one item: of that item alone', async () => {
		const { items, failed } = await runNode({
			parameters: { ...mail, options: { replyTo: "={{ $json.reply || $('Nowhere').first().json.x }}" } },
			credentials: account.credentials,
			items: people,
			onError: 'continueErrorOutput',
		});
		expect(items.map(({ json, pairedItem }) => [typeof json['emailId'], pairedItem])).toEqual([
			['string', { item: 1 }],
		]);
		expect(failed.map(({ json }) => json['to'])).toEqual(['a@example.com']);
		expect(account.bodies('/email/send')).toHaveLength(1);
	});

	test.each([
		['inFlight', { sendingOptions: { inFlight: fails } }, "Referenced node doesn't exist"],
		['sendMode', { sendMode: fails }, "Referenced node doesn't exist"],
		['a value that does not fit', { sendingOptions: { inFlight: 'x' } }, 'Concurrent Calls must be a whole number'],
	])('in what counts for all: of all items (%s)', async (_what, over, message) => {
		const { items, failed } = await runNode({
			parameters: { ...mail, ...over },
			credentials: account.credentials,
			items: people,
			onError: 'continueErrorOutput',
		});
		expect(items).toEqual([]);
		expect(failed.map(({ json }) => [json['to'], typeof json['error']])).toEqual([
			['a@example.com', 'string'],
			['b@example.com', 'string'],
		]);
		expect(account.bodies('/email/send')).toEqual([]);
		const { error } = await runNode({
			parameters: { ...mail, ...over },
			credentials: account.credentials,
			items: people,
		});
		expect(error?.message).toContain(message);
	});
});

test('HTTP 200 with a refused email is no success', async () => {
	account.simulator.setFault({ path: '/email/send', fault: 'failures', failures: ['Not this one'] });
	const { items: sent, error } = await sendOne();
	expect(sent).toEqual([]);
	expect(error?.message).toBe('Not this one');
});

test('a redirect is not followed, so the key goes nowhere else', async () => {
	const elsewhere = await startReceiver();
	account.simulator.setFault({
		path: '/email/send',
		fault: 'server-error',
		status: 302,
		headers: { location: elsewhere.url },
		times: 0,
	});
	const { error } = await sendOne();
	await elsewhere.stop();
	expect(error).toMatchObject({ httpCode: '302' });
	expect(elsewhere.received).toEqual([]);
});

test('without continue-on-fail the node stops at the item that failed and names it', async () => {
	const { error } = await runNode({ parameters: mail, credentials: account.credentials, items });
	expect(error?.context['itemIndex']).toBe(1);
	expect(account.bodies('/email/send')).toHaveLength(1);
});

test('"Continue" gives the failed item in its place among the others', async () => {
	const { items: given } = await runNode({
		parameters: mail,
		credentials: account.credentials,
		items,
		onError: 'continueRegularOutput',
	});
	expect(given.map(({ json }) => Object.keys(json))).toEqual([
		expect.arrayContaining(['emailId']),
		['error', 'details'],
		expect.arrayContaining(['emailId']),
	]);
	expect(given.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
});

test('"Continue (using error output)" gives the failed item there, together with its input', async () => {
	const { items: given, failed } = await runNode({
		parameters: mail,
		credentials: account.credentials,
		items,
		onError: 'continueErrorOutput',
	});
	expect(given).toHaveLength(2);
	expect(failed).toEqual([
		expect.objectContaining({
			json: {
				to: 'not an address',
				customer: 8,
				error: 'To: "not an address" is not a valid email address',
				details: expect.objectContaining({ code: 'SMTP2GO_INVALID' }),
			},
		}),
	]);
});

test('a node error, such as a missing file, reaches the error output too', async () => {
	const { failed } = await runNode({
		parameters: { ...mail, attachments: { binary: [{ binary: 'none' }] } },
		credentials: account.credentials,
		items: [items[0] ?? { json: {} }],
		onError: 'continueErrorOutput',
	});
	expect(failed).toHaveLength(1);
	expect(failed[0]?.json).toMatchObject({ customer: 7, error: expect.stringContaining('none') });
});

test('a key "error" in a record does not make a success look like a failure', async () => {
	account.simulator.state.suppressions.length = 0;
	const { toItems } = await import('../../../nodes/Smtp2go/run/output');
	const { findOperation } = await import('../../../api');
	const operation = findOperation('template', 'get');
	if (!operation) throw new Error('no such operation');
	const made = toItems(
		operation,
		{ result: { id: 'x', error: 'of the record' }, response: { data: {}, requestId: null, raw: {} } },
		{ node: {} as never, itemIndex: 0, continueOnFail: false, simplify: true },
	);
	expect(made).toMatchObject({
		ok: true,
		items: [{ json: { id: 'x', errorText: 'of the record' }, pairedItem: { item: 0 } }],
	});
});

describe('a batch', () => {
	const mails = ['jane@example.com', 'joe@example.com'].map((to) => ({
		sender: 'shop@example.com',
		to,
		subject: 'Hi',
		text_body: 'Hello',
	}));
	const batch = (list: object[], over: object = {}) =>
		runNode({
			parameters: { resource: 'email', operation: 'sendBatch', emails: JSON.stringify(list) },
			credentials: account.credentials,
			...over,
		});

	test('gives one item an email', async () => {
		const { items: given } = await batch(mails);
		expect(given).toEqual(
			[0, 1].map((index) => ({
				json: expect.objectContaining({
					emailId: account.simulator.state.emails[index]?.emailId,
					scheduleId: null,
				}),
				pairedItem: { item: 0 },
			})),
		);
	});

	test('with a refused email stops the workflow, and the error holds what was sent', async () => {
		const { error } = await batch([mails[0] ?? {}, { ...mails[1], sender: 'x@unverified.test' }]);
		expect(error?.message).toMatch(/^1 of 2 emails failed or have an unknown outcome/);
		expect(error?.context).toMatchObject({
			smtp2go: { emails: [{ emailId: expect.any(String) }, { error: expect.any(String) }] },
		});
	});

	test('with a refused email gives the sent ones and sends the refused one to the error output', async () => {
		const { items: given, failed } = await batch([mails[0] ?? {}, { ...mails[1], sender: 'x@unverified.test' }], {
			onError: 'continueErrorOutput',
		});
		expect(given).toHaveLength(1);
		expect(failed).toHaveLength(1);
		expect(failed[0]?.json).toMatchObject({ error: expect.any(String), details: { code: 'SMTP2GO_REJECTED' } });
	});
});

test('an item for the error output bears its error for n8n before 2.36 too, and what goes out does not', () => {
	const node = {
		id: '1',
		name: 'Send',
		type: 'smtp2go',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		onError: 'continueErrorOutput',
	} as INode;
	const error = toNodeError(node, new Smtp2goError('rejected', 'No'), 0);
	const item = errorItem(error, 0);
	expect(item.error).toBe(error);
	expect([Object.keys(item), Object.keys({ ...item })]).toEqual([
		['json', 'pairedItem'],
		['json', 'pairedItem'],
	]);
	expect(
		errorItem(toNodeError({ ...node, onError: 'continueRegularOutput' }, new Smtp2goError('rejected', 'No'), 0), 0)
			.error,
	).toBeUndefined();
});
