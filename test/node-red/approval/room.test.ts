/** How many open questions an account keeps, and that a late timer answers none. */
/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { MAX_OPEN } from '../../../node-red/runtime/approval/asking';
import { hasRoom, MAX_KEPT_TOTAL } from '../../../node-red/runtime/waiting/room';
import { Questions, type QuestionOptions } from '../../../node-red/runtime/approval/questions';
import { Replies, type ReplyOptions } from '../../../node-red/runtime/approval/replies';
import type { SmsTaker } from '../../../node-red/runtime/feed/sms-log';
import { openQuestion } from '../support/open-question';

const ANN = '+14155550123';
const START = Date.parse('2026-11-27T12:00:00Z');
const HOUR = 3_600_000;

it('refuses a question beside as many as an account keeps', () => {
	const open = Array.from({ length: MAX_OPEN }, (_, index) => openQuestion({ id: `id${index}` }));
	expect([hasRoom(open.slice(1), { payload: 'x' }, MAX_OPEN), hasRoom(open, { payload: 'x' }, MAX_OPEN)]).toEqual([
		true,
		false,
	]);
});

it('refuses a question whose message is too large beside the others', () => {
	const kept = { payload: 'x'.repeat(MAX_KEPT_TOTAL / 2 - 20) };
	expect(hasRoom([openQuestion({ kept })], { ...kept }, MAX_OPEN)).toBe(true);
	expect(hasRoom([openQuestion({ kept }), openQuestion({ kept: { payload: 'x'.repeat(50) } })], kept, MAX_OPEN)).toBe(
		false,
	);
});

/** Questions whose timer never fires, as after the machine was suspended. */
function suspended(now: () => number) {
	const passed: unknown[] = [];
	const questions = new Questions({
		context: { get: () => Promise.resolve({ ok: true }), set: () => Promise.resolve({ ok: true }) },
		memory: { entries: undefined, askers: new Map(), written: Promise.resolve(), checkedTracking: false },
		timing: { firstRetry: 10, lastRetry: 100 },
		areFlowsRunning: () => true,
		cancel: () => Promise.resolve(true),
		onChange: () => undefined,
		warn: () => undefined,
		report: () => undefined,
		now,
	} as unknown as QuestionOptions);
	questions.subscribe({
		id: 'q',
		readsReplies: true,
		deliver: (_entry, outcome) => passed.push(outcome),
		show: () => undefined,
		showLog: () => undefined,
		failLog: () => undefined,
	});
	let taker: SmsTaker | undefined;
	const replies = new Replies({
		questions,
		loadAll: () => Promise.resolve(),
		everyQuestion: () => questions.all,
		reader: { subscribe: (one) => (taker = one), unsubscribe: () => undefined, reconcile: () => undefined },
		send: () => Promise.resolve(),
		report: () => undefined,
		now,
	} as ReplyOptions);
	const receive = (time: number) =>
		taker?.deliver({
			messageId: 'm',
			from: ANN,
			to: null,
			text: 'YES',
			time: new Date(time).toISOString(),
			username: null,
			reply: null,
			raw: {},
		});
	return { questions, replies, passed, receive };
}

it.each([
	['before the limit counts', START + HOUR - 1000, { approved: true }],
	['after the limit does not, and ends the question', START + HOUR, { timedOut: true }],
])('a reply %s, although the timer is late', async (_what, at, expected) => {
	let time = START;
	const { questions, replies, passed, receive } = suspended(() => time);
	const recipients = [{ id: '1', channel: 'sms' as const, address: ANN, name: '' }];
	await questions.add(() =>
		openQuestion({ askedAt: START, recipients, replies: { sender: '', confirms: false } }, START + HOUR),
	);
	replies.refresh(true);
	time = START + 2 * HOUR;
	receive(at);
	await new Promise((resolve) => setTimeout(resolve, 0));
	expect(passed).toMatchObject([expected]);
	await questions.close();
	replies.close();
});
