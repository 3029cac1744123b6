/** The activity log as a source of events: late entries, history, pages of a thousand, generated events. */
import { type Simulator, type SimulatorEvent, startSimulator } from '../../../../simulator';
import { stopwatch, tooLongLater } from '../../../api/support/processor-time';
import { call, control, MAIL } from '../../support/call';
import { startReceiver } from '../../support/receiver';

type Row = Record<string, unknown> & { date: string; event: string; email_id: string; recipient?: string };
interface Answer {
	events: Row[];
	total_events: number;
	continue_token: string | null;
}

const DAY = 86_400_000;
let simulator: Simulator;

beforeEach(async () => {
	simulator = await startSimulator({ eventDelayMs: 0 });
});

afterEach(async () => {
	jest.restoreAllMocks();
	await simulator.stop();
});

const search = async (body: object = {}): Promise<Answer> =>
	(await call(simulator, '/activity/search', body)).body.data as unknown as Answer;
const everything = { start_date: '2020-01-01', limit: 1_000 };

/** Sets the clock; timers go on. */
function setClock(at: number): void {
	jest.spyOn(Date, 'now').mockReturnValue(at);
}

/** Reads page after page. */
async function readAll(body: object, between: (page: Answer) => void = () => undefined): Promise<Row[]> {
	const rows: Row[] = [];
	let token: string | null = null;
	do {
		const page: Answer = await search({ ...body, ...(token === null ? {} : { continue_token: token }) });
		rows.push(...page.events);
		token = page.continue_token;
		between(page);
	} while (token !== null);
	return rows;
}

/** What tells a row from every other one in these tests. */
const keyOf = ({ date, event, email_id }: Row): string => `${date} ${event} ${email_id}`;

describe('late entries', () => {
	test('show up when their time has come, out of order, each at the same moment for the same seed', async () => {
		const start = Date.parse('2026-05-01T12:00:00Z');
		setClock(start);
		simulator.setLog({ minDelayMs: 10_000, maxDelayMs: 300_000 });
		simulator.generate({ events: 60, emails: 20, from: '2026-05-01T11:59:00Z', to: '2026-05-01T12:00:00Z' });
		const totalAfter = async (seconds: number): Promise<number> => {
			setClock(start + seconds * 1_000);
			return (await search(everything)).total_events;
		};
		expect(await totalAfter(-51)).toBe(0);
		const halfway = await totalAfter(120);
		expect(halfway).toBeGreaterThan(0);
		expect(halfway).toBeLessThan(60);
		const hidden = simulator.state.events.map(({ loggedAt = 0 }) => loggedAt > Date.now());
		expect(hidden.indexOf(true)).toBeLessThan(hidden.lastIndexOf(false));
		expect(await totalAfter(300)).toBe(60);

		const delays = ({ state }: Simulator): number[] => state.events.map(({ loggedAt = 0 }) => loggedAt);
		const twin = await startSimulator({ logMinDelayMs: 10_000, logMaxDelayMs: 300_000 });
		twin.generate({ events: 60, emails: 20, from: '2026-05-01T11:59:00Z', to: '2026-05-01T12:00:00Z' });
		expect(delays(twin)).toEqual(delays(simulator));
		await twin.stop();
	});

	test('of emails that are really sent are late too, and can be made to show up', async () => {
		await control(simulator, 'log', { minDelayMs: 60_000, maxDelayMs: 60_000 });
		await call(simulator, '/email/send', MAIL);
		await simulator.waitFor(({ events }) => events.length === 3);
		expect(await search()).toMatchObject({ total_events: 0, events: [] });
		await control(simulator, 'log/show');
		expect(await search()).toMatchObject({ total_events: 3 });
	});

	test('turn up in the middle of a list that is being read, and hide or repeat no other row', async () => {
		simulator.generate({ events: 90, emails: 30, from: '2026-05-01T10:00:00Z', to: '2026-05-01T11:00:00Z' });
		const early = (await readAll(everything)).map(keyOf);
		let page = 0;
		const rows = await readAll({ ...everything, limit: 20 }, () => {
			if (++page !== 2) return;
			simulator.generate({ events: 9, emails: 3, from: '2026-05-01T10:00:00Z', to: '2026-05-01T10:05:00Z' });
			simulator.generate({ events: 9, emails: 3, from: '2026-05-01T12:00:00Z', to: '2026-05-01T12:05:00Z' });
		});
		const keys = rows.map(keyOf);
		expect(keys.filter((key) => early.includes(key))).toEqual(early);
		expect(new Set(keys).size).toBe(keys.length);
		// Those below the place of the reader are found as well; those at the top are not.
		expect(keys).toHaveLength(99);
	});
});

test('shows as many days as the plan has', async () => {
	const daysAgo = (days: number): string => new Date(Date.now() - days * DAY).toISOString();
	simulator.generate({ events: 3, emails: 1, from: daysAgo(6), to: daysAgo(5.5) });
	simulator.generate({ events: 2, emails: 1, from: daysAgo(4), to: daysAgo(3.5) });
	expect(await search(everything)).toMatchObject({ total_events: 5 });
	simulator.setLog({ historyDays: 5 });
	expect(await search(everything)).toMatchObject({ total_events: 2 });
	await control(simulator, 'log', { historyDays: null });
	expect(await search(everything)).toMatchObject({ total_events: 5 });
});

test('counts generated emails in the email history only if it is asked to', async () => {
	const period = { from: '2026-05-01T10:00:00Z', to: '2026-05-01T11:00:00Z' };
	const history = async () =>
		(await call(simulator, '/stats/email_history', { start_date: '2026-05-01', end_date: '2026-05-02' })).body.data;
	simulator.generate({ events: 9, emails: 3, ...period });
	expect(await history()).toMatchObject({ count: 0, history: [] });
	await control(simulator, 'generate', { events: 20, emails: 5, ...period, statistics: true });
	expect(await history()).toMatchObject({ count: 5, history: [{ email_address: 'shop@example.com', used: 5 }] });
});

test('gives out pages of a thousand of a hundred thousand events, each quickly', async () => {
	const period = { from: '2026-05-01T10:00:00Z', to: '2026-05-01T12:00:00Z' };
	const { events } = simulator.generate({ events: 100_000, emails: 33_000, ...period });
	const rows: Row[] = [];
	let token: string | null | undefined;
	const readPage = async () => {
		const elapsed = stopwatch();
		const page = await search({ ...everything, ...(token ? { continue_token: token } : {}) });
		const took = elapsed();
		expect(page).toMatchObject({ total_events: 100_000, continue_token: expect.any(String) as string });
		rows.push(...page.events);
		token = page.continue_token;
		return took;
	};
	while (rows.length < 8_000) await readPage();
	const newest = [...events].reverse().slice(0, 8_000);
	expect(rows.map(({ email_id, date }) => [email_id, date])).toEqual(
		newest.map(({ emailId, time }) => [emailId, time]),
	);
	// Measured: 37 ms of processor time a page, the reader's own part included.
	expect(await tooLongLater(readPage, 100)).toBeUndefined();
}, 60_000);

describe('pages that are not what they must be', () => {
	beforeEach(() => {
		simulator.generate({ events: 9, emails: 3, from: '2026-05-01T10:00:00Z', to: '2026-05-01T11:00:00Z' });
	});

	test('bring back the token that the call brought', async () => {
		simulator.setFault({ path: '/activity/search', fault: 'token-repeats', times: 1 });
		const first = await search({ ...everything, limit: 4 });
		const next = { ...everything, limit: 4, continue_token: first.continue_token };
		const second = await search(next);
		expect(second.continue_token).toBe(first.continue_token);
		expect(second.events).toHaveLength(4);
		const again = await search(next);
		expect(again.events).toEqual(second.events);
		expect(again.continue_token).not.toBe(first.continue_token);
	});

	test('lack rows that their total counts', async () => {
		simulator.setFault({ path: '/activity/search', fault: 'rows-missing' });
		const { events, ...rest } = await search(everything);
		expect(events).toHaveLength(4);
		expect(rest).toEqual({ total_events: 9, continue_token: null });
		expect((await search(everything)).events).toHaveLength(9);
	});

	test('are not begun by a token of another list', async () => {
		const { status } = await call(simulator, '/activity/search', { continue_token: 'bGVmdCA0' });
		expect(status).toBe(400);
	});
});

describe('generated events', () => {
	test('are as many as asked for, of as many emails, in their period, the same for the same seed', async () => {
		const plan = { events: 1_003, emails: 200, from: '2026-05-01T10:00:00Z', to: '2026-05-01T11:00:00Z' };
		const { emails, events } = simulator.generate({ ...plan, seed: 7 });
		expect(emails).toBe(200);
		expect(events).toHaveLength(1_003);
		expect(new Set(events.map(({ emailId }) => emailId)).size).toBe(200);
		expect(events.every(({ time }) => time >= '2026-05-01T10:00:00Z' && time < '2026-05-01T11:00:00Z')).toBe(true);
		const kinds = new Set(events.map(({ event, bounce }) => (bounce ? `${event} ${bounce}` : event)));
		for (const kind of ['processed', 'delivered', 'open', 'click', 'bounce hard', 'bounce soft'])
			expect(kinds).toContain(kind);
		const traits = ({ event, time, recipient }: SimulatorEvent): unknown[] => [event, time, recipient];
		expect(simulator.generate({ ...plan, seed: 7 }).events.map(traits)).toEqual(events.map(traits));
		expect(simulator.generate({ ...plan, seed: 8 }).events.map(traits)).not.toEqual(events.map(traits));
	});

	test('read the same every time', async () => {
		await control(simulator, 'generate', { events: 40, emails: 10, subject: 'News', username: 'api-AAAAAAAAAAAA' });
		const first = await readAll({ ...everything, search_subject: 'news' });
		expect(first).toHaveLength(40);
		expect(first[0]).toMatchObject({ subject: 'News', username: 'api-AAAAAAAAAAAA', sender: 'shop@example.com' });
		expect(await readAll({ ...everything, search_usernames: ['api-AAAAAAAAAAAA'] })).toEqual(first);
	});

	test('are in no archive, no statistic and no list of emails', async () => {
		simulator.generate({ events: 30, emails: 10 });
		const { data: archive } = (await call(simulator, '/archive/search')).body;
		const { data: bounces } = (await call(simulator, '/stats/email_bounces')).body;
		const { data: cycle } = (await call(simulator, '/stats/email_cycle')).body;
		expect([archive?.['email_count'], bounces?.['emails'], cycle?.['cycle_used']]).toEqual([0, 0, 0]);
		expect(simulator.state.emails).toEqual([]);
	});

	test('go to webhooks if asked for, with the body of their kind', async () => {
		const receiver = await startReceiver();
		await call(simulator, '/webhook/add', { url: receiver.url, events: ['click'], output_format: 'json' });
		const { events } = simulator.generate({ events: 300, emails: 50, webhooks: true });
		const clicks = events.filter(({ event }) => event === 'click');
		await simulator.waitFor(
			({ deliveries }) =>
				deliveries.length === clicks.length && deliveries.every(({ status }) => status === 'delivered'),
		);
		const bodies = receiver.deliveries().map(({ body }) => JSON.parse(body) as Record<string, unknown>);
		expect(bodies.map(({ id }) => id).sort()).toEqual(clicks.map(({ id }) => id).sort());
		expect(bodies[0]).toMatchObject({ event: 'click', rcpt: expect.stringMatching(/^recipient\d+@/) as string });
		await receiver.stop();
	});

	test('happen from now on as a stream, in the log and at webhooks alike', async () => {
		const receiver = await startReceiver();
		await call(simulator, '/webhook/add', { url: receiver.url, events: ['processed'] });
		const { events } = simulator.generate({ events: 60, emails: 60, perSecond: 100 });
		expect(simulator.state.events.length).toBeLessThan(60);
		await simulator.waitFor((state) => state.events.length === 60);
		expect(simulator.state.events).toEqual(events);
		await simulator.waitFor(() => receiver.deliveries().length === 60);
		expect(await search(everything)).toMatchObject({ total_events: 60 });
		await receiver.stop();
	});

	test.each([
		[{ events: 0 }, /expecting an integer/],
		[{ events: 200_001 }, 'Generate 1 to 200000 events'],
		[{ events: 3, emails: 4 }, 'at most one per event'],
		[{ events: 3, from: '2026-05-02T00:00:00Z', to: '2026-05-01T00:00:00Z' }, 'ends before it begins'],
		[{ events: 3, from: 'yesterday' }, 'not valid'],
	])('are refused for %j', async (body, message) => {
		const { status, body: answer } = await control(simulator, 'generate', body);
		expect(status).toBe(400);
		expect(answer['error']).toEqual(
			typeof message === 'string' ? expect.stringContaining(message) : expect.stringMatching(message),
		);
	});
});
