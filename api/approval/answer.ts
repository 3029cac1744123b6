/** Reads what a recipient posts on the page of a question. */
import { trimmed, wellFormed } from '../core/invisible';
import type { Answer, Question } from './types';

/** The maximum length of a text or a comment in characters, as the page counts them. */
export const MAX_WRITTEN = 10_000;

/** The values of the form on the page. */
export interface PagePost {
	readonly answer?: string;
	readonly text?: string;
	readonly comment?: string;
}

/** Why a post is not an answer. The page shows it to the recipient, who can correct it. */
export type PageFault = 'choose' | 'commentMissing' | 'textMissing' | 'tooLong';

/** An answer, or why there is none. */
export type AnswerRead =
	| { readonly ok: true; readonly value: Answer }
	| { readonly ok: false; readonly fault: PageFault };

/**
 * Reads the body of a post. Only the three fields of the form are read, and only text.
 * @param body the parsed form, or its text (`application/x-www-form-urlencoded`)
 */
export function readPost(body: unknown): PagePost {
	const form: unknown = typeof body === 'string' ? Object.fromEntries(new URLSearchParams(body)) : body;
	// A parser of forms can return an object without a prototype, or one from another realm.
	if (typeof form !== 'object' || form === null || Array.isArray(form)) return {};
	const post: { answer?: string; text?: string; comment?: string } = {};
	for (const name of ['answer', 'text', 'comment'] as const) {
		const value: unknown = Object.hasOwn(form, name) ? (form as Record<string, unknown>)[name] : undefined;
		if (typeof value === 'string') post[name] = written(value);
	}
	return post;
}

/** Returns text as it was typed: browsers send line ends as CR LF, and count them as one character. */
function written(value: string): string {
	return trimmed(
		wellFormed(value)
			.replace(/\r\n?/g, '\n')
			.replace(/[^\P{Cc}\t\n]/gu, ''),
	);
}

/**
 * Reads the answer of a recipient.
 * @param post from `readPost`
 * @returns the answer, or the fault to show on the page
 */
export function readAnswer(question: Question, { answer, text, comment }: PagePost): AnswerRead {
	const chosen = question.answers.find(({ id }) => id === answer);
	if (chosen === undefined) return { ok: false, fault: 'choose' };
	const isText = question.responseType === 'freeText';
	const said = question.comment === 'none' || !comment ? null : comment;
	if ((isText && (text ?? '').length > MAX_WRITTEN) || (said ?? '').length > MAX_WRITTEN)
		return { ok: false, fault: 'tooLong' };
	if (isText && !text) return { ok: false, fault: 'textMissing' };
	if (question.comment === 'requiredOnDecline' && chosen.approved === false && said === null)
		return { ok: false, fault: 'commentMissing' };
	return {
		ok: true,
		value: {
			approved: chosen.approved,
			choice: question.responseType === 'choice' ? chosen.label : null,
			text: isText ? (text ?? null) : null,
			comment: said,
		},
	};
}

/** Returns an answer in words: the label of the chosen answer, or the text. */
export function answerText({ answers }: Pick<Question, 'answers'>, { approved, choice, text }: Answer): string {
	return text ?? choice ?? answers.find((answer) => answer.approved === approved)?.label ?? '';
}
