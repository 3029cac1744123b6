/** Character references of HTML, as in `&amp;` and `&#39;`. */

/** Characters that HTML reserves, and others that editors write as references besides Latin-1. */
const SIGNS: Readonly<Record<string, string>> = {
	amp: '&',
	lt: '<',
	gt: '>',
	quot: '"',
	apos: "'",
	num: '#',
	percnt: '%',
	plus: '+',
	comma: ',',
	period: '.',
	colon: ':',
	semi: ';',
	equals: '=',
	commat: '@',
	lpar: '(',
	rpar: ')',
	lsqb: '[',
	rsqb: ']',
	lowbar: '_',
	sol: '/',
	excl: '!',
	dollar: '$',
	ndash: '\u2013',
	mdash: '\u2014',
	lsquo: '\u2018',
	rsquo: '\u2019',
	ldquo: '\u201c',
	rdquo: '\u201d',
	euro: '\u20ac',
	hellip: '\u2026',
	OElig: '\u0152',
	oelig: '\u0153',
	Scaron: '\u0160',
	scaron: '\u0161',
};

/** The names of the characters 160 to 255 (Latin-1), in order. */
const LATIN = (
	'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest ' +
	'Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig ' +
	'agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml'
).split(' ');

const named = new Map([
	...Object.entries(SIGNS),
	...LATIN.map((name, index): [string, string] => [name, String.fromCharCode(160 + index)]),
]);

/** Returns the character with a code point, or undefined. */
function numbered(code: number): string | undefined {
	const isSign = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
	return isSign ? String.fromCodePoint(code) : undefined;
}

/** Decodes the references in a text once. Invalid references and unknown names are kept. */
export function entitiesDecoded(text: string): string {
	return text.replace(
		/&(?:#(\d{1,10})|#x([\da-f]{1,8})|([a-z][a-z0-9]{1,8}));/gi,
		(whole, decimal?: string, hexadecimal?: string, name?: string) => {
			if (name !== undefined) return named.get(name) ?? whole;
			return numbered(decimal === undefined ? parseInt(hexadecimal ?? '', 16) : Number(decimal)) ?? whole;
		},
	);
}
