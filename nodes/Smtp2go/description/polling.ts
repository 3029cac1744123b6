/**
 * The parameters of the polling trigger, made from the catalogue, the shared event filters and the checks of the
 * account's health. The build replaces this file with the finished values.
 */
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { filterFields, healthFields, hookFields, type Field } from '../../../api';
import { OPTIONS, parameterName } from '../parameters/names';
import { fieldParameters } from './kind-parameters';
import { eventParameter } from './trigger-events';

/** SMTP2GO itself compares the user, as with the webhook of the other trigger. */
const filters: readonly Field[] = filterFields
	.filter(({ name }) => name !== 'filter_users')
	.map((field) =>
		field.name === 'filter_headers'
			? {
					...field,
					help: 'React only to emails with these header values; the events then include these headers',
				}
			: field,
	);

const hoursBack = {
	name: 'hours_back',
	label: 'Hours to Look Back',
	kind: 'number',
	default: 0,
	min: 0,
	help: 'How many hours back to read on the first poll. If 0, the node starts from now.',
} as const satisfies Field;

const maxItems = {
	name: 'max_items',
	label: 'Maximum Events per Poll',
	kind: 'number',
	default: 1000,
	min: 1,
	max: 10_000,
	help: 'The most events to read per poll; the rest follows with the next poll. If you do not add this option, it is 10,000, or 100 with one event per execution.',
} as const satisfies Field;

const subaccounts = {
	name: 'subaccounts',
	label: 'Subaccounts',
	kind: 'subaccounts',
	help: 'Include only these subaccounts, as IDs separated by commas',
	placeholder: 'e.g. 34l8oj, GnlKn5',
} as const satisfies Field;

const username = {
	name: 'username',
	label: 'User',
	kind: 'smtpUser',
	help: 'React only to messages of this SMTP user',
} as const satisfies Field;

function parametersOf(fields: readonly Field[]): INodeProperties[] {
	return fields.flatMap((field) => fieldParameters(field).form);
}

function hookParameters(...names: string[]): INodeProperties[] {
	const chosen: readonly Field[] = hookFields.filter(({ name }) => names.includes(name));
	return parametersOf(chosen);
}

/** Shows parameters only for one thing to watch. */
function shownFor(watch: string, properties: readonly INodeProperties[]): INodeProperties[] {
	return properties.map((property) => ({
		...property,
		displayOptions: { show: { watch: [watch], ...property.displayOptions?.show } },
	}));
}

function collection(name: string, options: readonly INodeProperties[]): INodeProperties {
	return {
		displayName: 'Options',
		name,
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [...options].sort((one, other) => one.displayName.localeCompare(other.displayName)),
	};
}

/** How many executions a poll starts. */
function perExecution(things: string): INodeProperties {
	const all: INodePropertyOptions = {
		name: `All ${things} of a Poll`,
		value: 'all',
		description: `Start one execution, with one item for each of the ${things.toLowerCase()}. This is much faster if many arrive.`,
	};
	const one: INodePropertyOptions = {
		name: 'One',
		value: 'one',
		description: `Start a separate execution for each of the ${things.toLowerCase()}`,
	};
	return {
		displayName: `${things} per Execution`,
		name: 'perExecution',
		type: 'options',
		default: 'all',
		description: `How many ${things.toLowerCase()} one execution of the workflow gets`,
		options: [all, one],
	};
}

const RATES = ['hardBounceRate', 'spamRate', 'unsubscribeRate'];

/** The checks for which a field of the health form counts: a limit has the name of its check. */
function checksOf(field: Field): string[] | undefined {
	const name = parameterName(field);
	if (name === 'minEmails') return RATES;
	if (name === 'permissions') return ['permission'];
	return ['checks', 'reportRecovery'].includes(name) ? undefined : [name];
}

const health = (healthFields as readonly Field[]).flatMap((field) => {
	const checks = checksOf(field);
	return fieldParameters(field).form.map((property) =>
		checks === undefined ? property : { ...property, displayOptions: { show: { checks } } },
	);
});

const textFilter: readonly INodeProperties[] = [
	{
		displayName: 'Text Filter',
		name: 'textFilter',
		type: 'options',
		default: 'any',
		description: 'Which messages start the workflow, by their text',
		options: [
			{ name: 'Any Text', value: 'any' },
			{ name: 'Keywords', value: 'keywords', description: 'Messages that begin with one of some words' },
			{ name: 'Pattern', value: 'pattern', description: 'Messages that match a regular expression' },
		],
	},
	{
		displayName: 'Keywords',
		name: 'keywords',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. STOP, YES',
		description:
			'Words separated by commas. A message matches if it begins with one of them, ignoring case and punctuation.',
		displayOptions: { show: { textFilter: ['keywords'] } },
	},
	{
		displayName: 'Pattern',
		name: 'pattern',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. ^(yes|ok)',
		description: 'A regular expression, ignoring case',
		displayOptions: { show: { textFilter: ['pattern'] } },
	},
	{
		displayName: 'Match Replies',
		name: 'matchReplies',
		type: 'boolean',
		default: true,
		description:
			'Whether to add the message that each one may reply to: the last one sent to the same number. The API key needs the permission /sms/view-sent.',
	},
];

function notice(name: string, text: string): INodeProperties {
	return { displayName: text, name, type: 'notice', default: '' };
}

export const properties: INodeProperties[] = [
	{
		displayName: 'Watch',
		name: 'watch',
		type: 'options',
		noDataExpression: true,
		default: 'events',
		description: 'What starts the workflow',
		options: [
			{
				name: 'Account Health',
				value: 'accountHealth',
				description:
					'A low quota, a high bounce or complaint rate, a blocked key, an unverified domain, a missing webhook or permission',
			},
			{
				name: 'Email Events',
				value: 'events',
				description: 'Bounces, deliveries, opens, clicks, complaints and more, from the activity log',
			},
			{ name: 'Incoming SMS', value: 'incomingSms', description: 'Text messages to your SMTP2GO number' },
		],
	},
	...shownFor('events', [
		notice(
			'eventsNotice',
			'n8n reads your activity log, so it needs no public address and no webhook. Events arrive some minutes late, ' +
				'in a large campaign 10 to 15. To react within seconds, use the <b>SMTP2GO Trigger</b>.',
		),
		eventParameter,
		perExecution('Events'),
		collection(OPTIONS, [
			...hookParameters('headers', 'usernames'),
			...parametersOf([...filters, subaccounts, hoursBack, maxItems]),
		]),
	]),
	...shownFor('incomingSms', [
		...textFilter,
		perExecution('Messages'),
		collection('smsOptions', [...hookParameters('subaccount_id'), ...parametersOf([username, hoursBack])]),
	]),
	...shownFor('accountHealth', [
		notice(
			'healthNotice',
			'Each problem is reported once, and again only if it comes back. Once an hour is enough: set ' +
				'<b>Poll Times</b> accordingly. A poll makes about one call per check.',
		),
		...health,
	]),
];
