/** Watches the events of emails in SMTP2GO's activity log. */
import {
	echoedHeaders,
	failure,
	isRecord,
	isWanted,
	logKinds,
	newestEvents,
	passes,
	readCursor,
	readFeed,
	readFilter,
	Smtp2goError,
	startCursor,
	success,
	type EventFilter,
	type FeedCursor,
	type FeedOptions,
	type FeedRead,
	type ReadDelivery,
	textList,
} from '../../../api';
import { readEventsForm, type EventsForm } from './form';
import type { Watcher } from './found';
import { isSelected, readSelections, selectNow, type Selections } from './selection';

/** Which events the form selects. It is JSON. */
interface EventSelection {
	readonly events: readonly string[];
	readonly usernames: readonly string[];
	readonly filter: EventFilter;
}

/** What is kept between polls. */
interface EventsState {
	readonly cursor: FeedCursor;
	readonly selections: Selections<EventSelection>;
}

/** The history of a free account in hours: how far back a test looks. */
const TEST_HOURS = 120;

/** Among so many of the newest events, a test looks for some that match the filters. */
const TEST_AMONG = 1_000;

/** The number of events of a test. */
const TEST_EVENTS = 10;

/** Why a read stopped before it had everything. */
const STOPS: Readonly<Record<NonNullable<FeedRead['stopped']>, string>> = {
	calls: 'a poll makes only so many calls',
	events: 'a poll returns only so many events',
	fault: 'SMTP2GO could not be read any further',
	time: 'the time of a poll was over',
};

function readSelection(value: unknown): EventSelection {
	const { events, usernames, filter } = isRecord(value) ? value : {};
	return {
		events: textList(events),
		usernames: textList(usernames),
		filter: readFilter(isRecord(filter) ? filter : {}),
	};
}

function readState(stored: Readonly<Record<string, unknown>> | undefined): EventsState | undefined {
	const cursor = readCursor(stored?.['cursor']);
	const selections = readSelections(stored?.['selections'], readSelection);
	return cursor && selections ? { cursor, selections } : undefined;
}

/** What SMTP2GO itself searches for. */
function feedOptions({ events, headers, usernames, subaccounts, filter }: EventsForm): FeedOptions {
	const kinds = logKinds(events, filter.bounce_type);
	return {
		...(kinds === undefined ? {} : { kinds }),
		usernames,
		subaccounts,
		customHeaders: echoedHeaders(headers, [filter]),
	};
}

/** True for an event that the form selects. SMTP2GO has compared the user of the email. */
function accepts(delivery: ReadDelivery, { events, filter }: EventSelection): boolean {
	return isWanted(delivery, { events, smsEvents: [] }) && passes(delivery, filter);
}

/** The same for a form of before, whose users nobody has compared. */
function acceptsAll(delivery: ReadDelivery, selection: EventSelection): boolean {
	return accepts(delivery, { ...selection, filter: { ...selection.filter, filter_users: selection.usernames } });
}

function selectionOf({ events, usernames, filter }: EventsForm): EventSelection {
	return { events, usernames, filter };
}

export const emailEvents: Watcher = {
	async poll({ context, connection, stored, deadline }) {
		const form = readEventsForm(context);
		if (form instanceof Smtp2goError) return failure(form);
		const options = feedOptions(form);
		const { perExecution, maxItems, hoursBack } = form;
		const now = connection.host.now();
		const known = readState(stored);
		const cursor = known?.cursor ?? startCursor(now, hoursBack);
		const selections = selectNow(known?.selections, selectionOf(form), cursor.since, now);
		if (known === undefined && hoursBack === 0) {
			// A start from now reads nothing, so a key without permission would not show when the workflow is
			// published.
			const probe = await newestEvents(connection, 1, 1, options);
			if (!probe.ok) return probe;
		}
		const read = await readFeed(connection, cursor, { ...options, maxEvents: maxItems, deadline });
		if (!read.ok) return read;
		const { deliveries, more, stopped } = read.value;
		const items = deliveries.filter((delivery) =>
			isSelected(selections, delivery.event.time, (selection) =>
				selection === selections.now ? accepts(delivery, selection) : acceptsAll(delivery, selection),
			),
		);
		return success({
			items: items.map(({ event }) => event),
			state: { cursor: read.value.cursor, selections } satisfies EventsState,
			perExecution,
			notes: more
				? [
						`More events of the activity log are waiting after ${read.value.cursor.since}, because ` +
							`${STOPS[stopped ?? 'calls']}. The next poll continues there.`,
					]
				: [],
		});
	},

	async sample({ context, connection }) {
		const form = readEventsForm(context);
		if (form instanceof Smtp2goError) return failure(form);
		const newest = await newestEvents(connection, TEST_AMONG, TEST_HOURS, feedOptions(form));
		if (!newest.ok) return newest;
		const selection = selectionOf(form);
		return success(
			newest.value
				.filter((delivery) => accepts(delivery, selection))
				.slice(form.perExecution === 'one' ? -1 : -TEST_EVENTS)
				.map(({ event }) => event),
		);
	},

	howToGetOne:
		'The activity log has no event of the last 5 days that this node selects. Send an email from your SMTP2GO ' +
		'account, wait about two minutes, and fetch again. For a bounce, send it to an address that does not exist at ' +
		'a domain of your own.',
};
