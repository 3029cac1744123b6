import fc from 'fast-check';
import Handlebars from 'handlebars';
import { readTemplate, variablesOf } from '../../../api';
import { readTree } from '../../../api/template/tree';
import { tooLong } from '../support/processor-time';

const template = (subject: string, html = '', text = '', examples: object = {}) =>
	readTemplate({
		id: 'a-template',
		subject,
		html_body: html,
		text_body: text,
		template_variables: examples as never,
	});
const names = (text: string) => variablesOf(template(text)).map(({ name }) => name);
const first = (text: string, examples: object = {}) => variablesOf(template(text, '', '', examples))[0];

describe('the variables of a template', () => {
	test.each<[string, string[]]>([
		['Hi {{name}}', ['name']],
		['Hi {{ name }} {{{raw}}} {{& other }}', ['name', 'raw', 'other']],
		['{{~ name ~}} {{~{ raw }~}}', ['name', 'raw']],
		['{{customer.name}} {{customer/city}} {{this.shop}} {{./lane}}', ['customer', 'shop', 'lane']],
		['{{! a comment {{!-- {{inside}} --}} {{!-- {{not}} }} --}} {{seen}}', ['seen']],
		['{{!--}}{{seen}}', ['seen']],
		['\\{{not}} {{seen}} \\\\{{also}}', ['seen', 'also']],
		['{{[first name]}} {{"last name"}} {{12}}', ['first name', 'last name', '12']],
		[
			'{{#if coupon}}{{code}}{{else if gift}}{{card}}{{else}}{{none}}{{/if}}',
			['coupon', 'code', 'gift', 'card', 'none'],
		],
		['{{#unless paid}}{{due}}{{/unless}}', ['paid', 'due']],
		[
			'{{#each items}}{{this.title}} {{price}} {{../shop}} {{@index}} {{@root.currency}}{{/each}}',
			['items', 'shop', 'currency'],
		],
		['{{#each items as |item at|}}{{item.title}} {{at}} {{shelf}}{{/each}}', ['items']],
		['{{#with customer as |c|}}{{c.name}} {{city}} {{../shop}}{{/with}}', ['customer', 'shop']],
		[
			'{{lookup prices currency}} {{#each (lookup lists which)}}{{title}}{{/each}}',
			['prices', 'currency', 'lists', 'which'],
		],
		['{{#items}}{{title}}{{/items}}{{^items}}{{none}}{{/items}}', ['items', 'none']],
		['{{money total currency="EUR" lang=locale}}', ['total', 'locale']],
		['{{> footer}} {{seen}}', ['seen']],
		['{{{{raw}}}} {{not}} {{{{/raw}}}} {{seen}}', ['seen']],
		['{{title}} %%UNSUBSCRIBE%% { {not} } {{ä_ö-ü}} {{$1}}', ['title', 'ä_ö-ü', '$1']],
	])('%s', (text, expected) => {
		expect(names(text)).toEqual(expected);
	});

	test('are read from the subject and both bodies, each once, behind those that have an example', () => {
		expect(
			variablesOf(template('{{order}}', '{{name}} {{order}}', '{{name}} {{code}}', { total: 3 })).map(
				({ name }) => name,
			),
		).toEqual(['total', 'order', 'name', 'code']);
	});

	test('are lists and objects by their use, with an example made of the names used inside', () => {
		expect(first('{{#each items}}{{quantity}} × {{product.title}}{{/each}}')).toEqual({
			name: 'items',
			form: 'list',
			example: [{ quantity: '', product: { title: '' } }],
			names: ['quantity', 'product'],
			isOnlyTested: false,
		});
		expect(first('{{#each tags}}{{this}}{{/each}}')).toMatchObject({ form: 'list', example: [''] });
		expect(first('{{customer.name}}{{customer.city}}')).toMatchObject({
			form: 'object',
			example: { name: '', city: '' },
		});
		expect(first('{{box.length}} {{box.width}}')).toMatchObject({
			form: 'object',
			example: { length: '', width: '' },
		});
		expect(first('{{#if items.length}}some{{/if}}')).toMatchObject({ form: 'list' });
		expect(first('{{name}}')).toEqual({
			name: 'name',
			form: 'text',
			example: undefined,
			names: [],
			isOnlyTested: false,
		});
	});

	test('an example that stands with the template goes before a made one, where it fits the use', () => {
		expect(first('{{#each items}}{{title}}{{/each}}', { items: [{ title: 'Tea' }] })?.example).toEqual([
			{ title: 'Tea' },
		]);
		expect(first('{{#each items}}{{title}}{{/each}}', { items: 'a list' })).toMatchObject({
			form: 'list',
			example: [{ title: '' }],
		});
		expect(first('{{total}}', { total: 19.9 })).toMatchObject({ form: 'text', example: 19.9 });
	});

	test('one that is only asked for is told from one that is printed', () => {
		expect(first('{{#if vip}}Dear guest{{/if}}')?.isOnlyTested).toBe(true);
		expect(first('{{#if coupon}}{{coupon}}{{/if}}')?.isOnlyTested).toBe(false);
	});

	test('a section over a yes does not take its names away', () => {
		expect(
			variablesOf(template('{{#vip}}{{name}}{{/vip}}', '', '', { vip: true })).map(({ name, form }) => [
				name,
				form,
			]),
		).toEqual([
			['vip', 'text'],
			['name', 'text'],
		]);
	});
});

test('a text that Handlebars cannot read is told, and read as far as it goes', () => {
	expect(readTree('{{a}} {{#if b}} {{c').isSound).toBe(false);
	expect(names('{{a}} {{#if b}} {{c')).toEqual(['a', 'b']);
});

const piece = fc.constantFrom(
	'{{a}}',
	'{{ b.c }}',
	'{{{d}}}',
	'{{#if a}}',
	'{{else}}',
	'{{else if b}}',
	'{{/if}}',
	'{{#each items}}',
	'{{/each}}',
	'{{^}}',
	'{{^a}}',
	'{{/a}}',
	'{{#a}}',
	'{{~x~}}',
	'{{!-- c --}}',
	'{{! c }}',
	'\\{{e}}',
	'{{../f}}',
	'{{@index}}',
	'{{"g h"}}',
	'{{lookup a "b"}}',
	'{{x y=(z 1)}}',
	'{{',
	'}}',
	'{',
	'}',
	'"',
	'\\',
	'--',
	'text ',
	'{{#with o as |p|}}',
	'{{/with}}',
	'{{{{raw}}}}',
	'{{{{/raw}}}}',
	'{{> p}}',
	'{{[a b]}}',
	'{{.}}',
	'{{this}}',
	'{{&n}}',
);

test('what Handlebars reads is read, and what it refuses is told (1,000 texts)', () => {
	fc.assert(
		fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
			const text = pieces.join('');
			const isReadable = (() => {
				try {
					Handlebars.parse(text);
					return true;
				} catch {
					return false;
				}
			})();
			// What is refused here may be read there, where nobody would write it; never the other way round in what is
			// read to its end.
			if (isReadable) expect(readTree(text)).toMatchObject({ isSound: true });
		}),
		{ seed: 11, numRuns: 1_000 },
	);
});

test.each([
	'{{',
	'{{{',
	'{{#if a}}',
	'{{a.',
	'{{"',
	'{{a "\\" ',
	'{{!--',
	'{{!-- -',
	'\\{{',
	'{{a b=',
	'(((((',
	'{{(((',
	'{{[',
	'{{#a}}',
	'{{{{a}}}}',
	'{{a |',
	'{{#each a as |',
	'as |b',
	'{{-1',
	'{{1',
	'{{else',
	'{{ ',
	'{{a}}',
	'../',
	'{{../',
	'}}',
	'{{^',
	'\\',
])('a megabyte of %s is read at once, also on a busy machine', (part) => {
	const text = part.repeat(Math.ceil(1_000_000 / part.length));
	for (const prefix of ['', '{{', '{{a ', '{{#each x}}', '{{"']) {
		// Time that grows with the square would take minutes.
		expect(tooLong(() => variablesOf(template(`${prefix}${text}`)), 100)).toBeUndefined();
	}
});
