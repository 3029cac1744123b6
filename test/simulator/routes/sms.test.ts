import { DEMO_API_KEY, type Simulator, type SimulatorOptions, startSimulator } from '../../../simulator';
import { call, control } from '../support/call';
import { type Received, type Receiver, startReceiver } from '../support/receiver';

const ME = DEMO_API_KEY.slice(0, 16);
const ANN = '+64210000001';

let simulator: Simulator;

/** Starts a simulator in the place of the one before. */
async function start(options: SimulatorOptions = {}): Promise<void> {
	await (simulator as Simulator | undefined)?.stop();
	simulator = await startSimulator({ eventDelayMs: 0, demo: false, ...options });
}

beforeEach(() => start());

afterEach(() => simulator.stop());

const data = async (path: string, body: object = {}, key?: string): Promise<Record<string, unknown>> =>
	(await call(simulator, path, body, key)).body.data ?? {};
const messages = async (path: string, body: object = {}, key?: string): Promise<Record<string, unknown>[]> =>
	(await data(path, body, key))['messages'] as Record<string, unknown>[];
const send = (more: object = {}, key?: string): Promise<Record<string, unknown>> =>
	data('/sms/send', { destination: [ANN], content: 'Your code is 123456', ...more }, key);
const settled = (): Promise<unknown> =>
	simulator.waitFor(({ sms }) => sms.every(({ status }) => ['delivered', 'failed', 'rejected'].includes(status)));

test('queues one message a number and tells the id of each', async () => {
	const answer = await send({ destination: [ANN, '12025550100'] });
	expect(answer).toEqual({
		total_sent: 2,
		statuses: { queued: 2 },
		messages: [
			{ destination: ANN, message_id: simulator.state.sms[0]?.id, status: 'queued' },
			{ destination: '12025550100', message_id: simulator.state.sms[1]?.id, status: 'queued' },
		],
	});
});

test('lists what was sent, newest first, with what became of it', async () => {
	await send();
	await send({ destination: ['+12025550403'], sender: '+64220000009', content: 'x'.repeat(161) });
	await send({ destination: ['+441632960404'] });
	await settled();
	const rows = await messages('/sms/view-sent');
	expect(
		rows.map((row) => [
			row['destination_address'],
			row['destination_address_country'],
			row['status'],
			row['units'],
			row['sender'],
		]),
	).toEqual([
		['+441632960404', 'GB', 'Message failed', 1, 'shared'],
		['+12025550403', 'US', 'Message discarded', 2, '+64220000009'],
		[ANN, 'NZ', 'Message delivered', 1, 'shared'],
	]);
	expect(rows[2]).toMatchObject({
		id: simulator.state.sms[0]?.id,
		username: ME,
		format: 'SMS',
		content: 'Your code is 123456',
		timestamp: expect.stringMatching(/^\d{4}-.*\.\d{3}Z$/) as string,
	});
});

test('sums up messages, units and cost', async () => {
	expect(await data('/sms/summary')).toEqual({ total_messages: 0, total_units: 0, total_cost: 0 });
	await send({ destination: [ANN, '+12025550100'] });
	await send({ content: 'x'.repeat(321) });
	expect(await data('/sms/summary')).toEqual({ total_messages: 3, total_units: 5, total_cost: 0.25 });
});

test('lists a week and sums up today, unless a period is named', async () => {
	await send();
	await send();
	const [old, older] = simulator.state.sms;
	if (!old || !older) throw new Error('nothing was sent');
	old.sentAt = new Date(Date.now() - 2 * 86_400_000).toISOString();
	older.sentAt = '2026-01-10T12:00:00.000Z';
	const found = async (body: object): Promise<unknown[]> => [
		(await messages('/sms/view-sent', body)).map(({ id }) => id),
		(await data('/sms/summary', body))['total_messages'],
	];
	expect(await found({})).toEqual([[old.id], 0]);
	expect(await found({ start_date: '2026-01-10', end_date: '2026-01-11' })).toEqual([[older.id], 1]);
	expect(await found({ start_date: '2026-01-10', end_date: '2026-01-10T12:00:00Z' })).toEqual([[], 0]);
});

test('keeps users and subaccounts apart', async () => {
	await start({ demo: true });
	const other = simulator.addKey();
	simulator.state.account.subaccounts.forEach((account) => {
		account.smsEnabled = true;
	});
	const below = simulator.addKey({ subaccountId: 'demo01' });
	await send({ content: 'mine' });
	await send({ content: 'other' }, other);
	await send({ content: 'below' }, below);
	const contents = async (body: object, key?: string): Promise<unknown[]> =>
		(await messages('/sms/view-sent', body, key)).map(({ content }) => content);
	expect(await contents({})).toEqual(['other', 'mine']);
	expect(await contents({ username: other })).toEqual(['other']);
	expect(await contents({ subaccount_id: 'demo01' })).toEqual(['below']);
	expect(await contents({}, below)).toEqual(['below']);
	expect(await data('/sms/summary', { subaccount_id: 'demo01' })).toMatchObject({ total_messages: 1 });
	expect((await call(simulator, '/sms/view-sent', { subaccount_id: 'nobody' })).status).toBe(400);
	expect((await call(simulator, '/sms/view-received', { subaccount_id: 'nobody' })).status).toBe(400);
});

test('sends nothing for a subaccount whose SMS is switched off', async () => {
	await start({ demo: true });
	const key = simulator.addKey({ subaccountId: 'demo01' });
	expect(await call(simulator, '/sms/send', { destination: [ANN], content: 'Hi' }, key)).toMatchObject({
		status: 400,
		body: { data: { error: 'SMS is not enabled for this subaccount' } },
	});
	expect(simulator.state.sms).toEqual([]);
});

test('rejects what a sandboxed key sends', async () => {
	await send({}, simulator.addKey({ status: 'sandbox' }));
	await settled();
	expect(simulator.state.events.map(({ event }) => event)).toEqual(['sms_rejected']);
});

test('a new day begins with two answers, which a period and a user narrow down', async () => {
	await start({ demo: true });
	const all = await messages('/sms/view-received');
	expect(all).toMatchObject([
		{
			source_address: '12025550100',
			destination_address: '64220000000',
			content: 'Thank you',
			username: ME,
			message_id: expect.any(String) as string,
		},
		{ source_address: '64210000001', content: 'Yes, Thursday at ten is fine' },
	]);
	expect(
		await messages('/sms/view-received', { start_date: new Date(Date.now() - 5 * 3_600_000).toISOString() }),
	).toEqual([all[0]]);
	expect(await messages('/sms/view-received', { unix_end: Math.round(Date.now() / 1000) - 5 * 3600 })).toEqual([
		all[1],
	]);
	expect(await messages('/sms/view-received', { username: 'somebody' })).toEqual([]);
});

test('receives what the control API brings', async () => {
	const { body } = await control(simulator, 'sms/receive', { from: ANN, content: 'STOP' });
	simulator.receiveSms({ from: '+12025550100', content: 'Below', subaccountId: 'demo01' });
	expect(await messages('/sms/view-received')).toMatchObject([
		{ message_id: body['message_id'], source_address: '64210000001', content: 'STOP', username: ME },
	]);
	expect((await control(simulator, 'sms/receive', { from: 'Ann', content: 'Hi' })).status).toBe(400);
});

test('writes the numbers of received SMS as numbers if told to, as the contract does in its example', async () => {
	await start({ smsNumbers: 'number' });
	simulator.receiveSms({ from: '+15185550120', to: '+15185550141', content: 'Example' });
	expect(await messages('/sms/view-received')).toMatchObject([
		{ source_address: 15185550120, destination_address: 15185550141 },
	]);
});

test("asks for each endpoint's own permission", async () => {
	const paths = ['/sms/send', '/sms/view-sent', '/sms/view-received', '/sms/summary'];
	for (const allowed of paths) {
		const key = simulator.addKey({ permissions: [allowed] });
		const open = [];
		for (const path of paths)
			if ((await call(simulator, path, { destination: [ANN], content: 'Hi' }, key)).status === 200)
				open.push(path);
		expect(open).toEqual([allowed]);
	}
});

describe('webhooks', () => {
	let receiver: Receiver;

	beforeEach(async () => {
		receiver = await startReceiver();
	});

	afterEach(() => receiver.stop());

	const hook = async (more: object): Promise<number> =>
		Number((await data('/webhook/add', { url: receiver.url, output_format: 'json', ...more }))['id']);
	const json = ({ body }: Received): Record<string, unknown> => JSON.parse(body) as Record<string, unknown>;

	test('hear of every step of an SMS, with its own id, numbers and text', async () => {
		await hook({ sms_events: ['sending', 'submitted', 'delivered'] });
		await send({ sender: '+64220000009' });
		await simulator.waitFor(
			({ deliveries }) => deliveries.filter(({ status }) => status === 'delivered').length === 3,
		);
		const got = receiver.deliveries().map(json);
		expect(got.map(({ event }) => event).sort()).toEqual(['sms_delivered', 'sms_sending', 'sms_submitted']);
		for (const event of got) {
			expect(event).toMatchObject({
				message_id: simulator.state.sms[0]?.id,
				destination_number: ANN,
				source_number: '+64220000009',
				message_content: 'Your code is 123456',
				region: 'NZ',
			});
		}
		expect(new Set(got.map(({ id }) => id)).size).toBe(3);
	});

	test('hear only of the steps and users they ask for', async () => {
		const other = simulator.addKey();
		await hook({ sms_events: ['failed', 'rejected'], usernames: [other] });
		await send({ destination: ['+6421000404', '+6421000403', ANN] }, other);
		await send({ destination: ['+6421000404'] });
		await settled();
		await simulator.waitFor(
			({ deliveries }) => deliveries.length === 2 && deliveries.every(({ status }) => status === 'delivered'),
		);
		expect(
			receiver
				.deliveries()
				.map(json)
				.map(({ event, destination_number }) => `${String(event)} ${String(destination_number)}`)
				.sort(),
		).toEqual(['sms_failed +6421000404', 'sms_rejected +6421000403']);
	});

	test('hear of an event that was raised by hand, and the SMS shows it', async () => {
		await send();
		await settled();
		await hook({ sms_events: ['failed'] });
		const [sms] = simulator.state.sms;
		await control(simulator, 'events', { event: 'sms_failed', message_id: sms?.id });
		await simulator.waitFor(({ deliveries }) => deliveries[0]?.status === 'delivered');
		expect(json(receiver.deliveries()[0] as Received)).toMatchObject({ event: 'sms_failed', message_id: sms?.id });
		expect(await messages('/sms/view-sent')).toMatchObject([{ status: 'Message failed' }]);
		expect((await control(simulator, 'events', { event: 'sms_failed', message_id: 'nobody' })).status).toBe(400);
	});

	test('are tested with an SMS event of each kind, whose id never changes', async () => {
		const id = await hook({ events: ['delivered'], sms_events: ['delivered', 'failed'] });
		simulator.testHook(id);
		simulator.testHook(id);
		await simulator.waitFor(
			({ deliveries }) => deliveries.length === 6 && deliveries.every(({ status }) => status === 'delivered'),
		);
		const got = receiver.deliveries().map(json);
		expect([...new Set(got.map(({ event }) => event))].sort()).toEqual([
			'delivered',
			'sms_delivered',
			'sms_failed',
		]);
		expect(new Set(got.map((event) => event['id'])).size).toBe(3);
	});
});
