/** What an email looks like with sample values: the same as Handlebars makes of it. */
import fc from 'fast-check';
import Handlebars from 'handlebars';
import { MOST_TEXT, render } from '../../../api/template/render';
import { readTree } from '../../../api/template/tree';
import { stopwatch } from '../support/processor-time';

const html = (text: string, data: object = {}) => render(readTree(text), data, true);
const plain = (text: string, data: object = {}) => render(readTree(text), data, false).text;
const handlebars = (text: string, data: object) => Handlebars.compile(text)(data);

const order = {
	name: '<Jo & "Co">',
	paid: true,
	zero: 0,
	none: null,
	empty: [],
	customer: { city: 'Rome', names: ['Ann', 'Bob'] },
	items: [
		{ title: 'Tea', price: 1.5, tags: ['hot', 'new'] },
		{ title: "Joe's", price: 0, tags: [] },
	],
};

describe('a template is rendered as Handlebars renders it', () => {
	test.each([
		'Hi {{name}}, {{{name}}} {{&name}} {{ zero }}{{none}}{{missing}}{{paid}}',
		'{{customer.city}} {{customer/city}} {{customer.nothing.more}} {{this.customer.city}} {{./name}} {{customer}}',
		'{{#each items}}{{@index}}/{{@key}} {{title}} {{this.price}} {{../customer.city}} {{@first}}{{@last}};{{/each}}',
		'{{#each items}}{{#each tags}}{{this}}{{@../index}}{{../title}}{{../../name}}{{else}}none{{/each}}{{/each}}',
		'{{#each customer}}{{@key}}={{this}} {{/each}}{{#each empty}}x{{else}}nothing{{/each}}{{#each name}}x{{/each}}',
		'{{#each items as |item at|}}{{at}} {{item.title}} {{title}}{{/each}}{{#with customer as |c|}}{{c.city}}{{/with}}',
		'{{#if paid}}yes{{else}}no{{/if}}{{#if zero}}yes{{else}}no{{/if}}{{#if zero includeZero=true}}yes{{/if}}',
		'{{#if none}}a{{else if empty}}b{{else if paid}}c{{else}}d{{/if}}{{#unless none}}e{{else}}f{{/unless}}',
		'{{#with customer}}{{city}} {{../name}} {{@root.zero}}{{else}}x{{/with}}{{#with none}}x{{else}}{{name}}{{/with}}',
		'{{#items}}{{title}}{{/items}}{{^items}}none{{/items}}{{#customer}}{{city}}{{/customer}}{{^none}}y{{/none}}',
		'{{#paid}}{{name}}{{/paid}}{{#zero}}z{{this}}{{/zero}}{{^empty}}e{{else}}f{{/empty}}',
		'{{! a comment }}{{!-- {{name}} --}}a{{!-- b --~}}   c  {{~! d ~}}  e',
		'\\{{name}} \\\\{{name}} \\{{a}} \\\\{{!--x--}} \\{{a}}\\\\{{name}}',
		'{{lookup items 1}} {{lookup customer "city"}} {{#with (lookup items 0)}}{{title}}{{/with}}',
		'{{customer.names}} {{customer.names.length}} {{items.[1].title}} {{items.0.title}} {{name.length}}',
		'{{constructor}} {{__proto__}} {{[name]}} {{"name"}} {{12}} {{true}}',
		'a  {{~name~}}  b {{~#if paid~}}  c  {{~else~}}  d  {{~/if~}}  e',
		'<ul>\n  {{#each items}}\n  <li>{{title}}</li>\n  {{/each}}\n</ul>\n',
		'  {{#if none}}\n a\n  {{else}}  \n b\n{{/if}}\nend\n  {{! alone }}  \nlast',
		'\n{{#if none}}\r\na\r\n{{else if paid}}\r\nb\r\n{{else}}\r\nc\r\n{{/if}}\r\nd',
		'{{^none}}\n a\n{{else}}\n b\n{{/none}}\nx {{#if paid}}\ny\n{{/if}} z',
	])('%s', (text) => {
		expect(html(text, order)).toEqual({ text: handlebars(text, order), unknown: [], isSound: true, isCut: false });
	});

	test('values of a text body and a subject are not escaped', () => {
		expect(plain('{{name}}', order)).toBe('<Jo & "Co">');
	});
});

const blank = fc.constantFrom('', '', ' ', '\n', '  \n', '\n  ', '\r\n', '\t', 'x', ' y ', '\n\n');
const name = fc.constantFrom(
	'a',
	'b',
	'o.x',
	'this',
	'this.a',
	'@root.b',
	'../b',
	'list',
	'list.[0]',
	'@index',
	'@key',
);
const tilde = fc.constantFrom('', '', '', '~');
type Text = { text: string };
const joined = (parts: readonly Text[]) => ({ text: parts.map(({ text }) => text).join('') });
const { parts: texts } = fc.letrec<{ part: Text; parts: Text }>((tie) => ({
	part: fc.oneof(
		{ maxDepth: 4 },
		blank.map((text) => ({ text })),
		fc.tuple(name, tilde, tilde, fc.boolean()).map(([path, before, after, isRaw]) => ({
			// Handlebars adds the numbers of two unescaped tags that begin a template, so a text comes first.
			text: `${isRaw ? '|' : ''}{{${before}${isRaw ? '{' : ''}${path}${isRaw ? '}' : ''}${after}}}`,
		})),
		fc.tuple(tilde, tilde, fc.constantFrom('! c ', '!-- {{c}} --')).map(([before, after, text]) => ({
			text: `{{${before}${text}${after}}}`,
		})),
		fc.constantFrom('\\{{a}}', '\\\\{{a}}', '{{lookup list 0}}').map((text) => ({ text })),
		fc
			.tuple(
				fc.constantFrom('#', '#', '#', '#', '^'),
				fc.constantFrom(
					'if a',
					'unless b',
					'if list',
					'each list',
					'each o',
					'each this.list',
					'with o',
					'with a',
					'a',
					'list',
					'o',
					'if @first',
					'if b includeZero=true',
				),
				fc.array(tilde, { minLength: 8, maxLength: 8 }),
				fc.tuple(blank, tie('parts'), blank),
				fc.option(fc.constantFrom('else', '^', 'else if b', 'else if a', 'else with o', 'else each list')),
				fc.tuple(blank, tie('parts'), blank),
				fc.option(fc.constantFrom('else', 'else if o', 'else unless a')),
				fc.tuple(blank, tie('parts'), blank),
			)
			.map(([sign, head, t, yes, turn, no, last, end]) => {
				const body = (a: readonly [string, Text, string]) => `${a[0]}${a[1].text}${a[2]}`;
				const isLast = turn === null || turn === 'else' || turn === '^';
				const second = turn === null ? '' : `{{${t[2]}${turn}${t[3]}}}${body(no)}`;
				const third = isLast || last === null ? '' : `{{${t[4]}${last}${t[5]}}}${body(end)}`;
				return {
					text: `{{${t[0]}${sign}${head}${t[1]}}}${body(yes)}${second}${third}{{${t[6]}/${head.split(' ')[0]}${t[7]}}}`,
				};
			}),
	),
	parts: fc.array(tie('part'), { maxLength: 4 }).map(joined),
}));
const leaf = fc.constantFrom<unknown>('x', '<&>', '', null, 0, 1, true, false);
const data = fc.record(
	{
		a: leaf,
		b: leaf,
		o: fc.oneof(leaf, fc.record({ x: leaf, y: leaf }, { requiredKeys: [], noNullPrototype: true })),
		list: fc.array(
			fc.oneof(
				leaf,
				fc.array(leaf, { maxLength: 2 }),
				fc.record(
					{ a: leaf, b: leaf, list: fc.array(leaf, { maxLength: 2 }) },
					{ requiredKeys: [], noNullPrototype: true },
				),
			),
			{ maxLength: 3 },
		),
	},
	{ requiredKeys: [], noNullPrototype: true },
);

test('thousands of templates are rendered as Handlebars renders them', () => {
	let rendered = 0;
	fc.assert(
		fc.property(fc.array(texts, { minLength: 1, maxLength: 3 }), data, (pieces, values) => {
			const { text } = joined(pieces);
			let expected: string;
			try {
				expected = handlebars(text, values);
			} catch {
				return;
			}
			rendered++;
			const own = html(text, values);
			expect({ template: text, values, ...own }).toEqual({
				template: text,
				values,
				text: expected,
				unknown: [],
				isSound: true,
				isCut: false,
			});
		}),
		{ seed: 11, numRuns: 2_000 },
	);
	expect(rendered).toBeGreaterThan(500);
});

describe('what is not known here', () => {
	test.each<[string, string, string[]]>([
		['a {{money total currency="EUR"}} {{name}}', 'a {{money total currency="EUR"}} Jo', ['money']],
		['{{#if (eq a b)}}{{name}}{{/if}} {{name}}', '{{#if (eq a b)}}{{name}}{{/if}} Jo', ['eq']],
		['{{#list items}}{{name}}{{/list}}{{name}}', '{{#list items}}{{name}}{{/list}}Jo', ['list']],
		['{{> footer}} {{name}}', '{{> footer}} Jo', ['footer']],
		['{{#> page}}{{name}}{{/page}} {{name}}', '{{#> page}}{{name}}{{/page}} Jo', ['page']],
		['{{{{raw}}}} {{name}} {{{{/raw}}}}{{name}}', '{{{{raw}}}} {{name}} {{{{/raw}}}}Jo', ['raw']],
		[
			'{{lookup a (upper b)}} {{#each}}x{{/each}} {{if}}',
			'{{lookup a (upper b)}} {{#each}}x{{/each}} {{if}}',
			['upper', 'each', 'if'],
		],
	])('stays visible and is named: %s', (text, expected, unknown) => {
		expect(html(text, { name: 'Jo' })).toEqual({ text: expected, unknown, isSound: true, isCut: false });
	});

	test('a template that Handlebars cannot read is shown as written', () => {
		expect(html('{{name}} {{#if a}} {{b', { name: 'Jo' })).toMatchObject({
			text: '{{name}} {{#if a}} {{b',
			isSound: false,
		});
	});
});

describe('a hostile template', () => {
	const long = Array.from({ length: 3_000 }, () => 1);
	const deep = JSON.parse(`${'['.repeat(5_000)}${']'.repeat(5_000)}`) as unknown;
	test.each<[string, string, object]>([
		['loops over loops', '{{#each l}}{{#each ../l}}{{#each ../../l}}.{{/each}}{{/each}}{{/each}}', { l: long }],
		[
			'prints a long text again and again',
			'{{#each l}}{{{@root.t}}}{{/each}}',
			{ l: long, t: '<'.repeat(100_000) },
		],
		[
			'prints lists in lists',
			'{{#each l}}{{@root.t}}{{/each}}',
			{ l: long, t: Array.from({ length: 50 }, () => long) },
		],
	])('that %s ends, and is cut off', (_what, text, values) => {
		const elapsed = stopwatch();
		const { text: shown, isCut } = html(text, values);
		expect(isCut).toBe(true);
		expect(shown.length).toBeLessThanOrEqual(MOST_TEXT);
		expect(elapsed()).toBeLessThan(5_000);
	});

	test('that prints a list of lists does not end in an overflow', () => {
		expect(html('{{l}}', { l: deep })).toMatchObject({ text: '' });
	});

	test.each(['\n', ' ', '{{a}}', '{{#if a}}', '{{else}}', '\\{{', '{{!a}} ', '{{#if a}}\n{{/if}}\n'])(
		'a megabyte of %j is rendered at once',
		(part) => {
			const text = `{{#if a}}${part.repeat(1_000_000 / part.length)}`;
			const times = [text, `${text}{{/if}}`, `${text}x{{/if}}x`].map((one) => {
				const elapsed = stopwatch();
				html(one, { a: 1 });
				return elapsed();
			});
			// Time that grows with the square would take minutes.
			expect(Math.min(...times)).toBeLessThan(2_000);
		},
	);
});
