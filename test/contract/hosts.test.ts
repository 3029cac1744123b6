/**
 * Every operation on both hosts, made from the catalogue: with the required fields only, with every field, and with
 * each
 * field wrong. The same values must travel as the same bytes, and the same mistake must be told in the same words.
 */
import { resources, type Json, type Operation } from '../../api';
import { inN8n, inNodeRed, KEY, Recorder } from './support/hosts';
import { doesNotFit, fits } from './support/samples';

const recorder = new Recorder();
beforeAll(() => recorder.start());
afterAll(() => recorder.stop());

/** The least that can be called: the required fields, and one of each group of which one must be given. */
function least({ fields, needs = [] }: Operation): string[] {
	const chosen = fields.filter(({ required }) => required).map(({ name }) => name);
	return [
		...chosen,
		...needs.filter((group) => !group.some((name) => chosen.includes(name))).map(([name]) => name ?? ''),
	];
}

/**
 * Every field; but the file behind an answer is fetched from where SMTP2GO says, and the recorder gives no such place.
 */
function every({ fields, result }: Operation): string[] {
	return fields.map(({ name }) => name).filter((name) => name !== result.file?.wantedBy);
}

/** Every field but those that replace others, which would hide them. */
function withoutReplacements(operation: Operation): string[] {
	const { fields } = operation;
	const names = every(operation);
	return fields
		.filter(
			({ name, shownWith }) =>
				names.includes(name) && shownWith === undefined && !fields.some(({ hiddenBy }) => hiddenBy === name),
		)
		.map(({ name }) => name);
}

function valuesOf({ fields }: Operation, names: readonly string[]): Record<string, Json> {
	return Object.fromEntries(
		fields.filter(({ name }) => names.includes(name)).map((field) => [field.name, fits(field)]),
	);
}

const cases = resources.flatMap((resource) =>
	resource.operations.map((operation) => [`${resource.key}.${operation.key}`, resource, operation] as const),
);

describe.each(cases)('%s', (_name, resource, operation) => {
	beforeEach(() => {
		recorder.answer = operation.sample;
	});

	async function both(values: Record<string, Json>) {
		return [
			await inN8n(recorder, resource, operation, values),
			await inNodeRed(recorder, resource, operation, values),
		] as const;
	}

	test.each([
		['the required fields only', least(operation)],
		['every field', every(operation)],
		['every field, where none replaces another', withoutReplacements(operation)],
	])('the same call from both, with %s', async (_what, names) => {
		const [n8n, nodeRed] = await both(valuesOf(operation, names));
		expect(n8n.error).toBeUndefined();
		expect(n8n).toEqual(nodeRed);
		// A template is read before the email that it makes is sent.
		const call = n8n.calls.find(({ path }) => path === `/v3${operation.path}`);
		expect(call).toMatchObject({
			method: operation.method,
			path: `/v3${operation.path}`,
			headers: { 'x-smtp2go-api-key': KEY, 'content-type': 'application/json' },
		});
		const body = JSON.parse(call?.body ?? '') as Record<string, unknown>;
		const shown = operation.fields.filter(
			({ name, kind, local, hiddenBy, shownWith }) =>
				names.includes(name) &&
				kind !== 'replyTo' &&
				!local &&
				!names.includes(hiddenBy ?? '') &&
				(shownWith === undefined || names.includes(shownWith)),
		);
		expect(Object.keys(body)).toEqual(expect.arrayContaining(shown.map(({ name }) => name)));
	});

	if (operation.fields.length > 0) {
		test.each(operation.fields.map((field) => [field.name, field] as const))(
			'a wrong %s is refused by both in the same words, and nothing is called',
			async (_field, field) => {
				const names = new Set([...least(operation), field.name, ...(field.shownWith ? [field.shownWith] : [])]);
				if (field.hiddenBy !== undefined) names.delete(field.hiddenBy);
				const [n8n, nodeRed] = await both({
					...valuesOf(operation, [...names]),
					[field.name]: doesNotFit(field),
				});
				expect(nodeRed.calls).toEqual([]);
				expect(n8n.calls).toEqual([]);
				expect(n8n.error).toContain(field.label);
				// n8n has two fields for a template's variables: the form, and this one.
				expect(nodeRed.error).toContain(n8n.error?.replace(' (JSON)', ''));
			},
		);
	}
});
