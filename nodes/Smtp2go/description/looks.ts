/** What each kind of the catalogue looks like in n8n: told here once, for every field of that kind. */
import type { INodeProperties, INodePropertyOptions, NodePropertyTypes } from 'n8n-workflow';
import type { Choice, Field, Kind } from '../../../api';
import { companionOf, parameterOf } from '../parameters';
import { files, headers } from './collections';

/** The parameters that a field becomes: in the form, and further ones that are added from the collection of options. */
export interface Look {
	readonly form: readonly INodeProperties[];
	readonly extra?: readonly INodeProperties[];
}

type Draw = (field: Field) => Look;

/** What every parameter of a field has, whatever its kind. */
function common(field: Field, type: NodePropertyTypes, initial: INodeProperties['default']): INodeProperties {
	return {
		displayName: field.label,
		name: parameterOf(field),
		type,
		default: initial,
		...(field.required ? { required: true } : {}),
		...(field.placeholder ? { placeholder: field.placeholder } : {}),
		description: field.help,
	};
}

/** Choices as n8n lists them: in the record's order, sorted by name from five on (n8n's UX guidelines). */
function optionsOf(choices: readonly Choice[] = []): INodePropertyOptions[] {
	const options = choices.map(({ value, label, help }) => ({ name: label, value, ...(help ? { description: help } : {}) }));
	return options.length < 5 ? options : options.sort((one, other) => one.name.localeCompare(other.name));
}

/** One line of text, or several. */
function text(typeOptions?: INodeProperties['typeOptions']): Draw {
	return (field) => ({ form: [{ ...common(field, 'string', typeof field.default === 'string' ? field.default : ''), ...(typeOptions ? { typeOptions } : {}) }] });
}

function json(initial: string): Draw {
	return (field) => ({ form: [{ ...common(field, 'json', initial), typeOptions: { rows: 4 } }] });
}

function number(field: Field): Look {
	const { min, max } = field;
	const typeOptions = { ...(min === undefined ? {} : { minValue: min }), ...(max === undefined ? {} : { maxValue: max }) };
	return { form: [{ ...common(field, 'number', typeof field.default === 'number' ? field.default : (min ?? 0)), typeOptions }] };
}

function choice(field: Field): Look {
	const initial = typeof field.default === 'string' ? field.default : (field.choices?.[0]?.value ?? '');
	return { form: [{ ...common(field, 'options', initial), options: optionsOf(field.choices) }] };
}

function choices(field: Field): Look {
	const initial = Array.isArray(field.default) ? field.default.map(String) : [];
	return { form: [{ ...common(field, 'multiOptions', initial), options: optionsOf(field.choices) }] };
}

/** A thing of the account, picked from a list that n8n searches while one types, or named by its ID. */
function locator(thing: string, searchListMethod: string, id: { regex: string; errorMessage: string; placeholder: string }): Draw {
	return (field) => ({
		form: [{
			...common(field, 'resourceLocator', { mode: 'list', value: '' }),
			modes: [
				{ displayName: 'From List', name: 'list', type: 'list', placeholder: `Select a ${thing}...`, typeOptions: { searchListMethod, searchable: true } },
				{
					displayName: 'By ID', name: 'id', type: 'string', placeholder: id.placeholder,
					validation: [{ type: 'regex', properties: { regex: id.regex, errorMessage: id.errorMessage } }],
				},
			],
		}],
	});
}

/** The variables of a template as a form, and as JSON for values that no form holds. */
function templateData(field: Field): Look {
	return {
		form: [{
			...common(field, 'resourceMapper', { mappingMode: 'defineBelow', value: null }),
			noDataExpression: true,
			typeOptions: {
				...(field.when ? { loadOptionsDependsOn: [`${parameterOf({ ...field, name: field.when })}.value`] } : {}),
				resourceMapper: {
					resourceMapperMethod: 'templateVariables',
					mode: 'add',
					valuesLabel: field.label,
					fieldWords: { singular: 'variable', plural: 'variables' },
					addAllFields: true,
					supportAutoMap: true,
					noFieldsError: `This template lists no variables. Give the values as ${field.label} (JSON) under Options.`,
				},
			},
		}],
		extra: [{
			displayName: `${field.label} (JSON)`,
			name: companionOf(field, 'Json'),
			type: 'json',
			default: '',
			description: `${field.help}, as a JSON object. It goes on top of the values given one by one.`,
		}],
	};
}

/** A whole message: as text, or from a file of the workflow. */
function mime(field: Field): Look {
	const source = companionOf(field, 'Source');
	return {
		form: [
			{
				displayName: `${field.label} Source`, name: source, type: 'options', default: 'text', description: 'Where the message comes from',
				options: [{ name: 'Binary File', value: 'binary' }, { name: 'Text or Base64', value: 'text' }],
			},
			{ ...common(field, 'string', ''), typeOptions: { rows: 6 }, displayOptions: { show: { [source]: ['text'] } } },
			{
				displayName: 'Input Binary Field', name: companionOf(field, 'Binary'), type: 'string', default: 'data', required: true, placeholder: 'e.g. data',
				hint: 'The name of the input field that holds the message as a file', displayOptions: { show: { [source]: ['binary'] } },
			},
		],
	};
}

/** One look per kind. */
export const looks: Readonly<Record<Kind, Draw>> = {
	addressOrDomain: text(),
	attachments: (field) => ({ form: [{ ...common(field, 'fixedCollection', {}), ...files('Attachment', 'File Name') }] }),
	boolean: (field) => ({ form: [common(field, 'boolean', field.default === true)] }),
	choice,
	choices,
	dateTime: (field) => ({ form: [common(field, 'dateTime', '')] }),
	emails: json('[]'),
	headers: (field) => ({ form: [{ ...common(field, 'fixedCollection', {}), ...headers }] }),
	html: text({ rows: 6 }),
	inlines: (field) => ({ form: [{ ...common(field, 'fixedCollection', {}), ...files('Inline Image', 'Content ID') }] }),
	longText: text({ rows: 4 }),
	mime,
	number,
	object: json('{}'),
	recipients: text(),
	replyTo: text(),
	schedule: (field) => ({ form: [common(field, 'dateTime', '')] }),
	secret: text({ password: true }),
	sender: text(),
	smtpUsers: text(),
	subaccount: text(),
	template: locator('template', 'searchTemplates', { regex: '^(.{5,24})?$', errorMessage: 'A template ID has 5 to 24 characters', placeholder: 'e.g. order-receipt' }),
	templateData,
	text: text(),
	textList: text(),
	url: text(),
	webhook: locator('webhook', 'searchWebhooks', { regex: '^\\d*$', errorMessage: 'A webhook ID is a number', placeholder: 'e.g. 4320' }),
};
