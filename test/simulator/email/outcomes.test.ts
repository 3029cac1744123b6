/** What happens to an email in the simulator, by the address that it goes to. */
import { type Simulator, startSimulator } from '../../../simulator';
import { call, control, MAIL } from '../support/call';

let simulator: Simulator;

beforeEach(async () => {
	simulator = await startSimulator({ eventDelayMs: 0 });
});

afterEach(() => simulator.stop());

const LINK = '<a href="https://shop.example/orders/1?a=1&amp;b=2">Order</a>';

/** Waits for the last event of another email, which comes after all that was still to come, and forgets that email. */
async function nothingFollows(): Promise<void> {
	const { state } = simulator;
	const { body } = await call(simulator, '/email/send', { ...MAIL, to: ['later@other.example'] });
	const id = body.data?.['email_id'];
	const isLater = ({ emailId }: { emailId?: string | undefined }) => emailId === id;
	await simulator.waitFor(({ events }) => events.filter(isLater).length === 3);
	for (const list of [state.emails, state.events]) {
		const kept = list.filter((one) => !isLater(one));
		list.splice(0, Infinity, ...(kept as never[]));
	}
}

async function happens(mail: object, count: number): Promise<string[]> {
	await call(simulator, '/email/send', { ...MAIL, ...mail });
	await simulator.waitFor(({ events }) => events.length >= count);
	await nothingFollows();
	return simulator.state.events.map(({ event, bounce }) => (bounce ? `${event} ${bounce}` : event));
}

test.each([
	['ann@example.org', MAIL.text_body, ['processed', 'delivered', 'open']],
	['ann@example.org', LINK, ['processed', 'delivered', 'open', 'click']],
	['bounce@example.org', LINK, ['processed', 'bounce hard']],
	['Bounce+order-7@elsewhere.example', LINK, ['processed', 'bounce hard']],
	['soft-bounce@example.org', LINK, ['processed', 'bounce soft']],
	['spam@example.org', LINK, ['processed', 'delivered', 'spam']],
	['unsubscribe@example.org', LINK, ['processed', 'delivered', 'unsubscribe']],
	['reject@example.org', LINK, ['reject']],
])('lets email to %s end as its name says', async (address, html_body, expected) => {
	expect(await happens({ to: [`Name <${address}>`], html_body }, expected.length)).toEqual(expected);
	for (const { event, recipient } of simulator.state.events)
		expect(recipient).toBe(event === 'processed' ? undefined : address);
});

test('clicks the link the email has', async () => {
	await happens({ html_body: LINK }, 4);
	expect(simulator.state.events.at(-1)?.payload['url']).toBe('https://shop.example/orders/1?a=1&b=2');
});

test('processes an email once, for all who are not rejected', async () => {
	await happens(
		{ to: ['ann@example.org', 'reject@example.org'], cc: ['bob@example.org', 'ANN <ann@example.org>'] },
		6,
	);
	const processed = simulator.state.events.filter(({ event }) => event === 'processed');
	expect(processed.map(({ payload }) => payload['recipients'])).toEqual([['ann@example.org', 'bob@example.org']]);
});

test.each(['spam', 'unsubscribe'] as const)(
	'suppresses who answered with %s and rejects the next mail',
	async (reason) => {
		const to = [`${reason}@example.org`];
		await happens({ to }, 3);
		expect(simulator.state.suppressions).toMatchObject([{ email_address: to[0], reason, subject: MAIL.subject }]);
		expect(await happens({ to }, 4)).toEqual(['processed', 'delivered', reason, 'reject']);
	},
);

test('rejects email to a suppressed domain, whatever its case', async () => {
	await call(simulator, '/suppression/add', { email_address: 'Example.ORG' });
	expect(await happens({}, 1)).toEqual(['reject']);
});

test('raises an event for one recipient or for all of them', async () => {
	await happens({ to: ['ann@example.org', 'bob@example.org'], custom_headers: [] }, 5);
	const [mail] = simulator.state.emails;
	simulator.raise('bounce', { emailId: mail?.emailId, recipient: 'bob@example.org', bounce: 'soft' });
	expect(simulator.state.events.at(-1)).toMatchObject({
		event: 'bounce',
		bounce: 'soft',
		recipient: 'bob@example.org',
		payload: { bounce: 'soft' },
	});
	const { body } = await control(simulator, 'events', { email_id: mail?.emailId, event: 'spam' });
	expect(body['events']).toHaveLength(2);
	expect(simulator.state.suppressions.map(({ email_address }) => email_address)).toEqual([
		'ann@example.org',
		'bob@example.org',
	]);
});

test('says what is wrong with an event that cannot be raised', async () => {
	expect(await control(simulator, 'events', { event: 'open' })).toMatchObject({
		status: 400,
		body: { error: 'There is no email yet' },
	});
	await happens({}, 3);
	expect((await control(simulator, 'events', { event: 'opened' })).status).toBe(400);
	expect((await control(simulator, 'events', { event: 'open', emailId: 'nobody' })).status).toBe(400);
	expect(() => simulator.raise('vanish')).toThrow('vanish');
});

test('finds events in activity under the names used there', async () => {
	await happens(
		{
			to: ['bounce@example.org', 'soft-bounce@example.org', 'reject@example.org'],
			custom_headers: [{ header: 'X-Order-Id', value: '7' }],
		},
		4,
	);
	const { body } = await call(simulator, '/activity/search', {
		event_types: ['hard-bounced', 'soft-bounced', 'rejected'],
		custom_headers: ['x-order-id'],
		limit: 2,
	});
	const { events, total_events, continue_token } = body.data as {
		events: Record<string, unknown>[];
		total_events: number;
		continue_token: string;
	};
	expect(total_events).toBe(3);
	expect(events).toHaveLength(2);
	expect(events[0]).toMatchObject({
		email_id: simulator.state.emails[0]?.emailId,
		custom_headers: { 'x-order-id': '7' },
		subject: MAIL.subject,
	});
	const next = await call(simulator, '/activity/search', {
		event_types: ['hard-bounced', 'soft-bounced', 'rejected'],
		limit: 2,
		continue_token,
	});
	const rest = next.body.data as { events: { event: string }[]; continue_token: null };
	expect([...events, ...rest.events].map(({ event }) => event).sort()).toEqual([
		'hard-bounced',
		'rejected',
		'soft-bounced',
	]);
	expect(rest.continue_token).toBeNull();
});
