/** The email of a question: a button for each answer, in tables and inline styles that every email program shows. */
import type { JsonObject } from '../core/json';
import { EMAIL_FONT, emailDocument, LAYOUT, type EmailRules } from '../formats/email-html';
import { escaped, paragraphs } from '../formats/html';
import { isHttpUrl } from '../formats/urls';
import { filled } from './texts';
import { timeText } from './time';
import type { AnswerOption, Question } from './types';

/** An email by the names of the API's fields. */
export interface QuestionEmail {
	readonly subject: string;
	readonly html_body: string;
	readonly text_body: string;
}

/** What an email is: the question itself, or a reminder of it. */
export type EmailKind = 'question' | 'reminder';

/** The subject, on one line whatever a replaced text contains. */
function subjectOf({ subject, texts }: Question, kind: EmailKind): string {
	const text = kind === 'reminder' ? filled(texts.reminder, { subject }) : subject;
	return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}

/** Says until when to answer. Empty if the question does not expire. */
function deadline({ expiresAt, language, timeZone, texts }: Question): string {
	return expiresAt === undefined ? '' : filled(texts.answerBy, { time: timeText(expiresAt, language, timeZone) });
}

/** What narrow screens and dark mode change: buttons one below the other, and their colors. */
const RULES: EmailRules = {
	narrow: '.half{display:block!important;width:100%!important;padding:0 0 12px!important}',
	dark:
		'.main{background:#9db2ff!important;border-color:#9db2ff!important}.main a{color:#0f1533!important}' +
		'.side{background:#191d26!important;border-color:#596173!important}.side a{color:#eef0f5!important}',
};

/**
 * Returns a personal link with the fragment that names an answer, or `#` if the link is not an http or https URL. It is
 * not escaped.
 */
function answerLink(link: string, answerId: string): string {
	return isHttpUrl(link) ? `${link.replace(/#.*$/s, '')}#answer-${answerId}` : '#';
}

/** One button. The cell has the color and, for Outlook, the padding; the link has the padding everywhere else. */
function button(link: string, { id, label }: AnswerOption, isMain: boolean): string {
	const [background, border, color] = isMain ? ['#2447c7', '#2447c7', '#ffffff'] : ['#ffffff', '#8c95a4', '#171b24'];
	return (
		`<table ${LAYOUT}><tr>` +
		`<td class="${isMain ? 'main' : 'side'}" align="center" bgcolor="${background}" ` +
		`style="background:${background};border:1px solid ${border};border-radius:10px;mso-padding-alt:14px 20px">` +
		`<a href="${escaped(answerLink(link, id))}" target="_blank" dir="auto" style="display:block;padding:14px 20px;` +
		`font:600 16px/22px ${EMAIL_FONT};color:${color};text-decoration:none;border-radius:10px;` +
		`word-break:break-word">${escaped(label)}</a></td></tr></table>`
	);
}

/** Two buttons side by side, more of them one below the other. */
function buttons({ answers, responseType }: Question, link: string): string {
	const isPair = responseType === 'approval' && answers.length === 2;
	const cells = answers.map((answer, index) => {
		const html = button(link, answer, responseType !== 'choice' && index === 0);
		if (!isPair) return `<tr><td style="padding:0 0 12px">${html}</td></tr>`;
		return `<td class="half" width="50%" valign="top" style="padding:0 ${index === 0 ? '6px 12px 0' : '0 12px 6px'}">${html}</td>`;
	});
	return `<table ${LAYOUT}>${isPair ? `<tr>${cells.join('')}</tr>` : cells.join('')}</table>`;
}

function htmlBody(question: Question, link: string, subject: string): string {
	const { language, message, texts } = question;
	const due = deadline(question);
	const note = (text: string, margin: number) =>
		`<p class="soft" style="margin:${margin}px 0 0;font:400 14px/21px ${EMAIL_FONT};color:#5a6373">${escaped(text)}</p>`;
	const card =
		`<h1 class="ink" dir="auto" style="margin:0 0 16px;font:700 24px/32px ${EMAIL_FONT};color:#171b24;` +
		`word-break:break-word">${escaped(subject)}</h1>` +
		paragraphs(
			message,
			` class="ink" style="margin:0 0 16px;font:400 16px/25px ${EMAIL_FONT};color:#171b24;word-break:break-word"`,
			' class="link" target="_blank" style="color:#2447c7;text-decoration:underline"',
		) +
		`<div style="height:12px;line-height:12px;font-size:0">&nbsp;</div>${buttons(question, link)}` +
		'<div class="line" style="height:12px;line-height:12px;font-size:0;border-bottom:1px solid #e2e5ea">&nbsp;</div>' +
		(due === '' ? '' : note(due, 20)) +
		note(texts.confirmNote, due === '' ? 20 : 8);
	return emailDocument({ language, title: subject, preview: message, card, width: 560, rules: RULES });
}

function textBody(question: Question, link: string, subject: string): string {
	const { answers, message, texts } = question;
	const links = answers.map(({ id, label }) => `${label}:\n${answerLink(link, id)}`);
	return [subject, message, ...links, deadline(question), texts.confirmNote]
		.filter((part) => part !== '')
		.join('\n\n');
}

/**
 * Returns the email of a question.
 * @param link the recipient's own link; a button adds the fragment `#answer-<id>`, which no server sees
 */
export function questionEmail(question: Question, link: string, kind: EmailKind = 'question'): QuestionEmail {
	const subject = subjectOf(question, kind);
	return { subject, html_body: htmlBody(question, link, subject), text_body: textBody(question, link, subject) };
}

/** Returns the values for a template of the account that replaces the email of `questionEmail`. */
export function templateValues(question: Question, link: string, name = '', kind: EmailKind = 'question'): JsonObject {
	return {
		subject: subjectOf(question, kind),
		message: question.message,
		name,
		link: isHttpUrl(link) ? link : '',
		expires: deadline(question),
		answers: question.answers.map(({ id, label }) => ({ label, link: answerLink(link, id) })),
	};
}
