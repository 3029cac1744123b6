/** A text message that answered a question, and is read again for the next one of the same second. */
import { answerData, readQuestion, type ReceivedSms } from '../../../api';
import { fromStored, toStored, type OpenQuestion } from '../../../node-red/runtime/approval/open-question';
import type { Questions } from '../../../node-red/runtime/approval/questions';
import { Replies } from '../../../node-red/runtime/approval/replies';
import type { SmsTaker } from '../../../node-red/runtime/feed/sms-log';

const ANN = { id: '1', channel: 'sms', address: '+14155550123', name: '' } as const;
const NOW = Date.parse('2026-11-28T10:00:00.900Z');
const read = readQuestion({ responseType: 'approval', subject: '', message: 'Pay?' });

/** @param id the ID of the question */
function question(id: string, given: Partial<OpenQuestion> = {}): OpenQuestion {
	if (!read.ok) throw read.error;
	return {
		id,
		node: 'q',
		question: read.value,
		recipients: [ANN],
		replies: { sender: '', confirms: false },
		codes: {},
		askedAt: NOW,
		isSent: true,
		told: [],
		scheduled: [],
		outcome: undefined,
		kept: {},
		live: undefined,
		...given,
	};
}

const message = (messageId: string): ReceivedSms => ({
	messageId,
	from: ANN.address,
	to: null,
	text: 'YES',
	time: '2026-11-28T10:00:00Z',
	username: null,
	reply: null,
	raw: {},
});

/** Hands messages to the questions of an account, and returns the IDs of the questions that ended by them. */
async function take(all: OpenQuestion[], messages: readonly ReceivedSms[]): Promise<string[]> {
	const ended: string[] = [];
	let taker: SmsTaker | undefined;
	const questions = {
		all,
		open: all.filter(({ outcome }) => outcome === undefined),
		askers: [],
		end: async (id: string, outcome: OpenQuestion['outcome']) => {
			ended.push(id);
			const entry = all.find((one) => one.id === id);
			if (entry) entry.outcome = outcome;
			return { outcome, isNew: true };
		},
		keep: async () => undefined,
	} as unknown as Questions;
	const thrown: unknown[] = [];
	const replies = new Replies({
		questions,
		loadAll: async () => undefined,
		everyQuestion: () => all,
		reader: { subscribe: (one) => (taker = one), unsubscribe: () => undefined, reconcile: () => undefined },
		send: async () => undefined,
		report: (error) => thrown.push(error),
		now: () => NOW,
	});
	replies.refresh(true);
	for (const one of messages) {
		taker?.deliver(one);
		for (let turn = 0; turn < 20; turn++) await Promise.resolve();
	}
	replies.close();
	expect(thrown).toEqual([]);
	return ended;
}

it('answers no second question', async () => {
	const first = question('first');
	expect(await take([first], [message('m1')])).toEqual(['first']);
	// After a restart, too.
	const stored = fromStored(JSON.parse(JSON.stringify(toStored(first)))) as OpenQuestion;
	const second = question('second', { codes: {} });
	expect(await take([stored, second], [message('m1')])).toEqual([]);
	expect(await take([stored, second], [message('m1'), message('m2')])).toEqual(['second']);
});

it('of a question that a link answered first, it is free', async () => {
	if (!read.ok) throw read.error;
	const outcome = answerData({ approved: true, choice: null, text: null, comment: null }, ANN, NOW);
	const first = question('first', { outcome });
	expect(await take([first, question('second')], [message('m1')])).toEqual(['second']);
});
