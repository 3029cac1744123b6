import { deriveToken, emailEvents, smsEvents } from '../../../api';
import { outputsOf } from '../../../node-red/shared/trigger-outputs';
import { DEMO_API_KEY, type Simulator } from '../../../simulator';
import { account, delivered, inbox, key, load, until, type Web } from '../support/node-red';
import { useNodeRed } from '../support/use-node-red';

let simulator: Simulator;
let web: Web;
useNodeRed((started) => {
	({ simulator, web } = started);
});

const all = { events: emailEvents.map(({ value }) => value), smsEvents: smsEvents.map(({ value }) => value) };
const token = deriveToken(DEMO_API_KEY, 'account');
let count = 0;
const post = (event: object) =>
	fetch(`${web.url}/smtp2go/account`, {
		method: 'POST',
		body: JSON.stringify({
			id: `event-${++count}`,
			rcpt: 'ann@example.org',
			from_address: 'shop@example.com',
			subject: 'Your order',
			auth: 'shop',
			...event,
		}),
		headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
	});

/** A trigger whose outputs are wired to `out-0`, `out-1` and so on. */
async function start(trigger: object, outputs: number, more: object = {}) {
	const numbers = Array.from({ length: outputs }, (_, index) => `out-${index}`);
	await load(
		[
			{ id: 'tab', type: 'tab', label: 'Test' },
			account(simulator, { publicUrl: web.url, ...more }),
			{
				id: 't',
				z: 'tab',
				type: 'smtp2go-trigger',
				name: '',
				account: 'account',
				events: [],
				smsEvents: [],
				version: 1,
				wires: numbers.map((id) => [id]),
				...trigger,
			},
			...numbers.map((id) => ({ id, z: 'tab', type: 'helper' })),
		],
		key(),
	);
	await until(() => simulator.state.hooks.length === 1);
	return numbers.map((id) => inbox(id));
}

describe('the outputs of a trigger', () => {
	it.each([
		[{ outputMode: undefined, events: ['spam', 'bounce'], smsEvents: [] }, ['all']],
		[{ outputMode: 'single', events: ['spam', 'bounce'], smsEvents: [] }, ['all']],
		[
			{ outputMode: 'event', events: ['spam', 'bounce'], smsEvents: ['failed'] },
			['events.bounce', 'events.spam', 'smsEvents.failed'],
		],
		[{ outputMode: 'event', events: [], smsEvents: [] }, ['all']],
		[
			{ outputMode: 'event', events: [], smsEvents: all.smsEvents },
			[...all.smsEvents.map((event) => `smsEvents.${event}`), 'other'],
		],
		[
			{ outputMode: 'event', ...all },
			[
				...all.events.map((event) => `events.${event}`),
				...all.smsEvents.map((event) => `smsEvents.${event}`),
				'other',
			],
		],
	] as const)('of %j are %j', (trigger, expected) => {
		expect(outputsOf(trigger)).toEqual(expected);
	});

	it('one for each event: each event leaves at its own', async () => {
		const boxes = await start({ outputMode: 'event', events: ['spam', 'bounce'], smsEvents: ['delivered'] }, 3);
		for (const event of [
			{ event: 'spam' },
			{ event: 'bounce', bounce: 'soft' },
			{ event: 'bounce' },
			{ event: 'sms_delivered', destination_number: '+4912345' },
			{ event: 'delivered' },
		])
			expect((await post(event)).status).toBe(200);
		await boxes[2]?.next();
		await delivered();
		expect(boxes.map(({ messages }) => messages.map(({ topic }) => topic))).toEqual([
			['soft-bounced', 'unknown'],
			['spam'],
			['sms-delivered'],
		]);
	});

	it('what nobody can choose leaves at the last one', async () => {
		const boxes = await start({ outputMode: 'event', events: all.events }, 9);
		for (const event of ['open', 'resubscribe', 'something_new']) await post({ event });
		await boxes[8]?.next(2);
		expect(boxes.map(({ messages }) => messages.map(({ topic }) => topic))).toEqual([
			[],
			[],
			[],
			['opened'],
			[],
			[],
			[],
			[],
			['resubscribed', 'unknown'],
		]);
	});

	it('a flow that was saved before there was a choice has one', async () => {
		const boxes = await start({ events: ['spam', 'bounce'] }, 1);
		await post({ event: 'spam' });
		await post({ event: 'bounce', bounce: 'hard' });
		await boxes[0]?.next(2);
		expect(boxes[0]?.messages.map(({ topic }) => topic)).toEqual(['spam', 'hard-bounced']);
	});
});

describe('the filter of a trigger', () => {
	it.each<[string, object, object, boolean]>([
		['a hard bounce, hard ones asked for', { bounce_type: 'hard' }, { bounce: 'hard' }, true],
		['a soft bounce, hard ones asked for', { bounce_type: 'hard' }, { bounce: 'soft' }, false],
		['one of several senders', { filter_senders: 'news@example.org, shop@example.com' }, {}, true],
		['another sender', { filter_senders: 'news@example.org' }, {}, false],
		['a part of the subject', { filter_subject: 'ORDER' }, {}, true],
		['another subject', { filter_subject: 'invoice' }, {}, false],
		['one of several users', { filter_users: 'blog, shop' }, {}, true],
		['another user', { filter_users: 'blog' }, {}, false],
		['a header', { filter_headers: [{ header: 'X-Tenant', value: 'acme' }] }, { 'X-Tenant': 'acme' }, true],
		[
			'another value of it',
			{ filter_headers: [{ header: 'X-Tenant', value: 'acme' }] },
			{ 'X-Tenant': 'other' },
			false,
		],
		['a header saved as JSON', { filter_headers: '{"X-Tenant":"acme"}' }, { 'X-Tenant': 'other' }, false],
		[
			'rows that ask for nothing',
			{ bounce_type: '', filter_senders: ' , ', filter_subject: '', filter_headers: [{ header: '', value: '' }] },
			{},
			true,
		],
		['values that no dialog makes', { bounce_type: 3, filter_senders: null, filter_headers: [7] }, {}, true],
	])('lets through or holds back: %s', async (_what, filters, event, passes) => {
		const [out] = await start({ events: ['bounce'], filters }, 1);
		expect((await post({ event: 'bounce', ...event })).status).toBe(200);
		await delivered();
		expect(out?.messages).toHaveLength(passes ? 1 : 0);
	});

	it('has the shared hook echo the headers it compares, beside those of the account', async () => {
		await start(
			{
				events: ['bounce'],
				filters: {
					filter_headers: [
						{ header: 'X-Tenant', value: 'acme' },
						{ header: 'x-order', value: '1' },
					],
				},
			},
			1,
			{ headers: 'X-Order' },
		);
		expect(simulator.state.hooks).toMatchObject([{ headers: ['X-Order', 'X-Tenant'] }]);
	});
});
