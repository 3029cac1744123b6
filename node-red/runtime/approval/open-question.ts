/** A question that waits for an answer, or had one, as the account's context keeps it. */
import type { NodeMessage } from 'node-red';
import {
	isRecord,
	languages,
	textsOf,
	type AnswerData,
	type Json,
	type Question,
	type Recipient,
	type Smtp2goError,
} from '../../../api';
import type { LogState } from '../feed/log';
import { reviveMessage } from '../waiting/kept-message';
import type { EntryMemory } from '../waiting/stored-entries';

/** How a question ended. */
export type Outcome = AnswerData | { readonly timedOut: true };

/** How a question is answered by text messages. */
export interface ReplyMode {
	/** The number that writes to recipients; empty for the default of the SMTP2GO account. */
	readonly sender: string;
	/** True if a text message confirms the answer. */
	readonly confirms: boolean;
}

/** A question. It can be stored as JSON, except for `live`. */
export interface OpenQuestion {
	/** Only its links contain it. */
	readonly id: string;
	/** The ID of the node that asked. */
	readonly node: string;
	readonly question: Question;
	/** All recipients, including those of the escalation. */
	readonly recipients: readonly Recipient[];
	/** How text messages answer it; undefined if links do. */
	readonly replies: ReplyMode | undefined;
	/** The codes that tell it apart from other questions to the same number, by the recipients' IDs. */
	codes: Readonly<Record<string, string>>;
	/** When it was sent, in milliseconds since 1970. */
	readonly askedAt: number;
	/** False while it is being sent. */
	isSent: boolean;
	/** IDs of the recipients who were told that their reply is unclear, or too late. Nobody is told twice. */
	told: readonly string[];
	/** Emails that SMTP2GO sends later, unless they are canceled: a reminder, an escalation. */
	scheduled: readonly string[];
	/** Undefined while it is open. */
	outcome: Outcome | undefined;
	/** The ID of the received text message that answered it. The same message answers no other question. */
	answeredBy?: string | undefined;
	/** The copy of the message that waits; undefined once the message was passed on. */
	kept: Readonly<Record<string, Json>> | undefined;
	/** The message itself, until a restart. */
	live: NodeMessage | undefined;
}

/** A node that asks. */
export interface Asker {
	/** Its ID, which a deploy does not change. */
	readonly id: string;
	/** True if text messages answer its questions. */
	readonly readsReplies: boolean;
	/** Passes on the message of a question that ended. */
	deliver(ended: OpenQuestion, outcome: Outcome): void;
	/** Shows the number of its open questions. */
	show(waiting: number): void;
	/** Shows whether received text messages can be read. */
	showLog(state: LogState): void;
	/** Reports to its flow that text messages cannot be read. */
	failLog(error: Smtp2goError): void;
}

/** The questions of an account: see questions.ts. */
export interface QuestionMemory extends EntryMemory<OpenQuestion> {
	/** The running nodes that ask, by their IDs. */
	readonly askers: Map<string, Asker>;
	/** True once click tracking was checked for the account's API key. */
	checkedTracking: boolean;
}

/** True for a question that can still be answered. */
export function isOpen({ outcome }: OpenQuestion): boolean {
	return outcome === undefined;
}

/** True for a question whose answer is known, but whose message was not passed on yet. */
export function isPending({ outcome, kept }: OpenQuestion): boolean {
	return outcome !== undefined && kept !== undefined;
}

/** True for an outcome that is an answer. */
export function isAnswer(outcome: Outcome): outcome is AnswerData {
	return !('timedOut' in outcome);
}

/** When a question ended, in milliseconds since 1970; undefined while it is open. */
export function endOf({ outcome, question }: OpenQuestion): number | undefined {
	if (outcome === undefined) return undefined;
	return isAnswer(outcome) ? Date.parse(outcome.respondedAt) : question.expiresAt;
}

/** The message that waits with a question. */
export function messageOf({ live, kept }: OpenQuestion): NodeMessage {
	return live ?? reviveMessage(kept ?? {});
}

/** What the context store keeps of a question. */
export function toStored({ question, ...rest }: OpenQuestion): Record<string, unknown> {
	const usual: Readonly<Record<string, string>> = { ...textsOf(question.language) };
	// The texts of a language are ten times as long as the rest of most questions.
	const own = Object.entries(question.texts).filter(([name, text]) => usual[name] !== text);
	const stored = { ...rest, live: undefined, question: { ...question, texts: Object.fromEntries(own) } };
	// Without undefined properties, since a store may keep them as null.
	return Object.fromEntries(Object.entries(stored).filter(([, value]) => value !== undefined));
}

/** Reads the question of a stored entry, and adds the texts of its language. */
function questionIn(stored: unknown): Question | undefined {
	if (!isRecord(stored) || !Array.isArray(stored['answers'])) return undefined;
	const question = stored as unknown as Question;
	const language = languages.find(({ value }) => value === question.language)?.value ?? 'en';
	return { ...question, language, texts: textsOf(language, question.texts) };
}

function texts(value: unknown): string[] {
	return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

/** Reads a stored question. Undefined for anything that this package did not store. */
export function fromStored(stored: unknown): OpenQuestion | undefined {
	if (!isRecord(stored)) return undefined;
	const { id, node, recipients, replies, codes, askedAt, outcome, kept } = stored;
	const question = questionIn(stored['question']);
	if (question === undefined) return undefined;
	if (typeof id !== 'string' || typeof node !== 'string' || typeof askedAt !== 'number') return undefined;
	if (!Array.isArray(recipients) || !recipients.every(isRecord)) return undefined;
	return {
		id,
		node,
		question,
		recipients: recipients as unknown as Recipient[],
		replies: isRecord(replies)
			? { sender: String(replies['sender'] ?? ''), confirms: replies['confirms'] === true }
			: undefined,
		codes: isRecord(codes) ? (codes as Record<string, string>) : {},
		askedAt,
		isSent: stored['isSent'] === true,
		told: texts(stored['told']),
		scheduled: texts(stored['scheduled']),
		outcome: isRecord(outcome) ? (outcome as unknown as Outcome) : undefined,
		answeredBy: typeof stored['answeredBy'] === 'string' ? stored['answeredBy'] : undefined,
		kept: isRecord(kept) ? (kept as Record<string, Json>) : undefined,
		live: undefined,
	};
}
