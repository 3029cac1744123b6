/**
 * Every reader of a kind against values that nobody thought of. The seed is fixed and the budget small; `FUZZ_RUNS`
 * raises it
 * and `FUZZ_SEED` tries others, as in `FUZZ_RUNS=20000 FUZZ_SEED=7 npm run test:unit -- test/api/kinds/readers`.
 */
/* eslint-disable @n8n/community-nodes/no-restricted-globals -- how much is tried, and the time it takes, are read from the process */
import fc from 'fast-check';
import { resources, type Field, type Kind } from '../../../api';
import { encode } from '../../../api/request/body';
import { readersAt } from '../support/readers';
import { generators, junk, NOW } from '../support/generators';

const runs = Number(process.env['FUZZ_RUNS'] ?? 60);
const options = { seed: Number(process.env['FUZZ_SEED'] ?? 20_261_127), numRuns: runs };
jest.setTimeout(30_000 + runs * 100);

const read = readersAt(NOW);
const kinds = Object.keys(read) as Kind[];
const allFields: readonly Field[] = resources.flatMap(({ operations }) =>
	operations.flatMap(({ fields }): readonly Field[] => fields),
);

/** The fields of a kind in the catalogue; a made-up one if the catalogue has none. */
function fieldsOf(kind: Kind): readonly Field[] {
	const found = allFields.filter((field) => field.kind === kind);
	return found.length > 0 ? found : [{ name: kind, label: kind, kind, help: '' }];
}

/** What travels of a value that was read, as the JSON of the request has it. */
async function sent(value: Parameters<typeof encode>[0][string]): Promise<unknown> {
	const body = await encode({ value });
	if (!body.ok) throw body.error;
	return (
		JSON.parse(typeof body.value === 'string' ? body.value : Buffer.from(body.value).toString('utf8')) as {
			value: unknown;
		}
	).value;
}

test('every kind has its own values to try', () => {
	expect(Object.keys(generators).sort()).toEqual([...kinds].sort());
});

describe('whatever a reader gets', () => {
	test.each(kinds)("%s is read as what it says, or refused by the field's name", async (kind) => {
		await fc.assert(
			fc.asyncProperty(fc.constantFrom(...fieldsOf(kind)), generators[kind], async (field, value) => {
				const first = read[kind](value, field);
				if (!first.ok) {
					expect(first.error.type).toBe('invalid');
					expect(first.error.message.startsWith(field.label)).toBe(true);
					expect(first.error.message.length).toBeLessThan(600);
					expect(first.error.message).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
					expect(first.error.details.fieldErrors?.[0]?.field).toBe(field.name);
					return;
				}
				if (first.value === undefined) return;
				const json = await sent(first.value);
				const second = read[kind](json, field);
				expect(second).toMatchObject({ ok: true });
				if (second.ok && second.value !== undefined) expect(await sent(second.value)).toEqual(json);
				else expect(['', []]).toContainEqual(json);
			}),
			options,
		);
	});
});

/** The text without its quoted strings; another way than the reader's. */
function bare(text: string): string {
	return text.replace(/"(?:\\[^]|[^"\\])*"/g, '');
}

/** How many people a header's text names, as a strict reader of RFC 5322 counts them. */
function peopleIn(text: string): number {
	const outside = bare(text);
	const listed = outside.replace(/<[^<>]*>/g, '<>').split(/[,;\r\n]/).length;
	return Math.max(listed, outside.split('<').length - 1, outside.includes('<') ? 1 : outside.split('@').length - 1);
}

describe('one person stays one', () => {
	const one: Kind[] = ['sender', 'emailAddress', 'singleSender', 'addressOrDomain'];
	test.each(one)('%s never names two', (kind) => {
		fc.assert(
			fc.property(fc.constantFrom(...fieldsOf(kind)), generators[kind], (field, value) => {
				const result = read[kind](value, field);
				if (result.ok && typeof result.value === 'string') expect(peopleIn(result.value)).toBeLessThan(2);
			}),
			options,
		);
	});

	test('an entry of a list is one person at most, and so is each that travels', () => {
		for (const field of fieldsOf('recipients').slice(0, 1)) {
			fc.assert(
				fc.property(generators.sender, (entry) => {
					const result = read.recipients([entry], field);
					if (!result.ok || result.value === undefined) return;
					expect(result.value).toHaveLength(1);
					expect(peopleIn(String((result.value as string[])[0]))).toBe(1);
				}),
				options,
			);
		}
	});

	test('a name can hold anything: the email goes to the address beside it', () => {
		const [field] = fieldsOf('recipients');
		fc.assert(
			fc.property(junk, (name) => {
				for (const to of [{ name, email: 'jane@example.com' }, [{ name, address: 'jane@example.com' }]]) {
					const result = read.recipients(to, field as Field);
					if (!result.ok) continue;
					const [text] = result.value as string[];
					expect(result.value).toHaveLength(1);
					expect(peopleIn(text ?? '')).toBe(1);
					expect(text).toMatch(/(?:^|<)jane@example\.com>?$/);
				}
				const written = read.recipients(`${name} <jane@example.com>`, field as Field);
				if (written.ok && !/[,;\n]/.test(name)) expect(written.value).toHaveLength(1);
			}),
			options,
		);
	});
});

describe('a phone number', () => {
	test('has the digits that were written, in one stretch', () => {
		const [field] = fieldsOf('phoneNumber');
		fc.assert(
			fc.property(generators.phoneNumber, (value) => {
				const result = read.phoneNumber(value, field as Field);
				if (!result.ok || result.value === undefined) return;
				expect(result.value).toMatch(/^\+?[1-9]\d{6,14}$/);
				expect(String(result.value).replace('+', '')).toBe(String(value).replace(/[^0-9]/g, ''));
			}),
			options,
		);
	});
});
