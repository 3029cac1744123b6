import { baseUrlOf, CLIENT_VERSION, resources, Smtp2goError } from '../../../api';
import packageJson from '../../../package.json';

const operations = resources.flatMap((resource) =>
	resource.operations.map((operation) => ({ name: `${resource.key}.${operation.key}`, operation })),
);
const fields = operations.flatMap(({ name, operation }) =>
	operation.fields.map((field) => ({ name: `${name}.${field.name}`, field })),
);
const parameterOf = (name: string) => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

describe('the catalogue', () => {
	test('names every operation once per resource, and every path and method once', () => {
		expect(new Set(operations.map(({ name }) => name)).size).toBe(operations.length);
		expect(new Set(operations.map(({ operation }) => `${operation.method} ${operation.path}`)).size).toBe(
			operations.length,
		);
	});

	test('gives an n8n parameter one kind everywhere, because n8n keeps its value when the operation changes', () => {
		const kinds = new Map<string, Set<string>>();
		for (const { field } of fields) {
			const parameter = field.param ?? parameterOf(field.name);
			kinds.set(parameter, (kinds.get(parameter) ?? new Set()).add(field.kind));
		}
		expect([...kinds].filter(([, set]) => set.size > 1)).toEqual([]);
	});

	test('tells of every destroying operation what it destroys', () => {
		expect(
			operations
				.filter(({ operation }) => operation.effect === 'destroys' && !operation.notice)
				.map(({ name }) => name),
		).toEqual([]);
	});

	test('refers only to fields that are there', () => {
		for (const { name, operation } of operations) {
			const names = operation.fields.map((field) => field.name);
			const referred = [
				...operation.fields.flatMap(({ shownWith, hiddenBy }) => [shownWith, hiddenBy]),
				...(operation.needs ?? []).flat(),
				operation.paging?.size?.name,
			].filter((part) => part !== undefined);
			expect({ name, missing: referred.filter((part) => !names.includes(part)) }).toEqual({ name, missing: [] });
		}
	});

	test('writes help as one sentence without a full stop, and "Whether" for yes or no', () => {
		expect(
			fields
				.filter(
					({ field }) =>
						field.help.endsWith('.') || (field.kind === 'boolean') !== field.help.startsWith('Whether'),
				)
				.map(({ name }) => name),
		).toEqual([]);
	});

	test('starts a page size at the greatest, since every call counts against a limit of calls', () => {
		const sizes = operations.flatMap(({ name, operation: { paging, fields: own } }) =>
			paging?.size
				? [{ name, size: paging.size, field: own.find((field) => field.name === paging.size?.name) }]
				: [],
		);
		expect(sizes.length).toBeGreaterThan(4);
		for (const { name, size, field } of sizes) expect([name, field?.default]).toEqual([name, size.max]);
		expect(
			fields
				.filter(({ field }) => field.label === 'Page Size' && typeof field.default !== 'number')
				.map(({ name }) => name),
		).toEqual([]);
	});

	test('lists operations by use: sending, reading, changing, and last what cannot be undone', () => {
		expect(resources.slice(0, 6).map(({ key }) => key)).toEqual([
			'email',
			'sms',
			'template',
			'suppression',
			'activity',
			'statistics',
		]);
		const rank = ['sends', 'reads', 'writes', 'destroys'];
		for (const { key, operations: list } of resources) {
			const ranks = list.map(({ effect }) => rank.indexOf(effect));
			expect([key, ranks]).toEqual([key, [...ranks].sort()]);
		}
	});

	test('lists choices by their labels in alphabetical order', () => {
		const unsorted = fields.filter(({ field }) => {
			const labels = (field.choices ?? []).map(({ label }) => label);
			return labels.join() !== [...labels].sort((one, other) => one.localeCompare(other)).join();
		});
		expect(unsorted.map(({ name }) => name)).toEqual([]);
	});
});

test("the version our calls name is the package's", () => {
	expect(CLIENT_VERSION).toBe(packageJson.version);
});

test.each<[string, string | undefined, string | RegExp]>([
	['api', undefined, 'https://api.smtp2go.com/v3'],
	['eu-api', 'ignored', 'https://eu-api.smtp2go.com/v3'],
	['custom', 'http://127.0.0.1:8025/v3', 'http://127.0.0.1:8025/v3'],
	['custom', ' http://127.0.0.1:8025/v3// ', 'http://127.0.0.1:8025/v3'],
	['custom', 'http://127.0.0.1:8025', 'http://127.0.0.1:8025/v3'],
	['custom', 'https://API.smtp2go.com/ ', 'https://api.smtp2go.com/v3'],
	['custom', 'http://127.0.0.1:8025/proxy/v3', 'http://127.0.0.1:8025/proxy/v3'],
	['custom', '', /full URL/],
	['custom', 'ftp://x.org', /http:\/\//],
	['custom', 'http://user:pass@x.org', /not contain a username/],
	['custom', 'http://x.org/?a=b', /query/],
	['moon', undefined, /"moon" is not an SMTP2GO region/],
])('region %s with base %j', (region, baseUrl, expected) => {
	const result = baseUrlOf(region, baseUrl);
	if (typeof expected === 'string') expect(result).toEqual({ ok: true, value: expected });
	else expect(result.ok ? '' : result.error.message).toMatch(expected);
});

test('an error has a stable code for flows', () => {
	expect(new Smtp2goError('outcomeUnknown', 'x').code).toBe('SMTP2GO_OUTCOME_UNKNOWN');
});
