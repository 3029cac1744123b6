import fc from 'fast-check';
import { imagesShown } from '../../../api';
import { tooLong } from '../support/processor-time';

const shown = (html: unknown) => [...imagesShown(html)];

describe('an image of the email itself is shown', () => {
	test.each<[string, string, string[]]>([
		['in double quotes', '<p><img src="cid:logo.png" alt="x"></p>', ['logo.png']],
		['in single quotes', "<img alt=x src='cid:logo.png'/>", ['logo.png']],
		[
			'without quotes, up to a blank or >',
			'<img src=cid:logo.png alt=x><img src=cid:b.png><img src=cid:c/d.png>',
			['logo.png', 'b.png', 'c/d.png'],
		],
		['with a blank in its name', '<img src="cid:our logo.png">', ['our logo.png']],
		['with brackets in its name', '<img src="cid:logo (1).png">', ['logo (1).png']],
		[
			'with the other quote in its name',
			'<img src="cid:Jane\'s.png"><img src=\'cid:2".png\'>',
			["Jane's.png", '2".png'],
		],
		[
			'with character references in its name',
			'<img src="cid:a&amp;b.png"><img src="cid:Gr&uuml;n&#32;&#x31;.png"><img src="cid:&quot;.png">',
			['a&b.png', 'Grün 1.png', '".png'],
		],
		[
			'with an & that is none',
			'<img src="cid:a&b.png"><img src="cid:a&unknown;.png"><img src="cid:&#0;&#xd800;&#9999999999;.png">',
			['a&b.png', 'a&unknown;.png', '&#0;&#xd800;&#9999999999;.png'],
		],
		['percent-encoded, and also as written', '<img src="cid:our%20logo.png">', ['our logo.png', 'our%20logo.png']],
		[
			'with a percent sign that encodes nothing',
			'<img src="cid:100%.png"><img src="cid:%zz%ff.png">',
			['100%.png', '%zz%ff.png'],
		],
		['in any case, and with blanks around it', '<IMG SRC = " CID:Logo.png\n">', ['Logo.png']],
		['by its first src alone', '<img src="x.png" src="cid:data"><img src=\'cid:a\' src=\'cid:b\'>', ['a']],
		['behind a > in a quote', '<img alt="a > b" src="cid:a.png">', ['a.png']],
		['once, however often', '<img src="cid:a"><img src="cid:a">', ['a']],
		[
			'to Outlook alone',
			'<!--[if mso]><img src="cid:a"><![endif]--><!--[if !mso]><!--><img src="cid:b"><!--<![endif]-->',
			['a', 'b'],
		],
		[
			'behind a comment, a style, a stray <',
			'<!-- x --><style>p > a {}</style>1 < 2 <> </p><!DOCTYPE html><img src="cid:a">',
			['a'],
		],
	])('%s', (_, html, expected) => {
		expect(shown(html)).toEqual(expected);
	});

	test.each<[string, unknown]>([
		['text', 'hello cid:data, src="cid:data", img src="cid:data"'],
		['the text of a tag', '&lt;img src="cid:data"&gt;'],
		['another attribute', '<img alt="cid:data" data-src="cid:data" title=\'src="cid:data"\' xsrc=cid:data>'],
		[
			'another tag',
			'<a href="cid:data">x</a><td background="cid:data"><imgs src="cid:data"><input src="cid:data"><source src="cid:data">',
		],
		['a tag inside a quote', '<a title="<img src=\'cid:data\'>">x</a>'],
		['a closing tag', '</img src="cid:data">'],
		['a comment', '<!-- <img src="cid:data"> --><!--> <!-- <img src="cid:data">'],
		[
			'a style, a script or a text field',
			'<style><img src="cid:data"></style><script>"<img src=\'cid:data\'>"</script ><textarea><img src="cid:data"></textarea><title><img src="cid:data">',
		],
		['a tag without an end', '<img src="cid:data"'],
		['a quote without an end', '<img src="cid:data>'],
		[
			'another scheme',
			'<img src="xcid:data"><img src="https://example.com/cid:data"><img src="cid"><img src="cid:"><img src><img src=>',
		],
		['no text', 7],
	])('but not by %s', (_, html) => {
		expect(shown(html)).toEqual([]);
	});

	test('whatever the name, once it is written as an attribute', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (text) => {
				const name = text.trim().replace(/[\t\n\r]/g, '');
				fc.pre(name !== '');
				const written = encodeURIComponent(name).replace(/'/g, '%27');
				expect(shown(`<p title="${written}"><img src='cid:${written}'></p>`)[0]).toBe(name);
				const escaped = name.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/%/g, '%25');
				expect(shown(`<img src="cid:${escaped}">`)[0]).toBe(name);
			}),
			{ seed: 11, numRuns: 300 },
		);
	});
});

describe('hostile HTML of 1 MB is read at once', () => {
	const MEGABYTE = 1_000_000;
	test.each([
		'<',
		'<i',
		'<img ',
		'<img src=',
		'<img src="',
		"<img src='cid:",
		'<!--',
		'<!--[if',
		'<!',
		'</',
		'<style>',
		'<title></title>',
		'<textarea',
		'<img src=cid:&#',
		'<img a="b"',
		' ',
		'<img\t',
		'=',
		'<a =',
		'&amp',
		'&#x',
		'<img src="cid:%e4%',
	])('%s', (piece) => {
		const html = piece.repeat(Math.ceil(MEGABYTE / piece.length));
		for (const text of [html, `<img ${html}`, `<img src="cid:${html}">`, `<style>${html}`]) {
			// About 30 ms on a quiet machine; time that grows with the square would take minutes.
			expect(tooLong(() => imagesShown(text), 100)).toBeUndefined();
		}
	});

	test('and never throws', () => {
		const part = fc.constantFrom(
			'<',
			'>',
			'"',
			"'",
			'=',
			' ',
			'/',
			'!',
			'--',
			'<img',
			'src',
			'cid:',
			'<!--',
			'-->',
			'<style>',
			'</style',
			'&',
			'%',
			';',
			'\u0000',
			'\ud800',
			'a',
		);
		fc.assert(
			fc.property(fc.array(part, { maxLength: 40 }), (parts) => {
				for (const id of imagesShown(parts.join(''))) expect(id).not.toBe('');
			}),
			{ seed: 11, numRuns: 2000 },
		);
	});
});
