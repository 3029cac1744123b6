import { readQuestion } from '../../../api';
import type { OpenQuestion } from '../../../node-red/runtime/approval/open-question';

/** A question of the node `q` that was sent by email. */
export function openQuestion(more: Partial<OpenQuestion> = {}, expiresAt?: number): OpenQuestion {
	const question = readQuestion({ message: 'Pay?', ...(expiresAt === undefined ? {} : { expiresAt }) });
	if (!question.ok) throw question.error;
	return {
		id: 'one',
		node: 'q',
		question: question.value,
		recipients: [{ id: '1', channel: 'email', address: 'boss@shop.example', name: '' }],
		replies: undefined,
		codes: {},
		askedAt: Date.now(),
		isSent: true,
		told: [],
		scheduled: [],
		outcome: undefined,
		kept: { payload: 'kept' },
		live: { payload: 'live' } as never,
		...more,
	};
}
