/**
 * The form of "Send and Wait for Response". It is not an operation of SMTP2GO's API, so it is not in the catalog.
 * Parameters that n8n's own nodes also have keep their names here. n8n derives the Human in the Loop tool from this
 * form and hides `resource` there, so the channel is a separate parameter.
 */
import type { IDisplayOptions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { OPTIONS } from '../parameters/names';
import { SEND_AND_WAIT } from '../parameters/send-and-wait';
import { askingOptions, fieldOf } from './approval-options';
import { withCondition } from './conditions';

/** The resources that offer the operation. Each is also the channel that its form starts with. */
export const askingResources = ['email', 'sms'] as const;
export type AskingResource = (typeof askingResources)[number];

/**
 * The operation as each resource lists it. As a tool, it would never get the answer. n8n has a separate tool for that.
 */
export function askingOption(resource: AskingResource): INodePropertyOptions {
	const message = resource === 'email' ? 'email' : 'SMS';
	return {
		name: 'Send and Wait for Response',
		value: SEND_AND_WAIT,
		action: `Send ${message} and wait for response`,
		description: `Ask a question by ${message}, and continue the workflow with the answer`,
		displayOptions: { hide: { '@tool': [true] } },
	};
}

const byEmail: IDisplayOptions = { show: { channel: ['email', 'both'] } };
const bySms: IDisplayOptions = { show: { channel: ['sms', 'both'] } };

function channelParameter(initial: string): INodeProperties {
	return {
		displayName: 'Channel',
		name: 'channel',
		type: 'options',
		default: initial,
		description:
			'How to ask. Each recipient gets a personal link to a page for the answer, and the first answer counts.',
		options: [
			{ name: 'Email', value: 'email' },
			{ name: 'SMS', value: 'sms' },
			{ name: 'Email and SMS', value: 'both' },
		],
	};
}

const people: readonly INodeProperties[] = [
	...fieldOf('email', 'sender'),
	...fieldOf('email', 'to', {
		help: 'Up to 20 recipients, separated by commas. Each can be an address or Name &lt;address&gt;.',
	}),
].map((property) => withCondition(property, byEmail));

const phones = fieldOf('sms', 'destination', {
	label: 'Phone Numbers',
	help: 'Up to 20 phone numbers with country code, separated by commas',
}).map((property) => withCondition(property, bySms));

const question: readonly INodeProperties[] = [
	{
		displayName: 'Subject',
		name: 'subject',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. Approval required',
		description: 'The subject of the email and the heading of the page',
	},
	{
		displayName: 'Message',
		name: 'message',
		type: 'string',
		default: '',
		required: true,
		typeOptions: { rows: 4 },
		placeholder: 'e.g. Please approve invoice 1001 for $250',
		description: 'The question, as plain text',
	},
	{
		displayName: 'Response Type',
		name: 'responseType',
		type: 'options',
		default: 'approval',
		description: 'How recipients can answer',
		options: [
			{ name: 'Approve or Decline', value: 'approval', description: 'Two buttons, or only one to approve' },
			{ name: 'Choose One', value: 'choice', description: 'One button per answer, up to 10' },
			{ name: 'Free Text', value: 'freeText', description: 'A text field' },
		],
	},
	{
		displayName: 'Approval Options',
		name: 'approvalOptions',
		type: 'fixedCollection',
		placeholder: 'Add Option',
		default: {},
		displayOptions: { show: { responseType: ['approval'] } },
		options: [
			{
				displayName: 'Values',
				name: 'values',
				values: [
					{
						displayName: 'Type of Approval',
						name: 'approvalType',
						type: 'options',
						default: 'double',
						options: [
							{ name: 'Approve Only', value: 'single' },
							{ name: 'Approve and Decline', value: 'double' },
						],
					},
					{
						displayName: 'Approve Button Label',
						name: 'approveLabel',
						type: 'string',
						default: '',
						placeholder: 'e.g. Approve',
						description: 'The text of the button. If empty, "Approve" in the selected language.',
					},
					{
						displayName: 'Decline Button Label',
						name: 'disapproveLabel',
						type: 'string',
						default: '',
						placeholder: 'e.g. Decline',
						description: 'The text of the button. If empty, "Decline" in the selected language.',
						displayOptions: { show: { approvalType: ['double'] } },
					},
				],
			},
		],
	},
	{
		displayName: 'Answers',
		name: 'choices',
		type: 'string',
		default: '',
		required: true,
		typeOptions: { rows: 4 },
		placeholder: 'e.g. Monday',
		description: 'The 2 to 10 answers to choose from, one per line',
		displayOptions: { show: { responseType: ['choice'] } },
	},
	{
		displayName: 'Comment',
		name: 'comment',
		type: 'options',
		default: 'optional',
		description: 'The comment field on the page',
		displayOptions: { show: { responseType: ['approval', 'choice'] } },
		options: [
			{ name: 'None', value: 'none' },
			{ name: 'Optional', value: 'optional' },
			{
				name: 'Required to Decline',
				value: 'requiredOnDecline',
				description: 'With any other answer, a comment is optional',
			},
		],
	},
];

/** The parameters of the operation, without the condition that it is selected. */
export function askingForm(resource: AskingResource): INodeProperties[] {
	return [
		channelParameter(resource),
		...people,
		...phones,
		...question,
		{
			displayName: 'Options',
			name: OPTIONS,
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [...askingOptions],
		},
	];
}
