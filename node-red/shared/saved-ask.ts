/** What the ask node saves, and which outputs it has. */
import { choiceLabels } from '../../api/approval/labels';
import { MAX_CHOICES, MAX_SCHEDULE, MIN_CHOICES, responseTypes, timeUnits as units } from '../../api/approval/limits';
import type { ResponseType } from '../../api/approval/types';
import type { TypedValue } from './saved-action';

/** How people are asked and answer: by a link in an email or text message, or by replying to a text message. */
export const ways = ['email', 'sms', 'both', 'smsReply'] as const;
export type Way = (typeof ways)[number];

export { MAX_CHOICES, MIN_CHOICES, units };

/** Maximum wait limit in milliseconds: a year. */
export const MAX_LIMIT = 365 * units.days;

/** Maximum number of hours before a reminder or an escalation: SMTP2GO schedules an email up to three days ahead. */
export const MAX_SCHEDULE_HOURS = MAX_SCHEDULE / units.hours;

/** The names of the values that a message can supply, if the dialog says so. */
export const askFields = [
	'to',
	'phones',
	'country',
	'sender',
	'smsSender',
	'subject',
	'message',
	'replyTo',
	'template',
	'escalateTo',
] as const;
export type AskField = (typeof askFields)[number];

/** A saved node. A flow that was written by hand can lack any of it. */
export interface SavedAsk {
	readonly account?: string;
	/** One of {@link ways}. */
	readonly via?: string;
	/** By the names of {@link askFields}. A missing field is not set. */
	readonly fields?: Readonly<Record<string, TypedValue>>;
	/** One of `responseTypes`. */
	readonly responseType?: string;
	/** Empty for the default of the language. */
	readonly approveLabel?: string;
	readonly declineLabel?: string;
	readonly approveOnly?: boolean;
	/** One per line. */
	readonly choices?: string;
	/** `none`, `optional`, or `requiredOnDecline`. */
	readonly comment?: string;
	/** True to confirm replies by text message. The default is true. */
	readonly confirmReply?: boolean;
	/** The wait limit; a number, or its text. Empty for no limit. */
	readonly limit?: number | string;
	/** One of {@link units}. */
	readonly limitUnit?: string;
	/** Hours before a reminder, and before the escalation; empty for none. */
	readonly remindAfter?: number | string;
	readonly escalateAfter?: number | string;
	readonly language?: string;
	/** Replaced texts, by the names of `textNames`. */
	readonly texts?: Readonly<Record<string, unknown>>;
	readonly version?: number;
}

/** What an output carries. */
export type AskOutput = 'approved' | 'declined' | 'answered' | 'timedOut' | `choice:${string}`;

/** The way of a saved node. */
export function wayOf({ via }: Pick<SavedAsk, 'via'>): Way {
	return ways.find((way) => way === via) ?? 'email';
}

/**
 * True if a field counts.
 * @param escalateAfter as saved: hours, or empty
 */
export function isAsked(name: AskField, via: Way, escalateAfter: unknown): boolean {
	const byEmail = via === 'email' || via === 'both';
	switch (name) {
		case 'message':
			return true;
		case 'phones':
		case 'country':
		case 'smsSender':
			return via !== 'email';
		case 'subject':
			return via !== 'smsReply';
		case 'escalateTo':
			return byEmail && String(escalateAfter ?? '').trim() !== '';
		default:
			return byEmail;
	}
}

/** The response type of a saved node. */
export function responseTypeOf({ responseType }: Pick<SavedAsk, 'responseType'>): ResponseType {
	return responseTypes.find((type) => type === responseType) ?? 'approval';
}

/** The choices of a saved node, in the order of its outputs. */
export function choicesOf({ choices }: Pick<SavedAsk, 'choices'>): readonly string[] {
	return choiceLabels(choices);
}

/** The outputs in order: one for each answer, then the one for questions that nobody answered in time. */
export function outputsOf(saved: Pick<SavedAsk, 'responseType' | 'approveOnly' | 'choices'>): readonly AskOutput[] {
	switch (responseTypeOf(saved)) {
		case 'approval':
			return saved.approveOnly === true ? ['approved', 'timedOut'] : ['approved', 'declined', 'timedOut'];
		case 'choice':
			return [...choicesOf(saved).map((choice): AskOutput => `choice:${choice}`), 'timedOut'];
		case 'freeText':
			return ['answered', 'timedOut'];
	}
}

/** The part of an answer that decides its output. */
export interface Decision {
	readonly approved: boolean | null;
	readonly choice: string | null;
}

/**
 * The output of an answer.
 * @param outputs of the node now: its choices can have changed while the question waited
 * @param labels of the answers that the question had
 * @returns its index; undefined if the answer has no output any more
 */
export function outputOf(
	{ approved, choice }: Decision,
	outputs: readonly AskOutput[],
	labels: readonly string[],
): number | undefined {
	const indexOf = (output: AskOutput) => (outputs.includes(output) ? outputs.indexOf(output) : undefined);
	if (choice === null) return indexOf(approved === null ? 'answered' : approved ? 'approved' : 'declined');
	const at = labels.indexOf(choice);
	const there = outputs[at];
	// A label that was corrected is in the same place, where no other answer of the question is now.
	const isRenamed =
		outputs.length === labels.length + 1 && there !== undefined && !labels.some((one) => there === `choice:${one}`);
	return indexOf(`choice:${choice}`) ?? (isRenamed ? at : undefined);
}
