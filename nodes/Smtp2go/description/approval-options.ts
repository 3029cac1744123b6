/** The options of "Send and Wait for Response". */
import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';
import { findOperation, languages, textNames, type Field } from '../../../api';
import { defaultCountry } from '../parameters/own-options';
import { withCondition } from './conditions';
import { fieldParameters } from './kind-parameters';

/** A field of an operation that sends one message, with some properties replaced. */
export function fieldOf(resource: string, name: string, words: Partial<Field> = {}): INodeProperties[] {
	const field = findOperation(resource, 'send')?.fields.find((one) => one.name === name);
	return field ? [...fieldParameters({ ...field, ...words }).form] : [];
}

const byEmail: IDisplayOptions = { show: { '/channel': ['email', 'both'] } };
const bySms: IDisplayOptions = { show: { '/channel': ['sms', 'both'] } };

/** A time span, in the words of n8n's own option "Limit Wait Time". */
function timeSpan(amount: number, unit: string, description: string): INodeProperties[] {
	return [
		{
			displayName: 'Amount',
			name: 'resumeAmount',
			type: 'number',
			default: amount,
			typeOptions: { minValue: 0, numberPrecision: 2 },
			description,
		},
		{
			displayName: 'Unit',
			name: 'resumeUnit',
			type: 'options',
			default: unit,
			options: [
				{ name: 'Minutes', value: 'minutes' },
				{ name: 'Hours', value: 'hours' },
				{ name: 'Days', value: 'days' },
			],
		},
	];
}

const limitWaitTime: INodeProperties = {
	displayName: 'Limit Wait Time',
	name: 'limitWaitTime',
	type: 'fixedCollection',
	default: { values: { limitType: 'afterTimeInterval', resumeAmount: 3, resumeUnit: 'days' } },
	description:
		'How long to wait for an answer. If nobody answers in time, the output is {"data": {"timedOut": true}}.',
	options: [
		{
			displayName: 'Values',
			name: 'values',
			values: [
				{
					displayName: 'Limit Type',
					name: 'limitType',
					type: 'options',
					default: 'afterTimeInterval',
					options: [
						{ name: 'After Time Interval', value: 'afterTimeInterval' },
						{ name: 'At Specified Time', value: 'atSpecifiedTime' },
					],
				},
				...timeSpan(3, 'days', 'The time to wait').map((property) =>
					withCondition(property, { show: { limitType: ['afterTimeInterval'] } }),
				),
				{
					displayName: 'Max Date and Time',
					name: 'maxDateAndTime',
					type: 'dateTime',
					default: '',
					description: 'When the workflow continues without an answer',
					displayOptions: { show: { limitType: ['atSpecifiedTime'] } },
				},
			],
		},
	],
};

const LATER = 'SMTP2GO schedules the email up to 3 days ahead, and an answer cancels it';

const reminder: INodeProperties = {
	displayName: 'Reminder',
	name: 'reminder',
	type: 'fixedCollection',
	default: { values: { resumeAmount: 24, resumeUnit: 'hours' } },
	description: `When to send the email again. ${LATER}.`,
	displayOptions: byEmail,
	options: [
		{
			displayName: 'Values',
			name: 'values',
			values: timeSpan(24, 'hours', 'How long after the first email'),
		},
	],
};

const escalation: INodeProperties = {
	displayName: 'Escalation',
	name: 'escalation',
	type: 'fixedCollection',
	default: { values: { escalateTo: '', resumeAmount: 48, resumeUnit: 'hours' } },
	description: `Who else to ask if nobody answers. ${LATER}.`,
	displayOptions: byEmail,
	options: [
		{
			displayName: 'Values',
			name: 'values',
			values: [
				{
					displayName: 'To',
					name: 'escalateTo',
					type: 'string',
					default: '',
					placeholder: 'e.g. manager@example.com',
					description: 'The email addresses of the other recipients, separated by commas',
				},
				...timeSpan(48, 'hours', 'How long after the first email'),
			],
		},
	],
};

const language: INodeProperties = {
	displayName: 'Language',
	name: 'language',
	type: 'options',
	default: 'en',
	description: 'The language of the buttons and of all texts that you do not replace',
	options: languages.map(({ value, label }) => ({ name: label, value })),
};

/** True for the texts about replies by SMS. In n8n, recipients answer only on the page. */
const isReplyText = (name: string) => name.startsWith('sms') && name !== 'smsLink';

/** A description as n8n wants it: one sentence has no final period, several have one. */
function described(text: string): string {
	return text.includes('. ') ? text.replace(/\.?$/, '.') : text.replace(/\.$/, '');
}

const texts: INodeProperties = {
	displayName: 'Wording',
	name: 'texts',
	type: 'fixedCollection',
	placeholder: 'Add Text',
	default: {},
	typeOptions: { multipleValues: true },
	description: 'Replaces texts of the email, the text message, and the page with your own',
	options: [
		{
			displayName: 'Text',
			name: 'values',
			values: [
				{
					displayName: 'Text',
					name: 'name',
					type: 'options',
					default: 'subject',
					options: textNames
						.filter(({ name }) => !isReplyText(name))
						.map(({ name, label, help, example }) => ({
							name: label,
							value: name,
							description: described(`${help || 'In English'}: ${example}`),
						}))
						.sort((one, other) => one.name.localeCompare(other.name)),
				},
				{ displayName: 'Value', name: 'value', type: 'string', default: '' },
			],
		},
	],
};

/** The options that are added one by one. */
export const askingOptions: readonly INodeProperties[] = [
	...fieldOf('email', 'reply_to').map((property) => withCondition(property, byEmail)),
	...fieldOf('email', 'template_id', {
		help: 'A template of your SMTP2GO account for the email. It gets the variables subject, message, name, link, expires, and answers, which is a list with label and link.',
	}).map((property) => withCondition(property, byEmail)),
	...fieldOf('sms', 'sender', { label: 'SMS From' }).map((property) => withCondition(property, bySms)),
	...fieldParameters(defaultCountry).form.map((property) => withCondition(property, bySms)),
	escalation,
	language,
	limitWaitTime,
	reminder,
	texts,
].sort((one, other) => one.displayName.localeCompare(other.displayName));
