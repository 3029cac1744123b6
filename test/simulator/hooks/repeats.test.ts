/** The simulator delivers an event again until it gets a 200. */
import { type Simulator, startSimulator } from '../../../simulator';
import { call, MAIL } from '../support/call';
import { type Received, type Receiver, startReceiver } from '../support/receiver';

let simulator: Simulator;
let receiver: Receiver;

beforeEach(async () => {
	// 450,000 times faster: the first repeats come after 1 ms instead of 7.5 minutes.
	simulator = await startSimulator({ eventDelayMs: 0, timeScale: 450_000, deliveryTimeoutMs: 200 });
	receiver = await startReceiver();
});

afterEach(async () => {
	await simulator.stop();
	await receiver.stop();
});

async function hook(): Promise<void> {
	await call(simulator, '/webhook/add', { url: receiver.url, events: ['delivered'], output_format: 'json' });
}

async function delivered(count = 1): Promise<Received[]> {
	await simulator.waitFor(
		({ deliveries }) =>
			receiver.deliveries().length >= count && deliveries.every(({ status }) => status !== 'pending'),
	);
	return receiver.deliveries();
}

test('repeats on anything but 200 with the same event id and body', async () => {
	receiver.answers.unshift(200, 500, 404, 302, 204);
	await hook();
	await call(simulator, '/email/send', MAIL);
	const all = await delivered(5);
	expect(new Set(all.map(({ body }) => body)).size).toBe(1);
	expect(simulator.state.deliveries[0]).toMatchObject({
		status: 'delivered',
		attempts: [
			{ status: 500, answer: 'answered 500' },
			{ status: 404 },
			{ status: 302 },
			{ status: 204 },
			{ status: 200 },
		],
	});
});

test('gives up after 35 repeats', async () => {
	const fast = await startSimulator({ eventDelayMs: 0, timeScale: 1e9 });
	receiver.answers = [200, 503];
	await call(fast, '/webhook/add', { url: receiver.url, events: ['delivered'] });
	await call(fast, '/email/send', MAIL);
	await fast.waitFor(({ deliveries }) => deliveries[0]?.status === 'failed');
	await fast.stop();
	expect(receiver.deliveries()).toHaveLength(36);
});

test('waits for response headers only so long, then repeats', async () => {
	receiver.answers = [200, undefined, 200];
	await hook();
	await call(simulator, '/email/send', MAIL);
	await delivered(2);
	expect(simulator.state.deliveries[0]?.attempts).toMatchObject([
		{ error: 'no response headers within 200 ms' },
		{ status: 200 },
	]);
});

test('sends events at the same time, not one after the other', async () => {
	const patient = await startSimulator({ eventDelayMs: 0 });
	// Nobody is answered, so the second would not come if it had to wait for the first.
	receiver.answers = [200, undefined];
	await call(patient, '/webhook/add', { url: receiver.url, events: ['delivered'] });
	await call(patient, '/email/batch', { emails: Array(8).fill(MAIL) });
	await patient.waitFor(() => receiver.deliveries().length === 8);
	expect(patient.state.deliveries.map(({ status }) => status)).toEqual(Array(8).fill('pending'));
	await patient.stop();
});

test('gives up what waits for a hook that is removed', async () => {
	receiver.answers = [200, 500];
	const slow = await startSimulator({ eventDelayMs: 0, timeScale: 1 });
	const { body } = await call(slow, '/webhook/add', { url: receiver.url, events: ['delivered'] });
	await call(slow, '/email/send', MAIL);
	await slow.waitFor(({ deliveries }) => deliveries[0]?.nextAttemptAt);
	await call(slow, '/webhook/remove', { id: body.data?.['id'] });
	expect(slow.state.deliveries[0]).toMatchObject({ status: 'cancelled' });
	await slow.stop();
});

test('leaves a delivery cancelled whose hook is removed while the receiver thinks', async () => {
	receiver.answers = [200, undefined];
	await hook();
	await call(simulator, '/email/send', MAIL);
	await simulator.waitFor(() => receiver.deliveries().length === 1);
	await call(simulator, '/webhook/remove', { id: simulator.state.hooks[0]?.id });
	await simulator.waitFor(({ deliveries }) => deliveries[0]?.attempts.length === 1);
	expect(simulator.state.deliveries[0]?.status).toBe('cancelled');
	expect(simulator.state.deliveries[0]).not.toHaveProperty('nextAttemptAt');
});
