/** The parameters of the trigger, from the catalogue's record of a webhook. The build puts the finished list in this file's place. */
import type { INodeProperties } from 'n8n-workflow';
import { hookFields, type Field } from '../../../api';
import { OPTIONS } from '../parameters';
import { looks } from './looks';

/** The mail that did not arrive or was not wanted: what a workflow most often has to act on. */
const FIRST_EVENTS = ['bounce', 'reject', 'spam', 'unsubscribe'];

function formsOf(names: readonly string[]): INodeProperties[] {
	const chosen: readonly Field[] = hookFields.filter(({ name }) => names.includes(name));
	return chosen.flatMap((field) => looks[field.kind](field).form);
}

const events = formsOf(['events', 'sms_events']).map((property) => (property.name === 'events' ? { ...property, default: FIRST_EVENTS } : property));
const options = formsOf(['headers', 'usernames', 'subaccount_id']).sort((one, other) => one.displayName.localeCompare(other.displayName));

export const properties: INodeProperties[] = [
	{
		displayName: 'Publishing (activating) the workflow adds a webhook to your SMTP2GO account, unpublishing it takes it away. A free account has one webhook, a paid one ten.',
		name: 'notice', type: 'notice', default: '',
	},
	...events,
	{ displayName: 'Options', name: OPTIONS, type: 'collection', placeholder: 'Add Option', default: {}, options },
];
