/** Columns of a row, one by one: each becomes its field and no other, and the others become variables. */
import { mergedValues, RowReader, rowRecipients, rowVariables, type Columns } from '../../../api';

type Row = Readonly<Record<string, unknown>>;
const read = (row: Row, assigned: Columns['assigned'] = {}, all = false) => new RowReader({ assigned, all }).read(row);

/** A row with every column that is recognized. */
const full = {
	email: 'ann@example.com',
	name: 'Ann',
	subject: 'Hi',
	html: '<b>Hi</b>',
	text: 'Hi there',
	from: 'shop@example.com',
	cc: 'cy@example.com',
	bcc: 'bo@example.com',
	reply_to: 'help@example.com',
	city: 'Paris',
};

test('each column with a known name becomes its field', () => {
	expect(mergedValues({}, read(full, {}, true))).toEqual({
		to: 'Ann <ann@example.com>',
		subject: 'Hi',
		html_body: '<b>Hi</b>',
		text_body: 'Hi there',
		sender: 'shop@example.com',
		cc: 'cy@example.com',
		bcc: 'bo@example.com',
		reply_to: 'help@example.com',
	});
});

test('who gets the email and who sends it is no variable of a template; everything else is', () => {
	const { name, subject, html, text, city } = full;
	expect(rowVariables(read(full, {}, true))).toEqual({ name, subject, html, text, city });
});

test('columns that are recognized, but may not be used, are named, and stay variables', () => {
	const row = read(full);
	expect(row.unused).toEqual(['from', 'cc', 'bcc', 'reply_to']);
	expect(Object.keys(rowVariables(row))).toEqual([
		'name',
		'subject',
		'html',
		'text',
		'from',
		'cc',
		'bcc',
		'reply_to',
		'city',
	]);
	expect(read({ email: 'ann@example.com' }).unused).toEqual([]);
});

test('a template replaces the content of a row, also of an assigned column', () => {
	const form = { template_id: 'abc12', subject: 'Ours' };
	for (const row of [read(full), read(full, { subject: 'city', html_body: 'html', text_body: 'text' })])
		expect(mergedValues(form, row)).toEqual({
			...form,
			to: 'Ann <ann@example.com>',
			template_data: expect.objectContaining({ html: '<b>Hi</b>', city: 'Paris' }),
		});
	expect(mergedValues({ template_id: 'abc12' }, read(full))).not.toHaveProperty('subject');
});

test('variables that the form sets as text stay that text, and a blank one sets none', () => {
	const dataOf = (data: unknown) =>
		mergedValues({ template_id: 'abc12', template_data: data }, read({ email: 'a@example.com', shop: 'Theirs' }))[
			'template_data'
		];
	expect(dataOf('{"shop":"Ours"}')).toBe('{"shop":"Ours"}');
	expect(dataOf(' ')).toEqual({ shop: 'Theirs' });
	expect(dataOf({ shop: 'Ours' })).toEqual({ shop: 'Ours' });
});

test('a cell without a value is no variable, and an empty text is one', () => {
	const row = read({ email: 'a@example.com', one: undefined, two: null, three: '', four: 0 });
	expect(Object.keys(rowVariables(row))).toEqual(['three', 'four']);
});

describe('an assigned column', () => {
	test('is used whatever its name is, and goes before the form', () => {
		const row = read({ Kontakt: 'ann@example.com', Betreff: 'Hallo' }, { to: 'Kontakt', subject: 'Betreff' });
		expect(mergedValues({ subject: 'News' }, row)).toEqual({ to: 'ann@example.com', subject: 'Hallo' });
		expect(rowVariables(row)).toEqual({ Betreff: 'Hallo' });
	});

	test('is found in another spelling, but an exact one goes before it', () => {
		expect(rowRecipients(read({ KONTAKT: 'ann@example.com' }, { to: 'Kontakt' }))).toBe('ann@example.com');
		expect(rowRecipients(read({ Kontakt: 'ann@example.com', KONTAKT: 'bob@example.com' }, { to: 'Kontakt' }))).toBe(
			'ann@example.com',
		);
	});

	test('is not what its name says: an email sent to its content would be lost', () => {
		const row = read({ 'E-Mail': 'Hi', mail: 'ann@example.com' }, { subject: 'E-Mail' });
		expect(mergedValues({}, row)).toEqual({ to: 'ann@example.com', subject: 'Hi' });
	});

	test('leaves a column with a known name to the variables', () => {
		const row = read({ Kontakt: 'ann@example.com', email: 'bob@example.com' }, { to: 'Kontakt' });
		expect(rowRecipients(row)).toBe('ann@example.com');
		expect(rowVariables(row)).toEqual({ email: 'bob@example.com' });
	});

	test('that a row lacks is nothing else of that row', () => {
		const row = read({ undefined: 'eve@example.com', email: 'bob@example.com' }, { to: 'Kontakt' });
		expect(rowRecipients(row)).toBeUndefined();
		expect(mergedValues({}, row)).toEqual({});
		expect(row.taken).toEqual(new Set());
	});

	test.each(['', ' ', '\u00a0'])('of the name %j is none', (column) => {
		const row = read({ [column]: 'eve@example.com', email: 'ann@example.com' }, { to: column });
		expect(row.assigned).toEqual(new Map());
		expect(rowRecipients(row)).toBe('ann@example.com');
	});

	test('has the name of the recipient before one with a known name', () => {
		const row = read({ email: 'ann@example.com', name: 'Eve', Person: 'Ann' }, { name: 'Person' });
		expect(rowRecipients(row)).toBe('Ann <ann@example.com>');
	});
});

describe('of several columns for the same thing', () => {
	test.each([
		[{ email: 'ann@example.com', mail: 'bob@example.com' }, 'ann@example.com'],
		[{ mail: 'bob@example.com', email: 'ann@example.com' }, 'ann@example.com'],
		[{ email: 'ann@example.com', 'E-Mail': 'bob@example.com' }, 'ann@example.com'],
		[{ email: null, mail: 'bob@example.com' }, 'bob@example.com'],
		[{ email: undefined, mail: 'bob@example.com' }, 'bob@example.com'],
		[{ email: [], mail: 'bob@example.com' }, 'bob@example.com'],
		[{ email: '\u00a0', mail: 'bob@example.com' }, 'bob@example.com'],
		[{ email: ['ann@example.com'], mail: 'bob@example.com' }, ['ann@example.com']],
	])('in %j the first one with a value counts', (row, to) => {
		expect(rowRecipients(read(row))).toEqual(to);
	});

	test('the same holds for each row of a list', () => {
		const reader = new RowReader({ assigned: {}, all: false });
		for (const to of ['ann@example.com', 'bob@example.com'])
			expect(rowRecipients(reader.read({ 'E-Mail': to }))).toBe(to);
	});
});

test('a name that is a number is a name, and one that is an object is none', () => {
	expect(rowRecipients(read({ email: 'a@example.com', name: 7 }))).toBe('7 <a@example.com>');
	expect(rowRecipients(read({ email: 'a@example.com', name: { first: 'Ann' } }))).toBe('a@example.com');
});
