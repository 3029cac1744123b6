/** Replies to a question that was sent as a text message. */
import fc from 'fast-check';
import { readReply, smsCode } from '../../../api';
import { approval, choice, freeText, question } from './support/questions';

/** What a reply says, in a word. */
function said(asked: typeof approval, reply: string, code?: string): unknown {
	const read = readReply(asked, code, reply);
	return typeof read === 'string' ? read : (read.approved ?? read.choice ?? read.text);
}

test.each([
	'YES',
	'yes.',
	' Yes! ',
	'Y',
	'ok',
	'OK 👍',
	'👍',
	'👍🏽',
	'Approve',
	'ja',
	'Genehmigen',
	'はい',
	'承認する。',
	'是',
	'批准',
	'“Yes”',
	'Ｙｅｓ',
	'y\u200bes',
	'\u202ayes\u202c',
])('%j approves', (reply) => {
	expect(said(approval, reply)).toBe(true);
});

test.each(['NO', 'no', 'n', 'Nein', 'Decline', 'いいえ', '却下する', '否', '不同意', '👎', 'NO!!'])(
	'%j declines',
	(reply) => {
		expect(said(approval, reply)).toBe(false);
	},
);

test.each(['', ' ', '!!!', 'maybe', 'yes no', 'yes but only if it is cheaper', 'STOP', '1', '?', '👍👎'])(
	'%j is unclear',
	(reply) => {
		expect(said(approval, reply)).toBe('unclear');
	},
);

test('labels count, and win over nothing: a word that fits both answers is unclear', () => {
	const asked = question({ approveLabel: 'Keep it', declineLabel: 'Yes' });
	expect(said(asked, 'keep it')).toBe(true);
	expect(said(asked, 'yes')).toBe('unclear');
	expect(said(question({ approveLabel: '🍕', declineLabel: '🍔' }), '🍔')).toBe(false);
	expect(said(question({ approveLabel: '🍕', declineLabel: '🍔' }), '!')).toBe('unclear');
});

test('nobody can decline if that is not offered', () => {
	expect(said(question({ approveOnly: true }), 'no')).toBe('unclear');
});

test.each([
	['2', 'Tuesday'],
	['2.', 'Tuesday'],
	['(2)', 'Tuesday'],
	['２', 'Tuesday'],
	['No. 2', 'Tuesday'],
	['Nummer 2', 'Tuesday'],
	['2番', 'Tuesday'],
	['2 Tuesday', 'Tuesday'],
	['2 = Tuesday', 'Tuesday'],
	['tuesday', 'Tuesday'],
	['none of them', 'None of them'],
	['4', 'unclear'],
	['12', 'unclear'],
	['1 or 2', 'unclear'],
	['22', 'unclear'],
	['Monday Tuesday', 'unclear'],
])('%j chooses %s', (reply, label) => {
	expect(said(choice, reply)).toBe(label);
});

test('a label that is a number is meant by it', () => {
	expect(said(question({ responseType: 'choice', choices: '2\n1\n10' }), '1')).toBe('1');
	expect(said(question({ responseType: 'choice', choices: '2\n1\n10' }), '3')).toBe('10');
});

test('takes any text for a question that asks for one', () => {
	expect(said(freeText, ' At 5 p.m.\nat the door ')).toBe('At 5 p.m.\nat the door');
	expect(said(freeText, 'K7 is my seat')).toBe('K7 is my seat');
	expect(said(freeText, '\u200b')).toBe('unclear');
	expect(String(said(freeText, 'a'.repeat(20_000)))).toHaveLength(10_000);
});

test.each([
	['K7 YES', true],
	['k7 yes', true],
	['K7: yes', true],
	['"K7" yes', true],
	['K7-YES', true],
	['Ｋ7 yes', true],
	['K7 maybe', 'unclear'],
	['K7', 'unclear'],
	['K8 YES', 'otherQuestion'],
	['YES', 'otherQuestion'],
	['K7YES', 'otherQuestion'],
	['YES K7', 'otherQuestion'],
])('with the code K7, %j is %s', (reply, answer) => {
	expect(said(approval, reply, 'K7')).toBe(answer);
});

test('without a code, a reply with one belongs to another question', () => {
	expect(said(approval, 'K7 YES')).toBe('otherQuestion');
	expect(said(choice, 'K7 2')).toBe('otherQuestion');
	expect(said(question({ responseType: 'choice', choices: 'B2\nC3' }), 'c3')).toBe('C3');
	expect(said(freeText, 'K7 at noon', 'K7')).toBe('at noon');
});

test('codes differ, are easy to read, and come to an end', () => {
	const taken: string[] = [];
	for (let code = smsCode(0.5); code !== undefined; code = smsCode(0.999, taken)) taken.push(code);
	expect(taken).toHaveLength(160);
	expect(new Set(taken).size).toBe(160);
	expect(taken.join('')).not.toMatch(/[AEIOUY01]/);
});

test('reads any text without an error, and a question that can be declined never by chance', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
			const read = readReply(approval, undefined, text);
			expect(['unclear', 'otherQuestion'].includes(read as string) || typeof read === 'object').toBe(true);
		}),
	);
	fc.assert(
		fc.property(fc.stringMatching(/^[a-z]{6,20} [a-z]{6,20}$/), (text) => {
			expect(readReply(approval, undefined, text)).toBe('unclear');
		}),
	);
});
