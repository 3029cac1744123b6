/** The units of text messages: counted, limited, and what makes them more expensive. */
import fc from 'fast-check';
import {
	beyondUnits,
	buildRequest,
	countSms,
	findOperation,
	preview,
	smsLength,
	sumOfSms,
	unicodeHint,
	withinUnits,
	type BuiltRequest,
	type Operation,
	type UnitLimits,
} from '../../../api';

const send = findOperation('sms', 'send') as Operation;

function request(content: string, numbers = 1): BuiltRequest {
	const destination = Array.from({ length: numbers }, (_, index) => `+1415555${String(1000 + index)}`);
	const built = buildRequest(send, { destination, content }, 0);
	if (!built.ok) throw built.error;
	return built.value;
}

/** The text that is sent, or the error. */
function sentText(content: string, limits: UnitLimits, numbers = 1): unknown {
	const checked = withinUnits(request(content, numbers), limits);
	return checked.ok ? checked.value.fields['content'] : `${checked.error.message}. ${checked.error.explanation}`;
}

test('each phone number is charged separately', () => {
	expect(countSms(request('a'.repeat(161), 3))).toEqual({ encoding: 'GSM-7', units: 2, numbers: 3, total: 6 });
	expect(sumOfSms([request('a', 3), request('a'.repeat(161))])).toEqual({ numbers: 4, total: 5 });
});

test('a preview shows the units, and that of an email shows none', () => {
	const { encoding, unitsPerNumber, numbers, units } = preview('https://x.test', request('😀', 2));
	expect([encoding, unitsPerNumber, numbers, units]).toEqual(['UCS-2', 1, 2, 2]);
	const email = buildRequest(
		findOperation('email', 'send') as Operation,
		{ sender: 'a@b.cd', to: 'e@f.gh', subject: 'x', text_body: 'x' },
		0,
	);
	expect(email.ok && Object.keys(preview('https://x.test', email.value))).not.toContain('units');
});

describe('Maximum Units per SMS', () => {
	test.each([
		['a'.repeat(160), 1],
		['a'.repeat(306), 2],
	])('lets a text of as many units pass', (text, perSms) => {
		expect(sentText(text, { perSms }, 100)).toBe(text);
	});

	test('refuses a longer one before it is sent, and says what to do', () => {
		expect(sentText('a'.repeat(307), { perSms: 2 })).toBe(
			'The text message has 3 units, but at most 2 are allowed. ' +
				'Nothing was sent. Shorten it, or increase Maximum Units per SMS',
		);
	});

	test('names the characters if they are the reason', () => {
		expect(sentText(`It’s ${'a'.repeat(100)}`, { perSms: 1 })).toContain("’ (use ') needs Unicode");
	});
});

test('Maximum Units per Run counts all phone numbers of a request', () => {
	expect(sentText('Hi', { perRun: 3 }, 3)).toBe('Hi');
	expect(sentText('Hi', { perRun: 3 }, 4)).toBe(
		'The run would send 4 units to 4 phone numbers, but at most 3 are allowed. Nothing was sent. ' +
			'Send to fewer phone numbers, shorten the message, or increase Maximum Units per Run',
	);
});

test('of several requests, those that no longer fit are left out, in order', () => {
	const requests = [request('Hi', 2), request('Hi', 3), request('Hi')];
	expect(beyondUnits(requests, 6)).toEqual([]);
	expect(beyondUnits(requests, 5)).toEqual([2]);
	expect(beyondUnits(requests, 3)).toEqual([1]);
	expect(beyondUnits(requests, 3, 1)).toEqual([1, 2]);
});

describe('Replace Typographic Characters', () => {
	test.each([
		['“Hi” – it’s 5 °… • a', undefined],
		['“Hi” – it’s…', '"Hi" - it\'s...'],
		['a\u00a0b\u2009c\td', 'a b c d'],
		['x\u200by\ufeffz', 'xyz'],
		['Cafe\u0301', 'Café'],
		['• one', '* one'],
		// What would be charged as Unicode anyway stays unchanged.
		['“日”', undefined],
		['👩\u200d💻 “Hi”', undefined],
		// A letter is never replaced: that would be another word.
		['“garçon”', undefined],
		['plain', undefined],
	])('%j', (text, replaced = text) => {
		expect(sentText(text, { plain: true })).toBe(replaced);
		expect(sentText(text, {})).toBe(text);
	});

	test('never changes a text in vain, and never makes it longer in units', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 300 }), (text) => {
				const built = buildRequest(send, { destination: '+14155550123', content: text }, 0);
				fc.pre(built.ok);
				const plain = String(sentText(text, { plain: true }));
				const before = smsLength(text);
				const after = smsLength(plain);
				expect(plain === text || after.encoding === 'GSM-7').toBe(true);
				expect(after.units).toBeLessThanOrEqual(before.units);
			}),
		);
	});
});

describe('the hint', () => {
	const long = 'a'.repeat(100);
	const hint = (content: string, numbers = 1) => unicodeHint([{ content, numbers }]);

	test('names the characters, their replacements, and what they cost', () => {
		expect(hint(`“It’s” – ${long}…`, 2)).toBe(
			'“ (use "), ’ (use \'), ” (use "), – (use -) and … (use ...) need Unicode: 70 characters per unit instead ' +
				'of 160. That makes 4 units instead of 2. ' +
				'To replace quotes, dashes and spaces, turn on Replace Typographic Characters',
		);
	});

	test('shows invisible characters by their code, and letters without a replacement', () => {
		expect(hint(`\u00a0\u200b${long}`)).toContain('U+00A0 (use a space) and U+200B (remove it) need');
		expect(hint(`ç${long}`)).toBe(
			'ç needs Unicode: 70 characters per unit instead of 160. That makes 2 units instead of 1',
		);
	});

	test('names five of many', () => {
		expect(hint(`ęłóśćżź${long}`)).toMatch(/^ę, ł, ó, ś, ć and 2 others need/);
	});

	test.each([
		['characters of GSM-7', `€äöü${long}`],
		['a text that is short enough anyway', '“Hi”'],
		['a text in another script', '日'.repeat(100)],
	])('is not given for %s', (_, text) => {
		expect(hint(text)).toBeUndefined();
	});

	test('adds up several texts', () => {
		expect(
			unicodeHint([
				{ content: `’${long}`, numbers: 10 },
				{ content: `’${long}${long}`, numbers: 1 },
				{ content: long, numbers: 5 },
			]),
		).toContain('That makes 23 units instead of 12');
	});
});
