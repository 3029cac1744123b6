/** Reads the reply to a question that was sent as a text message. */
import { trimmed, wellFormed } from '../core/invisible';
import { MAX_WRITTEN } from './answer';
import { areNumbered } from './sms';
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

/** Returns a text without case, width, and invisible characters such as the skin tone of an emoji. */
function plain(text: string): string {
	return text
		.normalize('NFKC')
		.toLowerCase()
		.replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}\u{1f3fb}-\u{1f3ff}]/gu, '')
		.trim();
}

/** Returns a text by which equal words are equal: plain, and without punctuation. */
function bare(text: string): string {
	const given = plain(text);
	const words = given.replace(/[^\p{L}\p{M}\p{N}+]+/gu, ' ').trim();
	// An emoji has no letters, so nothing would be left.
	return words === '' ? given : words;
}

/** Punctuation that changes no answer. A question mark, a slash, or a minus before a number does. */
const PUNCTUATION = /[\s\p{L}\p{M}\p{N}+.,;:!()[\]"'*#_`´“”„‘’‚«»。、，；：！（）「」『』【】]/gu;
/** What can stand beside a yes, a number or a label, and beside a no. */
const YES_SIGNS = '👍👌🙏🙂😊✅✔☑';
const NO_SIGNS = '👎🙏❌✖';

/** Returns the signs of a text that are no words and no usual punctuation. */
function signsIn(text: string): readonly string[] {
	return [...plain(text).replace(PUNCTUATION, '')];
}

/**
 * True if a reply contains a sign that can turn its words around, as in `ok 👎`, `yes?`, `yes/no`, and `-1`.
 * @param answer the only one that its words fit
 */
function isDoubtful(text: string, { label, approved }: AnswerOption): boolean {
	const harmless = [...signsIn(label), ...(approved === false ? NO_SIGNS : YES_SIGNS)];
	return plain(text).startsWith('!') || signsIn(text).some((sign) => !harmless.includes(sign));
}

/** The maximum length of a decision in characters. A longer reply says more than that. */
const MAX_READ = 500;

/** Splits a reply into its code, if it begins with one, and the rest. */
function cut(text: string): { readonly code: string | undefined; readonly rest: string } {
	const start = trimmed(text.normalize('NFKC').replace(/^[\s\p{Cf}"'“”„‘’‚«»「『(#*_.:-]+/u, ''));
	const code = CODE.exec(start)?.[1];
	return code === undefined
		? { code, rest: text }
		: { code: code.toUpperCase(), rest: trimmed(start.slice(code.length).replace(/^[\s:.,;)\]-]+/u, '')) };
}

/** Returns the chosen answer of an approval. A text that fits both answers is unclear. */
function approvalIn({ answers, texts }: Question, given: string): AnswerOption | undefined {
	const text = bare(given);
	const words = (approved: boolean): readonly string[] => [
		...(approved ? [texts.smsYes, texts.approve] : [texts.smsNo, texts.decline]),
		...everyTexts.flatMap((all) => (approved ? [all.smsYes, all.approve] : [all.smsNo, all.decline])),
		...(approved ? YES : NO),
	];
	const fitting = answers.filter(({ approved, label }) =>
		[label, ...words(approved === true)].some((word) => bare(word) === text),
	);
	return fitting.length === 1 ? fitting[0] : undefined;
}

/** A number as people write it, without punctuation: `2`, `nr 2`, `option 2`, or `2番`. */
const NUMBER = /^(?:(?:nr|number|nummer|option|番|第) ?)?(\d{1,2})(?: ?(?:番号|番|号))?$/u;

/** Returns the number in a reply. `No. 2` is a number, but `no 2` can also be a no. */
function numberIn(given: string): string | undefined {
	return NUMBER.exec(bare(plain(given.replace('№', 'nr ')).replace(/\bno\./u, 'nr ')))?.[1];
}

/** True for the number of an answer, a sign, and its label, as the text message lists them. */
function isListed(given: string, { id, label }: AnswerOption): boolean {
	const said = plain(given);
	const rest = said.slice(id.length).replace(/^[\s=:.)–—-]+/u, '');
	return said.startsWith(id) && rest.length < said.length - id.length && bare(rest) === bare(label);
}

/** Returns the chosen answer of a list: its label, its number if they have numbers, or both. */
function choiceIn({ answers }: Question, given: string): AnswerOption | undefined {
	const isNumbered = areNumbered(answers);
	const exact = answers.find(({ label }) => plain(label) === plain(given));
	const listed = isNumbered ? answers.find((answer) => isListed(given, answer)) : undefined;
	if (exact ?? listed) return exact ?? listed;
	const number = isNumbered ? numberIn(given) : undefined;
	const fitting = answers.filter(({ id, label }) => id === number || bare(label) === bare(given));
	return fitting.length === 1 ? fitting[0] : undefined;
}

const nothing: Answer = { approved: null, choice: null, text: null, comment: null };

/** Reads a reply without its code. */
function answerIn(question: Question, given: string): Answer | 'unclear' {
	if (question.responseType === 'freeText') {
		const text = trimmed(given).slice(0, MAX_WRITTEN);
		return text === '' ? 'unclear' : { ...nothing, text };
	}
	if (plain(given) === '' || given.length > MAX_READ) return 'unclear';
	const isChoice = question.responseType === 'choice';
	const chosen = isChoice ? choiceIn(question, given) : approvalIn(question, given);
	if (chosen === undefined) return 'unclear';
	const isAsListed = plain(chosen.label) === plain(given) || (isChoice && isListed(given, chosen));
	if (!isAsListed && isDoubtful(given, chosen)) return 'unclear';
	return isChoice ? { ...nothing, choice: chosen.label } : { ...nothing, approved: chosen.approved };
}

/**
 * Reads the reply to a question. If a number has several open questions, read the reply for those with a code first:
 * without a code, a question that asks for a text takes any text.
 * @param code of the question, if its text message named one
 * @param given the reply as received
 * @returns `otherQuestion` if the reply begins with another code, or with none although the question has one
 */
export function readReply(question: Question, code: string | undefined, given: string): ReplyRead {
	// What can be used of it, and a code before it.
	const text = wellFormed(given.slice(0, 2 * MAX_WRITTEN));
	const { code: named, rest } = cut(text);
	if (code !== undefined) return named === code.toUpperCase() ? answerIn(question, rest) : 'otherQuestion';
	// An answer can look like a code, such as the number of a seat.
	const answer = answerIn(question, text);
	return answer === 'unclear' && named !== undefined ? 'otherQuestion' : answer;
}
