/** Reads a question as a form gives it, and checks it before anyone is asked. */
import { formatNumber } from '../core/format';
import { trimmed } from '../core/invisible';
import { isRecord, typeNameOf } from '../core/json';
import { success, type Result } from '../core/result';
import { isZone } from '../formats/zones';
import { wrong, type Named } from '../kinds/reader';
import { choiceEntries, choiceLabels, oneLine, textOf } from './labels';
import { MAX_CHOICES, MIN_CHOICES, responseTypes } from './limits';
import { readReply } from './reply';
import { isLanguage, languages, MAX_TEXT, textsOf, type Texts } from './texts';
import { MAX_TIME } from './time';
import type { AnswerOption, CommentRule, Question, QuestionForm, ResponseType } from './types';

/** The maximum lengths in characters. Email programs truncate longer subjects, and buttons longer labels. */
const MAX_SUBJECT = 250;
const MAX_MESSAGE = 20_000;
const MAX_LABEL = 100;

const subjectField: Named = { name: 'subject', label: 'Subject' };
const messageField: Named = { name: 'message', label: 'Message' };
const choicesField: Named = { name: 'choices', label: 'Answers' };

const commentRules: readonly CommentRule[] = ['none', 'optional', 'requiredOnDecline'];

/** Control characters other than tabs and line feeds, which no text contains on purpose. */
const CONTROLS = /[^\P{Cc}\t\n]/gu;

/** Reads text on one line. */
function readLine(value: unknown, field: Named, max: number): Result<string> {
	const text = textOf(value);
	if (text === null) return wrong(field, `must be text, not ${typeNameOf(value)}`);
	const line = oneLine(text ?? '');
	return line.length <= max
		? success(line)
		: wrong(field, `must have at most ${max} characters, not ${formatNumber(line.length)}`);
}

/** Reads text of several lines. Line ends become line feeds, and other control characters are removed. */
function readLines(value: unknown, field: Named, max: number): Result<string> {
	const text = textOf(value);
	if (text === null) return wrong(field, `must be text, not ${typeNameOf(value)}`);
	const lines = trimmed((text ?? '').replace(/\r\n?|[\u2028\u2029]/g, '\n').replace(CONTROLS, ''));
	return lines.length <= max
		? success(lines)
		: wrong(field, `must have at most ${formatNumber(max)} characters, not ${formatNumber(lines.length)}`);
}

/** Reads one of the listed words, or returns the first if it is not set. */
function readWord<T extends string>(value: unknown, words: readonly T[], field: Named): Result<T> {
	const [first] = words;
	if ((value === undefined || value === null || value === '') && first !== undefined) return success(first);
	const word = words.find((one) => one === value);
	return word === undefined ? wrong(field, `must be one of ${words.join(', ')}`) : success(word);
}

/** Returns the text by which two labels look equal. */
function alike(label: string): string {
	return label.normalize('NFKC').toLowerCase();
}

/** Reads the labels of the answers to choose from. */
function readChoices(value: unknown): Result<readonly AnswerOption[]> {
	const entries = choiceEntries(value);
	if (entries === undefined)
		return wrong(
			choicesField,
			`must be a list of texts, or text with one answer per line, not ${typeNameOf(typeof value === 'string' ? {} : value)}`,
		);
	for (const entry of entries) {
		const label = readLine(entry, choicesField, MAX_LABEL);
		if (!label.ok) return label;
	}
	const labels = choiceLabels(value);
	if (labels.length < MIN_CHOICES || labels.length > MAX_CHOICES)
		return wrong(
			choicesField,
			`must have ${MIN_CHOICES} to ${MAX_CHOICES} answers, one per line, not ${labels.length}`,
		);
	const twice = labels.find((label, index) => labels.findIndex((other) => alike(other) === alike(label)) < index);
	if (twice !== undefined) return wrong(choicesField, `must be different, but "${twice}" occurs twice`);
	return success(labels.map((label, index) => ({ id: String(index + 1), label, approved: null })));
}

/** Reads the buttons of a question to approve or decline. */
function readApproval(form: QuestionForm, texts: Texts): Result<readonly AnswerOption[]> {
	const approve = readLine(form.approveLabel, { name: 'approveLabel', label: 'Approve Button' }, MAX_LABEL);
	if (!approve.ok) return approve;
	const yes: AnswerOption = { id: 'approve', label: approve.value || texts.approve, approved: true };
	if (form.approveOnly === true) return success([yes]);
	const field: Named = { name: 'declineLabel', label: 'Decline Button' };
	const decline = readLine(form.declineLabel, field, MAX_LABEL);
	if (!decline.ok) return decline;
	const no: AnswerOption = { id: 'decline', label: decline.value || texts.decline, approved: false };
	return alike(yes.label) === alike(no.label)
		? wrong(field, `must differ from the approve button, but both are "${no.label}"`)
		: success([yes, no]);
}

function readAnswers(responseType: ResponseType, form: QuestionForm, texts: Texts): Result<readonly AnswerOption[]> {
	switch (responseType) {
		case 'approval':
			return readApproval(form, texts);
		case 'choice':
			return readChoices(form.choices);
		default:
			return success([{ id: 'text', label: texts.write, approved: null }]);
	}
}

/** What a text message cannot be answered without: the variables of a text that replaces a default. */
const needed: Readonly<Record<string, readonly string[]>> = {
	smsLink: ['{link}'],
	smsCode: ['{code}'],
	smsApproval: ['{yes}', '{no}'],
	smsApproveOnly: ['{yes}'],
};

/** Returns the error of a text that replaces a default. */
function readTexts(form: QuestionForm): Result<Texts> {
	const named = (name: string): Named => ({ name: `texts.${name}`, label: `The text "${name}"` });
	for (const [name, text] of Object.entries(isRecord(form.texts) ? form.texts : {})) {
		const read = readLine(text, named(name), MAX_TEXT);
		if (!read.ok) return read;
		const lost = Object.hasOwn(needed, name) ? needed[name]?.find((one) => !read.value.includes(one)) : undefined;
		if (read.value !== '' && lost !== undefined)
			return wrong(named(name), `must contain ${lost}. Without it, nobody can answer`);
	}
	const language = form.language === undefined || form.language === '' ? 'en' : form.language;
	return isLanguage(language)
		? success(textsOf(language, form.texts))
		: wrong(
				{ name: 'language', label: 'Language' },
				`must be one of ${languages.map(({ value }) => value).join(', ')}`,
			);
}

/** Returns the comment rule as it applies to the answers. */
function commentRule(rule: CommentRule, responseType: ResponseType, answers: readonly AnswerOption[]): CommentRule {
	if (responseType === 'freeText') return 'none';
	const canDecline = answers.some(({ approved }) => approved === false);
	return rule === 'requiredOnDecline' && !canDecline ? 'optional' : rule;
}

/** Checks that the words of replaced texts mean what a text message says: each is read as its answer. */
function checkWords(question: Question, replaced: unknown): Result<Question> {
	if (question.responseType !== 'approval' || !isRecord(replaced)) return success(question);
	for (const [name, label, approved] of [
		['smsYes', 'The text "smsYes"', true],
		['smsNo', 'The text "smsNo"', false],
	] as const) {
		if (trimmed(textOf(replaced[name]) ?? '') === '' || !question.answers.some((one) => one.approved === approved))
			continue;
		const read = readReply(question, undefined, question.texts[name]);
		if (typeof read === 'string' || read.approved !== approved)
			return wrong(
				{ name: `texts.${name}`, label },
				`cannot be "${question.texts[name]}", because a reply with it could mean another answer. Enter another word`,
			);
	}
	return success(question);
}

/**
 * Reads a question.
 * @returns the question, or an `invalid` error that names the field
 */
export function readQuestion(form: QuestionForm): Result<Question> {
	const responseType = readWord(form.responseType, responseTypes, { name: 'responseType', label: 'Response Type' });
	if (!responseType.ok) return responseType;
	const comment = readWord(form.comment, commentRules, { name: 'comment', label: 'Comment' });
	if (!comment.ok) return comment;
	const texts = readTexts(form);
	if (!texts.ok) return texts;
	const subject = readLine(form.subject, subjectField, MAX_SUBJECT);
	if (!subject.ok) return subject;
	const message = readLines(form.message, messageField, MAX_MESSAGE);
	if (!message.ok) return message;
	if (message.value === '') return wrong(messageField, 'is required. Enter what you want to ask');
	const answers = readAnswers(responseType.value, form, texts.value);
	if (!answers.ok) return answers;
	if (form.expiresAt !== undefined && !(Math.abs(form.expiresAt) <= MAX_TIME))
		return wrong({ name: 'expiresAt', label: 'The time limit' }, 'is too far in the future. Enter a shorter one');
	const question: Question = {
		responseType: responseType.value,
		subject: subject.value || texts.value.subject,
		message: message.value,
		answers: answers.value,
		comment: commentRule(comment.value, responseType.value, answers.value),
		language: isLanguage(form.language) ? form.language : 'en',
		texts: texts.value,
		...(form.expiresAt === undefined ? {} : { expiresAt: form.expiresAt }),
		timeZone: form.timeZone !== undefined && isZone(form.timeZone) ? form.timeZone : 'UTC',
	};
	return checkWords(question, form.texts);
}
