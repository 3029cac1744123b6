import {
	matchesText,
	readReceivedSms,
	readTextFilter,
	startCursor,
	type FeedCursor,
	type JsonObject,
	type ReceivedSmsOptions,
	type ReceivedSmsRead,
	type TextFilterForm,
} from '../../../api';
import { data, FakeHost, json, parsed } from '../support/fake-host';
import { DAY, HOUR, MINUTE, NOW } from '../support/fake-log';

const iso = (moment: number) => new Date(moment).toISOString();

/** A fake list of received and sent messages. */
class Inbox {
	received: JsonObject[] = [];
	sent: JsonObject[] = [];
	readonly host = new FakeHost(({ url, body }) => {
		const { start_date: start } = parsed(body);
		const list = url.endsWith('/sms/view-sent') ? this.sent : this.received;
		return data({
			messages: list.filter(({ timestamp }) => Date.parse(String(timestamp)) >= Date.parse(String(start))),
		});
	});

	receive(message_id: string, ago: number, more: JsonObject = {}): void {
		this.received.push({
			message_id,
			timestamp: iso(this.host.now() - ago),
			source_address: '15185550120',
			destination_address: '15185550141',
			content: 'Yes please',
			username: 'api-12345678',
			...more,
		});
	}

	async read(cursor: FeedCursor, options: ReceivedSmsOptions = {}): Promise<ReceivedSmsRead> {
		const result = await readReceivedSms(this.host.connection, cursor, options);
		if (!result.ok) throw result.error;
		return result.value;
	}
}

const idsOf = ({ messages }: ReceivedSmsRead) => messages.map(({ messageId }) => messageId);

test('a received message comes once, with numbers in E.164', async () => {
	const inbox = new Inbox();
	inbox.receive('a', MINUTE, { source_address: 15185550120, destination_address: '+1 518-555-0141' });
	const { messages, cursor } = await inbox.read(startCursor(NOW, 1));
	expect(messages).toEqual([
		{
			messageId: 'a',
			from: '+15185550120',
			to: '+15185550141',
			text: 'Yes please',
			time: '2026-11-22T11:59:00.000Z',
			username: 'api-12345678',
			reply: null,
			raw: inbox.received[0],
		},
	]);
	expect(inbox.host.paths).toEqual(['/sms/view-received']);
	expect(parsed(inbox.host.sent[0]?.body ?? '')).toEqual({ start_date: '2026-11-22T11:00:00Z' });
	expect(idsOf(await inbox.read(cursor))).toEqual([]);
});

test('messages come oldest first, also late ones and those of the same second', async () => {
	const inbox = new Inbox();
	inbox.receive('new', MINUTE);
	inbox.receive('old', 30 * MINUTE);
	const first = await inbox.read(startCursor(NOW, 2));
	expect(idsOf(first)).toEqual(['old', 'new']);
	inbox.receive('late', 45 * MINUTE);
	inbox.receive('twin', MINUTE);
	const second = await inbox.read(first.cursor);
	expect(idsOf(second)).toEqual(['late', 'twin']);
	inbox.host.wall += DAY;
	inbox.receive('next', 0);
	const third = await inbox.read(second.cursor);
	expect(idsOf(third)).toEqual(['next']);
	expect(third.cursor.seen).toHaveLength(1);
});

test('a message without an ID or a time comes once, and a sender without a number keeps its name', async () => {
	const inbox = new Inbox();
	inbox.receive('', MINUTE, { message_id: null, source_address: 'INFO', content: null, username: null });
	inbox.receive('odd', MINUTE, { source_address: '12345', destination_address: null });
	let { messages, cursor } = await inbox.read(startCursor(NOW, 1));
	expect(messages.map(({ from, to, text }) => [from, to, text])).toEqual([
		['INFO', '+15185550141', ''],
		['12345', null, 'Yes please'],
	]);
	const odd = { message_id: 'undated', content: 'x' };
	inbox.host.wall += MINUTE;
	const host = new FakeHost(() => data({ messages: [odd] }));
	const connection = host.connection;
	const found: string[] = [];
	for (let hour = 0; hour < 5; hour++) {
		host.wall += HOUR;
		const result = await readReceivedSms(connection, cursor);
		if (!result.ok) throw result.error;
		({ messages, cursor } = result.value);
		found.push(...messages.map(({ messageId }) => messageId));
	}
	expect(found).toEqual(['undated']);
});

test('an empty list leaves the cursor unchanged, and anything but a list is an error', async () => {
	const inbox = new Inbox();
	const cursor = startCursor(NOW, 1);
	expect(await inbox.read(cursor)).toEqual({ messages: [], cursor });
	for (const outcome of [data('x'), json(400, { data: { error: 'SMS is not enabled' } })]) {
		const result = await readReceivedSms(new FakeHost(() => outcome).connection, cursor);
		expect(result.ok).toBe(false);
	}
});

test('user and subaccount narrow the list', async () => {
	const inbox = new Inbox();
	await inbox.read(startCursor(NOW), { username: 'shop', subaccount: '5a1b2c' });
	await inbox.read(startCursor(NOW), { username: '', subaccount: '' });
	expect(inbox.host.sent.map(({ body }) => parsed(body))).toEqual([
		{ start_date: '2026-11-22T12:00:00Z', username: 'shop', subaccount_id: '5a1b2c' },
		{ start_date: '2026-11-22T12:00:00Z' },
	]);
});

test('a clock that is wrong loses and repeats no message', async () => {
	const inbox = new Inbox();
	// It was a day ahead at the start.
	const start = startCursor(NOW + DAY);
	const moved = await inbox.read(start);
	expect(parsed(inbox.host.sent[0]?.body ?? '')).toEqual({ start_date: '2026-11-22T12:00:00Z' });
	expect(moved.messages).toEqual([]);
	inbox.receive('a', -MINUTE);
	const first = await inbox.read(startCursor(NOW));
	expect(idsOf(first)).toEqual(['a']);
	// It is a week behind now.
	inbox.host.wall -= 7 * DAY;
	const second = await inbox.read(first.cursor);
	expect(idsOf(second)).toEqual([]);
	inbox.host.wall += 7 * DAY + HOUR;
	inbox.receive('b', MINUTE);
	expect(idsOf(await inbox.read(second.cursor))).toEqual(['b']);
});

describe('the message that it replies to', () => {
	const sent = (id: string, ago: number, more: JsonObject = {}): JsonObject => ({
		id,
		timestamp: iso(NOW - ago),
		destination_address: '+15185550120',
		content: `text ${id}`,
		...more,
	});

	test('is the newest one to that number before it', async () => {
		const inbox = new Inbox();
		inbox.receive('a', MINUTE);
		inbox.sent = [
			sent('older', 3 * HOUR),
			sent('cause', HOUR, { destination_address: 15185550120 }),
			sent('later', 0),
			sent('other', 2 * MINUTE, { destination_address: '+15185550199' }),
			sent('undated', 0, { timestamp: null }),
		];
		const { messages } = await inbox.read(startCursor(NOW, 1), { matchReplies: true });
		expect(messages[0]?.reply).toEqual({
			messageId: 'cause',
			text: 'text cause',
			time: '2026-11-22T11:00:00.000Z',
		});
		expect(parsed(inbox.host.sent[1]?.body ?? '')).toEqual({ start_date: '2026-11-15T11:59:00Z' });
	});

	test('is null, if there is none', async () => {
		const inbox = new Inbox();
		inbox.receive('a', MINUTE, { source_address: null });
		inbox.sent = [sent('x', HOUR, { destination_address: null })];
		const { messages } = await inbox.read(startCursor(NOW, 1), { matchReplies: true });
		expect(messages[0]?.reply).toBeNull();
	});

	test('is looked up only if something wanted is new', async () => {
		const inbox = new Inbox();
		const options: ReceivedSmsOptions = { matchReplies: true, filter: { is: 'keywords', keywords: ['stop'] } };
		inbox.receive('a', MINUTE);
		const { cursor, messages } = await inbox.read(startCursor(NOW, 1), options);
		expect(messages).toEqual([]);
		expect(inbox.host.paths).toEqual(['/sms/view-received']);
		expect(idsOf(await inbox.read(cursor))).toEqual([]);
	});

	test('that cannot be looked up is an error, so that nothing is lost', async () => {
		const inbox = new Inbox();
		inbox.receive('a', MINUTE);
		const host = new FakeHost(({ url }) =>
			url.endsWith('view-sent') ? json(400, { data: { error: 'No' } }) : data({ messages: inbox.received }),
		);
		const result = await readReceivedSms(host.connection, startCursor(NOW, 1), { matchReplies: true });
		expect(result.ok).toBe(false);
	});
});

describe('a list of messages', () => {
	/** Reads a list that SMTP2GO returns unchanged, whatever was asked for. */
	const readAll = async (received: unknown[], cursor: FeedCursor, sent: unknown[] = []) => {
		const host = new FakeHost(({ url }) => data({ messages: url.endsWith('view-sent') ? sent : received }));
		const result = await readReceivedSms(host.connection, cursor, { matchReplies: true });
		if (!result.ok) throw result.error;
		return { ...result.value, starts: host.sent.map(({ body }) => parsed(body)['start_date']) };
	};
	const at = (moment: number, more: JsonObject = {}) => ({
		id: 'a',
		timestamp: iso(moment).replace('.000', ''),
		source_address: '15185550120',
		...more,
	});

	test('has IDs and times as SMTP2GO writes them, and nothing that is no message', async () => {
		const { messages } = await readAll(
			['x', null, at(NOW), at(NOW, { id: 'b', timestamp: 'soon' })],
			startCursor(NOW, 1),
		);
		expect(messages.map(({ messageId, time }) => [messageId, time])).toEqual([
			['a', '2026-11-22T12:00:00.000Z'],
			['b', 'soon'],
		]);
	});

	test('begins at the moment of the cursor, even if SMTP2GO returns more', async () => {
		const start = startCursor(NOW, 1);
		const { messages } = await readAll([at(NOW - HOUR), at(NOW - HOUR - 1, { id: 'b' })], start);
		expect(messages.map(({ messageId }) => messageId)).toEqual(['a']);
	});

	test('is read from a cursor ahead of the clock only if that one remembers a message', async () => {
		const ahead = startCursor(NOW + DAY);
		expect((await readAll([], ahead)).starts).toEqual(['2026-11-22T12:00:00Z']);
		expect((await readAll([], { ...ahead, seen: ['a b'] })).starts).toEqual(['2026-11-23T12:00:00Z']);
	});

	test('with a message of the future moves the cursor by the clock', async () => {
		const { cursor } = await readAll([at(NOW + 5 * HOUR)], startCursor(NOW, 3));
		expect(cursor.since).toBe('2026-11-22T11:00:00Z');
	});

	test('of sent messages may have some without a time, a number, an ID or a text', async () => {
		const sent = [{}, { timestamp: iso(NOW) }, { destination_address: '15185550120' }];
		const cause = { timestamp: iso(NOW), destination_address: '15185550120', message_id: 'm' };
		expect((await readAll([at(NOW)], startCursor(NOW, 1), sent)).messages[0]?.reply).toBeNull();
		expect((await readAll([at(NOW)], startCursor(NOW, 1), [...sent, cause])).messages[0]?.reply).toEqual({
			messageId: 'm',
			text: '',
			time: '2026-11-22T12:00:00.000Z',
		});
	});

	test('is not asked for with a user that no request can have', async () => {
		const host = new FakeHost(() => data({ messages: [] }));
		expect(await readReceivedSms(host.connection, startCursor(NOW), { username: 'a\u0007b' })).toMatchObject({
			ok: false,
			error: { type: 'invalid' },
		});
		expect(host.sent).toEqual([]);
	});
});

describe('the text filter', () => {
	const matches = (form: TextFilterForm, text: string) => {
		const filter = readTextFilter(form);
		if (!filter.ok) throw filter.error;
		return matchesText(text, filter.value);
	};

	test.each([[{}], [{ is: '' }], [{ is: 'any' }]])('of %j accepts everything', (form) => {
		expect(matches(form, '')).toBe(true);
	});

	test.each<[unknown, string, boolean]>([
		['STOP', 'stop', true],
		['STOP', ' "Stop!" ', true],
		['STOP', 'Stop please', true],
		['STOP', 'don’t stop', false],
		['STOP', 'stopped', false],
		['STOP, YES', 'yes.', true],
		['STOP\nopt out', 'OPT-OUT', true],
		[['Ja', 'Nein'], 'nein danke', true],
		['да', 'Да!', true],
		['1', '1', true],
		['1', '10', false],
		['STRASSE', 'Straße', false],
	])('by the keywords %j takes %j: %j', (keywords, text, expected) => {
		expect(matches({ is: 'keywords', keywords }, text)).toBe(expected);
	});

	test.each<[string, string, boolean]>([
		['^(yes|ok)', 'OK then', true],
		['^(yes|ok)', 'not ok', false],
		['/order (\\d+)/', 'Order 4711', true],
		['/^b$/m', 'a\nb', true],
		['/x/g', 'x', true],
		[' yes ', 'yes', true],
		['x'.repeat(500), 'x'.repeat(500), true],
		// Only a slash at both ends makes a pattern with flags.
		['a/b/', 'b', false],
		['/a/1', 'a', false],
		['end$', `${'x'.repeat(2000)}end`, false],
		['x$', `${'x'.repeat(2000)}end`, true],
		['\\p{Lu}', 'é', false],
		['/\\p{L}/u', 'é', true],
	])('by the pattern %j takes %j: %j', (pattern, text, expected) => {
		expect(matches({ is: 'pattern', pattern }, text)).toBe(expected);
		expect(matches({ is: 'pattern', pattern }, text)).toBe(expected);
	});

	test.each<[TextFilterForm, string]>([
		[{ is: 'words' }, 'The text filter must be "any", "keywords" or "pattern"'],
		[{ is: 'keywords' }, 'Enter at least one keyword, such as STOP'],
		[{ is: 'keywords', keywords: ' , ' }, 'Enter at least one keyword, such as STOP'],
		[{ is: 'keywords', keywords: '!' }, 'The keyword "!" has no letter or digit. Enter a word such as STOP'],
		[{ is: 'pattern' }, 'Enter a pattern, such as ^(yes|ok)'],
		[{ is: 'pattern', pattern: '(' }, '"(" is not a valid regular expression. Enter one such as ^(yes|ok)'],
		[{ is: 'pattern', pattern: '/x/uv' }, '"/x/uv" is not a valid regular expression. Enter one such as ^(yes|ok)'],
		[{ is: 'pattern', pattern: 'x'.repeat(501) }, 'The pattern must have at most 500 characters, not 501'],
	])('rejects %j', (form, message) => {
		const field = form.is === 'words' ? 'is' : form.is;
		expect(readTextFilter(form)).toMatchObject({
			ok: false,
			error: { type: 'invalid', message, details: { fieldErrors: [{ field }] } },
		});
	});
});
