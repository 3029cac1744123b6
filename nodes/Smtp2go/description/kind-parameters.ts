/** What each kind of the catalogue looks like in n8n, for every field of that kind. */
import type { INodeProperties, INodePropertyOptions, NodePropertyTypes } from 'n8n-workflow';
import { inWordsOf, type Choice, type Field, type Kind } from '../../../api';
import { companionOf, parameterOf } from '../parameters/names';
import { attachment, files, headers, inlineImage } from './fixed-collections';

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
		description: inWordsOf('workflow', field.help),
	};
}

/** Choices as n8n lists them: in the record's order, sorted by name from five on (n8n's UX guidelines). */
function optionsOf(choices: readonly Choice[] = []): INodePropertyOptions[] {
	const options = choices.map(({ value, label, help }) => ({
		name: label,
		value,
		...(help ? { description: help } : {}),
	}));
	return options.length < 5 ? options : options.sort((one, other) => one.name.localeCompare(other.name));
}

/** One line of text, or several. */
function text(typeOptions?: INodeProperties['typeOptions']): Draw {
	return (field) => ({
		form: [
			{
				...common(field, 'string', typeof field.default === 'string' ? field.default : ''),
				...(typeOptions ? { typeOptions } : {}),
			},
		],
	});
}

function json(initial: string): Draw {
	return (field) => ({ form: [{ ...common(field, 'json', initial), typeOptions: { rows: 4 } }] });
}

function number(field: Field): Look {
	const { min, max } = field;
	const typeOptions = {
		...(min === undefined ? {} : { minValue: min }),
		...(max === undefined ? {} : { maxValue: max }),
	};
	return {
		form: [
			{ ...common(field, 'number', typeof field.default === 'number' ? field.default : (min ?? 0)), typeOptions },
		],
	};
}

function choice(field: Field): Look {
	const initial = typeof field.default === 'string' ? field.default : (field.choices?.[0]?.value ?? '');
	return { form: [{ ...common(field, 'options', initial), options: optionsOf(field.choices) }] };
}

function choices(field: Field): Look {
	const initial = Array.isArray(field.default) ? field.default.map(String) : [];
	return { form: [{ ...common(field, 'multiOptions', initial), options: optionsOf(field.choices) }] };
}

/** How a thing of the account is typed. */
interface Typed {
	/** The name of the mode, as in `By Name`; by ID unless told. */
	readonly by?: string;
	readonly placeholder: string;
	/** What a typed value looks like, and what to say of one that does not. */
	readonly check?: { readonly regex: string; readonly errorMessage: string };
}

/**
 * A thing of the account, picked from a list that n8n searches while one types, or typed. The list is the one of the
 * field's kind: methods/search-kind.ts.
 */
function locator(thing: string, { by = 'By ID', placeholder, check }: Typed): Draw {
	const article = /^[AEIOaeio]/.test(thing) ? 'an' : 'a';
	return (field) => ({
		form: [
			{
				...common(field, 'resourceLocator', { mode: 'list', value: '' }),
				modes: [
					{
						displayName: 'From List',
						name: 'list',
						type: 'list',
						placeholder: `Select ${article} ${thing}...`,
						typeOptions: { searchListMethod: field.kind, searchable: true },
					},
					{
						// n8n shows its own words, "By ID", for a mode of the name `id`.
						displayName: by,
						name: by === 'By ID' ? 'id' : 'name',
						type: 'string',
						placeholder,
						...(check ? { validation: [{ type: 'regex', properties: check }] } : {}),
					},
				],
			},
		],
	});
}

/** The variables of a template as a form, and as JSON for values that no form holds. */
function templateData(field: Field): Look {
	return {
		form: [
			{
				...common(field, 'resourceMapper', { mappingMode: 'defineBelow', value: null }),
				noDataExpression: true,
				typeOptions: {
					...(field.when
						? { loadOptionsDependsOn: [`${parameterOf({ ...field, name: field.when })}.value`] }
						: {}),
					resourceMapper: {
						resourceMapperMethod: 'templateVariables',
						mode: 'add',
						valuesLabel: field.label,
						fieldWords: { singular: 'variable', plural: 'variables' },
						addAllFields: true,
						supportAutoMap: true,
						noFieldsError: `This template uses no variables. Values can be given as ${field.label} (JSON) under Options.`,
					},
				},
			},
		],
		extra: [
			{
				displayName: `${field.label} (JSON)`,
				name: companionOf(field, 'Json'),
				type: 'json',
				default: '',
				description: `${field.help}, as a JSON object. It goes on top of the values given one by one.`,
			},
		],
	};
}

/** A whole message: as text, or from a file of the workflow. */
function mime(field: Field): Look {
	const source = companionOf(field, 'Source');
	return {
		form: [
			{
				displayName: `${field.label} Source`,
				name: source,
				type: 'options',
				default: 'text',
				description: 'Where the message comes from',
				options: [
					{ name: 'Binary File', value: 'binary' },
					{ name: 'Text or Base64', value: 'text' },
				],
			},
			{
				...common(field, 'string', ''),
				typeOptions: { rows: 6 },
				displayOptions: { show: { [source]: ['text'] } },
			},
			{
				displayName: 'Input Binary Field',
				name: companionOf(field, 'Binary'),
				type: 'string',
				default: 'data',
				required: true,
				placeholder: 'e.g. data',
				hint: 'The name of the input field that holds the message as a file',
				displayOptions: { show: { [source]: ['binary'] } },
			},
		],
	};
}

/** One look per kind. */
export const looks: Readonly<Record<Kind, Draw>> = {
	addressesOrDomains: text(),
	addressOrDomain: text(),
	apiKey: locator('API key', { by: 'By Key', placeholder: 'e.g. api-5BFDE1E62529' }),
	attachments: (field) => ({ form: [{ ...common(field, 'fixedCollection', {}), ...files(attachment) }] }),
	boolean: (field) => ({ form: [common(field, 'boolean', field.default === true)] }),
	choice,
	choices,
	domain: text(),
	dateTime: (field) => ({ form: [common(field, 'dateTime', '')] }),
	emailAddress: text(),
	emails: json('[]'),
	headers: (field) => ({ form: [{ ...common(field, 'fixedCollection', {}), ...headers }] }),
	html: text({ rows: 6 }),
	inlines: (field) => ({ form: [{ ...common(field, 'fixedCollection', {}), ...files(inlineImage) }] }),
	ipAddress: text(),
	ipPool: locator('pool', {
		placeholder: 'e.g. 1234',
		check: { regex: '^\\d*$', errorMessage: 'An IP pool ID is a number' },
	}),
	longText: text({ rows: 4 }),
	mime,
	number,
	object: json('{}'),
	phoneNumber: text(),
	phoneNumbers: text(),
	recipients: text(),
	replyTo: text(),
	schedule: (field) => ({ form: [common(field, 'dateTime', '')] }),
	secret: text({ password: true }),
	sender: locator('sender, or type an address', { by: 'Address', placeholder: 'e.g. Nathan <nathan@example.com>' }),
	senderDomain: locator('domain', { by: 'By Name', placeholder: 'e.g. example.com' }),
	singleSender: locator('sender', { by: 'Address', placeholder: 'e.g. nathan@example.com' }),
	smtpUser: locator('user', { by: 'By Name', placeholder: 'e.g. shop' }),
	smtpUsers: text(),
	subaccount: locator('subaccount', { placeholder: 'e.g. 34l8oj' }),
	subaccounts: text(),
	template: locator('template', {
		placeholder: 'e.g. order-receipt',
		check: { regex: '^(.{5,24})?$', errorMessage: 'A template ID has 5 to 24 characters' },
	}),
	templateData,
	text: text(),
	textList: text(),
	url: text(),
	webhook: locator('webhook', {
		placeholder: 'e.g. 4320',
		check: { regex: '^\\d*$', errorMessage: 'A webhook ID is a number' },
	}),
};
