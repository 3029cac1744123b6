/** The email of a question: a button for each answer, in tables and inline styles that every email program shows. */
import type { JsonObject } from '../core/json';
import { isHttpUrl } from '../formats/urls';
import { answerLink, escaped, paragraphs } from './html';
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

const FONT = "-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

/** What email programs can take from a style sheet: narrow screens and dark mode. */
const STYLE = `
:root{color-scheme:light dark;supported-color-schemes:light dark}
body{margin:0;padding:0;width:100%!important;-webkit-text-size-adjust:100%;-ms-text-size-adjust:100%}
table{border-collapse:separate;border-spacing:0}
@media (max-width:520px){.page{padding:0!important;background:#ffffff!important}
.card{padding:32px 20px 28px!important;border:0!important;border-radius:0!important}.half{display:block!important;
width:100%!important;padding:0 0 12px!important}}
@media (prefers-color-scheme:dark){.page{background:#0f1218!important}.card{background:#191d26!important;
border-color:#2b313d!important}.ink{color:#eef0f5!important}.soft{color:#a7afbd!important}
.link{color:#9db2ff!important}.line{border-color:#2b313d!important}.main{background:#9db2ff!important;
border-color:#9db2ff!important}.main a{color:#0f1533!important}.side{background:#191d26!important;
border-color:#596173!important}.side a{color:#eef0f5!important}}
@media (prefers-color-scheme:dark) and (max-width:520px){.page{background:#191d26!important}}
`.replace(/\n/g, '');

/** One button. The cell has the color and, for Outlook, the padding; the link has the padding everywhere else. */
function button(link: string, { id, label }: AnswerOption, isMain: boolean): string {
	const [background, border, color] = isMain ? ['#2447c7', '#2447c7', '#ffffff'] : ['#ffffff', '#8c95a4', '#171b24'];
	return (
		'<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr>' +
		`<td class="${isMain ? 'main' : 'side'}" align="center" bgcolor="${background}" ` +
		`style="background:${background};border:1px solid ${border};border-radius:10px;mso-padding-alt:14px 20px">` +
		`<a href="${escaped(answerLink(link, id))}" target="_blank" dir="auto" style="display:block;padding:14px 20px;` +
		`font:600 16px/22px ${FONT};color:${color};text-decoration:none;border-radius:10px;` +
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
	return (
		'<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0">' +
		`${isPair ? `<tr>${cells.join('')}</tr>` : cells.join('')}</table>`
	);
}

/** The beginning of the message, which email programs show beside the subject. */
function preview(message: string): string {
	const line = [...message.replace(/\s+/g, ' ')].slice(0, 140).join('');
	return `<div style="display:none;max-height:0;overflow:hidden;mso-hide:all">${escaped(line)}</div>`;
}

function htmlBody(question: Question, link: string, subject: string): string {
	const { language, message, texts } = question;
	const due = deadline(question);
	const note = (text: string, margin: number) =>
		`<p class="soft" style="margin:${margin}px 0 0;font:400 14px/21px ${FONT};color:#5a6373">${escaped(text)}</p>`;
	return (
		`<!doctype html><html lang="${escaped(language)}"><head><meta charset="utf-8">` +
		'<meta name="viewport" content="width=device-width,initial-scale=1">' +
		'<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">' +
		`<title>${escaped(subject)}</title><style>${STYLE}</style></head>` +
		`<body class="page" style="margin:0;padding:0;background:#f3f4f7">${preview(message)}` +
		'<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" class="page" bgcolor="#f3f4f7" ' +
		'style="background:#f3f4f7"><tr><td class="page" align="center" style="padding:40px 16px">' +
		'<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:560px">' +
		'<tr><td class="card" bgcolor="#ffffff" style="background:#ffffff;border:1px solid #e2e5ea;border-radius:16px;' +
		'padding:40px 40px 36px;text-align:start">' +
		`<h1 class="ink" dir="auto" style="margin:0 0 16px;font:700 24px/32px ${FONT};color:#171b24;` +
		`word-break:break-word">${escaped(subject)}</h1>` +
		paragraphs(
			message,
			` class="ink" style="margin:0 0 16px;font:400 16px/25px ${FONT};color:#171b24;word-break:break-word"`,
			' class="link" target="_blank" style="color:#2447c7;text-decoration:underline"',
		) +
		`<div style="height:12px;line-height:12px;font-size:0">&nbsp;</div>${buttons(question, link)}` +
		'<div class="line" style="height:12px;line-height:12px;font-size:0;border-bottom:1px solid #e2e5ea">&nbsp;</div>' +
		(due === '' ? '' : note(due, 20)) +
		note(texts.confirmNote, due === '' ? 20 : 8) +
		'</td></tr></table></td></tr></table></body></html>'
	);
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
