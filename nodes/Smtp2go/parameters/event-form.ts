/** Reads what the forms of both triggers share: filters of events. */
import {
	emailEvents,
	filterFields,
	invalid,
	smsEvents,
	type EventFilter,
	type Smtp2goError,
	type Subscription,
} from '../../../api';
import { readHeaderEntries } from './header-entries';
import { parameterName } from './names';

export function toText(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** Returns the form's value for each filter. The value for headers is nested in the form. */
export function filterValues(options: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
	return Object.fromEntries(
		filterFields.map((field) => {
			const entered = options[parameterName(field)];
			return [field.name, field.kind === 'headers' ? readHeaderEntries(entered) : entered];
		}),
	);
}

/** What a form selects. */
export interface Selection extends Subscription {
	readonly filter: EventFilter;
	/** As entered: `hard`, `soft`, empty, or what an expression resolved to. */
	readonly bounceType: string;
}

/** The events that SMTP2GO does not know. An expression can give them. */
function unknownEvents({ events, smsEvents: sms }: Subscription): string[] {
	const isKnown = (list: readonly { value: string }[], name: string) => list.some(({ value }) => value === name);
	return [
		...events.filter((name) => !isKnown(emailEvents, name)),
		...sms.filter((name) => !isKnown(smsEvents, name)),
	];
}

/** The first problem of what a form selects; undefined if it has none. */
export function selectionProblem({ events, smsEvents: sms, bounceType, filter }: Selection): Smtp2goError | undefined {
	const [unknown] = unknownEvents({ events, smsEvents: sms });
	if (unknown !== undefined)
		return invalid('events', `"${unknown}" is not an SMTP2GO event. Select an event from the list`);
	if (!['', 'hard', 'soft'].includes(bounceType))
		return invalid('bounce_type', `Bounce Type: "${bounceType}" is not valid. Use "hard" or "soft"`);
	const blank = filter.filter_headers.find(({ value }) => value === '');
	if (blank)
		return invalid(
			'filter_headers',
			`Header Values: "${blank.header}" has no value, so no event would match. ` +
				'Enter a value or remove the header',
		);
	return undefined;
}
