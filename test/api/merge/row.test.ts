/** Rows of a list: which columns become which fields, for any row that a stranger can write. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import {
	buildEmail,
	columnKinds,
	mergedValues,
	parseExactJson,
	RowReader,
	rowRecipients,
	rowVariables,
} from '../../../api';
import { plainName } from '../../../api/merge/names';

const form = { sender: 'shop@example.com', subject: 'News', text_body: 'Hello' };
const reader = (all = false, assigned = {}) => new RowReader({ assigned, all });
const valuesOf = (row: object, over: object = {}, all = false) =>
	mergedValues({ ...form, ...over }, reader(all).read(row as Record<string, unknown>));

test.each([
	['\ufeffE-Mail', 'email'],
	['"E-Mail Address"', 'emailaddress'],
	['\u00a0 reply_to ', 'replyto'],
	['Ｅｍａｉｌ', 'email'],
	['x'.repeat(100), 'x'.repeat(100)],
	['x'.repeat(101), ''],
])('%j is the name %j', (column, plain) => {
	expect(plainName(column)).toBe(plain);
});

test('no name means two things', () => {
	const names = columnKinds.flatMap((kind) => kind.names);
	expect(new Set(names).size).toBe(names.length);
	expect(names.filter((name) => plainName(name) !== name)).toEqual([]);
});

test('docs/many-emails.md names every column', () => {
	const page = readFileSync(join(__dirname, '../../../docs/many-emails.md'), 'utf8');
	for (const { label, names, guarded } of columnKinds)
		expect(page).toContain(
			`| ${label}${guarded ? ' \\*' : ''} | ${names.map((name) => `\`${name}\``).join(', ')} |`,
		);
});

test.each([
	[{ to: 'a@example.com', name: 'Ann' }, 'Ann <a@example.com>'],
	[{ email: ' a@example.com ', 'First name': 'Ann', surname: 'Lee' }, 'Ann Lee <a@example.com>'],
	[{ email: 'a@example.com', name: 'Lee, Ann "x"' }, '"Lee, Ann \\"x\\"" <a@example.com>'],
	[{ email: 'Bob <a@example.com>', name: 'Ann' }, 'Bob <a@example.com>'],
	[{ email: 'a@example.com', name: 'Ann\r\nBcc: x@example.com' }, '"Ann Bcc: x@example.com" <a@example.com>'],
	[{ email: 'a@example.com', name: 'a@example.com' }, 'a@example.com'],
	[{ email: '', mail: 'a@example.com' }, 'a@example.com'],
	[{ email: 'a@example.com, b@example.com', name: 'Ann' }, 'a@example.com, b@example.com'],
	[{ email: 7 }, 7],
	[{ address: '1 Street' }, undefined],
])('%j is sent to %j', (row, to) => {
	expect(rowRecipients(reader().read(row))).toEqual(to);
});

test('a body of the form is the whole content, and a template replaces the content of a row', () => {
	expect(valuesOf({ to: 'a@example.com', html: '<b>stranger</b>' })).not.toHaveProperty('html_body');
	const values = valuesOf(
		{ to: 'a@example.com', html: 'x', price: 1, bcc: 'b@example.com' },
		{ template_id: 'abc12' },
		true,
	);
	expect(values).toMatchObject({ bcc: 'b@example.com', template_data: { html: 'x', price: 1 } });
	expect(values).not.toHaveProperty('html_body');
	expect(values['template_data']).not.toHaveProperty('bcc');
});

test('variables of the form apply to all rows', () => {
	const over = { template_id: 'abc12', template_data: { shop: 'Ours' } };
	expect(valuesOf({ to: 'a@example.com', shop: 'Theirs', price: null }, over)['template_data']).toEqual({
		shop: 'Ours',
	});
});

/** Values of cells, and names of columns that a stranger may choose to do harm. */
const cell = fc.oneof(fc.jsonValue(), fc.string(), fc.constantFrom('a@example.com', '', ' ', '<x>', '\r\nBcc: x@y.zz'));
const column = fc.oneof(
	fc.string({ unit: 'binary' }),
	fc.constantFrom(
		...columnKinds.flatMap(({ names }) => names),
		'__proto__',
		'constructor',
		'toString',
		'hasOwnProperty',
		'template_id',
		'attachments',
		'custom_headers',
		'schedule',
		'inlines',
		'fast_accept',
	),
);
const row = fc.array(fc.tuple(column, cell), { maxLength: 12 }).map((entries) => Object.fromEntries(entries));

test('any row is read, sets no field but those of a row, and changes nothing', () => {
	fc.assert(
		fc.property(row, fc.boolean(), (one, all) => {
			const before = JSON.stringify(one);
			const values = mergedValues(form, reader(all).read(one));
			const allowed = ['to', 'sender', 'subject', 'text_body', ...(all ? ['cc', 'bcc', 'reply_to'] : [])];
			expect(Object.keys(values).filter((name) => !allowed.includes(name))).toEqual([]);
			expect(values).toMatchObject(form);
			expect(JSON.stringify(one)).toBe(before);
			expect(Object.keys(Object.prototype)).toEqual([]);
			// It is an email, or it is rejected: nothing throws.
			buildEmail(values, 0);
		}),
	);
});

test('a row never sets the recipients of copies or the sender by its names alone', () => {
	fc.assert(
		fc.property(row, (one) => {
			const values = mergedValues({ subject: 'x' }, reader().read(one));
			for (const field of ['sender', 'cc', 'bcc', 'reply_to', 'template_id'])
				expect(values).not.toHaveProperty(field);
		}),
	);
});

test('a column named __proto__ stays a column', () => {
	const one = parseExactJson('{"__proto__": {"bcc": "x@example.com"}, "to": "a@example.com"}') as Record<
		string,
		unknown
	>;
	expect(Object.keys(rowVariables(reader(true).read(one)))).toEqual(['__proto__']);
	expect(valuesOf(one, {}, true)).not.toHaveProperty('bcc');
});

test('an assigned column without a value leaves its place to no other column', () => {
	const read = reader(false, { to: 'Kontakt', subject: 'Betreff' }).read({
		KONTAKT: '',
		email: 'a@example.com',
		betreff: '',
	});
	expect(rowRecipients(read)).toBeUndefined();
	expect(mergedValues(form, read)['subject']).toBe('News');
});
