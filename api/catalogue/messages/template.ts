/** Templates of emails. */
import { continueToken, sortDirections } from '../common';
import type { Field, Resource } from '../types';

const templateId = {
	name: 'id',
	param: 'templateId',
	label: 'Template',
	kind: 'template',
	required: true,
	min: 5,
	max: 24,
	help: 'The template, chosen from the list or by its case-sensitive ID',
} as const satisfies Field;
const subject = {
	name: 'subject',
	label: 'Subject',
	kind: 'text',
	line: true,
	help: 'Subject line; may hold variables such as {{ name }}',
	placeholder: 'e.g. Order {{ order_id }}',
} as const satisfies Field;
const htmlBody = {
	name: 'html_body',
	label: 'HTML Body',
	kind: 'html',
	help: 'Body as HTML; may hold variables',
	placeholder: 'e.g. <p>Hello {{ name }}</p>',
} as const satisfies Field;
const textBody = {
	name: 'text_body',
	label: 'Text Body',
	kind: 'longText',
	help: 'Body as plain text; may hold variables',
	placeholder: 'e.g. Hello {{ name }}',
} as const satisfies Field;
const templateName = {
	name: 'template_name',
	label: 'Name',
	kind: 'text',
	min: 1,
	max: 64,
	help: 'Name shown in lists, 1 to 64 characters',
	placeholder: 'e.g. Order receipt',
} as const satisfies Field;
const variables = {
	name: 'template_variables',
	label: 'Variables',
	kind: 'object',
	help: 'Example value for each variable, as a JSON object',
	placeholder: 'e.g. {"name": "Jane"}',
} as const satisfies Field;
const tags = {
	name: 'tags',
	label: 'Tags',
	kind: 'textList',
	help: 'Tags, separated by commas',
	placeholder: 'e.g. shop, receipt',
} as const satisfies Field;
const newId = {
	name: 'new_id',
	param: 'newTemplateId',
	label: 'New ID',
	kind: 'text',
	id: true,
	min: 5,
	max: 24,
	help: 'ID of your choice, 5 to 24 characters, upper and lower case differ',
	placeholder: 'e.g. order-receipt',
} as const satisfies Field;

const sample = {
	template_name: 'Shiny new name',
	id: 'testid',
	subject: 'Shiny new Subject',
	html_body: 'Shiny HTML body. This is a {{ variable }}',
	text_body: 'Shiny Text body',
	template_variables: { variable: 'strawberries' },
	tags: ['tagged'],
} as const;

export const template = {
	key: 'template',
	label: 'Template',
	help: 'Stored emails with variables',
	operations: [
		{
			key: 'create',
			label: 'Create',
			action: 'Create template',
			help: 'Add a template that emails can be made from',
			method: 'POST',
			path: '/template/add',
			effect: 'writes',
			fields: [
				{ ...templateName, required: true },
				{ ...newId, name: 'id', label: 'ID', required: true },
				{ ...subject, required: true },
				{ ...htmlBody, required: true },
				{ ...textBody, required: true },
				variables,
				tags,
			],
			result: { is: 'record' },
			sample,
		},
		{
			key: 'delete',
			label: 'Delete',
			action: 'Delete template',
			help: 'Delete a template for good',
			method: 'POST',
			path: '/template/delete',
			effect: 'destroys',
			fields: [templateId],
			result: { is: 'deleted' },
			notice: 'The template is gone for good, and sends that name it are refused from then on.',
			sample: "Successfully deleted template 'example'",
		},
		{
			key: 'get',
			label: 'Get',
			action: 'Get template',
			help: 'Read one template with its bodies and variables',
			method: 'POST',
			path: '/template/view',
			effect: 'reads',
			fields: [templateId],
			result: { is: 'record', dates: ['last_updated'] },
			sample: {
				name: 'Shiny new name',
				id: 'testid',
				subject: 'Shiny new Subject',
				tags: ['tag1', 'tag2'],
				html_body: '',
				text_body: '',
				template_variables: { variable: 'strawberries' },
				last_updated: '2024-01-01 12:00:00',
			},
		},
		{
			key: 'getAll',
			label: 'Get Many',
			action: 'Get many templates',
			help: 'List templates, or only those that match',
			method: 'POST',
			path: '/template/search',
			effect: 'reads',
			fields: [
				{
					name: 'search_terms',
					label: 'Search Terms',
					kind: 'textList',
					help: 'Words found in name, tag, ID or subject, separated by commas',
					placeholder: 'e.g. receipt',
				},
				{
					name: 'tags',
					label: 'Tags',
					kind: 'textList',
					help: 'Only templates with one of these tags, separated by commas',
					placeholder: 'e.g. shop',
				},
				{
					name: 'fuzzy_search',
					label: 'Fuzzy Search',
					kind: 'boolean',
					default: false,
					help: 'Whether a search term may be a part of a word',
				},
				{
					name: 'sort_direction',
					label: 'Sort Direction',
					kind: 'choice',
					choices: sortDirections,
					help: 'Order of the list',
				},
				{
					name: 'page_size',
					label: 'Page Size',
					kind: 'number',
					min: 1,
					default: 100,
					help: 'How many templates one call fetches',
				},
				continueToken,
			],
			paging: { by: 'token', size: { name: 'page_size', max: 100 } },
			result: { is: 'list', at: 'templates', total: 'total_count', dates: ['last_updated'] },
			sample: {
				continue_token: null,
				total_count: 1,
				templates: [
					{
						name: 'Order receipt',
						id: '5355878',
						subject: 'Order receipt for {{ product_name }}',
						tags: ['one', 'two'],
						last_updated: '2024-01-01 12:00:00',
					},
				],
			},
		},
		{
			key: 'update',
			label: 'Update',
			action: 'Update template',
			help: 'Change parts of a template; what is left out stays as it is',
			method: 'POST',
			path: '/template/edit',
			effect: 'writes',
			fields: [templateId, subject, htmlBody, textBody, templateName, newId, variables, tags],
			result: { is: 'record' },
			sample: { ...sample, id: 'newid' },
		},
	],
} as const satisfies Resource;
