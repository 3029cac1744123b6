/** Waiting for outcomes: few calls, honest about the log, and nothing that is known gets lost. */
import { SCHEDULE_HEADER, Smtp2goError, waitForOutcomes } from '../../../api';
import { json } from '../support/fake-host';
import { HOUR, MINUTE, NOW, SECOND } from '../support/fake-log';
import { passing } from '../support/virtual-time';
import { happens, idAt, idsOf, logOf, SENT, wait, waited } from '../support/waits';

afterEach(() => jest.useRealTimers());

test('it ends as soon as everything is known', async () => {
	const [a = '', b = ''] = idsOf(2);
	const log = logOf(happens(a), happens(b, 'hard-bounced', 3, { entry: { smtp_response: '550 gone' } }));
	const { outcomes, waitedMs } = await waited(log, [a, b]);
	expect(outcomes).toMatchObject([
		{ emailId: a, outcome: 'delivered', final: true },
		{ emailId: b, outcome: 'hard-bounced', reason: '550 gone', recipients: [{ address: `${b}@example.org` }] },
	]);
	expect(waitedMs).toBeLessThan(2 * MINUTE);
	expect(log.searches).toHaveLength(5);
});

test('what is not known when the time is up is pending, and the result says how far the log is complete', async () => {
	const [a = '', b = ''] = idsOf(2);
	const { names, outcomes, log, waitedMs } = await waited(logOf(happens(a, 'soft-bounced')), [a, b]);
	expect(names).toEqual(['soft-bounced', 'pending']);
	expect(outcomes).toMatchObject([{ final: false }, { final: false }]);
	expect(waitedMs).toBe(10 * MINUTE);
	expect(log).toEqual({
		readAt: new Date(NOW + 10 * MINUTE).toISOString().replace('.000', ''),
		completeUntil: new Date(NOW).toISOString().replace('.000', ''),
		calls: 14,
		problem: null,
	});
});

test('a soft bounce that counts ends the wait', async () => {
	const [a = ''] = idsOf(1);
	const { names, waitedMs } = await waited(logOf(happens(a, 'soft-bounced')), [a], { softBouncesCount: true });
	expect(names).toEqual(['soft-bounced']);
	expect(waitedMs).toBeLessThan(2 * MINUTE);
});

test('an email that occurs twice has two outcomes, and one without an ID has an error', async () => {
	const [a = ''] = idsOf(1);
	const { outcomes } = await waited(logOf(happens(a)), [a, '', a]);
	expect(outcomes).toMatchObject([
		{ outcome: 'delivered' },
		{ type: 'invalid', message: expect.stringContaining('The email ID is missing') },
		{ outcome: 'delivered' },
	]);
	expect(outcomes[1]).toBeInstanceOf(Smtp2goError);
});

test('without an email ID among the items there is no call', async () => {
	const log = logOf();
	expect(await wait(log, [''])).toMatchObject({ ok: true, value: { log: { readAt: null, calls: 0 } } });
	expect(log.searches).toEqual([]);
});

test('a scheduled email is found by the header of its events', async () => {
	const log = logOf(happens('1', 'delivered', 2, { entry: { custom_headers: { [SCHEDULE_HEADER]: 's-1' } } }));
	const result = await passing(
		waitForOutcomes(log.host.connection, [{ scheduleId: 's-1' }], { timeoutMs: 5 * MINUTE }),
	);
	expect(result).toMatchObject({ ok: true, value: { outcomes: [{ emailId: '1', outcome: 'delivered' }] } });
	expect(log.searches[0]?.custom_headers).toEqual([SCHEDULE_HEADER]);
});

describe('calls', () => {
	test('one email in a busy account is asked for by its ID', async () => {
		const [a = ''] = idsOf(1);
		const others = Array.from({ length: 20_000 }, (_, index) => happens(`o${index}`, 'delivered', 1 + (index % 9)));
		const log = logOf(...others, happens(a, 'delivered', 1, { shownAt: NOW + 3 * MINUTE }));
		expect((await waited(log, [a])).names).toEqual(['delivered']);
		expect(log.searches.length).toBeLessThanOrEqual(20);
		expect(log.searches.some(({ search_email_id: id }) => id === a)).toBe(true);
	});

	test('a look reads only what is new, which is on the first page', async () => {
		const ids = idsOf(2_000);
		const log = logOf(
			...ids.slice(0, 1_000).map((id) => happens(id, 'delivered', 2)),
			...ids.slice(1_000, 1_990).map((id) => happens(id, 'delivered', 120)),
		);
		await waited(log, ids);
		expect(log.searches.filter(({ continue_token: token }) => token !== undefined)).toEqual([]);
		expect(log.searches.length).toBeLessThanOrEqual(7);
	});

	test('emails that were sent before the others do not make each look longer', async () => {
		const old = idAt(SENT - 20 * HOUR, 1);
		const [a = ''] = idsOf(1);
		const log = logOf(happens(a), happens(old, 'delivered', -20 * 3600 + 1));
		expect((await waited(log, [old, a])).names).toEqual(['delivered', 'delivered']);
		expect(Date.parse(log.searches[0]?.start_date ?? '')).toBeLessThan(SENT - 20 * HOUR);
		expect(Date.parse(log.searches.at(-1)?.start_date ?? '')).toBeGreaterThan(SENT - MINUTE);
	});
});

describe('faults', () => {
	const [a = ''] = idsOf(1);
	const down = json(503, {});

	test('a look that fails is repeated, and its problem is told if it lasts', async () => {
		const log = logOf(happens(a));
		log.answer = (_search, count) => (count < 6 ? down : undefined);
		expect(await waited(log, [a])).toMatchObject({ names: ['delivered'], log: { problem: null } });
		const other = logOf(happens(a));
		other.answer = (_search, count) => (count > 5 ? down : undefined);
		const [b = ''] = idsOf(2).slice(1);
		const result = await waited(other, [a, b]);
		expect(result.names).toEqual(['delivered', 'pending']);
		expect(result.log.problem).toMatch(/503|SMTP2GO/);
		expect(result.waitedMs).toBeLessThanOrEqual(11 * MINUTE);
	});

	test('if the log could never be read, the wait fails, and says so', async () => {
		const log = logOf();
		log.answer = () => down;
		expect(await wait(log, [a], { timeoutMs: MINUTE })).toMatchObject({
			ok: false,
			error: { type: 'server', message: expect.stringMatching(/^The activity log could not be read within/) },
		});
	});

	test('too many calls at the end do not make the wait longer than a minute', async () => {
		const log = logOf();
		log.answer = () => json(429, { data: { error: 'API key ratelimit exceeded' } });
		const begun = Date.now();
		expect(await wait(log, [a], { timeoutMs: 2 * MINUTE })).toMatchObject({ ok: false });
		expect(Date.now() - begun).toBeLessThanOrEqual(3 * MINUTE + SECOND);
	});

	test('a missing permission fails at once', async () => {
		const log = logOf();
		const error = 'You do not have permission to access this API endpoint';
		const code = 'E_ApiResponseCodes.ENDPOINT_PERMISSION_DENIED';
		log.answer = () => json(400, { data: { error, error_code: code } });
		expect(await wait(log, [a])).toMatchObject({
			ok: false,
			error: { type: 'permission', details: { endpoint: '/activity/search', hint: expect.any(String) } },
		});
		expect(log.searches).toHaveLength(1);
		expect(Date.now()).toBeLessThanOrEqual(NOW + SECOND);
	});

	test('a stop ends the wait at once', async () => {
		const log = logOf();
		const stop = new AbortController();
		const connection = { ...log.host.connection, signal: stop.signal };
		const waiting = waitForOutcomes(connection, [{ emailId: a }], { timeoutMs: HOUR });
		await jest.advanceTimersByTimeAsync(5 * SECOND);
		stop.abort();
		expect(await waiting).toMatchObject({ ok: false, error: { type: 'cancelled' } });
		expect(jest.getTimerCount()).toBe(0);
	});

	test('pages that never end are an error, not a loop', async () => {
		const log = logOf(...idsOf(3_000).map((id) => happens(id, 'delivered', 1, { shownAt: SENT })));
		log.change = (found) => ({ ...found, continue_token: 't', total_events: 9_000_000 });
		log.answer = ({ continue_token: token }, count) => {
			expect(count).toBeLessThan(100);
			return token === 't'
				? json(200, { data: { events: [], total_events: 9e6, continue_token: 't' } })
				: undefined;
		};
		const result = await wait(log, idsOf(3_001).slice(1), { timeoutMs: MINUTE });
		expect(result).toMatchObject({ ok: true, value: { log: { problem: expect.any(String) } } });
	});

	test('a log that does not say how many entries there are is read to its end', async () => {
		const ids = idsOf(2_500);
		const log = logOf(...ids.map((id) => happens(id, 'delivered', 1)));
		log.change = ({ events = null, continue_token: token = null }) => ({ events, continue_token: token });
		const { names } = await waited(log, ids);
		expect(names.every((name) => name === 'delivered')).toBe(true);
	});
});

describe('clocks', () => {
	test.each([-3 * HOUR, -HOUR, -2 * MINUTE, 2 * MINUTE, HOUR, 3 * HOUR])(
		'a clock that is wrong by %d ms does not matter, if SMTP2GO tells the time',
		async (lead) => {
			const [a = ''] = idsOf(1);
			const log = logOf(happens(a), happens('other'));
			log.tellsTime = true;
			log.lead = lead;
			log.host.wall = NOW + lead;
			const emails = [{ emailId: a }, { emailId: 'other', sentAt: SENT + lead }];
			const result = await passing(waitForOutcomes(log.host.connection, emails, { timeoutMs: 3 * MINUTE }));
			expect(result).toMatchObject({
				ok: true,
				value: { outcomes: [{ outcome: 'delivered' }, { outcome: 'delivered' }] },
			});
		},
	);
});
