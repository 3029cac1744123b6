/** How each kind of field appears in n8n. */
import type { INodeProperties, INodePropertyOptions, NodePropertyTypes } from 'n8n-workflow';
import { inWordsOf, type Choice, type Field, type Kind } from '../../../api';
import { companionName, parameterName } from '../parameters/names';
import { attachmentTexts, fileCollection, headerCollection, inlineImageTexts } from './fixed-collections';

/** The parameters of one field. */
export interface FieldParameters {
	/** Those in the form, or in the collection of options if the field is optional. */
	readonly form: readonly INodeProperties[];
	/** Those that are always in the collection of options. */
	readonly options?: readonly INodeProperties[];
}

type MakeParameters = (field: Field) => FieldParameters;

/** What the parameters of all kinds have. */
function common(field: Field, type: NodePropertyTypes, initial: INodeProperties['default']): INodeProperties {
	return {
		displayName: field.label,
		name: parameterName(field),
		type,
		default: initial,
		...(field.required ? { required: true } : {}),
		...(field.placeholder ? { placeholder: field.placeholder } : {}),
		description: inWordsOf('workflow', field.help),
	};
}

/** Choices in the catalogue's order, or sorted by name if there are five or more (n8n's UX guidelines). */
function choiceOptions(choices: readonly Choice[] = []): INodePropertyOptions[] {
	const options = choices.map(({ value, label, help }) => ({
		name: label,
		value,
		...(help ? { description: help } : {}),
	}));
	return options.length < 5 ? options : options.sort((one, other) => one.name.localeCompare(other.name));
}

/** One line of text or, with `rows`, several. */
function text(typeOptions?: INodeProperties['typeOptions']): MakeParameters {
	return (field) => ({
		form: [
			{
				...common(field, 'string', typeof field.default === 'string' ? field.default : ''),
				...(typeOptions ? { typeOptions } : {}),
			},
		],
	});
}

function json(initial: string): MakeParameters {
	return (field) => ({ form: [{ ...common(field, 'json', initial), typeOptions: { rows: 4 } }] });
}

function number(field: Field): FieldParameters {
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

function choice(field: Field): FieldParameters {
	const initial = typeof field.default === 'string' ? field.default : (field.choices?.[0]?.value ?? '');
	return { form: [{ ...common(field, 'options', initial), options: choiceOptions(field.choices) }] };
}

function choices(field: Field): FieldParameters {
	const initial = Array.isArray(field.default) ? field.default.map(String) : [];
	return { form: [{ ...common(field, 'multiOptions', initial), options: choiceOptions(field.choices) }] };
}

/** How a value is typed instead of selected. */
interface TypedMode {
	/** The label of the mode; "By ID" by default. */
	readonly label?: string;
	readonly placeholder: string;
	/** The form of a typed value, and the message for one that does not match. */
	readonly check?: { readonly regex: string; readonly errorMessage: string };
}

/** A value that is selected from a searchable list of the account, or typed. methods/search-kind.ts reads the list. */
function locator(noun: string, { label = 'By ID', placeholder, check }: TypedMode): MakeParameters {
	const article = /^[AEIOaeio]/.test(noun) ? 'an' : 'a';
	return (field) => ({
		form: [
			{
				...common(field, 'resourceLocator', { mode: 'list', value: '' }),
				modes: [
					{
						displayName: 'From List',
						name: 'list',
						type: 'list',
						placeholder: `Select ${article} ${noun}...`,
						typeOptions: { searchListMethod: field.kind, searchable: true },
					},
					{
						// n8n itself labels a mode with the name `id` "By ID".
						displayName: label,
						name: label === 'By ID' ? 'id' : 'name',
						type: 'string',
						placeholder,
						...(check ? { validation: [{ type: 'regex', properties: check }] } : {}),
					},
				],
			},
		],
	});
}

/** The variables of a template, as a form and as JSON. */
function templateData(field: Field): FieldParameters {
	return {
		form: [
			{
				...common(field, 'resourceMapper', { mappingMode: 'defineBelow', value: null }),
				noDataExpression: true,
				typeOptions: {
					...(field.shownWith
						? { loadOptionsDependsOn: [`${parameterName({ ...field, name: field.shownWith })}.value`] }
						: {}),
					resourceMapper: {
						resourceMapperMethod: 'templateVariables',
						mode: 'add',
						valuesLabel: field.label,
						fieldWords: { singular: 'variable', plural: 'variables' },
						addAllFields: true,
						supportAutoMap: true,
						noFieldsError:
							`This template has no variables. To send data anyway, add ${field.label} (JSON) under ` +
							'Options.',
					},
				},
			},
		],
		options: [
			{
				displayName: `${field.label} (JSON)`,
				name: companionName(field, 'Json'),
				type: 'json',
				default: '',
				description: `${field.help}, as a JSON object. Its values override those entered above.`,
			},
		],
	};
}

/** A whole message: as text, or from a binary file. */
function mime(field: Field): FieldParameters {
	const source = companionName(field, 'Source');
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
				name: companionName(field, 'Binary'),
				type: 'string',
				default: 'data',
				required: true,
				placeholder: 'e.g. data',
				hint: 'The name of the input binary field that contains the message',
				displayOptions: { show: { [source]: ['binary'] } },
			},
		],
	};
}

/** The parameters of a field, by its kind. */
const byKind: Readonly<Record<Kind, MakeParameters>> = {
	addressList: text(),
	addressesOrDomains: text(),
	addressOrDomain: text(),
	apiKey: locator('API key', { label: 'By Key', placeholder: 'e.g. api-5BFDE1E62529' }),
	attachments: (field) => ({
		form: [{ ...common(field, 'fixedCollection', {}), ...fileCollection(attachmentTexts) }],
	}),
	boolean: (field) => ({ form: [common(field, 'boolean', field.default === true)] }),
	choice,
	choices,
	domain: text(),
	dateTime: (field) => ({ form: [common(field, 'dateTime', '')] }),
	emailAddress: text(),
	emails: json('[]'),
	headers: (field) => ({ form: [{ ...common(field, 'fixedCollection', {}), ...headerCollection }] }),
	html: text({ rows: 6 }),
	inlines: (field) => ({ form: [{ ...common(field, 'fixedCollection', {}), ...fileCollection(inlineImageTexts) }] }),
	ipAddress: text(),
	ipPool: locator('IP pool', {
		placeholder: 'e.g. 1234',
		check: { regex: '^\\d*$', errorMessage: 'IP pool IDs are numbers' },
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
	sender: locator('sender, or type an address', {
		label: 'Address',
		placeholder: 'e.g. Nathan <nathan@example.com>',
	}),
	senderDomain: locator('domain', { label: 'By Name', placeholder: 'e.g. example.com' }),
	singleSender: locator('sender', { label: 'Address', placeholder: 'e.g. nathan@example.com' }),
	smtpUser: locator('SMTP user', { label: 'By Name', placeholder: 'e.g. shop' }),
	smtpUsers: text(),
	subaccount: locator('subaccount', { placeholder: 'e.g. 34l8oj' }),
	subaccounts: text(),
	template: locator('template', {
		placeholder: 'e.g. order-receipt',
		check: { regex: '^(.{5,24})?$', errorMessage: 'Template IDs have 5 to 24 characters' },
	}),
	templateData,
	text: text(),
	textList: text(),
	url: text(),
	webhook: locator('webhook', {
		placeholder: 'e.g. 4320',
		check: { regex: '^\\d*$', errorMessage: 'Webhook IDs are numbers' },
	}),
};

/** The parameters of a field. */
export function fieldParameters(field: Field): FieldParameters {
	return byKind[field.kind](field);
}
