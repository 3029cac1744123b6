/** What a text message is charged as. */
import { smsLength } from '../../../api';

test.each<[string, string, number, 'GSM-7' | 'UCS-2']>([
	['nothing', '', 0, 'GSM-7'],
	['one character', 'a', 1, 'GSM-7'],
	['160 characters', 'a'.repeat(160), 1, 'GSM-7'],
	['161 characters', 'a'.repeat(161), 2, 'GSM-7'],
	['two full parts of 153', 'a'.repeat(306), 2, 'GSM-7'],
	['one more than two full parts', 'a'.repeat(307), 3, 'GSM-7'],
	['umlauts, which the alphabet has', 'äöüÄÖÜß'.repeat(22) + 'abcdef', 1, 'GSM-7'],
	['80 euro signs, which count twice', '€'.repeat(80), 1, 'GSM-7'],
	['81 euro signs', '€'.repeat(81), 2, 'GSM-7'],
	['brackets, braces and so on, which count twice', '^{}\\[~]|'.repeat(10), 1, 'GSM-7'],
	// The escape and its character stay together: a part of 153 has 76 of them.
	['153 extended characters in 3 parts', '€'.repeat(153), 3, 'GSM-7'],
	['152 extended characters in 2 parts', '€'.repeat(152), 2, 'GSM-7'],
	['line ends', 'a\nb\r\nc', 1, 'GSM-7'],
	['a backtick, which the alphabet lacks', '`', 1, 'UCS-2'],
	['70 characters with one beyond the alphabet', `${'a'.repeat(69)}ç`, 1, 'UCS-2'],
	['71 characters with one beyond the alphabet', `${'a'.repeat(70)}ç`, 2, 'UCS-2'],
	['two full parts of 67', '日'.repeat(134), 2, 'UCS-2'],
	['one more than two full parts of 67', '日'.repeat(135), 3, 'UCS-2'],
	['35 emoji, two code units each', '😀'.repeat(35), 1, 'UCS-2'],
	['36 emoji', '😀'.repeat(36), 2, 'UCS-2'],
	// An emoji is not split: a part of 67 has 33 of them.
	['67 emoji in 3 parts', '😀'.repeat(67), 3, 'UCS-2'],
	['a curly quote', 'It’s', 1, 'UCS-2'],
])('counts %s', (_, text, units, encoding) => {
	expect(smsLength(text)).toEqual({ units, encoding });
});

test('knows all 128 characters of the alphabet and the 10 of its extension', () => {
	const all = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code));
	expect(all.filter((character) => smsLength(character).encoding === 'GSM-7')).toHaveLength(127 + 10);
});
