/** Phone numbers without a country code: read for the default country, or refused. Never another country's. */
import fc from 'fast-check';
import { buildRequest, countries, findCountry, findOperation, type Country, type Operation } from '../../../api';

const send = findOperation('sms', 'send') as Operation;

/** What a number becomes with a default country, or the error's message. */
function read(destination: unknown, country?: string): unknown {
	const built = buildRequest(send, { destination, content: 'Hi' }, 0, { country });
	return built.ok ? (built.value.fields['destination'] as unknown[])[0] : built.error.message;
}

test.each<[string, string, string]>([
	['NZ', '021 555 0123', '+64215550123'],
	['NZ', '(021) 555-0123', '+64215550123'],
	['NZ', '0064 21 555 0123', '+64215550123'],
	['NZ', '64215550123', '+64215550123'],
	['NZ', '215550123', '+64215550123'],
	['NZ', '+1 415 555 0123', '+14155550123'],
	['NZ', '61412345678', '+61412345678'],
	['AU', '0412 345 678', '+61412345678'],
	['AU', '0011 64 21 555 0123', '+64215550123'],
	['US', '(415) 555-0123', '+14155550123'],
	['US', '415.555.0123', '+14155550123'],
	['US', '1 415 555 0123', '+14155550123'],
	['US', '011 44 7700 900123', '+447700900123'],
	// Dialed like this, 479 is Arkansas. With a country code, it would be Norway.
	['US', '4792345678', '+14792345678'],
	['CA', '416-555-0123', '+14165550123'],
	['GB', '07700 900123', '+447700900123'],
	['GB', '07700900123', '+447700900123'],
	['DE', '0151 23456789', '+4915123456789'],
	['DE', '0049 151 23456789', '+4915123456789'],
	['FR', '06 12 34 56 78', '+33612345678'],
	['IT', '391 234 5678', '+393912345678'],
	['IT', '393331234567', '+393331234567'],
	['HU', '06 20 123 4567', '+36201234567'],
	['NO', '47 12 34 56', '+4747123456'],
	['BR', '(11) 98765-4321', '+5511987654321'],
	['CN', '13102345678', '+8613102345678'],
	['JP', '090-1234-5678', '+819012345678'],
	['JP', '010 1 415 555 0123', '+14155550123'],
	['SG', '9123 4567', '+6591234567'],
	['LT', '8 612 34567', '+37061234567'],
	['ZA', '082 123 4567', '+27821234567'],
])('%s: %s is %s', (country, number, sent) => {
	expect(read(number, country)).toBe(sent);
});

test.each<[string, string, string]>([
	// A German number that lost its 0 in a spreadsheet, or an American one without +.
	['DE', '15212345678', 'ambiguous. It could be +4915212345678 (Germany) or +15212345678 (Canada)'],
	['GB', '020 7946 0958', 'not a mobile number of the default country (United Kingdom)'],
	['US', '555-0123', 'not a mobile number of the default country (United States)'],
	['US', '911', 'not a mobile number of the default country'],
	['US', '4155550123 0', 'could be two numbers'],
	['US', '00 44 7700 900123', 'starts with 00, which is not dialed in the default country (United States)'],
	['NZ', '00', 'has separators that do not group'],
	['NZ', '00 6421', 'has too few digits (4)'],
	['NZ', '00 021 555 0123', 'starts with 0, so its country code is missing'],
	// Dialed within France, but of Réunion: +262.
	['FR', '0692 12 34 56', 'not a mobile number of the default country (France)'],
	// Dialed within Israel, but Palestinian.
	['IL', '059 123 4567', 'not a mobile number of the default country (Israel)'],
	// The carrier decides what is dialed in Brazil for another country.
	['BR', '00 21 1415 555 0123', 'starts with 00'],
	['BR', '0 21 11 98765 4321', 'not a mobile number'],
	['NZ', '021 555 0123 ext. 4', 'has an extension'],
	['NZ', '+64 (0)21 555 0123', 'has a 0 in parentheses'],
])('%s: %s is refused: %s', (country, number, problem) => {
	expect(read(number, country)).toContain(problem);
});

test('without a default country, a number without its code is refused and the option is named', () => {
	expect(read('021 555 0123')).toContain('starts with 0, so its country code is missing');
	expect(read('021 555 0123')).toContain('set Default Country');
});

test('the same number in two forms is sent once', () => {
	const built = buildRequest(send, { destination: '021 555 0123, +64215550123', content: 'Hi' }, 0, {
		country: 'NZ',
	});
	expect(built.ok && built.value.fields['destination']).toEqual(['+64215550123']);
});

test('knows 70 countries, each once and with one line', () => {
	expect(countries).toHaveLength(70);
	expect(new Set(countries.map(({ value }) => value)).size).toBe(70);
	for (const country of countries) {
		expect(country).toMatchObject({
			value: expect.stringMatching(/^[A-Z]{2}$/),
			code: expect.stringMatching(/^\d{1,3}$/),
		});
		expect(country.name).toMatch(/^\p{Lu}[\p{L} ]+$/u);
		expect(findCountry(country.value.toLowerCase())).toBe(country);
	}
});

/** Mobile numbers of a country, as its plan says, without trunk prefix and code. */
function mobilesOf({ mobile }: Country): fc.Arbitrary<string> {
	return fc.stringMatching(new RegExp(mobile.source.replace(/\(\?![^)]*\)/g, ''))).filter((one) => mobile.test(one));
}

const cases = fc
	.constantFrom(...countries)
	.chain((country) => mobilesOf(country).map((mobile) => ({ country, mobile })));
const foreign = fc.tuple(fc.constantFrom(...countries), cases);

/** The same digits with separators between groups of 2 to 4. */
const grouped = (digits: string, size: number, separator: string) => {
	const groups = digits.match(new RegExp(`\\d{1,${size}}`, 'g')) ?? [];
	const last = groups.at(-1) ?? '';
	return last.length === 1 ? digits : groups.join(separator);
};

test('a number dialed as in its own country gets the code of that country', () => {
	fc.assert(
		fc.property(
			cases,
			fc.integer({ min: 2, max: 4 }),
			fc.constantFrom(' ', '-', '.'),
			({ country, mobile }, size, separator) => {
				const [trunk = ''] = country.trunks;
				const number = `${trunk}${mobile}`;
				const text = grouped(number, size, separator);
				fc.pre(!/^\d+\.\d+$/.test(text));
				expect(read(text, country.value)).toBe(`+${country.code}${mobile}`);
			},
		),
	);
});

test('a number with + is sent unchanged, whatever the default country', () => {
	fc.assert(
		fc.property(foreign, ([home, { country, mobile }]) => {
			expect(read(`+${country.code}${mobile}`, home.value)).toBe(`+${country.code}${mobile}`);
		}),
	);
});

test('a number after the international prefix is sent with its own code', () => {
	fc.assert(
		fc.property(foreign, ([home, { country, mobile }]) => {
			fc.pre(home.exit !== undefined);
			expect(read(`${home.exit}${country.code}${mobile}`, home.value)).toBe(`+${country.code}${mobile}`);
		}),
	);
});

test('any digits become a number of the default country, stay as they are, or are refused', () => {
	fc.assert(
		fc.property(fc.constantFrom(...countries), fc.stringMatching(/^\d{1,17}$/), (home, digits) => {
			const sent = String(read(digits, home.value));
			if (!sent.startsWith('+')) return;
			const isHome = sent.startsWith(`+${home.code}`) && home.mobile.test(sent.slice(1 + home.code.length));
			const isAsGiven = sent === `+${digits}` || sent === `+${digits.slice(home.exit?.length ?? 0)}`;
			expect(isHome || isAsGiven).toBe(true);
			// Digits that are added or removed are a prefix: the end of the number is never changed.
			expect(digits.endsWith(sent.slice(-6)) || isAsGiven).toBe(true);
		}),
		{ numRuns: 3000 },
	);
});

test('a number abroad without + is sent there or refused, unless it is dialed like this at home', () => {
	fc.assert(
		fc.property(foreign, ([home, { country, mobile }]) => {
			const digits = `${country.code}${mobile}`;
			const sent = String(read(digits, home.value));
			const dialed = [...home.trunks, ...(home.bare ? [''] : [])].some(
				(trunk) => digits.startsWith(trunk) && home.mobile.test(digits.slice(trunk.length)),
			);
			fc.pre(!dialed && !(home.exit !== undefined && digits.startsWith(home.exit)));
			expect(sent === `+${digits}` || sent.includes('ambiguous')).toBe(true);
		}),
		{ numRuns: 2000 },
	);
});
