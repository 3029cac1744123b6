/** What SMTP2GO added after version 3.0.4 of its contract: in the catalogue, on the wire, and in the simulator. */
import { isWanted, readDelivery } from '../../api';
import { startSimulator, type Simulator } from '../../simulator';
import { startReceiver, type Receiver } from '../simulator/support/receiver';
import { additions } from './support/additions';
import { connectionTo, operationNamed, outcomeOf, resultOf } from './support/plain-host';

let simulator: Simulator;
let receiver: Receiver;
beforeAll(async () => {
	simulator = await startSimulator({ eventDelayMs: 0 });
	receiver = await startReceiver();
});
afterAll(async () => {
	await simulator.stop();
	await receiver.stop();
});
beforeEach(() => {
	simulator.reset();
});

const run = (name: string, values: Record<string, unknown>) => resultOf(connectionTo(simulator), name, values);

/** The least that each operation needs, and what must be there for it. */
const least: Record<string, () => Promise<Record<string, unknown>>> = {
	'activity.search': async () => ({}),
	'archive.get': async () => {
		await run('email.send', { sender: 'shop@example.com', to: 'jane@example.com', subject: 'Hi', text_body: 'Hi' });
		return { email_id: simulator.state.emails[0]?.emailId };
	},
	'archive.search': async () => ({}),
	'subaccount.create': async () => ({ fullname: 'Example Ltd' }),
	'subaccount.update': async () => ({
		id: ((await run('subaccount.create', { fullname: 'Example Ltd' })) as { id: string }).id,
	}),
	'webhook.create': async () => ({ url: receiver.url }),
	'webhook.update': async () => ({ id: ((await run('webhook.create', { url: receiver.url })) as { id: number }).id }),
};

const cases = additions.flatMap(({ operations, ...addition }) =>
	operations.map((operation) => [operation, addition.field, addition] as const),
);

test.each(cases)(
	'%s takes %s, sends it as given, and leaves it out where nothing is given',
	async (name, field, { choice, sample }) => {
		const found = operationNamed(name).fields.find((candidate) => candidate.name === field);
		if (choice !== undefined) expect(found?.choices?.map(({ value }) => value)).toContain(choice);
		const values = (await least[name]?.()) ?? {};
		simulator.addKey({ subaccountId: '5a1b2c' });
		// What comes of it does not matter: the archive of that subaccount is empty.
		await outcomeOf(connectionTo(simulator), name, { ...values, [field]: sample });
		await resultOf(connectionTo(simulator), name, values);
		const [withIt, without] = simulator.state.requests
			.slice(-2)
			.map(({ body }) => JSON.parse(body) as Record<string, unknown>);
		expect(withIt).toMatchObject({ [field]: sample });
		expect(without).not.toHaveProperty(field);
	},
);

describe('the simulator plays them', () => {
	test('a webhook has its own headers, sent with each event, and may rest from the start', async () => {
		const values = {
			url: receiver.url,
			events: ['delivered'],
			output_format: 'json',
			custom_headers: { 'X-Shop': '7', Authorization: 'Basic no' },
			auth_header_type: 'bearer',
			auth_header_value: 'secret',
		};
		const hook = (await run('webhook.create', values)) as { id: number };
		expect(await run('webhook.getAll', {})).toEqual([
			expect.objectContaining({
				custom_headers: [
					{ header: 'X-Shop', value: '7' },
					{ header: 'Authorization', value: 'Basic no' },
				],
				disabled: false,
			}),
		]);
		await run('email.send', { sender: 'shop@example.com', to: 'jane@example.com', subject: 'Hi', text_body: 'Hi' });
		await simulator.waitFor(() => receiver.deliveries().length > 0);
		expect(receiver.deliveries()[0]?.headers).toMatchObject({ 'x-shop': '7', authorization: 'Bearer secret' });
		await run('webhook.update', { id: hook.id, disabled: true });
		expect(await run('webhook.getAll', {})).toEqual([
			expect.objectContaining({ disabled: true, custom_headers: expect.any(Array) as unknown }),
		]);
		await run('webhook.delete', { id: hook.id });
		expect(await run('webhook.create', { ...values, disabled: true })).toMatchObject({ disabled: true });
	});

	test.each(['sms_opt-out', 'sms_optout', 'opt-out', 'sms_opt_out'])(
		'an opt-out reported as %s reaches who asked for opt-outs',
		async (name) => {
			await run('webhook.create', { url: receiver.url, sms_events: ['opt-out'], output_format: 'json' });
			await run('sms.send', { destination: ['+64211234567'], content: 'Hi' });
			const before = receiver.deliveries().length;
			simulator.raise(name, { messageId: simulator.state.sms[0]?.id });
			await simulator.waitFor(() => receiver.deliveries().length > before);
			const delivered = JSON.parse(receiver.deliveries().at(-1)?.body ?? '') as Record<string, unknown>;
			expect(delivered).toMatchObject({ event: name });
			const read = readDelivery(delivered, []);
			expect(
				read && [
					isWanted(read, { events: [], smsEvents: ['opt-out'] }),
					isWanted(read, { events: [], smsEvents: ['delivered'] }),
				],
			).toEqual([true, false]);
			expect(read).toMatchObject({
				subscription: 'opt-out',
				event: { channel: 'sms', kind: 'sms-opt-out', recipient: '+64211234567' },
			});
		},
	);

	test('a subaccount keeps its IP pool', async () => {
		const { id } = (await run('subaccount.create', { fullname: 'Example Ltd', ip_pool: 7 })) as { id: string };
		expect(await run('subaccount.update', { id, fullname: 'Example' })).toMatchObject({ ippool: 7 });
		expect(await run('subaccount.create', { fullname: 'Other Ltd' })).not.toHaveProperty('ippool');
	});

	test('a key says whether SMTP2GO lets it send', async () => {
		simulator.addKey({ key: `api-${'1'.repeat(32)}`, sendingStatus: 'blocked' });
		expect(await run('apiKey.getAll', {})).toEqual(
			expect.arrayContaining([
				expect.objectContaining({ sending_status: 'blocked' }),
				expect.objectContaining({ sending_status: 'allowed' }),
			]),
		);
		expect(operationNamed('apiKey.getAll').result.simple).toContain('sending_status');
	});
});
