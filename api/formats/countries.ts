/**
 * How mobile numbers are written in the countries that can be a default country. Calling codes: ITU-T E.164, list of
 * assigned country codes. Trunk and international prefixes: ITU Operational Bulletin, dialing procedures. Mobile
 * numbers: the national numbering plans that ITU-T E.129 publishes. Notation: ITU-T E.123.
 */

/** The numbering plan of a country, as far as text messages need it. */
export interface Country {
	/** The code of ISO 3166-1. */
	readonly value: string;
	readonly name: string;
	/** The calling code, without +. */
	readonly code: string;
	/** What is dialed before a national number within the country. Empty if nothing is. */
	readonly trunks: readonly string[];
	/** True if people write national numbers without the trunk prefix too. */
	readonly bare: boolean;
	/** What is dialed before the code of another country; undefined if that depends on the carrier. */
	readonly exit: string | undefined;
	/** The mobile numbers, without the trunk prefix and the calling code. */
	readonly mobile: RegExp;
}

/**
 * One line per country: ISO code, calling code, trunk prefixes (`-` for none, `~` after them if they are optional),
 * international prefix (`-` if it depends on the carrier), mobile numbers, name. In
 * those, `N` and a count stands for any digits: `7[1-5]N8` is 7, a digit from 1 to 5, and eight more digits. Numbers
 * that are dialed like those of a country but belong to another one are left out: French overseas departments, and
 * Palestinian numbers in Israel.
 */
const PLANS = `
AE 971 0 00 5[024-68]N7 United Arab Emirates
AT 43 0 00 6(?:5[0-3579]|6[013-9]|[7-9]\\d)N6,10 Austria
AU 61 0 0011 4N8 Australia
BD 880 0 00 1[3-9]N8 Bangladesh
BE 32 0 00 4[5-9]N7 Belgium
BG 359 0 00 (?:8[7-9]\\d|98[89])N6 Bulgaria
BH 973 - 00 [36]N7 Bahrain
BR 55 0~ - [1-9]{2}9N8 Brazil
CA 1 1~ 011 (?!900)[2-9](?!11)N2[2-9]N6 Canada
CH 41 0 00 7[5-9]N7 Switzerland
CL 56 - - 9N8 Chile
CN 86 - 00 1[3-9]N9 China
CO 57 - - 3N9 Colombia
CY 357 - 00 9[4-79]N6 Cyprus
CZ 420 - 00 (?:60[1-8]|7\\d{2})N6 Czechia
DE 49 0 00 1(?:5[0-25-9]N8|6[023]N7,8|7N8,9) Germany
DK 45 - 00 (?![89]0)[2-9]N7 Denmark
EE 372 - 00 (?:5N6,7|8[1-4]N6) Estonia
EG 20 0 00 1[0125]N8 Egypt
ES 34 - 00 (?:6\\d|7[1-4])N7 Spain
FI 358 0 00 (?:4\\d|50)N6,8 Finland
FR 33 0 00 (?:6(?:[0-24-8]\\d|3[0-8]|9[589])|7[3-9]\\d)N6 France
GB 44 0 00 7(?:[1-57-9]N8|624N6) United Kingdom
GH 233 0 00 (?:2[03-8]|5[03-79])N7 Ghana
GR 30 - 00 69N8 Greece
HK 852 - - (?:[569]\\d|7[0-3])N6 Hong Kong
HR 385 0 00 9[125789]N6,7 Croatia
HU 36 06 00 (?:[257]0|3[01])N7 Hungary
ID 62 0 - 8[1-35-9]N7,10 Indonesia
IE 353 0 00 8[35-9]N7 Ireland
IL 972 0 00 5[0-58]N7 Israel
IN 91 0~ 00 [6-9]N9 India
IS 354 - 00 (?:[67]\\d|8[2-9])N5 Iceland
IT 39 - 00 3[1-9]N7,8 Italy
JP 81 0 010 [6-9]0[1-9]N7 Japan
KE 254 0 000 (?:7\\d|1[01])N7 Kenya
KR 82 0 - 10N8 South Korea
KW 965 - 00 [569]N7 Kuwait
LK 94 0 00 7[0-25-8]N7 Sri Lanka
LT 370 0,8 00 6N7 Lithuania
LU 352 - 00 6(?:[269][18]|71)N6 Luxembourg
LV 371 - 00 2N7 Latvia
MA 212 0 00 (?:6\\d|7[0-8])N7 Morocco
MT 356 - 00 (?:7[79]|99)N6 Malta
MX 52 - 00 [2-9]N9 Mexico
MY 60 0 00 1(?:1N8|[02-46-9]N7) Malaysia
NG 234 0 009 (?:[789]0[1-9]|[89]1\\d)N7 Nigeria
NL 31 0 00 6[1-58]N7 Netherlands
NO 47 - 00 [49]N7 Norway
NZ 64 0 00 2[0-27-9]N6,8 New Zealand
PE 51 0~ 00 9N8 Peru
PH 63 0 00 9N9 Philippines
PK 92 0 00 3N9 Pakistan
PL 48 - 00 (?:45|5[0137]|6[069]|7[2389]|88)N7 Poland
PT 351 - 00 9[1236]N7 Portugal
QA 974 - 00 [3567]N7 Qatar
RO 40 0 00 7N8 Romania
RS 381 0 00 6[0-689]N6,7 Serbia
SA 966 0 00 5N8 Saudi Arabia
SE 46 0 00 7[02369]N7 Sweden
SG 65 - - [89]N7 Singapore
SI 386 0 00 (?:[37][01]|4[01]|51|6[4589])N6 Slovenia
SK 421 0 00 9(?:0[1-9]|[145]\\d)N6 Slovakia
TH 66 0 - [689]N8 Thailand
TR 90 0 00 5[03-5]N8 Türkiye
TW 886 0 - 9[0-8]N7 Taiwan
UA 380 0 00 (?:39|50|6[36-8]|7[1-37]|9[1-9])N7 Ukraine
US 1 1~ 011 (?!900)[2-9](?!11)N2[2-9]N6 United States
VN 84 0 00 [35789]N8 Vietnam
ZA 27 0 00 (?:6\\d|7[1-9]|8[1-4])N7 South Africa
`;

function countryOf(line: string): Country {
	const [value = '', code = '', trunk = '', exit = '', mobile = '', ...name] = line.split(' ');
	const trunks = trunk === '-' ? [] : trunk.replace('~', '').split(',');
	return {
		value,
		name: name.join(' '),
		code,
		trunks,
		bare: trunks.length === 0 || trunk.endsWith('~'),
		exit: exit === '-' ? undefined : exit,
		mobile: new RegExp(`^(?:${mobile.replace(/N([\d,]+)/g, '\\d{$1}')})$`),
	};
}

/** The countries that can be a default country, by name. */
export const countries: readonly Country[] = PLANS.trim()
	.split('\n')
	.map(countryOf)
	.sort((one, other) => one.name.localeCompare(other.name, 'en'));

/** Returns the country with a code of ISO 3166-1, in any case. */
export function findCountry(value: string): Country | undefined {
	return countries.find((country) => country.value === value.trim().toUpperCase());
}
