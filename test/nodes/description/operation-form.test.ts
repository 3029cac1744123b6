import { NodeHelpers, type INodeProperties } from 'n8n-workflow';
import { resources } from '../../../api';
import { Smtp2go } from '../../../nodes/Smtp2go/Smtp2go.node';
import { Smtp2goTrigger } from '../../../nodes/Smtp2go/Smtp2goTrigger.node';
import { hasLimit, isTopLevel, OPTIONS, parameterOf, SENDING } from '../../../nodes/Smtp2go/parameters/names';
import { mainRecipients, ownOptions, sendModeOf } from '../../../nodes/Smtp2go/parameters/own-options';
import { mergeForms } from '../../../nodes/Smtp2go/description/merge-forms';
import version1 from './version1.json';

const { description } = new Smtp2go();
const { properties } = description;
const operations = resources.flatMap((resource) =>
	resource.operations.map((operation) => ({ name: `${resource.key}.${operation.key}`, resource, operation })),
);

/** The parameters that n8n shows for an operation whose other values are these. */
function shown(resource: string, operation: string, values = {}): INodeProperties[] {
	const parameters = { returnAll: false, mimeEmailSource: 'text', ...values, resource, operation };
	return properties.filter((property) =>
		NodeHelpers.displayParameter(parameters, property, { typeVersion: 1 }, description),
	);
}

const addedTo = (list: INodeProperties[], collection: string) =>
	(list.find(({ name }) => name === collection)?.options ?? []) as INodeProperties[];

test.each(operations)(
	"$name shows each of its fields once, in the record's order, and nothing of other operations",
	({ resource, operation }) => {
		const list = shown(resource.key, operation.key, {
			templateId: operation.fields.some(({ name }) => name === 'template_id') ? '={{ 1 }}' : '',
		});
		const without = shown(resource.key, operation.key);
		const fields = operation.fields.filter((field) => isTopLevel(field));
		const names = new Set([...without, ...list].map(({ name }) => name));
		for (const field of fields) expect(names).toContain(parameterOf(field));
		const allowed = [
			...fields.flatMap((field) => ['', 'Source', 'Binary'].map((suffix) => parameterOf(field) + suffix)),
			'resource',
			'operation',
			OPTIONS,
			SENDING,
			'notice',
			'simplify',
			...(sendModeOf(operation) ? ['sendMode'] : []),
			...(mainRecipients(operation) ? ['oneRecipient'] : []),
			...(hasLimit(operation) ? ['returnAll', 'limit'] : []),
		];
		for (const name of names) expect(allowed).toContain(name);
		for (const one of [list, without]) expect(new Set(one.map(({ name }) => name)).size).toBe(one.length);
		const order = without
			.map(({ name }) => name)
			.filter((name) => fields.some((field) => parameterOf(field) === name));
		expect(order).toEqual(fields.map(parameterOf).filter((name) => order.includes(name)));
		expect(
			addedTo(without, OPTIONS)
				.map(({ name }) => name)
				.filter((name) => !name.endsWith('Json'))
				.sort(),
		).toEqual(
			[
				...operation.fields.filter((field) => !isTopLevel(field)).map(parameterOf),
				...(operation.result.file ? ['binaryPropertyName'] : []),
			].sort(),
		);
		expect(
			addedTo(without, SENDING)
				.map(({ name }) => name)
				.sort(),
		).toEqual(ownOptions(operation).map(parameterOf).sort());
	},
);

test('how items are sent stands apart from the fields of the email, which are wanted more often', () => {
	const form = shown('email', 'send');
	expect(addedTo(form, OPTIONS).map(({ displayName }) => displayName)).toEqual(
		expect.arrayContaining(['BCC', 'CC', 'Reply To']),
	);
	expect(addedTo(form, OPTIONS).map(({ name }) => name)).not.toContain('inFlight');
	expect(form.map(({ name }) => name).slice(-2)).toEqual([OPTIONS, SENDING]);
});

test('a field that a template replaces is hidden once a template is chosen, and its data is shown', () => {
	const names = (value: string) =>
		shown('email', 'send', { templateId: { __rl: true, mode: 'list', value } }).map(({ name }) => name);
	expect(names('')).toEqual(expect.arrayContaining(['subject', 'htmlBody', 'textBody']));
	expect(names('')).not.toContain('templateData');
	expect(names('welcome')).toContain('templateData');
	expect(names('welcome')).not.toContain('subject');
});

test('where the template is an expression both ways are shown, and where it is not known at all the fields that it would replace', () => {
	expect(
		shown('email', 'send', { templateId: { __rl: true, mode: 'id', value: '={{ $json.template }}' } }).map(
			({ name }) => name,
		),
	).toEqual(expect.arrayContaining(['subject', 'templateData']));
	expect(shown('email', 'send').map(({ name }) => name)).toContain('subject');
});

test('a parameter name means the same kind everywhere, because n8n keeps its value when the operation changes', () => {
	const kinds = new Map<string, string>();
	for (const { operation } of operations) {
		for (const field of operation.fields) {
			const name = parameterOf(field);
			expect([name, kinds.get(name) ?? field.kind]).toEqual([name, field.kind]);
			kinds.set(name, field.kind);
		}
	}
});

test('the description of all operations stays within 200 kB and 200 parameters', () => {
	expect(operations).not.toHaveLength(0);
	expect(JSON.stringify(properties).length).toBeLessThan(200_000);
	expect(properties.length).toBeLessThan(200);
});

test('equal parameters of several operations are merged without showing them where they do not belong', () => {
	const limit: INodeProperties = { displayName: 'Limit', name: 'limit', type: 'number', default: 50 };
	const text = (name: string): INodeProperties => ({ displayName: name, name, type: 'string', default: '' });
	const merged = mergeForms([
		{ resource: 'a', operation: 'x', form: [text('one'), limit] },
		{ resource: 'a', operation: 'y', form: [] },
		{ resource: 'b', operation: 'x', form: [limit] },
		{ resource: 'b', operation: 'y', form: [limit, text('two')] },
	]);
	expect(merged.map(({ name, displayOptions }) => [name, displayOptions?.show])).toEqual([
		['one', { resource: ['a'], operation: ['x'] }],
		['limit', { resource: ['a'], operation: ['x'] }],
		['limit', { resource: ['b'], operation: ['x', 'y'] }],
		['two', { resource: ['b'], operation: ['y'] }],
	]);
});

/** What saved workflows hold or leave out: values, names, defaults. */
function frozen(list: readonly INodeProperties[]): unknown[] {
	return list
		.filter(({ type }) => type !== 'notice')
		.map(({ name, type, default: initial, options, displayOptions, modes }) => ({
			name,
			type,
			default: initial,
			...(displayOptions ? { displayOptions } : {}),
			...(modes ? { modes: modes.map((mode) => mode.name) } : {}),
			...(options
				? {
						options: options.map((option) =>
							'values' in option
								? { name: option.name, values: frozen(option.values) }
								: 'type' in option
									? frozen([option])[0]
									: option.value,
						),
					}
				: {}),
		}));
}

/**
 * What an operation's form holds, with every value that shows further parameters: name and default; options behind the
 * name of their collection.
 */
function held(resource: string, operation: string): Record<string, unknown> {
	const forms = ['', 'x'].flatMap((templateId) =>
		['text', 'binary'].map((mimeEmailSource) => shown(resource, operation, { templateId, mimeEmailSource })),
	);
	return Object.fromEntries(
		forms.flatMap((form) => [
			...form.map(({ name, default: initial }) => [name, initial] as const),
			...[OPTIONS, SENDING].flatMap((collection) =>
				addedTo(form, collection).map(
					({ name, default: initial }) => [`${collection}.${name}`, initial] as const,
				),
			),
		]),
	);
}

test.each(Object.entries<Record<string, unknown>>(version1))(
	'%s holds every parameter that it had in the first release, with its default',
	(name, parameters) => {
		const [resource = '', operation = ''] = name.split('.');
		const now = held(resource, operation);
		for (const [parameter, initial] of Object.entries(parameters)) {
			// A text may become a thing to choose, since n8n and our reader take the saved text as before.
			const then = initial === '' && isChosen(now[parameter]) ? now[parameter] : initial;
			expect([parameter, now[parameter]]).toEqual([parameter, then]);
		}
	},
);

/** True for the default of a resource locator. */
function isChosen(initial: unknown): boolean {
	return (
		typeof initial === 'object' &&
		initial !== null &&
		'mode' in initial &&
		'value' in initial &&
		initial.value === ''
	);
}

test('names, values and defaults of version 1 never change: saved workflows depend on them', () => {
	expect(frozen(properties)).toMatchSnapshot();
});

test('names, values and defaults of the trigger never change', () => {
	expect(frozen(new Smtp2goTrigger().description.properties)).toMatchSnapshot();
});
