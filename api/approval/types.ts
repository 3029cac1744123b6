/** The types of an approval: a question, the recipients who are asked, and the answer of one of them. */
import type { Language, Texts } from './texts';

/** How a recipient is asked. */
export type Channel = 'email' | 'sms';

/** What a recipient is asked for: to approve or decline, to choose one of up to ten answers, or to write a text. */
export type ResponseType = 'approval' | 'choice' | 'freeText';

/** Whether an answer can have a comment. `requiredOnDecline` means optional with any other answer. */
export type CommentRule = 'none' | 'optional' | 'requiredOnDecline';

/** One recipient of a question. */
export interface Recipient {
	/** `1`, `2` and so on, in the order of the form: first the email addresses, then the phone numbers. */
	readonly id: string;
	readonly channel: Channel;
	/** An email address without a name, or a phone number with its country code. */
	readonly address: string;
	/** The name in `Name <address>`, or an empty text. */
	readonly name: string;
}

/** A recipient and the personal link to the page of the question. */
export interface LinkedRecipient extends Recipient {
	/** An http or https URL, without a fragment. */
	readonly link: string;
}

/** A question as entered in a form. Empty text means not set. */
export interface QuestionForm {
	readonly responseType?: string | undefined;
	/** The subject of the email and the heading of the page. */
	readonly subject?: unknown;
	/** Plain text. Line ends are kept, and URLs become links. */
	readonly message?: unknown;
	readonly approveLabel?: unknown;
	readonly declineLabel?: unknown;
	/** Whether there is no button to decline. */
	readonly approveOnly?: boolean | undefined;
	/** The answers to choose from: a list of 2 to 10 texts, or one text with an answer per line. */
	readonly choices?: unknown;
	readonly comment?: string | undefined;
	readonly language?: string | undefined;
	/** Texts that replace those of the language. An empty one keeps the default. */
	readonly texts?: Readonly<Record<string, unknown>> | undefined;
	/** Until when the question can be answered, in milliseconds since 1970. */
	readonly expiresAt?: number | undefined;
	/** The time zone of the times that recipients see: an IANA name. The default is UTC. */
	readonly timeZone?: string | undefined;
}

/** One of the answers that a question offers. */
export interface AnswerOption {
	/** `approve`, `decline`, `1` to `10`, or `text` for a question that asks for a text. */
	readonly id: string;
	/** The text of the button. */
	readonly label: string;
	/** Null unless the response type is `approval`. */
	readonly approved: boolean | null;
}

/** A question that was read and checked. It can be stored as JSON. */
export interface Question {
	readonly responseType: ResponseType;
	readonly subject: string;
	readonly message: string;
	readonly answers: readonly AnswerOption[];
	readonly comment: CommentRule;
	readonly language: Language;
	readonly texts: Texts;
	readonly expiresAt?: number;
	readonly timeZone: string;
}

/** What a recipient decided. */
export interface Answer {
	readonly approved: boolean | null;
	/** The label of the chosen answer, for the response type `choice`. */
	readonly choice: string | null;
	/** For the response type `freeText`. */
	readonly text: string | null;
	/** Null without a comment. */
	readonly comment: string | null;
}

/** The answer, who gave it, and when. */
export interface AnswerData extends Answer {
	/** The email address or the phone number of the recipient. */
	readonly respondedBy: string;
	/** ISO 8601 in UTC. */
	readonly respondedAt: string;
	readonly channel: Channel;
}

/** Adds who answered, and when. @param now milliseconds since 1970 */
export function answerData(answer: Answer, { address, channel }: Recipient, now: number): AnswerData {
	return { ...answer, respondedBy: address, respondedAt: new Date(now).toISOString(), channel };
}
