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
	help: 'The template, from the list or by its case-sensitive ID',
} as const satisfies Field;
const subject = {
	name: 'subject',
	label: 'Subject',
	kind: 'text',
	line: true,
	help: 'The subject, which can contain variables such as {{ name }}',
	placeholder: 'e.g. Order {{ order_id }}',
} as const satisfies Field;
const htmlBody = {
	name: 'html_body',
	label: 'HTML Body',
	kind: 'html',
	help: 'The body as HTML, which can contain variables',
	placeholder: 'e.g. <p>Hello {{ name }}</p>',
} as const satisfies Field;
const textBody = {
	name: 'text_body',
	label: 'Text Body',
	kind: 'longText',
	help: 'The body as plain text, which can contain variables',
	placeholder: 'e.g. Hello {{ name }}',
} as const satisfies Field;
const templateName = {
	name: 'template_name',
	label: 'Name',
	kind: 'text',
	min: 1,
	max: 64,
	help: 'The name shown in lists, 1 to 64 characters',
	placeholder: 'e.g. Order receipt',
} as const satisfies Field;
const variables = {
	name: 'template_variables',
	label: 'Variables',
	kind: 'object',
	help: 'An example value for each variable, as a JSON object',
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
	help: 'A case-sensitive ID of your choice, 5 to 24 characters',
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
	help: 'Manage templates with variables',
	operations: [
		{
			key: 'create',
			label: 'Create',
			action: 'Create template',
			help: 'Create a template for emails',
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
			help: 'Permanently delete a template',
			method: 'POST',
			path: '/template/delete',
			effect: 'destroys',
			fields: [templateId],
			result: { is: 'deleted' },
			notice: 'This cannot be undone. Emails that use the template are rejected from then on.',
			sample: "Successfully deleted template 'example'",
		},
		{
			key: 'get',
			label: 'Get',
			action: 'Get template',
			help: 'Get a template with its bodies and variables',
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
			help: 'List templates',
			method: 'POST',
			path: '/template/search',
			effect: 'reads',
			fields: [
				{
					name: 'search_terms',
					label: 'Search Terms',
					kind: 'textList',
					help: 'Words to find in the name, tags, ID, or subject, separated by commas',
					placeholder: 'e.g. receipt',
				},
				{
					name: 'tags',
					label: 'Tags',
					kind: 'textList',
					help: 'Return only templates with one of these tags, separated by commas',
					placeholder: 'e.g. shop',
				},
				{
					name: 'fuzzy_search',
					label: 'Fuzzy Search',
					kind: 'boolean',
					default: false,
					help: 'Whether search terms can match parts of words',
				},
				{
					name: 'sort_direction',
					label: 'Sort Direction',
					kind: 'choice',
					choices: sortDirections,
					help: 'The sort order of the list',
				},
				{
					name: 'page_size',
					label: 'Page Size',
					kind: 'number',
					min: 1,
					default: 100,
					help: 'The number of templates to fetch per call',
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
			help: 'Change parts of a template; fields that are not set stay unchanged',
			method: 'POST',
			path: '/template/edit',
			effect: 'writes',
			fields: [templateId, subject, htmlBody, textBody, templateName, newId, variables, tags],
			result: { is: 'record' },
			sample: { ...sample, id: 'newid' },
		},
	],
} as const satisfies Resource;
