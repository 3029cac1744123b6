/**
 * The input types of the kinds. A value of a wrong type must not compile, whatever the kind: `tsc` fails on a
 * directive below that expects an error where there is none.
 */
import { kinds, type InputOfKind, type Kind } from '../../../api';

/** A value that no kind takes. */
type Wrong = { readonly any: readonly [string, 42] } & (() => void);

/** The kinds that take anything: none may. */
type TakesAnything = { [K in Kind]: unknown extends InputOfKind<K> ? K : never }[Kind];
/** The kinds that take nothing, as a record without a type would. */
type TakesNothing = { [K in Kind]: [InputOfKind<K>] extends [never] ? K : never }[Kind];

const anything: TakesAnything[] = [];
const nothing: TakesNothing[] = [];

test('every kind has an input type', () => {
	expect([...anything, ...nothing]).toEqual([]);
	// @ts-expect-error no kind takes anything
	anything.push('text');
	// @ts-expect-error no kind takes nothing
	nothing.push('text');
});

test('a wrong value does not compile', () => {
	const wrong = undefined as unknown as Wrong;
	// @ts-expect-error a text
	const text: InputOfKind<'text'> = wrong;
	// @ts-expect-error a number
	const number: InputOfKind<'number'> = 'seven';
	// @ts-expect-error a list of files
	const files: InputOfKind<'attachments'> = [{ url: 'https://example.com/a.png' }];
	expect([text, number, files]).toHaveLength(3);
});

test('every kind says how its value is written and what its limits count', () => {
	for (const [name, record] of Object.entries(kinds)) {
		expect(`${name}: ${record.written}`).toMatch(/: \S.{2,}/);
		expect(record.written).not.toMatch(/n8n|Node-RED/);
	}
});
