/** What the side bar says. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
	kindWords,
	queueWords,
	quotaWords,
	sampleLabel,
	shortMoment,
	toneOf,
	webhookWords,
	type Say,
} from '../../../node-red/editor/sidebar/words';
import { emailEvents, logKinds, sampleKinds, smsEvents } from '../../../api';

const texts = JSON.parse(readFileSync(join(__dirname, '../../../node-red/locales/en-US/common.json'), 'utf8')) as {
	common: { sideBar: Record<string, Record<string, string>> };
};

/** Looks a message up as Node-RED does. A missing one is an error. */
const say: Say = (key, words = {}) => {
	const [group = '', name = ''] = key.split('.');
	const text = texts.common.sideBar[group]?.[name];
	if (text === undefined) throw new Error(`no message ${key}`);
	return text.replace(/__(\w+)__/g, (_, word: string) => words[word] ?? `?${word}?`);
};
const label = (key: string) => key;
const now = new Date(2026, 10, 28, 9, 30);

it('every event of an email has a word and a tone', () => {
	for (const kind of logKinds(emailEvents.slice(0, 7).map(({ value }) => value)) ?? []) {
		expect(kindWords(say, kind)).not.toBe('other event');
		expect(toneOf(kind)).toBeDefined();
	}
	expect([kindWords(say, 'hard-bounced'), toneOf('hard-bounced'), toneOf('delivered')]).toEqual([
		'hard bounce',
		'bad',
		'good',
	]);
});

it.each(['unknown', 'toString', '', 'something-new'])(
	'an event %j that is not known is neither good nor bad',
	(kind) => {
		expect([kindWords(say, kind), toneOf(kind)]).toEqual(['other event', 'unclear']);
	},
);

it('every sample has a label', () => {
	const all = sampleKinds(
		emailEvents.map(({ value }) => value),
		smsEvents.map(({ value }) => value),
	);
	expect(all.map((kind) => sampleLabel(say, label, kind))).toEqual(
		expect.arrayContaining([
			'events.bounce.label (hard)',
			'events.bounce.label (soft)',
			'events.open.label',
			'SMS: smsEvents.failed.label',
		]),
	);
});

it('a moment of today is a time, and an earlier one has a date', () => {
	expect(shortMoment(new Date(2026, 10, 28, 8, 5), now)).toMatch(/^0?8:05/);
	expect(shortMoment(new Date(2026, 10, 27, 8, 5), now)).toContain('27');
});

describe('the queue', () => {
	const idle = { running: 0, waiting: 0, concurrency: 5 };
	const next = { path: '/email/send', milliseconds: 0, reason: 'busy' } as const;

	it.each([
		[idle, ['No calls are running or waiting']],
		[{ ...idle, running: 2 }, ['2 running, 0 waiting']],
		[{ ...idle, running: 5, waiting: 3, next }, ['5 running, 3 waiting', 'At most 5 calls run at the same time.']],
		[
			{ ...idle, waiting: 3, next: { ...next, milliseconds: 29_100, reason: 'slowDown' as const } },
			['0 running, 3 waiting', 'SMTP2GO asked to slow down. The next call starts in 30 s.'],
		],
		[
			{
				...idle,
				waiting: 1,
				next: { ...next, milliseconds: 1, reason: 'limit' as const, why: 'at most 9 calls per minute' },
			},
			['0 running, 1 waiting', 'The next call starts in 1 s: at most 9 calls per minute'],
		],
	])('%j', (queue, expected) => {
		expect(queueWords(say, queue)).toEqual(expected);
	});
});

it('the quota is told with its limit, if there is one', () => {
	expect(quotaWords(say, { used: 12, max: 1000, end: null })).toBe(`12 of ${(1000).toLocaleString()} emails used`);
	expect(quotaWords(say, { used: 12, max: 0, end: null })).toBe('12 emails used, no limit');
});

describe('the webhook', () => {
	it.each([
		[{ is: 'unused', readsLog: false }, ['No node needs a webhook']],
		[{ is: 'unused', readsLog: true }, ['No webhook: triggers read the activity log']],
		[{ is: 'listening', readsLog: false }, ['Listening for events', 'No event since Node-RED started']],
		[
			{ is: 'failed', readsLog: false, problem: 'No Public URL.' },
			['The webhook could not be registered', 'No Public URL.', 'No event since Node-RED started'],
		],
	] as const)('%j', (webhook, expected) => {
		expect(webhookWords(say, webhook, now)).toEqual(expected);
	});

	it('tells its last event', () => {
		const at = new Date(2026, 10, 28, 9, 12).getTime();
		const [, last] = webhookWords(say, { is: 'listening', readsLog: false, lastEvent: { kind: 'spam', at } }, now);
		expect(last).toMatch(/^Last event: spam complaint, 0?9:12/);
	});
});
