/** What a person posts on the page. */
import { answerData, readAnswer, readPost } from '../../../api';
import { approval, choice, freeText, jane, question, RTL } from './support/questions';

test('reads only the three fields of the form, and only text', () => {
	const form = Object.create(null) as Record<string, unknown>;
	Object.assign(form, { answer: 'approve', text: ['x'], comment: ' Fine ', approved: true, toString: 'x' });
	expect(readPost(form)).toEqual({ answer: 'approve', comment: 'Fine' });
	expect(readPost('answer=decline&comment=A%0D%0AB&answer=approve')).toEqual({ answer: 'approve', comment: 'A\nB' });
	for (const body of [undefined, null, 7, [], 'x']) expect(readPost(body)).toEqual({});
});

test.each([
	[approval, { answer: 'approve' }, { approved: true, choice: null, text: null, comment: null }],
	[approval, { answer: 'decline', comment: 'No' }, { approved: false, choice: null, text: null, comment: 'No' }],
	[choice, { answer: '2' }, { approved: null, choice: 'Tuesday', text: null, comment: null }],
	[choice, { answer: '2', comment: 'ignored' }, { approved: null, choice: 'Tuesday', text: null, comment: null }],
	[freeText, { answer: 'text', text: RTL }, { approved: null, choice: null, text: RTL, comment: null }],
])('reads the answer of %#', (asked, post, answer) => {
	expect(readAnswer(asked, post)).toEqual({ ok: true, value: answer });
});

test.each([
	['nothing', approval, {}, 'choose'],
	['an answer that is not offered', approval, { answer: '1' }, 'choose'],
	['an answer by its label', choice, { answer: 'Monday' }, 'choose'],
	['a name of an object', choice, { answer: 'constructor' }, 'choose'],
	['to decline if that is not offered', question({ approveOnly: true }), { answer: 'decline' }, 'choose'],
	['to decline without a comment', approval, { answer: 'decline', comment: '' }, 'commentMissing'],
	['no text', freeText, { answer: 'text', text: '' }, 'textMissing'],
	['a text that is too long', freeText, { answer: 'text', text: 'a'.repeat(10_001) }, 'tooLong'],
	['a comment that is too long', approval, { answer: 'approve', comment: 'a'.repeat(10_001) }, 'tooLong'],
])('asks again after %s', (_, asked, post, fault) => {
	expect(readAnswer(asked, post)).toEqual({ ok: false, fault });
});

test('takes a comment of 10,000 characters with line ends as the browser counts them', () => {
	const comment = `${'a'.repeat(4999)}\n${'b'.repeat(5000)}`;
	const post = readPost(
		new URLSearchParams({ answer: 'decline', comment: comment.replace('\n', '\r\n') }).toString(),
	);
	expect(readAnswer(approval, post)).toMatchObject({ ok: true, value: { comment } });
});

test('adds who answered, when, and how', () => {
	const answer = { approved: true, choice: null, text: null, comment: null };
	expect(answerData(answer, jane, Date.UTC(2026, 10, 28, 9))).toEqual({
		...answer,
		respondedBy: 'jane@example.com',
		respondedAt: '2026-11-28T09:00:00.000Z',
		channel: 'email',
	});
});
