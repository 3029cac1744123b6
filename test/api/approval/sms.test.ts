/** The text messages of a question. */
import { closedSms, questionSms, recordedSms, replySms, unclearSms } from '../../../api';
import { approval, choice, freeText, LINK, question } from './support/questions';

test('asks with a link, and counts it', () => {
	expect(questionSms(approval, LINK)).toEqual({
		content: `Amount: 1,200.00 EUR\nAnswer: ${LINK}`,
		units: 1,
		encoding: 'GSM-7',
	});
	expect(questionSms(question({ message: 'a'.repeat(100) }), LINK).units).toBe(2);
	expect(questionSms(question({ language: 'ja' }), LINK)).toMatchObject({ units: 2, encoding: 'UCS-2' });
});

test.each([
	['approve or decline', replySms(approval), 'Amount: 1,200.00 EUR\nReply YES or NO'],
	['the same with a code', replySms(approval, 'K7'), 'Amount: 1,200.00 EUR\nReply K7 YES or K7 NO'],
	['approve', replySms(question({ approveOnly: true, message: 'A' })), 'A\nReply YES to approve'],
	[
		'choose',
		replySms(choice, 'K7'),
		'Amount: 1,200.00 EUR\nReply with the number of your answer:\nK7 1 = Monday\nK7 2 = Tuesday\nK7 3 = None of them',
	],
	[
		'choose without numbers that could be confused',
		replySms(question({ responseType: 'choice', choices: '20\n3\n2', message: 'A' }), 'K7'),
		'A\nReply with one of these answers:\nK7 20\nK7 3\nK7 2',
	],
	['write', replySms(freeText), 'Amount: 1,200.00 EUR\nReply with your answer'],
	[
		'write with a code',
		replySms(freeText, 'K7'),
		'Amount: 1,200.00 EUR\nReply with your answer\nStart your reply with K7.',
	],
	['in German', replySms(question({ language: 'de', message: 'A' })), 'A\nAntworten Sie mit JA oder NEIN'],
	['again', unclearSms(approval, 'K7'), 'Sorry, we did not understand your reply.\nReply K7 YES or K7 NO'],
	[
		'no more',
		recordedSms(approval, 'Approve'),
		'Thank you. Your answer was recorded: YES\nRequest: Amount: 1,200.00 EUR',
	],
	[
		'no more',
		recordedSms(approval, 'Decline'),
		'Thank you. Your answer was recorded: NO\nRequest: Amount: 1,200.00 EUR',
	],
	[
		'no more',
		recordedSms(approval, 'Pay'),
		'Thank you. Your answer was recorded: Pay\nRequest: Amount: 1,200.00 EUR',
	],
	[
		'no more',
		recordedSms(choice, 'Approve'),
		'Thank you. Your answer was recorded: Approve\nRequest: Amount: 1,200.00 EUR',
	],
	['nothing', closedSms(approval), 'This request is closed. Your reply was not recorded.'],
])('asks to %s by a reply', (_, { content }, expected) => {
	expect(content).toBe(expected);
});

test('keeps text that looks like a variable', () => {
	expect(recordedSms(approval, '{answer} {link} $&').content).toContain('{answer} {link} $&');
	expect(questionSms(question({ message: '{link}' }), LINK).content).toBe(`{link}\nAnswer: ${LINK}`);
});

test('a confirmation names the question, and repeats no more than the beginning of long texts', () => {
	const asked = question({ responseType: 'freeText', message: `Pay\n${'a'.repeat(200)}?` });
	const { content, units } = recordedSms(asked, '👍'.repeat(5000));
	expect(content).toBe(
		`Thank you. Your answer was recorded: ${'👍'.repeat(57)}...\nRequest: Pay ${'a'.repeat(53)}...`,
	);
	expect(units).toBeLessThan(6);
	expect(recordedSms(question({ message: 'a'.repeat(500) }), 'Approve')).toMatchObject({
		units: 1,
		encoding: 'GSM-7',
	});
});
