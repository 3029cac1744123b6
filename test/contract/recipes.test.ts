/** The recipes of CONTRIBUTING.md work: their examples are taken from the page itself and applied in memory. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { buildRequest, perform, resources, type Operation, type Resource } from '../../api';
import { endDate, startDate } from '../../api/catalogue/common';
import { buildForm as nodeRedForm } from '../../node-red/generate/forms';
import { resourceMessages } from '../../node-red/generate/messages';
import { operationForm as n8nForm } from '../../nodes/Smtp2go/description/operation-form';
import { parameterName } from '../../nodes/Smtp2go/parameters/names';
import { routes, type Route } from '../../simulator/routes';
import { route } from '../../simulator/routes/shared/route';
import { object, optional } from '../../simulator/schema/readers';
import { time } from '../../simulator/schema/values';

const page = readFileSync(join(__dirname, '../../CONTRIBUTING.md'), 'utf8');

/** The examples of a recipe, in their order, as values. */
function examplesOf(recipe: string): unknown[] {
	const [, text = ''] = page.split(`### ${recipe}\n`);
	const [own = ''] = text.split('\n### ');
	const known = { startDate, endDate, route, object, optional, time };
	return [...own.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code = '']): unknown =>
		runInNewContext(`(${code})`, known),
	);
}

describe('Add an operation', () => {
	const [record, newRoute] = examplesOf('Add an operation') as [Operation, Route];
	const statistics = resources.find(({ key }) => key === 'statistics') as Resource;
	const resource: Resource = { ...statistics, operations: [...statistics.operations, record] };
	const names = record.fields.map(({ name }) => name);

	test('the record has every property that the others have', () => {
		const common = Object.keys(statistics.operations[0] ?? {}).filter((name) =>
			statistics.operations.every((operation) => name in operation),
		);
		expect(Object.keys(record)).toEqual(expect.arrayContaining(common));
		expect(names).toEqual(['start_date', 'end_date']);
	});

	test('n8n shows each field, in the form or in its collection', () => {
		const shown = n8nForm(record).flatMap(({ name, options = [] }) => [
			name,
			...options.map((option) => option.name),
		]);
		expect(shown).toEqual(expect.arrayContaining(record.fields.map(parameterName)));
	});

	test('Node-RED shows each field, with its texts', () => {
		const form = nodeRedForm(resource).operations.find(({ key }) => key === record.key);
		expect(form?.fields.map(({ name }) => name)).toEqual(expect.arrayContaining(names));
		expect(JSON.stringify(resourceMessages(resource))).toContain(record.help);
	});

	test('the client makes a list of its sample', async () => {
		const text = JSON.stringify({ request_id: 'r', data: record.sample });
		const host = {
			send: async () => ({ answered: true as const, status: 200, headers: {}, text }),
			sleep: async () => {},
			now: Date.now,
			monotonic: () => performance.now(),
			random: Math.random,
		};
		const request = buildRequest(record, { start_date: '2026-11-21', end_date: '2026-11-22' }, Date.now());
		if (!request.ok) throw request.error;
		const outcome = await perform({ host, baseUrl: '' }, request.value);
		expect(outcome).toMatchObject({ ok: true, value: { result: [{ domain: 'example.com', emails: 7 }] } });
	});

	test('without its route the comparison of catalog and simulator fails, and with it it does not', () => {
		const nameOf = ({ method, path }: { method: string; path: string }) => `${method} ${path}`;
		expect(routes.map(nameOf)).not.toContain(nameOf(record));
		expect([...routes, newRoute].map(nameOf)).toContain(nameOf(record));
	});

	test('the route answers as the record reads it', async () => {
		const answer = await newRoute.answer({ body: {} } as Parameters<Route['answer']>[0]);
		expect(answer).toEqual(record.sample);
	});
});

test('every file and folder that a recipe names is there', () => {
	const [, recipes = ''] = page.split('## Recipes');
	const named = [...recipes.matchAll(/`((?:api|nodes|node-red|simulator|test|scripts|docs)\/[\w./-]+)`/g)].map(
		([, path]) => path,
	);
	expect(named.length).toBeGreaterThan(5);
	for (const path of named) expect(() => readFileSync(join(__dirname, '../..', path ?? ''))).not.toThrow(/ENOENT/);
});
