/** Reads a question before anyone is asked. */
import { choiceLabels, readQuestion, type QuestionForm } from '../../../api';
import { question } from './support/questions';

function errorOf(form: QuestionForm): string {
	const read = readQuestion({ message: 'Hello', ...form });
	return read.ok ? 'no error' : `${read.error.details.fieldErrors?.[0]?.field}: ${read.error.message}`;
}

test('reads a question to approve or decline', () => {
	expect(question()).toMatchObject({
		responseType: 'approval',
		subject: 'Approve invoice 4711?',
		answers: [
			{ id: 'approve', label: 'Approve', approved: true },
			{ id: 'decline', label: 'Decline', approved: false },
		],
		comment: 'none',
		language: 'en',
		timeZone: 'UTC',
	});
});

test.each<[string, QuestionForm, unknown]>([
	['own labels', { approveLabel: ' Yes ', declineLabel: 'No' }, ['Yes', 'No']],
	['approval only', { approveOnly: true, approveLabel: 'Got it' }, ['Got it']],
	['labels in the language', { language: 'de' }, ['Genehmigen', 'Ablehnen']],
	['replaced texts', { texts: { approve: 'Release', decline: '  ' } }, ['Release', 'Decline']],
	['lines', { responseType: 'choice', choices: ' A \n\nB\r\nC' }, ['A', 'B', 'C']],
	['a list', { responseType: 'choice', choices: ['A, B', 2, true] }, ['A, B', '2', 'true']],
	['a JSON list', { responseType: 'choice', choices: '["A","B"]' }, ['A', 'B']],
	['a text', { responseType: 'freeText' }, ['Write your answer']],
])('offers the answers of %s', (_, form, labels) => {
	expect(question(form).answers.map(({ label }) => label)).toEqual(labels);
});

test.each<[string, QuestionForm]>([
	['message: Message is required. Enter what you want to ask', { message: ' \n ' }],
	['message: Message must be text, not an object', { message: {} }],
	['message: Message must have at most 20,000 characters, not 20,001', { message: 'a'.repeat(20_001) }],
	['subject: Subject must have at most 250 characters, not 251', { subject: 'a'.repeat(251) }],
	['responseType: Response Type must be one of approval, choice, freeText', { responseType: 'vote' }],
	['comment: Comment must be one of none, optional, requiredOnDecline', { comment: 'always' }],
	['language: Language must be one of en, de, ja, zh-CN', { language: 'fr' }],
	['choices: Answers must have 2 to 10 answers, one per line, not 1', { responseType: 'choice', choices: 'A' }],
	['choices: Answers must have 2 to 10 answers, one per line, not 0', { responseType: 'choice' }],
	[
		'choices: Answers must have 2 to 10 answers, one per line, not 11',
		{ responseType: 'choice', choices: 'abcdefghijk'.split('') },
	],
	['choices: Answers must be different, but "ａ" occurs twice', { responseType: 'choice', choices: 'A\nB\nａ' }],
	[
		'choices: Answers must be a list of texts, or text with one answer per line, not an object',
		{ responseType: 'choice', choices: { a: 1 } },
	],
	[
		'choices: Answers must have at most 100 characters, not 101',
		{ responseType: 'choice', choices: 'a'.repeat(101) },
	],
	[
		'declineLabel: Decline Button must differ from the approve button, but both are "ok"',
		{ approveLabel: 'OK', declineLabel: 'ok' },
	],
	[
		'texts.smsLink: The text "smsLink" must contain {link}. Without it, nobody can answer',
		{ texts: { smsLink: 'Please answer' } },
	],
	[
		'texts.smsCode: The text "smsCode" must contain {code}. Without it, nobody can answer',
		{ texts: { smsCode: 'Use the code' } },
	],
	[
		'texts.smsApproval: The text "smsApproval" must contain {no}. Without it, nobody can answer',
		{ texts: { smsApproval: 'Say {yes}' } },
	],
	[
		'texts.smsApproveOnly: The text "smsApproveOnly" must contain {yes}. Without it, nobody can answer',
		{ texts: { smsApproveOnly: 'Say it' } },
	],
	[
		'texts.smsYes: The text "smsYes" cannot be "GO", because a reply with it could mean another answer. Enter another word',
		{ texts: { smsYes: 'GO', smsNo: 'go' } },
	],
	[
		'texts.smsNo: The text "smsNo" cannot be "ok", because a reply with it could mean another answer. Enter another word',
		{ texts: { smsNo: 'ok' } },
	],
	[
		'texts.smsYes: The text "smsYes" cannot be "Really?", because a reply with it could mean another answer. Enter another word',
		{ texts: { smsYes: 'Really?' } },
	],
	['expiresAt: The time limit is too far in the future. Enter a shorter one', { expiresAt: 1e30 }],
	['expiresAt: The time limit is too far in the future. Enter a shorter one', { expiresAt: NaN }],
	['texts.send: The text "send" must have at most 1000 characters, not 1,001', { texts: { send: 'a'.repeat(1001) } }],
])('says %s', (message, form) => {
	expect(errorOf(form)).toBe(message);
});

test('puts the subject and the labels on one line, whatever they contain', () => {
	const { subject, answers } = question({
		subject: 'Hi\r\nBcc: eve@example.com\u2028\u0000!',
		approveLabel: 'Yes\nplease',
	});
	expect([subject, answers[0]?.label]).toEqual(['Hi Bcc: eve@example.com !', 'Yes please']);
});

test('keeps the lines of the message, and no other control characters', () => {
	expect(question({ message: 'A\r\nB\rC\u2028D\tE\u0007\u001b[0m' }).message).toBe('A\nB\nC\nD\tE[0m');
});

test('has a subject in the language if there is none', () => {
	expect(question({ subject: '', language: 'ja' }).subject).toBe('ご回答のお願い');
});

test.each<[QuestionForm, string]>([
	[{ comment: 'requiredOnDecline' }, 'requiredOnDecline'],
	[{ comment: 'requiredOnDecline', approveOnly: true }, 'optional'],
	[{ comment: 'requiredOnDecline', responseType: 'choice', choices: 'A\nB' }, 'optional'],
	[{ comment: 'optional', responseType: 'freeText' }, 'none'],
])('needs a comment only where somebody can decline: %j', (form, rule) => {
	expect(question(form).comment).toBe(rule);
});

test('shows times in UTC if the time zone is unknown', () => {
	expect(question({ timeZone: 'Mars/Olympus' }).timeZone).toBe('UTC');
	expect(question({ timeZone: 'Asia/Tokyo' }).timeZone).toBe('Asia/Tokyo');
});

test('can be stored as JSON', () => {
	const read = question({ expiresAt: 1, responseType: 'choice', choices: 'A\nB' });
	expect(JSON.parse(JSON.stringify(read))).toEqual(read);
});

test.each([
	['Red\nGreen'],
	['Red\r\n\r\n  Green\r'],
	['["Red","Green"]'],
	[' [1, 2, true] '],
	[['Red', 2]],
	['\u200bRed\nGreen\u200e'],
	['Red\u2028x\nB\u0007\tC'],
	['A\ud800\nB'],
])('a host reads the same labels as the question: %j', (choices) => {
	const { answers } = question({ responseType: 'choice', choices });
	expect(choiceLabels(choices)).toEqual(answers.map(({ label }) => label));
	expect(choiceLabels(choices).length).toBeGreaterThan(1);
});

test('there are no labels where there are no choices', () => {
	expect([undefined, null, '', '{"a":1}', 7, {}].map(choiceLabels)).toEqual([[], [], [], [], [], []]);
});

test('takes other words, and keeps the defaults of empty texts', () => {
	expect(question({ texts: { smsYes: 'GO', smsNo: 'WAIT', smsLink: ' ', smsCode: '' } }).texts).toMatchObject({
		smsYes: 'GO',
		smsLink: 'Answer: {link}',
	});
	// By email, the labels can be the other way around.
	expect(question({ approveLabel: 'No', declineLabel: 'Yes' }).answers).toHaveLength(2);
	expect(question({ approveOnly: true, texts: { smsNo: 'YES' } }).answers).toHaveLength(1);
});
