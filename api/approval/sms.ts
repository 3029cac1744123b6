/** The text messages of a question: with a link to its page, or answered by a text message. */
import { smsLength, type SmsLength } from '../formats/sms-units';
import { oneLine } from './labels';
import { filled } from './texts';
import type { AnswerOption, Question } from './types';

/** A text message and its length in SMS units. */
export interface QuestionSms extends SmsLength {
	readonly content: string;
}

function sms(...parts: readonly string[]): QuestionSms {
	const content = parts.filter((part) => part !== '').join('\n');
	return { content, ...smsLength(content) };
}

/** How much of a text a confirmation repeats, in characters. */
const MAX_REPEATED = 60;

/** Returns the beginning of a text on one line. Three dots instead of an ellipsis: that is not part of GSM-7. */
function beginningOf(text: string): string {
	const characters = [...oneLine(text)];
	return characters.length <= MAX_REPEATED
		? characters.join('')
		: `${characters.slice(0, MAX_REPEATED - 3).join('')}...`;
}

/**
 * True if people can answer with the number of an answer. If a label contains the number of another answer, as in
 * `3 people` for answer 2, such a reply could mean either.
 */
export function areNumbered(answers: readonly AnswerOption[]): boolean {
	return !answers.some(({ id, label }) =>
		(label.normalize('NFKC').match(/\d+/g) ?? []).some((digits) => {
			const number = String(Number(digits));
			return number !== id && answers.some((other) => other.id === number);
		}),
	);
}

/** Returns the text message that asks a question, with the link to its page. */
export function questionSms({ message, texts }: Question, link: string): QuestionSms {
	return sms(message, filled(texts.smsLink, { link }));
}

/** Says how to answer by a text message. @param code if the number has another open question */
function instructions({ responseType, answers, texts }: Question, code: string | undefined): string {
	const coded = (word: string) => (code === undefined ? word : `${code} ${word}`);
	const words = { yes: coded(texts.smsYes), no: coded(texts.smsNo) };
	switch (responseType) {
		case 'approval':
			return filled(answers.length === 1 ? texts.smsApproveOnly : texts.smsApproval, words);
		case 'choice':
			return areNumbered(answers)
				? [`${texts.smsChoice}:`, ...answers.map(({ id, label }) => `${coded(id)} = ${label}`)].join('\n')
				: [`${texts.smsChoiceLabels}:`, ...answers.map(({ label }) => coded(label))].join('\n');
		default:
			return texts.smsFreeText;
	}
}

/** Says where a code goes, if the instructions do not show it. */
function codeHint({ responseType, texts }: Question, code: string | undefined): string {
	return code !== undefined && responseType === 'freeText' ? filled(texts.smsCode, { code }) : '';
}

/**
 * Returns the text message that asks a question and is answered by a text message.
 * @param code from `smsCode`, if the number has another open question
 */
export function replySms(question: Question, code?: string): QuestionSms {
	return sms(question.message, instructions(question, code), codeHint(question, code));
}

/** Returns the text message after a reply that fits no answer. */
export function unclearSms(question: Question, code?: string): QuestionSms {
	return sms(question.texts.smsUnclear, instructions(question, code), codeHint(question, code));
}

/**
 * Returns the text message that confirms an answer, with the beginning of the question: the number may have been asked
 * several. A default label is shown as the word that the recipient was asked to reply with: who replies YES has seen no
 * button.
 * @param answer the label of the answer, or the text
 */
export function recordedSms({ responseType, message, texts }: Question, answer: string): QuestionSms {
	const words = new Map([
		[texts.approve, texts.smsYes],
		[texts.decline, texts.smsNo],
	]);
	const said = (responseType === 'approval' && words.get(answer)) || answer;
	return sms(filled(texts.smsRecorded, { answer: beginningOf(said) }), `${texts.question}: ${beginningOf(message)}`);
}

/** Returns the text message after a reply to a question that is closed. */
export function closedSms({ texts }: Question): QuestionSms {
	return sms(texts.smsClosed);
}
