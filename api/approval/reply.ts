/** Reads the reply to a question that was sent as a text message. */
import { trimmed, wellFormed } from '../core/invisible';
import { MAX_WRITTEN } from './answer';
import { everyTexts } from './texts';
import type { Answer, AnswerOption, Question } from './types';

/** What a reply is: an answer, nothing that fits, or a reply to another question to the same number. */
export type ReplyRead = Answer | 'unclear' | 'otherQuestion';

/** The letters and digits of codes. None looks like another, and no code is a word that a reply can contain. */
const LETTERS = 'BCDFGHJKLMNPQRSTVWXZ';
const DIGITS = '23456789';
/** What a reply can begin with if it has a code. Case does not matter. */
const CODE = new RegExp(`^([${LETTERS}][${DIGITS}])(?![\\p{L}\\p{N}])`, 'iu');

/**
 * Returns a code that tells apart several open questions to the same number: a letter and a digit.
 * @param random from 0 to less than 1
 * @param taken codes of the other open questions to the number
 * @returns undefined if all 160 codes are taken
 */
export function smsCode(random: number, taken: readonly string[] = []): string | undefined {
	const codes = [...LETTERS].flatMap((letter) => [...DIGITS].map((digit) => letter + digit));
	const free = codes.filter((code) => !taken.includes(code));
	return free[Math.floor(random * free.length)];
}

/** Words for yes and no besides those of the texts. */
const YES = ['y', 'yes', 'yeah', 'yep', 'ok', 'okay', 'sure', 'approve', 'approved', 'j', 'ja', 'jawohl', 'genehmigt']
	.concat([
		'genehmige',
		'ok\u00e9',
		'はい',
		'承認',
		'承認します',
		'ok です',
		'了解',
		'了解です',
		'了解しました',
		'👍',
	])
	.concat(['是', '是的', '好', '好的', '可以', '同意', '批准']);
const NO = [
	'n',
	'no',
	'nope',
	'decline',
	'declined',
	'reject',
	'rejected',
	'nein',
	'abgelehnt',
	'いいえ',
	'却下',
].concat(['却下します', '否', '不', '不是', '不行', '不可以', '不同意', '拒绝', '👎']);

/** Returns a text by which equal words are equal: without case, width, punctuation, and invisible characters. */
function bare(text: string): string {
	const plain = text
		.normalize('NFKC')
		.toLowerCase()
		.replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}\u{1f3fb}-\u{1f3ff}]/gu, '');
	const words = plain.replace(/[^\p{L}\p{M}\p{N}+]+/gu, ' ').trim();
	// An emoji has no letters, so nothing would be left.
	return words === '' ? plain.trim() : words;
}

/** Splits a reply into its code, if it begins with one, and the rest. */
function cut(text: string): { readonly code: string | undefined; readonly rest: string } {
	const start = trimmed(text.normalize('NFKC').replace(/^[^\p{L}\p{N}]+/u, ''));
	const code = CODE.exec(start)?.[1];
	return code === undefined
		? { code, rest: text }
		: { code: code.toUpperCase(), rest: trimmed(start.slice(code.length).replace(/^[\s:.,;)\]-]+/u, '')) };
}

/** Returns the chosen answer of an approval. A text that fits both answers is unclear. */
function approvalIn({ answers, texts }: Question, text: string): AnswerOption | undefined {
	const words = (approved: boolean): readonly string[] => [
		...answers.flatMap((answer) => (answer.approved === approved ? [answer.label] : [])),
		...(approved ? [texts.smsYes, texts.approve] : [texts.smsNo, texts.decline]),
		...everyTexts.flatMap((all) => (approved ? [all.smsYes, all.approve] : [all.smsNo, all.decline])),
		...(approved ? YES : NO),
	];
	const fitting = answers.filter(({ approved, label }) =>
		[label, ...words(approved === true)].some((word) => bare(word) === text),
	);
	return fitting.length === 1 ? fitting[0] : undefined;
}

/** Returns the chosen answer of a list: its label, or its number. A label that is a number wins over the number. */
function choiceIn({ answers }: Question, text: string): AnswerOption | undefined {
	const number = text.replace(/^(?:no|nr|number|nummer|option|番|第)? ?/u, '').replace(/ ?[番号]+$/u, '');
	return (
		answers.find(({ label }) => bare(label) === text) ??
		answers.find(({ id }) => id === text) ??
		answers.find(({ id, label }) => text === `${id} ${bare(label)}`) ??
		answers.find(({ id }) => id === number)
	);
}

const nothing: Answer = { approved: null, choice: null, text: null, comment: null };

/** Reads a reply without its code. */
function answerIn(question: Question, given: string): Answer | 'unclear' {
	if (question.responseType === 'freeText') {
		const text = trimmed(given).slice(0, MAX_WRITTEN);
		return text === '' ? 'unclear' : { ...nothing, text };
	}
	const text = bare(given);
	if (text === '') return 'unclear';
	if (question.responseType === 'choice') {
		const chosen = choiceIn(question, text);
		return chosen === undefined ? 'unclear' : { ...nothing, choice: chosen.label };
	}
	const chosen = approvalIn(question, text);
	return chosen === undefined ? 'unclear' : { ...nothing, approved: chosen.approved };
}

/**
 * Reads the reply to a question. If a number has several open questions, read the reply for those with a code first:
 * without a code, a question that asks for a text takes any text.
 * @param code of the question, if its text message named one
 * @param given the reply as received
 * @returns `otherQuestion` if the reply begins with another code, or with none although the question has one
 */
export function readReply(question: Question, code: string | undefined, given: string): ReplyRead {
	const text = wellFormed(given);
	const { code: named, rest } = cut(text);
	if (code !== undefined) return named === code.toUpperCase() ? answerIn(question, rest) : 'otherQuestion';
	// An answer can look like a code, such as the number of a seat.
	const answer = answerIn(question, text);
	return answer === 'unclear' && named !== undefined ? 'otherQuestion' : answer;
}
