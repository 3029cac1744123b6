import { readersAt } from '../../api/support/readers';
import { isChecked, problemWith } from '../../../node-red/editor/fields/fixed-values';
import { forms } from '../../../node-red/generate';
import type { FormField } from '../../../node-red/shared/form';

const fields = forms()
	.flatMap(({ operations }) => operations.flatMap((operation) => operation.fields))
	.filter(({ kind }) => isChecked(kind));

function fieldOf(kind: FormField['kind']): FormField {
	const found = fields.find((field) => field.kind === kind);
	if (found === undefined) throw new Error(`no field of the kind ${kind}`);
	return found;
}

it.each<[FormField['kind'], string, boolean]>([
	['sender', 'or', false],
	['sender', 'Shop <orders@shop.example>', true],
	['sender', '${FROM}', true],
	['sender', '', true],
	['recipients', 'ann@example.com, bob@example.com', true],
	['recipients', 'ann@example.com, bob', false],
	['emailAddress', 'ann@', false],
	['phoneNumbers', '+14155550123', true],
	['phoneNumbers', '12', false],
	['phoneNumber', 'shop', false],
	['url', 'https://example.com/hook', true],
	['url', 'example', false],
	['ipAddress', '192.0.2.1', true],
	['ipAddress', 'the office', false],
	['addressOrDomain', 'example.com', true],
	['addressOrDomain', 'not one', false],
	['number', '12', true],
	['number', '1.5', false],
	['number', 'many', false],
])('a fixed %s of %j is %p', (kind, text, isFine) => {
	const flaw = problemWith(fieldOf(kind), 'Label', text);
	expect(flaw === undefined).toBe(isFine);
	if (!isFine) expect(flaw).toMatch(/^Label[: ]/);
});

it('a number keeps to the bounds of its field', () => {
	const limit = fields.find(({ kind, max }) => kind === 'number' && max === 1000);
	expect(limit && problemWith(limit, 'Page Size', '5000')).toMatch(/1000|1,000/);
	expect(limit && problemWith(limit, 'Page Size', '1000')).toBeUndefined();
});

it('the dialog refuses nothing that the runtime takes', () => {
	const texts = [
		'or',
		'a@b.example',
		'Ann <a@b.example>',
		'+14155550123',
		'14155550123',
		'example.com',
		'192.0.2.0/24',
		'https://x.example',
		'12',
		'0',
		'-1',
		'1.5',
		' a@b.example ',
		'a@b.example;c@d.example',
		'*',
		'ä@b.example',
		'[]',
		'["a@b.example"]',
	];
	for (const field of fields) {
		const read = readersAt(Date.now())[field.kind];
		for (const text of texts) {
			const { name, min, max } = field;
			const result = read(text, {
				name,
				label: 'L',
				...(min === undefined ? {} : { min }),
				...(max === undefined ? {} : { max }),
			});
			if (result.ok)
				expect([field.name, text, problemWith(field, 'L', text)]).toEqual([field.name, text, undefined]);
		}
	}
});

it('a phone number is checked for the default country of the dialog', () => {
	const phones = fieldOf('phoneNumbers');
	expect(problemWith(phones, 'To', '021 555 0123')).toContain('set Default Country');
	expect(problemWith(phones, 'To', '021 555 0123', 'NZ')).toBeUndefined();
	expect(problemWith(phones, 'To', '021 555 0123', 'GB')).toContain('not a mobile number of the default country');
	// The message decides, so the number is checked when it arrives.
	expect(problemWith(phones, 'To', '021 555 0123', '*')).toBeUndefined();
});
