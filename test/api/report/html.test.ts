/** A report as HTML and as text: complete, escaped, small, and without anything that an email program would block. */
import type { DeliverabilityReport } from '../../../api/report/types';
import { structureOf, textsOfHtml } from '../support/html';
import { HOSTILE, RTL } from '../approval/support/questions';
import type { FakeEmail } from './support/account';
import { shopEmails } from './support/emails';
import { accountOf, email, reportOf } from './support/reports';

/** Emails whose sender, recipient and reason are this text, as far as addresses can be. */
function withText(text: string): FakeEmail[] {
	const reason = `550 ${text}`;
	return [
		{ ...email(22), sender: text, recipient: `${text}@example.org`, events: [{ kind: 'hard-bounced', reason }] },
		{ ...email(23, 'delivered'), sender: text, recipient: `jane@${text.replace(/[\s;,]/g, '')}` },
	];
}

const report = (emails: readonly FakeEmail[]): Promise<DeliverabilityReport> => reportOf(accountOf(emails));

/** The largest report: 31 days, many senders and domains, long names, and a note about everything. */
async function largest(): Promise<DeliverabilityReport> {
	const wide = '例'.repeat(320);
	const emails = Array.from({ length: 31 }, (_, day) =>
		Array.from(
			{ length: 12 },
			(__, index): FakeEmail => ({
				at: Date.UTC(2026, 9, 28 + day, 12),
				sender: `${index}<&"${wide}@shop.example`,
				recipient: `${index}<&"${wide}@${index}${wide}.example`,
				events: [{ kind: 'hard-bounced', reason: `${index} <&"${wide}` }],
			}),
		),
	).flat();
	return reportOf(accountOf(emails), { period: 'custom', start: Date.UTC(2026, 9, 28), end: Date.UTC(2026, 10, 28) });
}

test('shows every figure, day, sender, domain and reason that the text shows', async () => {
	const { html, text, figures, steps, senders, recipientDomains, bounceReasons, notes, summary } = await report(
		shopEmails('2026-11-28T00:00:00Z', 14, 40),
	);
	const shown = textsOfHtml(html);
	expect(shown).toEqual(expect.arrayContaining(Object.values(figures).map(({ label }) => label)));
	expect(shown).toEqual(expect.arrayContaining(steps.map(({ label }) => label)));
	expect(shown).toEqual(expect.arrayContaining(senders.map(({ sender }) => sender)));
	expect(shown).toEqual(expect.arrayContaining(recipientDomains.map(({ domain }) => domain)));
	expect(shown).toEqual(expect.arrayContaining(bounceReasons.map(({ reason }) => reason)));
	expect(shown).toEqual(expect.arrayContaining([...notes, summary.join(' ')]));
	for (const { label } of [...Object.values(figures), ...steps]) expect(text).toContain(label);
	expect(shown).toEqual(expect.arrayContaining(['Sent', 'Bounced or rejected', 'This period', 'Before', 'Change']));
});

test('draws bars as cells that fill the row, and the longest one for the day with the most emails', async () => {
	const sent = [4, 2, 0, 1, 1, 1, 1];
	const emails = sent.flatMap((count, index) =>
		Array.from({ length: count }, (_, one) => email(21 + index, one === 0 ? 'hard-bounced' : 'delivered')),
	);
	const { html } = await report(emails);
	const bars = [...html.matchAll(/line-height:0"><tr>(.*?)<\/tr>/g)].map(([, cells = '']) =>
		[...cells.matchAll(/class="(\w+)" width="(\d+)%"/g)].map(([, kind, width]) => [kind, Number(width)]),
	);
	expect(bars).toEqual([
		[
			['good', 75],
			['bad', 25],
		],
		[
			['good', 25],
			['bad', 25],
			['track', 50],
		],
		[['track', 100]],
		...Array.from({ length: 4 }, () => [
			['bad', 25],
			['track', 75],
		]),
	]);
});

test('a single bounce among many emails is seen', async () => {
	const emails = Array.from({ length: 500 }, (_, one) => email(22, one === 0 ? 'hard-bounced' : 'delivered'));
	expect((await report(emails)).html).toContain('class="good" width="99%"');
	expect((await report(emails)).html).toContain('class="bad" width="1%"');
});

test('a worse rate and a better one are told apart by their sign and their color', async () => {
	const emails = [email(15, 'delivered'), email(15, 'delivered'), email(22, 'delivered'), email(22, 'hard-bounced')];
	const { html } = await report(emails);
	expect(html).toMatch(/class="worse"[^>]*>−50\.00 pts</);
	expect(html).toMatch(/class="worse"[^>]*>\+50\.00 pts</);
	expect(html).not.toMatch(/class="better"/);
});

test('loads nothing, runs nothing, and names no maker', async () => {
	const { html } = await report(shopEmails('2026-11-28T00:00:00Z', 14, 40));
	expect(html).not.toMatch(
		/<(?:img|script|link|iframe|form|svg|a)\b|url\(|@import|@font-face|https?:| on\w+=|n8n-|powered/i,
	);
});

test.each([...HOSTILE, RTL])('shows %j as text that changes no structure', async (text) => {
	const [plain, hostile] = await Promise.all([report(withText('x')), report(withText(text))]);
	expect(structureOf(hostile.html)).toEqual(structureOf(plain.html));
	expect(textsOfHtml(hostile.html)).toContain(text);
	expect(hostile.text).toContain(text);
});

test('takes line ends and marks that reverse the direction out of names', async () => {
	const { html, text } = await report(withText('a\u202eb\nc\u2028d'));
	expect(textsOfHtml(html)).toContain('ab c d');
	expect(html + text).not.toMatch(/[\u202e\u2028]/);
});

test('is never so large that Gmail cuts it: at most 100 kB', async () => {
	const { html, text, steps } = await largest();
	expect(steps).toHaveLength(31);
	expect(Buffer.byteLength(html)).toBeLessThan(100_000);
	expect(Buffer.byteLength(text)).toBeLessThan(40_000);
	expect(textsOfHtml(html)).toContain('And 2 senders more.');
});

test('columns of the text are aligned, whatever the width of the characters', async () => {
	const to = (domain: string) => ({ ...email(22, 'delivered'), recipient: `jane@${domain}` });
	const { text } = await report([to('例え.jp'), to('example.org'), to('e\u0301.example')]);
	const rows = text.split('\n').filter((line) => / +1 +100% +0%/.test(line));
	// In characters: one more for the accent, which takes no column, and two fewer for two wide characters.
	expect(rows.map((line) => line.indexOf('1'))).toEqual([18, 19, 16]);
});

test('no line of the text is longer than 78 columns, but for a name or a word', async () => {
	const { text } = await report(shopEmails('2026-11-28T00:00:00Z', 14, 40));
	expect(text.split('\n').filter((line) => [...line].length > 78)).toEqual([]);
});
