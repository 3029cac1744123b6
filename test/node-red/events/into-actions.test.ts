/**
 * An event of the trigger flows into each other node: its own names, such as `sender` and `reason`, collide with no
 * field.
 */
import { deriveToken, emailEvents, firstOperation, resourcesAndCustom, smsEvents, withoutKeys } from '../../../api';
import { nodeTypeOf } from '../../../node-red/generate/forms';
import { DEMO_API_KEY, startSimulator, type Simulator } from '../../../simulator';
import { Recorder } from '../../contract/support/hosts';
import { triggerFlow } from '../support/flows';
import { inbox, key, load, node, unload, until, Web } from '../support/node-red';
import { required } from '../support/required';

const recorder = new Recorder();
let simulator: Simulator;
let web: Web;
beforeAll(async () => {
	await recorder.start();
	[simulator, web] = [await startSimulator({ eventDelayMs: 0 }), await Web.start()];
});
afterAll(async () => {
	await Promise.all([recorder.stop(), web.stop(), simulator.stop()]);
});
afterEach(() => unload());

const common = {
	id: 'x',
	email_id: 'm1',
	message_id: '<1@example.com>',
	time: '2026-11-22T09:00:00Z',
	subject: 'Order',
	sender: 'shop@example.com',
	from_address: 'shop@example.com',
	from: 'Shop <shop@example.com>',
	rcpt: 'ann@example.org',
	recipients: ['ann@example.org'],
	message: '550 no',
	reason: '550 no',
	url: 'https://example.com/',
	to: 'ann@example.org',
};
const deliveries = [
	...emailEvents.map(({ value }) => ({ ...common, event: value, ...(value === 'bounce' ? { bounce: 'hard' } : {}) })),
	{ ...common, event: 'bounce', bounce: 'soft' },
	...smsEvents.map(({ value }) => ({
		event: `sms_${value.replace('-', '_')}`,
		id: 'x',
		message_id: 's1',
		destination_number: '+14155550123',
		source_number: '+14155550100',
		sender: '+14155550100',
		status: value,
		content: 'Hi',
		time: '2026-11-22T09:00:00Z',
	})),
].map((event, index) => ({ ...event, id: `event-${index}` }));

it.each(resourcesAndCustom.map((resource) => [resource.key, resource] as const))(
	'every kind of event into the first operation of %s sends what the flow sets',
	async (_key, resource) => {
		const operation = firstOperation(resource);
		if (operation === undefined) throw new Error('It has no operation');
		recorder.answer = operation.sample;
		const all = {
			id: 't',
			events: emailEvents.map(({ value }) => value),
			smsEvents: smsEvents.map(({ value }) => value),
		};
		const flow = triggerFlow(simulator, web.url, [all]).map((one) =>
			one.id === 't' ? { ...one, wires: [['n', 'out-t']], skipRepeated: false } : one,
		);
		await load(
			[
				...flow,
				{
					id: 'recorded',
					type: 'smtp2go-account',
					name: '',
					region: 'custom',
					baseUrl: recorder.url,
					version: 1,
				},
				{
					id: 'n',
					z: 'tab',
					type: nodeTypeOf(resource),
					name: '',
					account: 'recorded',
					operation: operation.key,
					fields: required(operation),
					resultTo: { type: 'msg', value: 'result' },
					version: 2,
					wires: [['out']],
				},
				{ id: 'out', z: 'tab', type: 'helper' },
				{ id: 'catcher', z: 'tab', type: 'catch', scope: null, uncaught: false, wires: [['caught']] },
				{ id: 'caught', z: 'tab', type: 'helper' },
			],
			{ ...key(), recorded: { apiKey: `api-${'R'.repeat(32)}` } },
		);
		const [events, out, caught] = [inbox('out-t'), inbox('out'), inbox('caught')];
		await until(() => simulator.state.hooks.length > 0);
		node('n').receive({ payload: {} });
		await out.next();
		const [alone] = recorder.take();
		for (const delivery of deliveries) {
			await fetch(`${web.url}/smtp2go/account`, {
				method: 'POST',
				body: JSON.stringify(delivery),
				headers: {
					'content-type': 'application/json',
					authorization: `Bearer ${deriveToken(DEMO_API_KEY, 'account')}`,
				},
			});
		}
		await until(() => out.messages.length + caught.messages.length > deliveries.length);
		expect([events.messages.length, caught.messages.map(({ error }) => error?.['message'])]).toEqual([
			deliveries.length,
			[],
		]);
		const calls = recorder.take().map(({ path, body }) => `${path} ${withoutKeys(body)}`);
		expect([...new Set(calls)]).toEqual([`${alone?.path} ${withoutKeys(alone?.body ?? '')}`]);
		// The event stays where it was.
		expect(
			out.messages
				.slice(1)
				.every(({ payload }) => typeof payload === 'object' && payload !== null && 'eventId' in payload),
		).toBe(true);
		simulator.reset();
	},
);
