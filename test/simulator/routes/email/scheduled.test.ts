/** Scheduled emails of the simulator. */
import { type Simulator, startSimulator } from '../../../../simulator';
import { call, control, MAIL } from '../../support/call';

let simulator: Simulator;

beforeEach(async () => {
	simulator = await startSimulator({ eventDelayMs: 0 });
});

afterEach(() => simulator.stop());

const later = (milliseconds = 3_600_000): string => new Date(Date.now() + milliseconds).toISOString();

test('answers with a schedule_id and keeps the email back', async () => {
	const { body } = await call(simulator, '/email/send', { ...MAIL, schedule: later() });
	expect(body.data).toEqual({ schedule_id: expect.stringMatching(/^[0-9a-f-]{36}$/) });
	expect(simulator.state.emails).toHaveLength(0);
});

test('sends by itself when the time has come, with the header X-Smtp2go-Schedule-Id', async () => {
	const { body } = await call(simulator, '/email/send', { ...MAIL, schedule: later(1_000) });
	const mail = await simulator.waitFor(({ emails: mails }) => mails[0]);
	expect(mail.headers).toContainEqual({ header: 'X-Smtp2go-Schedule-Id', value: body.data?.['schedule_id'] });
	expect(simulator.state.scheduled).toHaveLength(0);
});

test('sends the whole queue when the control route says so', async () => {
	await call(simulator, '/email/batch', {
		emails: [1, 2, 3].map((number) => ({ ...MAIL, subject: `Mail ${number}`, schedule: later() })),
	});
	expect((await control(simulator, 'scheduled/run')).body).toEqual({ sent: 3 });
	expect(simulator.state.emails.map(({ subject }) => subject)).toEqual(['Mail 1', 'Mail 2', 'Mail 3']);
});

test.each([
	[
		'2 hours ahead with a zone',
		() =>
			later(7_200_000)
				.replace(/\.\d+Z$/, '')
				.replace('T', ' ') + ' +0000',
	],
	['ISO 8601', () => later()],
	['seconds since 1970', () => Math.round(Date.now() / 1000) + 3_600],
	['RFC 1123', () => new Date(Date.now() + 3_600_000).toUTCString()],
])('reads a schedule written as %s', async (_what, schedule) => {
	expect((await call(simulator, '/email/send', { ...MAIL, schedule: schedule() })).status).toBe(200);
	const ahead = Date.parse(simulator.state.scheduled[0]?.due ?? '') - Date.now();
	expect(ahead).toBeGreaterThan(3_500_000);
	expect(ahead).toBeLessThan(7_300_000);
});

test('reads +1200 as a zone, not as UTC', async () => {
	const local = new Date(Date.now() + 13 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
	await call(simulator, '/email/send', { ...MAIL, schedule: `${local} +1200` });
	expect(Math.abs(Date.parse(simulator.state.scheduled[0]?.due ?? '') - Date.now() - 3_600_000)).toBeLessThan(5_000);
});

test('finds scheduled email by subject, recipient, sender and page', async () => {
	await call(simulator, '/email/batch', {
		emails: ['Red', 'Green', 'Blue'].map((subject) => ({
			...MAIL,
			subject,
			to: [`${subject}@example.org`],
			schedule: later(),
		})),
	});
	const search = async (query: object): Promise<unknown[]> => {
		const { body } = await call(simulator, '/email/scheduled/search', query);
		return (body.data as unknown as { subject: string }[]).map(({ subject }) => subject);
	};
	expect(await search({})).toEqual(['Red', 'Green', 'Blue']);
	expect(await search({ search_subject: 'RE' })).toEqual(['Red', 'Green']);
	expect(await search({ search_recipient: 'blue@' })).toEqual(['Blue']);
	expect(await search({ search_sender: 'nobody@' })).toEqual([]);
	expect(await search({ limit: 2, page: 2 })).toEqual(['Blue']);
	const [row] = simulator.state.scheduled;
	expect((await call(simulator, '/email/scheduled/search', { schedule_id: row?.scheduleId })).body.data).toEqual([
		{
			schedule_id: row?.scheduleId,
			schedule: expect.stringMatching(/Z$/),
			sender: 'shop@example.com',
			subject: 'Red',
			recipients: 'Red@example.org',
			client_ip: '127.0.0.1',
		},
	]);
});

test('removes scheduled email once; nothing is sent', async () => {
	const schedule = later(2_000);
	const { body } = await call(simulator, '/email/send', { ...MAIL, schedule });
	const { schedule_id } = body.data ?? {};
	const removed = await call(simulator, '/email/scheduled/remove', { schedule_id });
	expect(removed).toMatchObject({ status: 200 });
	expect(Object.keys(removed.body)).toEqual(['request_id']);
	expect((await call(simulator, '/email/scheduled/remove', { schedule_id })).status).toBe(400);
	// Another one that is due at the same time comes alone.
	await call(simulator, '/email/send', { ...MAIL, subject: 'Kept', schedule });
	await simulator.waitFor(({ emails }) => emails.length > 0);
	expect(simulator.state.emails.map(({ subject }) => subject)).toEqual(['Kept']);
});
