/** n8n's UX guidelines (docs.n8n.io, node UI design), each held against every parameter of the finished description. */
import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';
import { offeredResources, resources } from '../../../api';
import { Smtp2go } from '../../../nodes/Smtp2go/Smtp2go.node';
import { hasLimit } from '../../../nodes/Smtp2go/parameters/names';

const { properties } = new Smtp2go().description;

/** Every parameter, those inside collections too, with the path to it. */
function all(list: readonly INodeProperties[], path = ''): { at: string; property: INodeProperties }[] {
	return list.flatMap((property) => {
		const at = `${path}${property.name}`;
		const inner = (property.options ?? []).flatMap((option) =>
			'values' in option
				? all((option as INodePropertyCollection).values, `${at}.${option.name}.`)
				: 'type' in option
					? all([option as INodeProperties], `${at}.`)
					: [],
		);
		return [{ at, property }, ...inner];
	});
}

const parameters = all(properties);
const shownWords = parameters.filter(({ property }) => property.type !== 'notice');
const operations = properties
	.filter(({ name }) => name === 'operation')
	.flatMap((property) => (property.options ?? []) as INodePropertyOptions[]);

/** Words that stay small inside a title. */
const SMALL = ['a', 'an', 'and', 'as', 'at', 'by', 'for', 'from', 'in', 'of', 'on', 'or', 'per', 'the', 'to', 'with'];

function isTitle(text: string): boolean {
	return text
		.split(/[ -]/)
		.every((word, index) => /^[^a-z]/.test(word.replace(/^\(/, '')) || (index > 0 && SMALL.includes(word)));
}

const names = (list: readonly { at: string }[]) => list.map(({ at }) => at);

test('there are parameters to look at', () => {
	expect(parameters.length).toBeGreaterThan(200);
	// Email and SMS can also ask and wait for the answer, which is no operation of the API.
	expect(operations).toHaveLength(offeredResources('n8n').flatMap(({ operations: list }) => list).length + 2);
});

test('names of parameters and of choices are in title case', () => {
	expect(
		shownWords.filter(({ property }) => !isTitle(property.displayName)).map(({ property }) => property.displayName),
	).toEqual([]);
	const choices = shownWords.flatMap(({ property }) =>
		['options', 'multiOptions'].includes(property.type) ? ((property.options ?? []) as INodePropertyOptions[]) : [],
	);
	expect(choices.filter(({ name }) => !isTitle(name)).map(({ name }) => name)).toEqual([]);
});

test('each operation has an action: a sentence in sentence case without a full stop, and no two are the same', () => {
	for (const { action = '' } of operations) {
		expect(action).toMatch(/^[A-Z][a-z]+ .*[^.]$/);
		const rest = action
			.split(' ')
			.slice(1)
			.filter((word) => !/^(API|IP|SMS|SMTP|DNS|MIME)/.test(word));
		expect([action, rest.filter((word) => /^[A-Z]/.test(word))]).toEqual([action, []]);
	}
	expect(new Set(operations.map(({ action }) => action)).size).toBe(operations.length);
});

test('each operation says in one sentence what it does', () => {
	expect(
		operations.filter(({ description }) => !description || description.endsWith('.')).map(({ name }) => name),
	).toEqual([]);
});

test('yes or no starts with "Whether", and nothing else does', () => {
	expect(
		names(
			shownWords.filter(
				({ property }) => (property.type === 'boolean') !== (property.description ?? '').startsWith('Whether'),
			),
		),
	).toEqual([]);
});

test('a description of one sentence ends without a full stop, of several with one, and none repeats the name', () => {
	for (const {
		at,
		property: { description = '', displayName },
	} of shownWords) {
		const sentences = description.split(/\. [A-Z]/).length;
		expect([at, description.endsWith('.')]).toEqual([at, sentences > 1]);
		expect([at, description.toLowerCase() === displayName.toLowerCase()]).toEqual([at, false]);
	}
});

test('a placeholder starts with "e.g.", except where a thing is chosen', () => {
	const given = shownWords.filter(
		({ property: { placeholder, type } }) =>
			placeholder !== undefined && !['collection', 'fixedCollection'].includes(type),
	);
	expect(given.filter(({ property }) => !property.placeholder?.startsWith('e.g. ')).map(({ at }) => at)).toEqual([]);
	for (const { property } of shownWords) {
		for (const mode of property.modes ?? [])
			expect(mode.placeholder).toMatch(mode.type === 'list' ? /^Select an? .*\.\.\.$/ : /^e\.g\. /);
	}
});

test('a required text shows what to enter', () => {
	expect(
		names(
			shownWords.filter(
				({ property: { type, required, placeholder, typeOptions } }) =>
					type === 'string' && required && !placeholder && !typeOptions?.password && !typeOptions?.rows,
			),
		),
	).toEqual([]);
});

test('choices and options are in alphabetical order, but resources and operations are sorted by use', () => {
	expect(
		(properties.find(({ name }) => name === 'resource')?.options ?? []).map((option) => option.name).slice(0, 6),
	).toEqual(['Email', 'SMS', 'Template', 'Suppression', 'Activity', 'Statistic']);
	expect(operations.slice(0, 8).map(({ value }) => value)).toEqual([
		'send',
		'sendAndWait',
		'sendMime',
		'sendBatch',
		'searchScheduled',
		'waitForDelivery',
		'cancelScheduled',
		'send',
	]);
	for (const { at, property } of parameters) {
		if (['resource', 'operation'].includes(property.name)) continue;
		if (!['collection', 'options', 'multiOptions'].includes(property.type)) continue;
		const shown = (property.options ?? []).map((option) =>
			'displayName' in option ? option.displayName : option.name,
		);
		if (shown.length >= 5 || property.type === 'collection')
			expect([at, shown]).toEqual([at, [...shown].sort((one, other) => one.localeCompare(other))]);
	}
});

test('"Return All" is off, "Limit" starts at 50 and from 1, both wherever a list has pages', () => {
	const find = (name: string) => properties.filter((property) => property.name === name);
	for (const property of find('returnAll'))
		expect([property.displayName, property.default]).toEqual(['Return All', false]);
	for (const property of find('limit'))
		expect([property.displayName, property.default, property.typeOptions?.minValue, property.description]).toEqual([
			'Limit',
			50,
			1,
			'Max number of results to return',
		]);
	for (const { key, operations: list } of offeredResources('n8n')) {
		for (const operation of list.filter(hasLimit)) {
			for (const name of ['returnAll', 'limit']) {
				const covers = find(name).some(
					({ displayOptions }) =>
						displayOptions?.show?.['resource']?.includes(key) &&
						displayOptions.show['operation']?.includes(operation.key),
				);
				expect([key, operation.key, name, covers]).toEqual([key, operation.key, name, true]);
			}
		}
	}
});

test('"Simplify" is on and leaves at most ten fields; a record wider than ten has one', () => {
	for (const property of properties.filter(({ name }) => name === 'simplify'))
		expect([property.displayName, property.default]).toEqual(['Simplify', true]);
	// The results of compound operations are made here, for their users.
	for (const { key, operations: list } of resources) {
		for (const { key: operation, result, sample } of list) {
			const inside: unknown =
				result.at && typeof sample === 'object' && sample !== null && result.at in sample
					? (sample as Record<string, unknown>)[result.at]
					: sample;
			const record: unknown = Array.isArray(inside) ? inside[0] : inside;
			const width =
				typeof record === 'object' && record !== null && ['list', 'record'].includes(result.is)
					? Object.keys(record).length
					: 0;
			expect([key, operation, (result.simple?.length ?? width) <= 10]).toEqual([key, operation, true]);
		}
	}
});

test('what cannot be undone, or opens or shuts the account, says so in a notice', () => {
	const guarded = offeredResources('n8n').flatMap(({ key, operations: list }) =>
		list.filter(
			({ effect }) =>
				effect === 'destroys' ||
				(['apiKey', 'smtpUser', 'ipAllowList', 'ipAuth'].includes(key) && effect !== 'reads'),
		),
	);
	expect(guarded.length).toBeGreaterThan(20);
	for (const { key, notice = '' } of guarded) expect([key, notice]).toEqual([key, expect.stringMatching(/\.$/)]);
});

test('an action is a short name for a node: a verb and a thing, without what comes of it', () => {
	// n8n's own nodes name the operation that waits "Send message and wait for response".
	for (const { action = '' } of operations.filter(({ value }) => value !== 'sendAndWait')) {
		expect([action, action.split(' ').length <= 7]).toEqual([action, true]);
		expect(action).not.toMatch(/ (that|so that|and|permanently|entirely|maybe|may) ?/);
	}
});

test('a help that speaks of this host does so in its own words', () => {
	expect(JSON.stringify(properties)).not.toMatch(/Node-RED|\{place\}|\bof the server\b/);
	expect(JSON.stringify(properties)).toContain('the default time zone is that of the workflow');
});
