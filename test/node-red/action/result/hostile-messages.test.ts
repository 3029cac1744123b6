/**
 * Messages that a flow, or whoever writes into it, has made to break a node: an error at most, and the process lives.
 */
/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import type { Simulator } from '../../../../simulator';
import { actionFlow } from '../../support/flows';
import { delivered, inbox, key, load, logged, node } from '../../support/node-red';
import { useNodeRed } from '../../support/use-node-red';

let simulator: Simulator;
const unhandled: unknown[] = [];
const note = (reason: unknown) => {
	unhandled.push(reason);
};
useNodeRed((started) => {
	({ simulator } = started);
});
beforeAll(() => {
	process.on('unhandledRejection', note);
});
afterAll(() => {
	process.off('unhandledRejection', note);
});

const mail = { from: 'Shop <shop@example.com>', to: 'ann@example.org', topic: 'Order 1001', payload: 'Thank you' };
const trap = () => {
	throw new Error('trap');
};

it.each<[string, () => Record<string, unknown>]>([
	['a property that throws', () => Object.defineProperty({ ...mail }, 'to', { enumerable: true, get: trap })],
	[
		'a Proxy that throws at everything',
		() => ({ ...mail, to: new Proxy({}, { ownKeys: trap, getPrototypeOf: trap, get: trap }) }),
	],
	[
		'a property that throws no error',
		() =>
			Object.defineProperty({ ...mail }, 'to', {
				enumerable: true,
				get: () => {
					throw Object.create(null);
				},
			}),
	],
	[
		'a list that holds itself',
		() => {
			const list: unknown[] = [];
			list.push(list);
			return { ...mail, to: list };
		},
	],
])('%s is a failure like any other, and the next message goes out', async (_what, message) => {
	await load(actionFlow(simulator, 'smtp2go-email', { operation: 'send' }), key());
	const out = inbox('out');
	try {
		node('n').receive(message() as never);
	} catch {
		/* The runtime's own look at the message may throw: then the node never gets it. */
	}
	await delivered();
	node('n').receive({ ...mail });
	await out.next();
	expect(simulator.state.emails).toHaveLength(1);
	expect(unhandled).toEqual([]);
});

it.each<[object, object, string]>([
	[{ to: undefined }, {}, 'errors.readFrom'],
	[{ to: 'nobody' }, {}, 'errors.readFrom'],
	[{}, { to: { type: 'str', value: 'nobody' } }, ''],
])(
	'a value that will not do says where it was read, unless the dialog set it: %j with %j',
	async (more, fields, told) => {
		await load(actionFlow(simulator, 'smtp2go-email', { operation: 'send', fields }), key());
		const caught = inbox('caught');
		node('n').receive({ ...mail, ...more });
		const { error } = await caught.next();
		expect(error?.['message']).toMatch(/^((Error|SMTP2GO): )?To(: | is)/);
		expect(String(error?.['message']).includes('errors.readFrom')).toBe(told !== '');
	},
);

it('an email that went out is no failure where the message takes no result', async () => {
	await load(actionFlow(simulator, 'smtp2go-email', { operation: 'send' }), key());
	const [out, caught] = [inbox('out'), inbox('caught')];
	node('n').receive(
		Object.defineProperty({ ...mail }, 'payload', { enumerable: true, writable: false, value: 'Thank you' }),
	);
	expect(await out.next()).toMatchObject({ payload: { emailId: expect.any(String) } });
	await delivered();
	expect([simulator.state.emails.length, caught.messages.length]).toEqual([1, 0]);
});

it('reports the rejected emails of a list even if the message can no longer be copied', async () => {
	await load(
		actionFlow(simulator, 'smtp2go-email', {
			operation: 'send',
			fields: { $batch: { type: 'str', value: 'array' } },
		}),
		key(),
	);
	const caught = inbox('caught');
	let left = 1;
	const list = [
		{ to: 'ann@example.org', payload: 'One' },
		{ to: 'nobody', payload: 'Two' },
	];
	const msg = { from: mail.from, topic: 'News', payload: list };
	// Throws at the first look after the email went out, and at no other.
	Object.defineProperty(msg, 'evil', {
		enumerable: true,
		get: () => {
			if (simulator.state.emails.length > 0 && left-- > 0) trap();
			return 1;
		},
	});
	node('n').receive(msg);
	const { error } = await caught.next();
	expect(error).toMatchObject({
		code: 'SMTP2GO_INVALID',
		cause: { emails: [{ ok: true, emailId: simulator.state.emails[0]?.emailId }, { ok: false }] },
	});
	expect(logged(30).some((line) => line.includes('errors.notPassedOn'))).toBe(true);
});
