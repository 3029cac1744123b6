/**
 * Work that a hostile text, template or value would make without end: each of these took minutes, or ended the process.
 */
import { baseUrlOf, callbackUrlError, parseBody } from '../../../api';
import { copiedJson } from '../../../api/core/json-copy';
import { parseExactJson } from '../../../api/core/exact';
import { missingIn } from '../../../api/template/missing';
import { readTree } from '../../../api/template/tree';
import { isPrivateHostname } from '../../../api/formats/hostnames';
import { withoutSecret } from '../../../api/formats/urls';
import { stopwatch } from '../support/processor-time';

/** Far more milliseconds of processor time than any of them needs. */
const MOST = 10_000;

function quick<T>(work: () => T): T {
	const elapsed = stopwatch();
	const made = work();
	expect(elapsed()).toBeLessThan(MOST);
	return made;
}

const items = Array.from({ length: 50_000 }, () => 1);
const missing = (text: string, data: object = { items }) => quick(() => missingIn([readTree(text).parts], data));

describe('a template that walks over a long list', () => {
	test('and hands a helper thousands of values each time', () => {
		expect(readTree(`{{x ${'a '.repeat(20_000)}}}`).isSound).toBe(false);
		missing(`{{#each items}}{{x ${'a '.repeat(90)}}}{{/each}}`);
		missing(`{{#each items}}{{x ${'a '.repeat(90_000)}}}{{/each}}`);
		missing(`{{#each items}}${'{{x a b c d e f g h}}'.repeat(1000)}{{/each}}`);
	});

	test.each(['a', '1'])('and prints a name of a hundred thousand %s', (sign) => {
		missing(`{{#each items}}{{../${sign.repeat(100_000)}x}}{{/each}}`);
		missing(`{{#each items}}{{lookup ../map "${sign.repeat(100_000)}x"}}{{/each}}`);
		missing('{{#each map}}{{#each this}}{{name}}{{../gap}}{{/each}}{{/each}}', {
			map: { [`${sign.repeat(500_000)}x`]: items },
		});
	});

	test('and what a person wrote is still found', () => {
		expect(
			missingIn([readTree('{{#each items}}{{money price currency="EUR"}}{{/each}}').parts], { items: [{}] }),
		).toEqual({ paths: ['items[0].price'], isMore: false, isWhole: true });
	});
});

test('a form with a hundred thousand names is read once', () => {
	const body = Array.from({ length: 100_000 }, (_, index) => `k${index}=${index}`).join('&');
	expect(
		Object.keys(quick(() => parseBody(`${body}&k1=again&__proto__=x`, 'application/x-www-form-urlencoded')) ?? {}),
	).toHaveLength(100_001);
	expect(parseBody('a=1&b=2&a=3', 'application/x-www-form-urlencoded')).toEqual({ a: ['1', '3'], b: '2' });
});

test('a base URL has a length, and so has what is cut from an address', () => {
	expect(quick(() => baseUrlOf('custom', `http://example.com${'/'.repeat(300_000)}x`))).toMatchObject({
		ok: false,
		error: { message: expect.stringContaining('at most 2000') as string },
	});
	expect(baseUrlOf('custom', 'http://127.0.0.1:8025/v3///')).toEqual({ ok: true, value: 'http://127.0.0.1:8025/v3' });
	quick(() => withoutSecret(`${'?'.repeat(300_000)}\n`));
});

test('JSON with millions of escapes is read without a stack as long', () => {
	expect(parseExactJson(`["${'a\\n'.repeat(4_000_000)}",12345678901234567890]`)).toEqual([
		expect.any(String),
		'12345678901234567890',
	]);
	expect(
		parseExactJson(
			'{"a":"\\"12345678901234567890","b":[12345678901234567890,-1.5e3,"\\\\"],"c":"12345678901234567890"}',
		),
	).toEqual({ a: '"12345678901234567890', b: ['12345678901234567890', -1500, '\\'], c: '12345678901234567890' });
});

test('a list of nothing but a length is refused', () => {
	const list: unknown[] = [];
	list[4_000_000_000] = 1;
	expect(quick(() => copiedJson({ list }))).toEqual({ problem: 'too many values' });
});

test.each([
	'[::127.0.0.1]',
	'[::ffff:10.0.0.1]',
	'[64:ff9b::7f00:1]',
	'[64:ff9b:1::a00:1]',
	'[2002:7f00:1::]',
	'[fec0::1]',
	'[fe80::1]',
	'[ff02::1]',
	'[fd00::1]',
	'[::]',
	'198.18.0.1',
	'192.0.0.8',
	'224.0.0.1',
	'255.255.255.255',
	'2130706433',
	'0x7f.1',
	'localhost..',
	'router.localdomain',
	'wiki.intranet',
])('%s is no address on the Internet', (host) => {
	expect(isPrivateHostname(new URL(`https://${host}/`).hostname)).toBe(true);
	expect(callbackUrlError(`https://${host}/`, false)).toBeDefined();
});

test.each([
	'93.184.216.34',
	'[2606:4700::1111]',
	'flows.example.com',
	'flows.example.com.',
	'223.255.255.254',
	'198.17.0.1',
	'192.0.1.1',
	'xn--bcher-kva.example',
])('%s is one', (host) => {
	expect(isPrivateHostname(new URL(`https://${host}/`).hostname)).toBe(false);
});
