/** Reads the form of "Send and Wait for Response" before anyone is asked. */
import { WAIT_INDEFINITELY, type IExecuteFunctions } from 'n8n-workflow';
import {
	failure,
	inZone,
	invalid,
	isRecord,
	MAX_SCHEDULE,
	moreRecipients,
	readQuestion,
	readRecipients,
	success,
	timeUnits,
	type Question,
	type Recipient,
	type SendingOptions,
	type Result,
	type Smtp2goError,
} from '../../../api';
import { toText } from '../parameters/event-form';
import { collectionEntries, unwrapLocator } from '../parameters/form-values';
import { OPTIONS } from '../parameters/names';
import { readParameter } from '../parameters/read';

/** What SMTP2GO sends later unless an answer comes first. */
export interface FollowUp {
	/** When, in milliseconds since 1970. */
	readonly at: number;
	readonly recipients: readonly Recipient[];
}

/** The values of the form. */
export interface AskingForm {
	readonly question: Question;
	readonly recipients: readonly Recipient[];
	readonly sending: SendingOptions;
	/** When the workflow continues without an answer, in milliseconds since 1970. */
	readonly expiresAt: number | undefined;
	readonly reminder: FollowUp | undefined;
	readonly escalation: FollowUp | undefined;
}

const units: Readonly<Record<string, number>> = timeUnits;

/** The values of a fixed collection of one entry; undefined if it was not added. */
function entryOf(options: Readonly<Record<string, unknown>>, name: string): Record<string, unknown> | undefined {
	return collectionEntries(options[name], 'values')[0];
}

/** Reads a time span. @returns the time, or an error if it is not in the future */
function momentAfter(entry: Readonly<Record<string, unknown>>, now: number, label: string): Result<number> {
	const amount = Number(entry['resumeAmount'] ?? 1);
	const length = amount * (units[String(entry['resumeUnit'] ?? 'hours')] ?? NaN);
	return length > 0 && Number.isFinite(length)
		? success(now + length)
		: failure(
				invalid(
					label,
					`${label}: The time must be longer than 0. Enter an amount and a unit. Nothing was sent.`,
				),
			);
}

/** Reads until when to wait; undefined if there is no limit. */
function readLimit(
	options: Readonly<Record<string, unknown>>,
	now: number,
	timezone: string,
): Result<number | undefined> {
	const label = 'Limit Wait Time';
	const entry = entryOf(options, 'limitWaitTime');
	if (!entry) return success(undefined);
	const span = entry['limitType'] === 'atSpecifiedTime' ? undefined : momentAfter(entry, now, label);
	if (span?.ok === false) return span;
	const at = span ? span.value : Date.parse(String(inZone(entry['maxDateAndTime'], timezone)));
	if (!(at > now)) return failure(invalid(label, `${label}: Enter a date and time in the future. Nothing was sent.`));
	// n8n takes this date for a wait without a limit.
	return at < WAIT_INDEFINITELY.getTime()
		? success(at)
		: failure(
				invalid(
					label,
					`${label}: The time must end before the year 3000. Enter a shorter time, or remove this option ` +
						'to wait without a limit. Nothing was sent.',
				),
			);
}

/** Reads when something is sent later: in time to be answered, and no later than SMTP2GO can schedule it. */
function readMoment(
	entry: Readonly<Record<string, unknown>>,
	now: number,
	expiresAt: number | undefined,
	label: string,
): Result<number> {
	const at = momentAfter(entry, now, label);
	if (!at.ok) return at;
	if (at.value - now > MAX_SCHEDULE)
		return failure(
			invalid(
				label,
				`${label}: SMTP2GO schedules emails up to 3 days ahead. Enter a shorter time. Nothing was sent.`,
			),
		);
	return expiresAt !== undefined && at.value >= expiresAt
		? failure(invalid(label, `${label}: The time must be shorter than Limit Wait Time. Nothing was sent.`))
		: at;
}

/** The recipients of an escalation, with IDs that follow those of the others. */
function readEscalated(to: unknown, known: readonly Recipient[]): Result<readonly Recipient[]> {
	const read = readRecipients(to ?? '', undefined);
	if (!read.ok) return failure(inEscalation(read.error));
	const others = moreRecipients(known, read.value);
	return others.length === 0
		? failure(
				invalid(
					'escalation',
					'Escalation: All its recipients are already asked. Enter another email address. Nothing was sent.',
				),
			)
		: success(others);
}

function inEscalation(error: Smtp2goError): Smtp2goError {
	return invalid('escalation', `Escalation: ${error.message}`);
}

/** The replaced texts by name. If a name occurs twice, the last text counts. */
function readTexts(options: Readonly<Record<string, unknown>>): Record<string, unknown> {
	return Object.fromEntries(
		collectionEntries(options['texts'], 'values').map(({ name, value }) => [String(name), value]),
	);
}

/**
 * Reads the form.
 * @param now milliseconds since 1970
 * @returns the form, or an `invalid` error that names the field
 */
export function readForm(context: IExecuteFunctions, now: number): Result<AskingForm> {
	const read = (name: string, fallback: unknown = '') => unwrapLocator(readParameter(context, name, 0, fallback));
	const added = read(OPTIONS, {});
	const options = isRecord(added) ? added : {};
	const channel = String(read('channel', 'email'));
	const hasEmail = channel !== 'sms';
	const hasSms = channel !== 'email';
	const recipients = readRecipients(
		hasEmail ? read('to') : undefined,
		hasSms ? read('destination') : undefined,
		options['defaultCountry'],
	);
	if (!recipients.ok) return recipients;
	const limit = readLimit(options, now, context.getTimezone());
	if (!limit.ok) return limit;
	const expiresAt = limit.value;
	const approval = collectionEntries(read('approvalOptions', {}), 'values')[0] ?? {};
	const question = readQuestion({
		responseType: String(read('responseType', 'approval')),
		subject: read('subject'),
		message: read('message'),
		approveLabel: approval['approveLabel'],
		declineLabel: approval['disapproveLabel'],
		approveOnly: approval['approvalType'] === 'single',
		choices: read('choices'),
		comment: String(read('comment', 'optional')),
		language: String(options['language'] ?? ''),
		texts: readTexts(options),
		expiresAt,
		timeZone: context.getTimezone(),
	});
	if (!question.ok) return question;
	const followUp = (
		name: string,
		label: string,
		whom: (entry: Record<string, unknown>) => Result<readonly Recipient[]>,
	): Result<FollowUp | undefined> => {
		const entry = hasEmail ? entryOf(options, name) : undefined;
		if (!entry) return success(undefined);
		const at = readMoment(entry, now, expiresAt, label);
		if (!at.ok) return at;
		const asked = whom(entry);
		return asked.ok ? success({ at: at.value, recipients: asked.value }) : asked;
	};
	const byEmail = recipients.value.filter((recipient) => recipient.channel === 'email');
	const reminder = followUp('reminder', 'Reminder', () => success(byEmail));
	if (!reminder.ok) return reminder;
	const escalation = followUp('escalation', 'Escalation', ({ escalateTo }) =>
		readEscalated(escalateTo, recipients.value),
	);
	if (!escalation.ok) return escalation;
	return success({
		question: question.value,
		recipients: recipients.value,
		sending: {
			...(hasEmail
				? {
						sender: toText(read('sender')),
						templateId: toText(unwrapLocator(options['templateId'])),
						replyTo: options['replyTo'],
					}
				: {}),
			...(hasSms ? { smsSender: options['smsSender'] } : {}),
		},
		expiresAt,
		reminder: reminder.value,
		escalation: escalation.value,
	});
}
