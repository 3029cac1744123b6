/** Asks the recipients of a question: each gets one message with a personal link, and nobody gets it twice. */
import { operationOf } from '../catalogue';
import type { Connection } from '../client/call';
import { perform, run } from '../client/run';
import { invalid, Smtp2goError } from '../core/errors';
import { isJsonObject, type Json, type JsonObject } from '../core/json';
import { failure, success, type Result } from '../core/result';
import { isHttpUrl } from '../formats/urls';
import { buildRequest, type BuiltRequest } from '../request/build';
import { questionEmail, templateValues, type EmailKind } from './email';
import { questionSms, type QuestionSms } from './sms';
import { MAX_TIME } from './time';
import type { LinkedRecipient, Question, Recipient } from './types';

/** How a question is sent. Empty text means not set. */
export interface SendingOptions {
	/** The verified sender of the email: an address, or `Name <address>`. Required if a recipient is asked by email. */
	readonly sender?: unknown;
	readonly replyTo?: unknown;
	/** One of the account's own numbers. */
	readonly smsSender?: unknown;
	/** A template of the account that replaces the email. It gets the values of `templateValues`. */
	readonly templateId?: unknown;
	readonly fastAccept?: boolean | undefined;
}

/** A recipient who got the question. */
export interface SentTo {
	readonly recipient: Recipient;
	readonly emailId?: string;
	readonly messageId?: string;
}

/** A recipient who did not get it, or for whom this is not known. */
export interface FailedTo {
	readonly recipient: Recipient;
	readonly error: Smtp2goError;
}

/** The outcome of sending a question. */
export interface SentQuestion {
	readonly sent: readonly SentTo[];
	readonly failed: readonly FailedTo[];
	/** The SMS units that all its text messages are charged as. */
	readonly smsUnits: number;
}

function linkError(): Smtp2goError {
	return invalid(
		'link',
		'The link to the page must be a full URL that starts with http:// or https://. Nothing was sent',
	);
}

/**
 * The maximum number of units of one text message. Its text is often data of somebody else, and each unit is charged
 * for each recipient.
 */
export const MAX_SMS_UNITS = 10;

/** Returns the error of a text message that is charged as too many units. */
function lengthError({ units }: QuestionSms): Smtp2goError | undefined {
	return units <= MAX_SMS_UNITS
		? undefined
		: invalid(
				'message',
				`The text message would be charged as ${units} SMS units per recipient, but at most ${MAX_SMS_UNITS} are ` +
					'allowed. Shorten the message. The text message was not sent',
			);
}

/** Returns a value of a form, or undefined if it is empty. */
function set(value: unknown): unknown {
	return value === '' || value === null ? undefined : value;
}

/** The values of the email to one recipient, by API field name. */
export function emailValues(
	question: Question,
	{ address, name, link }: LinkedRecipient,
	sending: SendingOptions,
	kind: EmailKind,
): Readonly<Record<string, unknown>> {
	const templateId = set(sending.templateId);
	return {
		sender: set(sending.sender),
		to: [name === '' ? address : { name, email: address }],
		reply_to: set(sending.replyTo),
		fastaccept: sending.fastAccept === true ? true : undefined,
		...(templateId === undefined
			? questionEmail(question, link, kind)
			: { template_id: templateId, template_data: templateValues(question, link, name, kind) }),
	};
}

/** Builds the request to one recipient. */
function requestFor(
	question: Question,
	recipient: LinkedRecipient,
	sending: SendingOptions,
	now: number,
): Result<BuiltRequest> {
	if (!isHttpUrl(recipient.link)) return failure(linkError());
	if (recipient.channel === 'email')
		return buildRequest(operationOf('email', 'send'), emailValues(question, recipient, sending, 'question'), now);
	const sms = questionSms(question, recipient.link);
	const tooLong = lengthError(sms);
	if (tooLong !== undefined) return failure(tooLong);
	const { content } = sms;
	return buildRequest(operationOf('sms', 'send'), smsValues(recipient.address, content, sending.smsSender), now);
}

function smsValues(destination: string, content: string, sender: unknown): Readonly<Record<string, unknown>> {
	return { destination, content, sender: set(sender) };
}

function textIn(value: Json | undefined): string | undefined {
	return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Returns the ID of a text message in SMTP2GO's response. */
function messageIdIn(result: Json): string | undefined {
	const { messages } = isJsonObject(result) ? result : {};
	const [first] = Array.isArray(messages) ? messages : [];
	return isJsonObject(first) ? textIn(first['message_id']) : undefined;
}

/** The IDs of a message that was sent. */
function idsIn({ channel }: Recipient, result: Json): Pick<SentTo, 'emailId' | 'messageId'> {
	const id = channel === 'email' ? textIn(isJsonObject(result) ? result['emailId'] : undefined) : messageIdIn(result);
	if (id === undefined) return {};
	return channel === 'email' ? { emailId: id } : { messageId: id };
}

/** Returns the recipient without the link. Whoever has it can answer, so no output contains it. */
function withoutLink({ id, channel, address, name }: Recipient): Recipient {
	return { id, channel, address, name };
}

/** Returns the error if nobody was reached. An unknown outcome comes first: asking again could ask twice. */
function nobodyReached(failed: readonly FailedTo[]): Smtp2goError {
	const { error } = failed.find((one) => one.error.type === 'outcomeUnknown') ??
		failed[0] ?? {
			error: invalid('to', 'There are no recipients. Enter at least one email address or phone number'),
		};
	return error;
}

/**
 * Sends a question to its recipients, each by a separate call. All messages are checked before the first one leaves.
 * @param recipients with the personal link of each
 * @returns who was reached and who was not; an error only if nobody was
 */
export async function sendQuestion(
	connection: Connection,
	question: Question,
	recipients: readonly LinkedRecipient[],
	sending: SendingOptions,
): Promise<Result<SentQuestion>> {
	const requests: (readonly [LinkedRecipient, BuiltRequest])[] = [];
	for (const recipient of recipients) {
		const request = requestFor(question, recipient, sending, connection.host.now());
		if (!request.ok) return request;
		requests.push([recipient, request.value]);
	}
	const sent: SentTo[] = [];
	const failed: FailedTo[] = [];
	let smsUnits = 0;
	const outcomes = await Promise.all(requests.map(([, request]) => perform(connection, request)));
	for (const [index, [recipient]] of requests.entries()) {
		const outcome = outcomes[index];
		if (outcome?.ok) {
			sent.push({ recipient: withoutLink(recipient), ...idsIn(recipient, outcome.value.result) });
			smsUnits += recipient.channel === 'sms' ? questionSms(question, recipient.link).units : 0;
		} else if (outcome) failed.push({ recipient: withoutLink(recipient), error: outcome.error });
	}
	return sent.length === 0 ? failure(nobodyReached(failed)) : success({ sent, failed, smsUnits });
}

/**
 * Sends one text message of a question that is answered by text messages.
 * @param phone with its country code
 * @returns the ID of the message, if SMTP2GO names it; an `invalid` error if it has more than 10 units
 */
export async function sendReplySms(
	connection: Connection,
	phone: string,
	text: QuestionSms,
	smsSender?: unknown,
): Promise<Result<{ readonly messageId: string | null }>> {
	const tooLong = lengthError(text);
	if (tooLong !== undefined) return failure(tooLong);
	const { content } = text;
	const outcome = await run(connection, operationOf('sms', 'send'), smsValues(phone, content, smsSender));
	return outcome.ok ? success({ messageId: messageIdIn(outcome.value.result) ?? null }) : outcome;
}

/** A reminder that SMTP2GO sends later. */
export interface ScheduledEmail {
	readonly scheduleId: string;
	readonly emailId: string | null;
}

/**
 * Schedules an email of a question at SMTP2GO: a reminder, or the question to more recipients if nobody answers.
 * @param at milliseconds since 1970, at most 3 days from now
 * @returns an error if SMTP2GO returns no ID, since the email could not be canceled
 */
export async function scheduleReminder(
	connection: Connection,
	question: Question,
	recipient: LinkedRecipient,
	at: number,
	sending: SendingOptions,
	kind: EmailKind = 'reminder',
): Promise<Result<ScheduledEmail>> {
	if (!isHttpUrl(recipient.link)) return failure(linkError());
	// SMTP2GO refuses what is too far ahead, but such a time can be none at all.
	if (!(Math.abs(at) <= MAX_TIME))
		return failure(invalid('schedule', 'The time of the email is too far ahead. The email was not scheduled'));
	const outcome = await run(connection, operationOf('email', 'send'), {
		...emailValues(question, recipient, { ...sending, fastAccept: undefined }, kind),
		schedule: new Date(at).toISOString(),
	});
	if (!outcome.ok) return outcome;
	const { scheduleId, emailId } = isJsonObject(outcome.value.result) ? outcome.value.result : ({} as JsonObject);
	const id = textIn(scheduleId);
	return id === undefined
		? failure(
				new Smtp2goError(
					'server',
					'SMTP2GO scheduled the email but returned no schedule ID, so it cannot be canceled',
				),
			)
		: success({ scheduleId: id, emailId: textIn(emailId) ?? null });
}

/**
 * Cancels scheduled emails.
 * @returns which were canceled, and which SMTP2GO does not know, because they were already sent or canceled; an error
 * if any other call failed
 */
export async function cancelScheduled(
	connection: Connection,
	scheduleIds: readonly string[],
): Promise<Result<{ readonly canceled: readonly string[]; readonly gone: readonly string[] }>> {
	const canceled: string[] = [];
	const gone: string[] = [];
	let error: Smtp2goError | undefined;
	for (const id of scheduleIds) {
		const outcome = await run(connection, operationOf('email', 'cancelScheduled'), { schedule_id: id });
		if (outcome.ok) canceled.push(id);
		// SMTP2GO documents no error for it. A rejected ID is one that it does not know.
		else if (outcome.error.type === 'refused') gone.push(id);
		else error ??= outcome.error;
	}
	return error === undefined ? success({ canceled, gone }) : failure(error);
}
