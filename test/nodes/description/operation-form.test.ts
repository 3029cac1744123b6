/** The form of each operation: its fields, in order, and nothing else. */
import type { INodeProperties } from 'n8n-workflow';
import { mergeForms } from '../../../nodes/Smtp2go/description/merge-forms';
import { fieldParameters } from '../../../nodes/Smtp2go/description/kind-parameters';
import {
	hasLimit,
	isNeverEmpty,
	isTopLevel,
	OPTIONS,
	parameterName,
	SENDING_OPTIONS,
} from '../../../nodes/Smtp2go/parameters/names';
import {
	AUTO_MAP,
	columnFields,
	COLUMNS,
	columnsToUse,
	dataMode,
	mergeSendingOptions,
} from '../../../nodes/Smtp2go/parameters/merge-options';
import { ownOptions, recipientField, sendModeField } from '../../../nodes/Smtp2go/parameters/own-options';
import { addedTo, operations, properties, shown } from '../support/forms';

test.each(operations)(
	"$name shows each of its fields once, in the record's order, and nothing of other operations",
	({ resource, operation }) => {
		const list = shown(resource.key, operation.key, {
			templateId: operation.fields.some(({ name }) => name === 'template_id') ? '={{ 1 }}' : '',
		});
		const without = shown(resource.key, operation.key);
		const fields = operation.fields.filter((field) => isTopLevel(field));
		const names = new Set([...without, ...list].map(({ name }) => name));
		for (const field of fields) expect(names).toContain(parameterName(field));
		const allowed = [
			...fields.flatMap((field) => ['', 'Source', 'Binary'].map((suffix) => parameterName(field) + suffix)),
			'resource',
			'operation',
			OPTIONS,
			SENDING_OPTIONS,
			'notice',
			'simplify',
			...(sendModeField(operation) ? ['sendMode'] : []),
			...(operation.together === 'emails' ? [dataMode.name] : []),
			...(recipientField(operation) ? ['oneRecipient'] : []),
			...(hasLimit(operation) ? ['returnAll', 'limit'] : []),
		];
		for (const name of names) expect(allowed).toContain(name);
		for (const one of [list, without]) expect(new Set(one.map(({ name }) => name)).size).toBe(one.length);
		const order = without
			.map(({ name }) => name)
			.filter((name) => fields.some((field) => parameterName(field) === name));
		expect(order).toEqual(fields.map(parameterName).filter((name) => order.includes(name)));
		expect(
			addedTo(without, OPTIONS)
				.map(({ name }) => name)
				.filter((name) => !name.endsWith('Json'))
				.sort(),
		).toEqual(
			[
				...operation.fields.filter((field) => !isTopLevel(field)).map(parameterName),
				...(operation.result.file ? ['binaryPropertyName'] : []),
			].sort(),
		);
		expect(
			addedTo(without, SENDING_OPTIONS)
				.map(({ name }) => name)
				.sort(),
		).toEqual(ownOptions(operation).map(parameterName).sort());
	},
);

test.each(operations)(
	'$name knows which of its fields always have a value: checkboxes, numbers and menus',
	({ operation }) => {
		for (const field of operation.fields) {
			// The message of a MIME email has two parameters, and neither is a menu: its source is not a value.
			const element = fieldParameters(field).form.find(({ name }) => name === parameterName(field));
			expect([field.name, isNeverEmpty(field)]).toEqual([
				field.name,
				['boolean', 'number', 'options'].includes(element?.type ?? ''),
			]);
		}
	},
);

test('how items are sent stands apart from the fields of the email, which are wanted more often', () => {
	const form = shown('email', 'send');
	expect(addedTo(form, OPTIONS).map(({ displayName }) => displayName)).toEqual(
		expect.arrayContaining(['BCC', 'CC', 'Reply To']),
	);
	expect(addedTo(form, OPTIONS).map(({ name }) => name)).not.toContain('inFlight');
	expect(form.map(({ name }) => name).slice(-2)).toEqual([OPTIONS, SENDING_OPTIONS]);
});

test('a field that a template replaces is hidden once a template is chosen, and its data is shown', () => {
	const names = (value: string) =>
		shown('email', 'send', { templateId: { __rl: true, mode: 'list', value } }).map(({ name }) => name);
	expect(names('')).toEqual(expect.arrayContaining(['subject', 'htmlBody', 'textBody']));
	expect(names('')).not.toContain('templateData');
	expect(names('welcome')).toContain('templateData');
	expect(names('welcome')).not.toContain('subject');
});

test('a template from an expression shows both ways, and an unknown template shows the fields that it would replace', () => {
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
			const name = parameterName(field);
			expect([name, kinds.get(name) ?? field.kind]).toEqual([name, field.kind]);
			kinds.set(name, field.kind);
		}
	}
});

test('the description of all operations stays within 200 kB and 225 parameters', () => {
	expect(JSON.stringify(properties).length).toBeLessThan(200_000);
	// 210 for what SMTP2GO has, and the forms of operations that make several calls.
	expect(properties.length).toBeLessThan(225);
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

test('a list of emails is mapped by its columns: the form has no recipients, and From is not required', () => {
	const mapped = shown('email', 'send', { dataMode: AUTO_MAP });
	const names = mapped.map(({ name }) => name);
	expect(names).not.toContain('to');
	expect(names.filter((name) => name === 'sender')).toHaveLength(1);
	expect(mapped.find(({ name }) => name === 'sender')?.required).toBeUndefined();
	expect(names).toEqual(expect.arrayContaining(['autoMapNotice', COLUMNS, 'oneRecipient', 'subject', 'sendMode']));
	expect(addedTo(mapped, COLUMNS).map(({ name }) => name)).toEqual(
		expect.arrayContaining([...columnFields.map(([, { name }]) => name), columnsToUse.name]),
	);
	expect(addedTo(mapped, SENDING_OPTIONS).map(({ name }) => name)).toEqual(
		expect.arrayContaining(mergeSendingOptions.map(({ name }) => name)),
	);
});
