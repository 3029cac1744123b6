import fc from 'fast-check';
import Handlebars from 'handlebars';
import { missingIn } from '../../../api/template/missing';
import { readTree } from '../../../api/template/tree';
import { tooLong } from '../support/processor-time';

const missing = (text: string, data: object) => missingIn([readTree(text).parts], data);
const paths = (text: string, data: object) => missing(text, data).paths;

describe('a variable without a value', () => {
	test.each<[string, object, string[]]>([
		['{{a}} {{b}} {{c}} {{d}} {{e}} {{f}}', { a: 'x', b: '', c: null, e: 0, f: false }, ['b', 'c', 'd']],
		['{{{a}}} {{& b}}', {}, ['a', 'b']],
		['{{customer.name}} {{customer.city}}', { customer: { city: 'Rome' } }, ['customer.name']],
		['{{customer.name}}', {}, ['customer.name']],
		[
			'{{#each items}}{{name}} {{this.price}} {{../shop}}{{/each}}',
			{ items: [{ name: 'Tea', price: 1 }, { name: '' }] },
			['shop', 'items[1].name', 'items[1].price'],
		],
		['{{#each items}}{{name}}{{/each}}', { items: [] }, ['items']],
		['{{#each items}}{{name}}{{/each}}', {}, ['items']],
		['{{#each items}}{{name}}{{/each}}', { items: 'Tea' }, ['items']],
		['{{#each items}}{{name}}{{else}}{{none}}{{/each}}', { items: [] }, ['none']],
		['{{#each tags}}{{this}}{{/each}}', { tags: ['a', '', 'b'] }, ['tags[1]']],
		[
			'{{#each prices}}{{@key}} {{amount}}{{/each}}',
			{ prices: { EUR: { amount: 1 }, USD: {} } },
			['prices.USD.amount'],
		],
		['{{#each items as |item at|}}{{at}} {{item.name}}{{/each}}', { items: [{}] }, ['items[0].name']],
		['{{#if coupon}}{{code}}{{/if}}', {}, []],
		['{{#if coupon}}{{code}}{{/if}}', { coupon: 'x' }, ['code']],
		['{{#if coupon}}{{code}}{{else}}{{other}}{{/if}}', { coupon: [] }, ['other']],
		['{{#if count}}{{a}}{{/if}}{{#if count includeZero=true}}{{b}}{{/if}}', { count: 0 }, ['b']],
		['{{#if a}}{{x}}{{else if b}}{{y}}{{else}}{{z}}{{/if}}', { b: true }, ['y']],
		['{{#unless paid}}{{due}}{{/unless}}', { paid: true }, []],
		['{{#unless paid}}{{due}}{{/unless}}', {}, ['due']],
		['{{#with customer}}{{name}}{{../shop}}{{/with}}', { customer: { name: 'Jo' } }, ['shop']],
		['{{#with customer}}{{name}}{{/with}}', {}, ['customer']],
		['{{#with customer}}{{name}}{{else}}hello{{/with}}', {}, []],
		['{{#items}}{{name}}{{/items}}{{^items}}none{{/items}}', {}, []],
		['{{#items}}{{name}}{{/items}}', { items: [{}] }, ['items[0].name']],
		['{{#vip}}{{name}}{{/vip}}', { vip: true }, ['name']],
		[
			'{{#each items}}{{#if @first}}{{a}}{{/if}}{{#unless @last}}{{b}}{{/unless}}{{/each}}',
			{ items: [1, 2] },
			['items[0].a', 'items[0].b'],
		],
		[
			'{{#each a}}{{#each b}}{{../name}} {{@root.shop}}{{/each}}{{/each}}',
			{ a: [{ b: [1] }] },
			['a[0].name', 'shop'],
		],
		['{{lookup items 0}} {{lookup map key}}', { items: [''], map: { k: 'v' }, key: 'k' }, ['items[0]']],
		['{{items.[1].name}} {{items.0.name}}', { items: [{ name: 'Tea' }] }, ['items[1].name']],
		['{{money total}}', {}, ['total']],
		['{{#if (eq a b)}}{{c}}{{else}}{{d}}{{/if}}', {}, []],
		['\\{{a}} {{! b }} {{!-- {{c}} --}}', {}, []],
		[
			'{{constructor}} {{__proto__}} {{customer.toString}}',
			{ customer: {} },
			['constructor', '__proto__', 'customer.toString'],
		],
		['{{name.length}} {{items.length}}', { name: 'Jo', items: [] }, []],
	])('%s with %j', (text, data, expected) => {
		expect([...paths(text, data)].sort()).toEqual([...expected].sort());
	});

	test('is named once, over all texts, and no more than a person reads', () => {
		const text = Array.from({ length: 30 }, (_, index) => `{{v${index}}}{{v${index}}}`).join('');
		expect(missing(text, {})).toMatchObject({ isMore: true, isWhole: true });
		expect(paths(text, {})).toHaveLength(20);
	});
});

type Text = { text: string };
/** Templates that print a mark around every value, so that a gap is seen in what Handlebars itself makes of them. */
const { part } = fc.letrec<{ part: Text; parts: Text }>((tie) => ({
	part: fc.oneof(
		{ maxDepth: 4 },
		fc
			.constantFrom('a', 'b', 'o.x', 'o.y', 'this.a', '@root.b', '../b', 'list.[0]', 'list.length')
			.map((path) => ({ text: `<${'{{'}${path}${'}}'}>` })),
		fc
			.tuple(
				fc.constantFrom(
					'if a',
					'unless b',
					'if o.x',
					'if list',
					'each list',
					'each o',
					'with o',
					'with a',
					'a',
					'list',
					'o',
					'if @first',
					'each this.list',
				),
				tie('parts'),
				tie('parts'),
			)
			.map(([head, yes, no]) => ({
				text: `{{#${head}}}${yes.text}{{else}}${no.text}{{/${head.split(' ')[0]}}}`,
			})),
	),
	parts: fc.array(tie('part'), { maxLength: 3 }).map((parts) => ({ text: parts.map(({ text }) => text).join('') })),
}));
const leaf = fc.constantFrom<unknown>('x', '', null, 0, 1, true, false);
const node = fc.record(
	{
		a: leaf,
		b: leaf,
		o: fc.record({ x: leaf, y: leaf }, { requiredKeys: [], noNullPrototype: true }),
		list: fc.array(
			fc.oneof(
				leaf,
				fc.record(
					{ a: leaf, list: fc.array(leaf, { maxLength: 2 }) },
					{ requiredKeys: [], noNullPrototype: true },
				),
			),
			{ maxLength: 2 },
		),
	},
	{ requiredKeys: [], noNullPrototype: true },
);

test('gaps are found exactly where Handlebars leaves them (400 templates)', () => {
	let gaps = 0;
	fc.assert(
		fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), node, (parts, data) => {
			const text = parts.map((one) => one.text).join('');
			const rendered = Handlebars.compile(text, { noEscape: true })(data);
			if (rendered.includes('<>')) gaps++;
			expect({ text, data, isGap: paths(text, data).length > 0 }).toEqual({
				text,
				data,
				isGap: rendered.includes('<>'),
			});
		}),
		{ seed: 11, numRuns: 400 },
	);
	expect(gaps).toBeGreaterThan(50);
});

test('loops over loops of a hostile template end', () => {
	const list = Array.from({ length: 3_000 }, () => 1);
	const loops = () => missing('{{#each l}}{{#each ../l}}{{#each ../../l}}{{/each}}{{/each}}{{/each}}', { l: list });
	expect(tooLong(loops, 2_000)).toBeUndefined();
	expect(loops().isWhole).toBe(false);
});
