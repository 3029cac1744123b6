// The known gaps to SMTP2GO's API, which docs/api-coverage.md lists: each is still a gap, and has a reason.
import { resources, type Operation } from '../../api';
import gaps from '../../scripts/build/api-gaps.json';

const operations = new Map<string, Operation>(
	resources.flatMap((resource) =>
		resource.operations.map((operation): [string, Operation] => [`${resource.key}.${operation.key}`, operation]),
	),
);

const each = <T extends { operations: string[] }>(list: readonly T[]) =>
	list.flatMap(({ operations: keys, ...rest }) => keys.map((key) => ({ key, ...rest })));

test.each(each(gaps.fields))('$key has no field $field', ({ key, field, reason }) => {
	const names = operations.get(key)?.fields.map(({ name }) => name);
	// If this fails, the field is there now: remove its gap from scripts/build/api-gaps.json.
	expect(names).toEqual(expect.not.arrayContaining([field]));
	expect(reason).toMatch(/\.$/);
});

test.each(each(gaps.values))('$field of $key is of the kind $kind', ({ key, field, kind, reason }) => {
	const found = operations.get(key)?.fields.find(({ name }) => name === field);
	// If this fails, the form lists the values now: remove its gap from scripts/build/api-gaps.json.
	expect(found?.kind).toBe(kind);
	expect(found?.choices).toBeUndefined();
	expect(reason).toMatch(/\.$/);
});

test('no endpoint that is listed as missing is there', () => {
	const paths = [...operations.values()].map(({ method, path }) => `${method} ${path}`);
	const missing: { endpoint: string; reason: string }[] = gaps.endpoints;
	for (const { endpoint } of missing) expect(paths).not.toContain(endpoint);
});
