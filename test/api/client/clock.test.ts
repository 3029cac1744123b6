/**
 * A clock that somebody sets must neither stop what goes out nor let it all go out at once, and must not make an email
 * go
 * out twice.
 */
import {
	buildEmail,
	findOperation,
	Gate,
	run,
	sendChecked,
	sendEmail,
	withMessageKey,
	type BuiltRequest,
	type Connection,
	type Operation,
} from '../../../api';
import { data, FakeHost, fault, json, parsed } from '../support/fake-host';

const HOUR = 3_600_000;
const read = findOperation('template', 'getAll') as Operation;
const hurried = findOperation('activity', 'search') as Operation;

describe.each([
	['an hour back', -HOUR],
	['an hour ahead', HOUR],
])('a clock that is set %s', (_, by) => {
	test("does not change a key's limits: no call waits longer, and none starts earlier", async () => {
		const starts: number[] = [];
		const host = new FakeHost(() => {
			starts.push(host.monotonic());
			return data({ events: [], templates: [] });
		});
		const connection: Connection = {
			...host.connection,
			gate: new Gate(host, { callsPerMinute: 2, minInterval: 100 }),
		};
		for (let call = 0; call < 4; call++) {
			await run(connection, read, {});
			host.wall += by;
		}
		expect(starts).toEqual([0, 100, 60_500, 60_600]);
	});

	test('does not change a pause that SMTP2GO asked for', async () => {
		const host = new FakeHost((__, count) =>
			count === 1 ? json(429, {}, { 'retry-after': '30' }) : data({ events: [] }),
		);
		const gate = new Gate(host);
		await run(
			{
				...host.connection,
				gate,
				onWait: () => {
					host.wall += by;
				},
			},
			hurried,
			{},
		);
		expect(host.monotonic()).toBe(30_000);
	});

	test('keeps the length of a pause that ends at a date, measured by the clock that wrote the date', async () => {
		const answer = { date: 'Sun, 22 Nov 2026 12:00:00 GMT', 'retry-after': 'Sun, 22 Nov 2026 12:00:40 GMT' };
		const host = new FakeHost((__, count) => (count === 1 ? json(429, {}, answer) : data({ events: [] })));
		host.wall += by;
		expect(await run(host.connection, hurried, {})).toMatchObject({ ok: true });
		expect(host.waits).toEqual([40_000]);
	});

	test.each([
		['before the email left', true],
		['while its answer was waited for', false],
	])('%s does not send an email twice that the activity holds', async (__, isBefore) => {
		const one = keyed();
		const wall = Date.parse('2026-11-22T12:00:00Z');
		const key = (one.fields['custom_headers'] as { value: string }[])[0]?.value;
		const host: FakeHost = new FakeHost(({ url, body }) => {
			if (!url.endsWith('search')) {
				if (!isBefore) host.wall += by;
				return fault('unknown', 'ECONNRESET');
			}
			// SMTP2GO's clock is right, and the email went out at noon.
			const isSearched = Date.parse(String(parsed(body)['start_date'])) <= wall;
			const events = isSearched ? [{ email_id: 'E1', custom_headers: { 'X-Message-Key': key } }] : [];
			return json(
				200,
				{ data: { events, total_events: events.length, continue_token: null } },
				{ date: new Date(wall + host.monotonic()).toUTCString() },
			);
		});
		if (isBefore) host.wall += by;
		expect(
			await sendChecked(host.connection, [one], async ([mail]) => [
				await sendEmail(host.connection, mail as BuiltRequest),
			]),
		).toMatchObject([{ ok: true, value: { email_id: 'E1' } }]);
		expect(host.paths.filter((path) => path === '/email/send')).toHaveLength(1);
	});
});

function keyed(): BuiltRequest {
	const mail = buildEmail(
		{ sender: 'shop@example.com', to: 'jane@example.com', subject: 'Hi', text_body: 'Hello' },
		0,
	);
	const one = mail.ok ? withMessageKey(mail.value) : mail;
	if (!one.ok) throw one.error;
	return one.value;
}
