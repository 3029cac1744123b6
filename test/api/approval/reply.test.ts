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
	// Answer 3 is 10, but nobody is told so.
	expect(said(question({ responseType: 'choice', choices: '2\n1\n10' }), '3')).toBe('unclear');
});

test.each<[choices: string, replies: Readonly<Record<string, string>>]>([
	['20\n3\n2', { '2': '2', '3': '3', '1': 'unclear', '20': '20' }],
	['2 people\n3 people\n4 people', { '2': 'unclear', '2 people': '2 people', '4 people.': '4 people' }],
	['-1\n1', { '-1': '-1', '1': '1', '"1"': 'unclear', '2': 'unclear' }],
	['Room 1\nRoom 2', { '1': 'Room 1', 'room 2': 'Room 2', '2 = Room 2': 'Room 2', '2 = Room 1': 'unclear' }],
	['December 3\nDecember 10', { '1': 'December 3', '2': 'December 10', '3': 'unclear' }],
])('never takes a number for another answer: %j', (choices, replies) => {
	const asked = question({ responseType: 'choice', choices });
	const read = Object.keys(replies).map((reply) => [reply, said(asked, reply)]);
	expect(Object.fromEntries(read)).toEqual(replies);
});

test.each([
	'ok 👎',
	'Yes ❌',
	'no 👍',
	'no ✅',
	'yes?',
	'OK？',
	'Sure 🙄',
	'¬yes',
	'!yes',
	'≠yes',
	'yes/no',
	'yes-no',
	'-yes',
	'Y?',
	'n/a',
	'ok…not',
	'✅',
	'❌',
	'+1',
	`yes${' '.repeat(600)}.`,
])('%j is no decision', (reply) => {
	expect(said(approval, reply)).toBe('unclear');
	// A dash can separate the code.
	if (!reply.startsWith('-')) expect(said(approval, `K7 ${reply}`, 'K7')).toBe('unclear');
});

test.each(['yes 🙏', 'Yes ✅', '👍 yes', 'OK!', '(yes)', '“OK”', '*yes*'])('%j still approves', (reply) => {
	expect(said(approval, reply)).toBe(true);
});

test.each([
	'No 1',
	'no, 2',
	'no-3',
	'no1',
	'No: 2',
	'not 2',
	'-1',
	'- 1',
	'1?',
	'1/2',
	'2%',
	'❌ 2',
	'2 ❌',
	'~2',
	'!2',
	'+1',
])('%j chooses nothing', (reply) => {
	expect(said(choice, reply)).toBe('unclear');
});

test.each([
	'no. 2',
	'NO.2',
	'№ 2',
	'№2',
	'Nr. 2',
	'option 2',
	'2号',
	'第2',
	'2 👍',
	'2 - Tuesday',
	'2) Tuesday!',
	'#2',
])('%j chooses Tuesday', (reply) => {
	expect(said(choice, reply)).toBe('Tuesday');
});

test('a label can contain any sign, and be replied with or without it', () => {
	const asked = question({ responseType: 'choice', choices: '❌ Cancel\n✅ Follow-up?' });
	for (const reply of ['❌ Cancel', 'cancel', 'Cancel ❌', '1', '1 = ❌ Cancel'])
		expect(said(asked, reply)).toBe('❌ Cancel');
	for (const reply of ['✅ follow-up?', 'Follow up', 'follow-up']) expect(said(asked, reply)).toBe('✅ Follow-up?');
	expect(said(asked, '❌ follow-up')).toBe('unclear');
	expect(said(asked, 'cancel?')).toBe('unclear');
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
	['❌ K7 YES', 'otherQuestion'],
	['not K7 YES', 'otherQuestion'],
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
