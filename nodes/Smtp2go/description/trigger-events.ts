/** The email events, as both triggers offer them. */
import type { INodeProperties } from 'n8n-workflow';
import { hookFields, type Field } from '../../../api';
import { fieldParameters } from './kind-parameters';

/** The default events: emails that did not arrive or were not wanted. Most workflows react to these. */
const DEFAULT_EVENTS = ['bounce', 'reject', 'spam', 'unsubscribe'];

const fields: readonly Field[] = hookFields.filter(({ name }) => name === 'events');

/**
 * The email events. n8n's node creator offers each of them as a trigger ("On bounce"), but only if the parameter is
 * called Event, Events or Trigger On, and only for the first such parameter.
 */
export const [eventParameter] = fields.flatMap((field) =>
	fieldParameters(field).form.map(
		(property): INodeProperties => ({
			...property,
			displayName: 'Events',
			default: DEFAULT_EVENTS,
			options: (property.options ?? []).map((option) =>
				'value' in option ? { ...option, action: `On ${option.name.toLowerCase()}` } : option,
			),
		}),
	),
) as [INodeProperties];
