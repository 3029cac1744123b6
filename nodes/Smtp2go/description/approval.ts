/**
 * The form of "Send and Wait for Response". It is not an operation of SMTP2GO's API, so the catalogue does not have it.
 * If one of n8n's own nodes has a parameter, it has the same name here. n8n makes the Human in the Loop tool of this
 * form and hides `resource` there, so the channel is a parameter of its own.
 */
import type { IDisplayOptions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { OPTIONS } from '../parameters/names';
import { SEND_AND_WAIT } from '../parameters/send-and-wait';
import { askingOptions, fieldOf } from './approval-options';
import { withCondition } from './conditions';

/** The resources that offer the operation. Each is also the channel that its form starts with. */
export const askingResources = ['email', 'sms'] as const;
export type AskingResource = (typeof askingResources)[number];

/** The operation as each resource lists it. As a tool, it would never get the answer: n8n has a separate tool for it. */
export function askingOption(resource: AskingResource): INodePropertyOptions {
	const message = resource === 'email' ? 'email' : 'SMS';
	return {
		name: 'Send and Wait for Response',
		value: SEND_AND_WAIT,
		action: `Send ${message} and wait for response`,
		description: `Ask by ${message}, and continue the workflow with the answer`,
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
		description: 'How to ask. Each recipient gets a personal link to a page, and the first answer counts.',
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
		help: 'Who is asked: up to 20 recipients, separated by commas, each as an address or Name &lt;address&gt;',
	}),
].map((property) => withCondition(property, byEmail));

const phones = fieldOf('sms', 'destination', {
	label: 'Phone Numbers',
	help: 'Who is asked: up to 20 phone numbers with country code, separated by commas',
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
		placeholder: 'e.g. Please approve invoice 1001 over 250 EUR',
		description: 'What you ask, as plain text',
	},
	{
		displayName: 'Response Type',
		name: 'responseType',
		type: 'options',
		default: 'approval',
		description: 'What the recipient can answer',
		options: [
			{ name: 'Approve or Decline', value: 'approval', description: 'A button for each, or only one to approve' },
			{ name: 'Choose One', value: 'choice', description: 'A button for each of up to ten answers' },
			{ name: 'Write a Text', value: 'freeText', description: 'A text field' },
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
						description: 'If empty, "Approve" in the language of the page',
					},
					{
						displayName: 'Decline Button Label',
						name: 'disapproveLabel',
						type: 'string',
						default: '',
						placeholder: 'e.g. Decline',
						description: 'If empty, "Decline" in the language of the page',
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
		description: 'The answers to choose from, one per line: at least 2 and at most 10',
		displayOptions: { show: { responseType: ['choice'] } },
	},
	{
		displayName: 'Comment',
		name: 'comment',
		type: 'options',
		default: 'optional',
		description: 'The field for a comment on the page',
		displayOptions: { show: { responseType: ['approval', 'choice'] } },
		options: [
			{ name: 'None', value: 'none' },
			{ name: 'Optional', value: 'optional' },
			{
				name: 'Required to Decline',
				value: 'requiredOnDecline',
				description: 'A comment is optional with any other answer',
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
