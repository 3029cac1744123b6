/** Reads the form of the polling trigger. */
import type { IPollFunctions } from 'n8n-workflow';
import { invalid, isRecord, readFilter, type EventFilter, type Smtp2goError, textList } from '../../../api';
import { filterValues, selectionProblem } from '../parameters/event-form';

/** What the node watches. */
export type Watched = 'events' | 'incomingSms' | 'accountHealth';

/** How a poll hands out what it found: in one execution, or in one each. */
export type PerExecution = 'all' | 'one';

/** The maximum number of events of a poll if each starts its own execution: n8n starts them at the same time. */
const MAX_EXECUTIONS = 100;

/** The same if one execution gets all of them. */
const MAX_OF_A_POLL = 10_000;

/** What the node does with what it reads. */
export interface Reading {
	readonly perExecution: PerExecution;
	/** The maximum number of events of a poll. */
	readonly maxItems: number;
	/** Where the first poll begins. */
	readonly hoursBack: number;
}

/** The form for email events. */
export interface EventsForm extends Reading {
	readonly events: readonly string[];
	readonly headers: readonly string[];
	readonly usernames: readonly string[];
	readonly subaccounts: readonly string[];
	/** What an event must match beyond its name. */
	readonly filter: EventFilter;
}

/** Returns what the node watches; undefined for a value that an expression can give. */
export function readWatched(context: IPollFunctions): Watched | undefined {
	const watched = context.getNodeParameter('watch', 'events');
	return watched === 'events' || watched === 'incomingSms' || watched === 'accountHealth' ? watched : undefined;
}

/** Returns the options of a collection. */
export function readOptions(context: IPollFunctions, collection: string): Readonly<Record<string, unknown>> {
	const added = context.getNodeParameter(collection, {});
	return isRecord(added) ? added : {};
}

/** A whole number of at least 0, also from text. */
function toNumber(value: unknown): number | undefined {
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	return typeof number === 'number' && number >= 0 ? Math.floor(number) : undefined;
}

/** Reads how much to read, and how to hand it out. */
export function readReading(context: IPollFunctions, options: Readonly<Record<string, unknown>>): Reading {
	const perExecution = context.getNodeParameter('perExecution', 'all') === 'one' ? 'one' : 'all';
	const most = toNumber(options['maxItems']) ?? (perExecution === 'one' ? MAX_EXECUTIONS : MAX_OF_A_POLL);
	return {
		perExecution,
		maxItems: Math.min(Math.max(most, 1), MAX_OF_A_POLL),
		hoursBack: toNumber(options['hoursBack']) ?? 0,
	};
}

/** Reads the form for email events, or returns its first problem. */
export function readEventsForm(context: IPollFunctions): EventsForm | Smtp2goError {
	const options = readOptions(context, 'options');
	const form = {
		...readReading(context, options),
		events: textList(context.getNodeParameter('events', [])),
		headers: textList(options['headers']),
		usernames: textList(options['usernames']),
		subaccounts: textList(options['subaccounts']),
		filter: readFilter(filterValues(options)),
	};
	const bounceType = typeof options['bounceType'] === 'string' ? options['bounceType'] : '';
	const problem = selectionProblem({ ...form, smsEvents: [], bounceType });
	if (problem) return problem;
	return form.events.length === 0 ? invalid('events', 'Select at least one event') : form;
}
