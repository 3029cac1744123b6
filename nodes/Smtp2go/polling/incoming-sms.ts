/** Watches the text messages that the account receives. SMTP2GO has no webhook for them. */
import type { IPollFunctions } from 'n8n-workflow';
import {
	isRecord,
	matchesText,
	readCursor,
	readReceivedSms,
	readTextFilter,
	startCursor,
	success,
	type FeedCursor,
	type ReceivedSms,
	type ReceivedSmsOptions,
	type Result,
	type TextFilter,
} from '../../../api';
import { toText } from '../parameters/event-form';
import { unwrapLocator } from '../parameters/form-values';
import { readOptions, readReading, type Reading } from './form';
import type { Watcher } from './found';
import { isSelected, readSelections, selectNow, type Selections } from './selection';

/** Which messages the form selects, as it says so. It is JSON. */
interface SmsSelection {
	readonly username: string;
	readonly subaccount: string;
	readonly is: string;
	readonly keywords: string;
	readonly pattern: string;
}

/** What is kept between polls. */
interface SmsState {
	readonly cursor: FeedCursor;
	readonly selections: Selections<SmsSelection>;
}

interface SmsForm extends Reading {
	readonly selection: SmsSelection;
	readonly filter: TextFilter;
	readonly options: ReceivedSmsOptions;
}

/** How far back a test looks, in hours: as far as SMTP2GO itself lists messages. */
const TEST_HOURS = 7 * 24;

/** The number of messages of a test. */
const TEST_MESSAGES = 10;

function readSelection(value: unknown): SmsSelection {
	const { username, subaccount, is, keywords, pattern } = isRecord(value) ? value : {};
	return {
		username: toText(username),
		subaccount: toText(subaccount),
		is: toText(is),
		keywords: toText(keywords),
		pattern: toText(pattern),
	};
}

function readState(stored: Readonly<Record<string, unknown>> | undefined): SmsState | undefined {
	const cursor = readCursor(stored?.['cursor']);
	const selections = readSelections(stored?.['selections'], readSelection);
	return cursor && selections ? { cursor, selections } : undefined;
}

function readForm(context: IPollFunctions): Result<SmsForm> {
	const added = readOptions(context, 'smsOptions');
	const selection = readSelection({
		username: unwrapLocator(added['username']),
		subaccount: unwrapLocator(added['subaccountId']),
		is: context.getNodeParameter('textFilter', 'any'),
		keywords: String(context.getNodeParameter('keywords', '')),
		pattern: context.getNodeParameter('pattern', ''),
	});
	const filter = readTextFilter(selection);
	if (!filter.ok) return filter;
	return success({
		...readReading(context, added),
		selection,
		filter: filter.value,
		options: {
			filter: filter.value,
			matchReplies: context.getNodeParameter('matchReplies', true) === true,
			username: selection.username,
			subaccount: selection.subaccount,
		},
	});
}

/** True for a message that a selection lets through, of now or of before. */
function accepts({ text, username }: ReceivedSms, selection: SmsSelection, now: SmsSelection): boolean {
	if (selection.subaccount !== now.subaccount) return false;
	// SMTP2GO has compared the user of now.
	if (selection !== now && selection.username !== '' && selection.username !== username) return false;
	const filter = readTextFilter(selection);
	return !filter.ok || matchesText(text, filter.value);
}

export const incomingSms: Watcher = {
	async poll({ context, connection, stored }) {
		const read = readForm(context);
		if (!read.ok) return read;
		const { selection, options, perExecution, hoursBack } = read.value;
		const now = connection.host.now();
		const known = readState(stored);
		const cursor = known?.cursor ?? startCursor(now, hoursBack);
		const found = await readReceivedSms(connection, cursor, options);
		if (!found.ok) return found;
		const selections = selectNow(known?.selections, selection, cursor.since, now);
		return success({
			items: found.value.messages.filter((message) =>
				isSelected(selections, message.time, (one) => accepts(message, one, selections.now)),
			),
			state: { cursor: found.value.cursor, selections } satisfies SmsState,
			perExecution,
			notes: [],
		});
	},

	async sample({ context, connection }) {
		const read = readForm(context);
		if (!read.ok) return read;
		const start = startCursor(connection.host.now(), TEST_HOURS);
		const found = await readReceivedSms(connection, start, read.value.options);
		return found.ok
			? success(found.value.messages.slice(read.value.perExecution === 'one' ? -1 : -TEST_MESSAGES))
			: found;
	},

	howToGetOne: 'No text message of the last 7 days matches. Send one to your SMTP2GO number, and fetch again.',
};
