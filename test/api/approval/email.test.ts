/** The email of a question. */
import fc from 'fast-check';
import { questionEmail, templateValues } from '../../../api';
import { structureOf, textsOfHtml } from '../support/html';
import { approval, choice, freeText, HOSTILE, LINK, question, RTL } from './support/questions';

/** The links of an email, decoded. */
function linksIn(html: string): string[] {
	return [...html.matchAll(/<a href="([^"]*)"/g)].map(([, link]) => (link ?? '').replaceAll('&amp;', '&'));
}

test.each([
	['approve or decline', approval, ['approve', 'decline']],
	['choose', choice, ['1', '2', '3']],
	['write', freeText, ['text']],
])('has a button for each answer, if the question is to %s', (_, asked, ids) => {
	const { html_body: html, text_body: text } = questionEmail(asked, LINK);
	const links = ids.map((id) => `${LINK}#answer-${id}`);
	expect(linksIn(html)).toEqual(links);
	for (const [index, link] of links.entries()) expect(text).toContain(`${asked.answers[index]?.label}:\n${link}`);
});

test('shows subject, message, the end of the time and the note, also as text', () => {
	const asked = question({
		expiresAt: Date.UTC(2026, 11, 1, 17),
		timeZone: 'America/New_York',
		message: 'A\nB\n\nC',
	});
	const { subject, html_body: html, text_body: text } = questionEmail(asked, LINK);
	const due = 'Please answer by December 1, 2026 at 12:00 PM EST.';
	expect(subject).toBe('Approve invoice 4711?');
	expect(text).toBe(
		[
			subject,
			'A\nB\n\nC',
			`Approve:\n${LINK}#answer-approve`,
			`Decline:\n${LINK}#answer-decline`,
			due,
			asked.texts.confirmNote,
		].join('\n\n'),
	);
	expect(textsOfHtml(html)).toEqual(expect.arrayContaining([subject, 'A', 'B', 'C', due, asked.texts.confirmNote]));
});

test.each([
	['de', 'Europe/Berlin', 'Bitte antworten Sie bis zum 1. Dezember 2026, 18:00 Uhr (MEZ).'],
	['ja', 'Asia/Tokyo', '2026年12月2日 2:00（JST）までにご回答ください。'],
	['zh-CN', 'Asia/Shanghai', '请在2026年12月2日 01:00（GMT+8）之前答复。'],
] as const)('writes times as in %s', (language, timeZone, sentence) => {
	const asked = question({ language, timeZone, expiresAt: Date.UTC(2026, 11, 1, 17) });
	expect(questionEmail(asked, LINK).text_body).toContain(sentence);
	expect(questionEmail(asked, LINK).html_body).toContain(`<html lang="${language}">`);
});

test('loads nothing, carries no attribution, and runs nothing', () => {
	const { html_body: html } = questionEmail(choice, LINK);
	expect(html).not.toMatch(/<(?:img|script|link|iframe|form)|url\(|@import| on\w+=|smtp2go|n8n-|powered/i);
	expect(html.length).toBeLessThan(10_000);
});

test('works in email programs with tables only, and in the dark', () => {
	const { html_body: html } = questionEmail(approval, LINK);
	expect(html).toContain('prefers-color-scheme:dark');
	expect(html).toContain('mso-padding-alt');
	for (const [table] of html.matchAll(/<table[^>]*>/g)) expect(table).toContain('role="presentation"');
});

test.each(HOSTILE)('keeps %j as text', (text) => {
	const asked = question({
		subject: text,
		message: text,
		approveLabel: text,
		texts: { confirmNote: text, answerBy: text },
	});
	const { html_body: html } = questionEmail(asked, LINK);
	expect(structureOf(html)).toEqual(structureOf(questionEmail(approval, LINK).html_body));
	expect(textsOfHtml(html).filter((one) => one === text).length).toBeGreaterThanOrEqual(4);
});

test('shows text in any script and direction', () => {
	const asked = question({ subject: RTL, message: RTL, approveLabel: RTL });
	const { html_body: html, subject } = questionEmail(asked, LINK);
	expect(subject).toBe(RTL);
	expect(textsOfHtml(html).filter((one) => one === RTL)).toHaveLength(5);
	expect(html.match(/dir="auto"/g)).toHaveLength(4);
});

test('has a subject on one line, whatever the replaced texts contain', () => {
	const asked = {
		...approval,
		subject: 'A',
		texts: { ...approval.texts, reminder: 'B\r\nBcc: eve@example.com\n{subject}' },
	};
	expect(questionEmail(asked, LINK, 'reminder').subject).toBe('B Bcc: eve@example.com A');
	expect(questionEmail({ ...approval, subject: 'A\r\nB' }, LINK).subject).toBe('A B');
});

test.each([
	['javascript:alert(1)', '#'],
	['data:text/html,x', '#'],
	['/relative', '#'],
	['https://example.com/a"onclick="x', 'https://example.com/a&quot;onclick=&quot;x#answer-approve'],
	['https://example.com/a#old', 'https://example.com/a#answer-approve'],
])('links %j to %j only', (link, href) => {
	expect(questionEmail(approval, link).html_body).toContain(`<a href="${href}"`);
	expect(templateValues(approval, 'javascript:alert(1)')['link']).toBe('');
});

test('makes http and https URLs in the message links, and nothing else', () => {
	const message =
		'See https://example.com/a?b=1&c=(2). Or http://example.com/日本。 Not javascript:alert(1), ftp://x, https:// or "https://example.com/"x"';
	expect(linksIn(questionEmail(question({ message }), LINK).html_body).slice(0, -2)).toEqual([
		'https://example.com/a?b=1&c=(2',
		'http://example.com/日本',
		'https://example.com/',
	]);
});

test('never lets any text become markup', () => {
	const plain = structureOf(questionEmail(approval, LINK).html_body);
	const text = fc
		.string({ unit: 'binary', minLength: 1, maxLength: 60 })
		.filter((one) => !/https?:|\n|\r|[\u2028\u2029]/i.test(one) && one.trim() !== '');
	const sign = fc.stringMatching(/^[<>"'&;/=a-z -]{1,40}$/).filter((one) => one.trim() !== '');
	fc.assert(
		fc.property(fc.oneof(text, sign), (value) => {
			const asked = {
				...approval,
				subject: value,
				message: value,
				answers: approval.answers.map((one) => ({ ...one, label: value })),
			};
			expect(structureOf(questionEmail(asked, LINK).html_body)).toEqual(plain);
		}),
		{ numRuns: 500 },
	);
});
