/** The pages behind a link: the question, what was recorded, and why a link no longer works. */
import { formatNumber } from '../core/format';
import { escaped, paragraphs } from '../formats/html';
import { answerText, MAX_WRITTEN, type PageFault, type PagePost } from './answer';
import { SCRIPT, STYLE } from './page-style';
import { filled, type Language, type Texts } from './texts';
import { timeText } from './time';
import type { AnswerData, Question, Recipient } from './types';

export { pageHeaders } from './page-style';

/** Why a link shows no question. */
export type ClosedReason = 'expired' | 'invalid' | 'canceled' | 'notFound';

/** What a page shows. The script tells our pages from those of a host by it. */
type State = 'question' | 'answered' | 'closed';

/** The element that the script replaces. */
function frame(state: State, content: string, isDone = false): string {
	return `<main data-smtp2go="${state}"><div class="card${isDone ? ' done' : ''}">${content}</div></main>`;
}

/** The whole document. It loads nothing: it is one request. */
function page(language: Language, title: string, main: string): string {
	return (
		`<!doctype html><html lang="${escaped(language)}"><head><meta charset="utf-8">` +
		'<meta name="viewport" content="width=device-width,initial-scale=1">' +
		'<meta name="color-scheme" content="light dark"><meta name="robots" content="noindex,nofollow">' +
		`<meta name="referrer" content="no-referrer"><title>${escaped(title)}</title><style>${STYLE}</style></head>` +
		`<body>${main}<script>${SCRIPT}</script></body></html>`
	);
}

function mark(path: string): string {
	return (
		'<svg class="mark" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2.25" ' +
		`stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false"><path d="${path}"/></svg>`
	);
}

const CHECK = mark('M4.5 12.5l5 5L19.5 7');
const CLOCK = mark('M12 6.5V12l3.5 2M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18');
const BREAK = mark('M12 7.5v5.5M12 16.5v.01M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18');

function fault(text: string): string {
	return `<p class="fault" id="problem" role="alert">${escaped(text)}</p>`;
}

/** A text field with its label. The hint is part of the label, so a screen reader reads it. */
function field(
	name: 'text' | 'comment',
	label: string,
	hint: string,
	value: string,
	rows: number,
	isWrong: boolean,
): string {
	return (
		`<label for="${name}">${escaped(label)}${hint === '' ? '' : ` <span>(${escaped(hint)})</span>`}</label>` +
		`<textarea id="${name}" name="${name}" rows="${rows}" maxlength="${MAX_WRITTEN}" dir="auto"` +
		// The line feed after the tag is not part of the value, so one that the value begins with is kept.
		`${isWrong ? ' aria-invalid="true" aria-describedby="problem" autofocus' : ''}>\n${escaped(value)}</textarea>`
	);
}

/** The text fields of a question. */
function fields({ responseType, comment, texts }: Question, post: PagePost, found: PageFault | undefined): string {
	const isLong = found === 'tooLong';
	if (responseType === 'freeText')
		return field('text', texts.yourAnswer, '', post.text ?? '', 6, found === 'textMissing' || isLong);
	if (comment === 'none') return '';
	const hint = comment === 'optional' ? texts.commentOptional : texts.commentOnDecline;
	return field('comment', texts.comment, hint, post.comment ?? '', 3, found === 'commentMissing' || isLong);
}

/**
 * One button for each answer. The first one of an approval stands out, or the one that the link's fragment names. After
 * a fault, it is the one that was clicked, so the others have no name for a fragment.
 */
function buttons({ responseType, answers, texts }: Question, post: PagePost): string {
	const clicked = answers.find(({ id }) => id === post.answer)?.id;
	const main = clicked ?? (responseType === 'choice' ? undefined : answers[0]?.id);
	const html = answers.map(({ id, label }) => {
		const text = responseType === 'freeText' ? texts.send : label;
		const name = clicked === undefined || clicked === id ? ` id="answer-${escaped(id)}"` : '';
		return (
			`<button type="submit"${name} name="answer" value="${escaped(id)}"${id === main ? ' class="main"' : ''} ` +
			`dir="auto">${escaped(text)}</button>`
		);
	});
	const isPair = answers.length === 2 && responseType === 'approval';
	return `<div class="answers${isPair ? ' two' : ''}">${html.join('')}</div>`;
}

/** The sentence of a fault. */
function faultText(found: PageFault, texts: Texts): string {
	return filled(texts[found], { max: formatNumber(MAX_WRITTEN) });
}

/** The page that asks. @param recipient whose link it is; the page shows no other recipient */
export function questionPage(
	question: Question,
	{ name, address }: Pick<Recipient, 'name' | 'address'>,
	{ fault: found, post = {} }: { readonly fault?: PageFault; readonly post?: PagePost } = {},
): string {
	const { subject, message, texts, expiresAt, language, timeZone } = question;
	const who = name === '' ? address : `${name} (${address})`;
	const due =
		expiresAt === undefined ? '' : filled(texts.answerBy, { time: timeText(expiresAt, language, timeZone) });
	return page(
		language,
		subject,
		frame(
			'question',
			`<form method="post" data-sending="${escaped(texts.sending)}">` +
				`<h1 dir="auto">${escaped(subject)}</h1>` +
				paragraphs(message, '', ' target="_blank" rel="noopener noreferrer"') +
				`<div class="ask">${found === undefined ? '' : fault(faultText(found, texts))}` +
				`${fields(question, post, found)}${buttons(question, post)}</div>` +
				`<div class="foot">${due === '' ? '' : `<p class="soft">${escaped(due)}</p>`}` +
				`<p class="soft">${escaped(filled(texts.answerAs, { name: who }))}</p></div>` +
				`<template id="lost">${answeredMain(question, undefined, true)}</template>` +
				`<template id="fault">${fault(texts.notSent)}</template></form>`,
		),
	);
}

function details(question: Question, data: AnswerData): string {
	const { texts, language, timeZone } = question;
	const rows: readonly (readonly [label: string, value: string])[] = [
		[texts.question, question.subject],
		[texts.answer, answerText(question, data)],
		[texts.comment, data.comment ?? ''],
		[texts.by, data.respondedBy],
		[texts.at, timeText(Date.parse(data.respondedAt), language, timeZone)],
	];
	return rows
		.filter(([, value]) => value !== '')
		.map(([label, value]) => `<dt>${escaped(label)}</dt><dd dir="auto">${escaped(value)}</dd>`)
		.join('');
}

function answeredMain(question: Question, data: AnswerData | undefined, already: boolean): string {
	const { texts } = question;
	return frame(
		'answered',
		`${CHECK}<h1>${escaped(already ? texts.alreadyTitle : texts.recordedTitle)}</h1>` +
			`<p>${escaped(already ? texts.already : texts.recorded)}</p>` +
			(data === undefined ? '' : `<dl>${details(question, data)}</dl>`),
		true,
	);
}

/**
 * The page after the answer.
 * @param data undefined if it is not known who answered
 * @param already whether the link was opened, or an answer was sent, after the question had been answered
 */
export function answeredPage(
	question: Question,
	data: AnswerData | undefined,
	{ already }: { readonly already: boolean },
): string {
	const { texts, language } = question;
	return page(language, already ? texts.alreadyTitle : texts.recordedTitle, answeredMain(question, data, already));
}

/**
 * The page of a link that shows no question.
 * @param texts of the question, or of a language if the question is not known
 */
export function closedPage(texts: Texts, language: Language, why: ClosedReason): string {
	const title = texts[`${why}Title`];
	return page(
		language,
		title,
		frame('closed', `${why === 'expired' ? CLOCK : BREAK}<h1>${escaped(title)}</h1><p>${escaped(texts[why])}</p>`),
	);
}
