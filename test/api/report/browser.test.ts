/** A report in a browser, as an email program shows it: on a phone and a desktop, in light and dark, for everybody. */
import axe from 'axe-core';
import type { Browser } from 'playwright-core';
import { describeInBrowser, startBrowser } from '../support/browser';
import type { FakeEmail } from './support/account';
import { shopEmails } from './support/emails';
import { accountOf, email, reportOf } from './support/reports';

declare global {
	interface Window {
		axe: typeof axe;
	}
}

const LONG = `${'a-very-long-name-without-a-space'.repeat(8)}@${'sub.'.repeat(40)}example.org`;
const HOSTILE = '<img src=x onerror="document.title=1">\u202e"&lt;';

const shop = shopEmails('2026-11-28T00:00:00Z', 62, 60);
const odd: FakeEmail[] = [
	{ ...email(22), sender: LONG, recipient: LONG, events: [{ kind: 'hard-bounced', reason: `550 ${LONG}` }] },
	{
		...email(23),
		sender: HOSTILE,
		recipient: `${HOSTILE}@例え.jp`,
		events: [{ kind: 'soft-bounced', reason: HOSTILE }],
	},
	{ ...email(24, 'delivered'), sender: 'مرحبا@مثال.إختبار', recipient: '👩‍👩‍👧‍👦@müller.example' },
];
const day = { start: Date.parse('2026-11-27T00:00:00Z'), end: Date.parse('2026-11-28T00:00:00Z') };

const reports: readonly (readonly [string, () => Promise<string>])[] = [
	['7 days', async () => (await reportOf(accountOf(shop))).html],
	[
		'31 days',
		async () =>
			(await reportOf(accountOf(shop), { period: 'custom', ...day, start: day.end - 31 * 86_400_000 })).html,
	],
	['1 day', async () => (await reportOf(accountOf(shop), { period: 'custom', ...day })).html],
	['no emails', async () => (await reportOf(accountOf([]))).html],
	['long, hostile and foreign names', async () => (await reportOf(accountOf(odd))).html],
];

describeInBrowser('a report in a browser', () => {
	let browser: Browser;

	beforeAll(async () => {
		browser = await startBrowser();
	}, 60_000);

	afterAll(() => browser.close());

	test.each(reports)('fits every screen, loads nothing, and has no finding of axe: %s', async (_, html) => {
		const page = await browser.newPage({ bypassCSP: true });
		const requests: string[] = [];
		page.on('request', (request) => requests.push(request.url()));
		await page.setContent(await html());
		expect(await page.title()).toMatch(/^Deliverability report: /);
		await page.addScriptTag({ content: axe.source });
		const found: unknown[] = [];
		for (const width of [360, 800]) {
			await page.setViewportSize({ width, height: 900 });
			for (const colorScheme of ['light', 'dark'] as const) {
				await page.emulateMedia({ colorScheme });
				const { violations } = await page.evaluate(() =>
					window.axe.run({
						// Landmarks are for pages. An email is shown inside one.
						rules: { region: { enabled: false }, 'landmark-one-main': { enabled: false } },
					}),
				);
				found.push(
					...violations.map(({ id, nodes }) => [width, colorScheme, id, nodes.map((node) => node.html)]),
				);
			}
			const wide = await page.evaluate(() => document.documentElement.scrollWidth);
			if (wide !== width) found.push(`${wide} pixels wide on ${width}`);
		}
		expect(found).toEqual([]);
		expect(requests).toEqual([]);
		await page.close();
	});

	test('bars have the lengths that the numbers say', async () => {
		const page = await browser.newPage({ viewport: { width: 800, height: 900 } });
		const emails = [4, 2, 0, 1, 1, 1, 1].flatMap((count, index) =>
			Array.from({ length: count }, (_, one) => email(21 + index, one === 0 ? 'hard-bounced' : 'delivered')),
		);
		await page.setContent((await reportOf(accountOf(emails))).html);
		const widths = await page.evaluate(() =>
			[...document.querySelectorAll('tr:has(> .good), tr:has(> .bad), tr:has(> .track)')].map((row) => {
				const { width: all } = row.getBoundingClientRect();
				const part = (kind: string) => row.querySelector(`.${kind}`)?.getBoundingClientRect().width ?? 0;
				return ['good', 'bad'].map((kind) => Math.round((100 * part(kind)) / all));
			}),
		);
		expect(widths).toEqual([
			[75, 25],
			[25, 25],
			[0, 0],
			[0, 25],
			[0, 25],
			[0, 25],
			[0, 25],
		]);
		await page.close();
	});
});
