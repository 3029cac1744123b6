/** The pages behind a link, as HTML. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { answerData, answeredPage, closedPage, pageHeaders, questionPage, readAnswer, textsOf } from '../../../api';
import { structureOf, textsOfHtml } from '../support/html';
import { approval, choice, freeText, HOSTILE, jane, joe, question, RTL } from './support/questions';

const declined = { approved: false, choice: null, text: null, comment: 'Too\nexpensive' };
const data = answerData(declined, jane, Date.UTC(2026, 10, 28, 9, 30));

/** The buttons of a page: value, label, and whether it stands out. */
function buttonsIn(html: string): unknown[] {
	return [...html.matchAll(/<button[^>]*? value="([^"]*)"( class="main")?[^>]*>([^<]*)</g)].map(
		([, ...parts]) => parts,
	);
}

test.each([
	[
		'approve or decline',
		approval,
		[
			['approve', ' class="main"', 'Approve'],
			['decline', undefined, 'Decline'],
		],
	],
	[
		'choose',
		choice,
		[
			['1', undefined, 'Monday'],
			['2', undefined, 'Tuesday'],
			['3', undefined, 'None of them'],
		],
	],
	['write', freeText, [['text', ' class="main"', 'Send answer']]],
])('asks to %s', (_, asked, buttons) => {
	const html = questionPage(asked, jane);
	expect(buttonsIn(html)).toEqual(buttons);
	expect(html).toContain('<form method="post" data-sending');
	expect(html).not.toContain('action=');
	for (const { id } of asked.answers) expect(html).toContain(`id="answer-${id}"`);
});

test.each([
	[approval, ' name="comment"', 'Comment'],
	[freeText, ' name="text"', 'Your answer'],
])('has a field with a label', (asked, name, label) => {
	const html = questionPage(asked, jane);
	expect(html).toContain(name);
	expect(textsOfHtml(html)).toContain(label);
	expect(html.match(/<textarea/g)).toHaveLength(1);
});

test('has no field if there is nothing to write', () => {
	expect(questionPage(choice, jane)).not.toContain('<textarea');
});

test('says whose link it is, and names nobody else', () => {
	expect(textsOfHtml(questionPage(approval, jane))).toContain('You are answering as Jane Doe (jane@example.com).');
	expect(textsOfHtml(questionPage(approval, joe))).toContain('You are answering as +14155550123.');
	expect(questionPage(approval, joe)).not.toContain('jane');
});

test.each([
	['choose', {}, 'Select an answer.'],
	['commentMissing', { answer: 'decline' }, 'To decline, please add a comment.'],
	[
		'tooLong',
		{ answer: 'decline', comment: 'abc' },
		'Your text is longer than 10,000 characters. Please shorten it.',
	],
] as const)('shows the fault %s, and keeps what was entered', (fault, post, sentence) => {
	const html = questionPage(approval, jane, { fault, post });
	expect(html).toContain(`<p class="fault" id="problem" role="alert">${sentence}</p>`);
	expect(html.includes('aria-describedby="problem"')).toBe(fault !== 'choose');
	if ('comment' in post) expect(html).toContain(`>\n${post.comment}</textarea>`);
	const main = 'answer' in post ? 'decline' : 'approve';
	expect(buttonsIn(html).filter((button) => (button as unknown[])[1])).toEqual([
		[main, expect.anything(), expect.anything()],
	]);
});

test('shows what was recorded', () => {
	expect(textsOfHtml(answeredPage(approval, data, { already: false }))).toEqual([
		'Thank you',
		'Thank you',
		'Your answer was recorded. You can close this page.',
		'Request',
		'Approve invoice 4711?',
		'Answer',
		'Decline',
		'Comment',
		'Too\nexpensive',
		'Answered by',
		'jane@example.com',
		'Answered on',
		'November 28, 2026 at 9:30 AM UTC',
	]);
});

test('shows by whom it was answered already, or only that it was', () => {
	expect(textsOfHtml(answeredPage(approval, data, { already: true }))).toEqual(
		expect.arrayContaining(['Already answered', 'jane@example.com', 'November 28, 2026 at 9:30 AM UTC']),
	);
	expect(textsOfHtml(answeredPage(approval, undefined, { already: true }))).toEqual([
		'Already answered',
		'Already answered',
		'This request has already been answered. No further answers can be recorded.',
	]);
});

test.each([
	[choice, { answer: '2' }, 'Tuesday'],
	[freeText, { answer: 'text', text: 'At noon' }, 'At noon'],
	[approval, { answer: 'approve' }, 'Approve'],
])('shows the answer in words', (asked, post, words) => {
	const answer = readAnswer(asked, post);
	if (!answer.ok) throw new Error(answer.fault);
	const texts = textsOfHtml(answeredPage(asked, answerData(answer.value, jane, 0), { already: false }));
	expect(texts[texts.indexOf('Answer') + 1]).toBe(words);
	expect(texts).not.toContain('Comment');
});

test.each(['expired', 'invalid', 'canceled', 'notFound'] as const)('says that the link is closed: %s', (why) => {
	for (const language of ['en', 'de', 'ja', 'zh-CN'] as const) {
		const texts = textsOf(language);
		const html = closedPage(texts, language, why);
		expect(html).toContain(`<html lang="${language}">`);
		expect(textsOfHtml(html)).toEqual([texts[`${why}Title`], texts[`${why}Title`], texts[why]]);
	}
});

describe('every page', () => {
	const pages = [
		questionPage(approval, jane, { fault: 'commentMissing', post: { answer: 'decline' } }),
		answeredPage(approval, data, { already: false }),
		closedPage(textsOf('en'), 'en', 'invalid'),
	];
	const policy = pageHeaders['Content-Security-Policy'] ?? '';

	test.each(pages.map((page, index) => [index, page]))(
		'%i has only the style and the script of its policy',
		(_, html) => {
			for (const name of ['style', 'script'] as const) {
				const parts = [...html.matchAll(new RegExp(`<${name}>(.*?)</${name}>`, 'gs'))];
				expect(parts).toHaveLength(1);
				const hash = createHash('sha256')
					.update(parts[0]?.[1] ?? '')
					.digest('base64');
				expect(policy).toContain(`${name}-src 'sha256-${hash}';`);
			}
			expect(html).not.toMatch(/ (?:style|on\w+)=|<(?:link|img|iframe|object|base)|src=|url\(/);
			expect(html.match(/data-smtp2go="(?:question|answered|closed)"/)).not.toBeNull();
		},
	);

	test.each(pages.map((page, index) => [index, page]))('%i is small', (_, html) => {
		expect(Buffer.byteLength(html)).toBeLessThan(10_000);
	});

	test('loads nothing, is in no frame, in no cache and in no index, and gives its address to nobody', () => {
		expect(policy.split('; ')).toEqual([
			"default-src 'none'",
			expect.stringMatching(/^style-src 'sha256-[^ ]+'$/),
			expect.stringMatching(/^script-src 'sha256-[^ ]+'$/),
			"connect-src 'self'",
			"form-action 'self'",
			"frame-ancestors 'none'",
			"base-uri 'none'",
		]);
		expect(pageHeaders).toMatchObject({
			'Content-Type': 'text/html; charset=utf-8',
			'Referrer-Policy': 'no-referrer',
			'Cache-Control': 'no-store',
			'X-Robots-Tag': 'noindex, nofollow',
			'X-Content-Type-Options': 'nosniff',
		});
	});
});

test.each([...HOSTILE, RTL])('keeps %j as text on each page', (text) => {
	const asked = question({
		subject: text,
		message: text,
		approveLabel: text,
		comment: 'optional',
		texts: Object.fromEntries(
			['sending', 'comment', 'recordedTitle', 'by', 'expired', 'alreadyTitle'].map((one) => [one, text]),
		),
	});
	const person = { name: text, address: text };
	const plain = question({ comment: 'optional' });
	const post = { comment: text };
	expect(structureOf(questionPage(asked, person, { fault: 'choose', post }))).toEqual(
		structureOf(questionPage(plain, jane, { fault: 'choose', post: { comment: 'x' } })),
	);
	const answered = { ...data, comment: text, respondedBy: text };
	const html = answeredPage(asked, { ...answered, approved: true }, { already: false });
	expect(structureOf(html)).toEqual(structureOf(answeredPage(plain, data, { already: false })));
	expect(textsOfHtml(html).filter((one) => one === text).length).toBeGreaterThanOrEqual(5);
	expect(structureOf(closedPage(asked.texts, 'en', 'expired'))).toEqual(
		structureOf(closedPage(plain.texts, 'en', 'expired')),
	);
});

test('shows a comment of 10,000 characters whole', () => {
	const comment = `${'<&"\' 😀'.repeat(1428)}end!`;
	expect(comment).toHaveLength(10_000);
	expect(textsOfHtml(answeredPage(approval, { ...data, comment }, { already: false }))).toContain(comment);
	expect(textsOfHtml(questionPage(approval, jane, { fault: 'choose', post: { comment } }))).toContain(comment);
});

test('never lets any text become markup', () => {
	const plain = structureOf(
		answeredPage(freeText, answerData({ ...declined, text: 'x', comment: null }, jane, 0), { already: true }),
	);
	fc.assert(
		fc.property(
			fc.oneof(fc.string({ unit: 'binary', minLength: 1 }), fc.stringMatching(/^[<>"'&;/=a-z-]{1,40}$/)),
			(text) => {
				const answer = answerData({ ...declined, text, comment: null }, { ...jane, address: text }, 0);
				expect(structureOf(answeredPage({ ...freeText, subject: text }, answer, { already: true }))).toEqual(
					plain,
				);
			},
		),
		{ numRuns: 500 },
	);
});
