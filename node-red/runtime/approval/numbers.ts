/** Which questions a phone number was asked, and the codes that tell them apart. */
import { replySms, smsCode, unclearSms, type Question, type QuestionSms, type Recipient } from '../../../api';
import { endOf, isAnswer, isOpen, type OpenQuestion } from './open-question';

/** How long after its end a reply to a question is still expected, in milliseconds: a day. */
export const LATE = 24 * 3_600_000;

/** How many characters of a message name its question. */
const MAX_NAME = 100;

/** A whole reply that ends all messages. Networks block numbers that write again after it. */
const STOP = /^[^\p{L}\p{N}]*(?:stop|stop ?all|unsubscribe|quit|end|revoke|opt[ -]?out)[^\p{L}\p{N}]*$/iu;

/** A phone number, and nothing else: a name cannot get a reply. */
const NUMBER = /^\+?[\d\s().-]{7,}$/;

/** True for a reply that only says that no more messages are wanted. */
export function isStop(text: string): boolean {
	return STOP.test(text.normalize('NFKC'));
}

/** True unless a message was certainly sent to another number than the one that asked. */
export function isSentTo({ replies }: OpenQuestion, to: string | null): boolean {
	const numbers = [replies?.sender ?? '', to ?? ''].map((one) => one.trim());
	if (!numbers.every((one) => NUMBER.test(one))) return true;
	const [sender, receiver] = numbers.map((one) => one.replace(/\D/g, ''));
	return sender === receiver;
}

/** The recipients of a question that is answered by text messages who have a number. */
export function askedAt({ replies, recipients }: OpenQuestion, number: string): readonly Recipient[] {
	if (replies === undefined) return [];
	return recipients.filter(({ channel, address }) => channel === 'sms' && address === number);
}

/** True if somebody could still reply to a question: it is open, or it ended lately without an answer of theirs. */
function canBeMeant(entry: OpenQuestion, number: string, now: number): boolean {
	const { outcome } = entry;
	if (isOpen(entry) || outcome === undefined) return true;
	const isAnswered = isAnswer(outcome) && outcome.respondedBy === number;
	return !isAnswered && (endOf(entry) ?? 0) + LATE > now;
}

/** The codes that the questions to a number have. */
function codesOf(all: readonly OpenQuestion[], number: string): string[] {
	return all.flatMap((entry) => askedAt(entry, number).flatMap(({ id }) => entry.codes[id] ?? []));
}

/** A code that no other question to a number has; undefined if all are taken. */
export function newCode(all: readonly OpenQuestion[], number: string): string | undefined {
	return smsCode(Math.random(), codesOf(all, number));
}

/**
 * A code for each number for which a reply could mean another question.
 * @param all questions of all accounts
 * @param now in milliseconds since 1970
 * @returns the codes by the recipients' IDs
 */
export function codesFor(
	recipients: readonly Recipient[],
	all: readonly OpenQuestion[],
	now: number,
): Record<string, string> {
	return Object.fromEntries(
		recipients.flatMap(({ id, address }): [string, string][] => {
			const others = all.filter((entry) => askedAt(entry, address).length > 0 && canBeMeant(entry, address, now));
			const code = others.length === 0 ? undefined : newCode(others, address);
			return code === undefined ? [] : [[id, code]];
		}),
	);
}

/**
 * The text message after a reply that does not answer. With a code, it names the question: the number was asked more than
 * one.
 */
export function againSms(question: Question, code: string | undefined): QuestionSms {
	if (code === undefined) return unclearSms(question);
	const signs = [...question.message];
	const name = signs.length > MAX_NAME ? `${signs.slice(0, MAX_NAME).join('')}...` : question.message;
	return replySms({ ...question, message: `${question.texts.smsUnclear}\n${name}` }, code);
}
