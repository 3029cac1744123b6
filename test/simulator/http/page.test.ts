/** The page of the simulator, in a browser and as files. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { type Simulator, startSimulator } from '../../../simulator';
import { describeInBrowser, startBrowser } from '../../api/support/browser';
import { call, MAIL } from '../support/call';

let simulator: Simulator;

beforeEach(async () => {
	simulator = await startSimulator({ eventDelayMs: 0 });
});

afterEach(() => simulator.stop());

const HOSTILE = [
	'<script>parent.document.title = "HACKED"; top.location = "http://evil.example/"; fetch("/_simulator/reset", { method: "POST" })</script>',
	'<img src=x onerror="parent.document.title = \'HACKED\'">',
	'<svg onload="parent.document.title = \'HACKED\'"></svg>',
	'<iframe srcdoc="<script>top.document.title = \'HACKED\'</script>"></iframe>',
	'<form action="/_simulator/reset" method="post"><button>Click me</button></form>',
	'<meta http-equiv="refresh" content="0;url=javascript:top.document.title=1">',
	'<a id="link" href="javascript:top.document.title=\'HACKED\'">Link</a>',
	'</body></html><script>parent.document.title = "HACKED"</script><p id="end">The end</p>',
].join('');

test('serves the page and all its parts from itself alone', async () => {
	const page = await fetch(simulator.url);
	const html = await page.text();
	expect(page.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'");
	const parts = [...html.matchAll(/(?:href|src)="(?!#)([^"]+)"/g)].map(([, address]) => address ?? '');
	expect(parts.length).toBeGreaterThan(4);
	for (const part of parts) {
		expect(part).toMatch(/^\/page\//);
		expect((await fetch(simulator.url + part)).status).toBe(200);
	}
});

test('serves an email without the right to run scripts, submit forms or load anything', async () => {
	await call(simulator, '/email/send', { ...MAIL, html_body: HOSTILE });
	const policy = (
		await fetch(`${simulator.url}/_simulator/emails/${simulator.state.emails[0]?.emailId}/html`)
	).headers.get('content-security-policy');
	expect(policy).toMatch(/^sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; img-src data:;/);
	expect(policy).not.toContain('allow-scripts');
});

test('shows an email of text only as text', async () => {
	await call(simulator, '/email/send', { ...MAIL, text_body: '<b>1 & 2</b>' });
	expect(
		await (await fetch(`${simulator.url}/_simulator/emails/${simulator.state.emails[0]?.emailId}/html`)).text(),
	).toContain('&lt;b&gt;1 &amp; 2');
});

test('gives out files whole, only ever as downloads', async () => {
	const content = Buffer.from('<script>alert(1)</script>');
	await call(simulator, '/email/send', {
		...MAIL,
		attachments: [{ filename: 'ä "1".html', mimetype: 'text/html', fileblob: content.toString('base64') }],
	});
	const mails = (await (await fetch(`${simulator.url}/_simulator/emails`)).json()) as {
		attachments: { href: string; size: number }[];
	}[];
	const [file] = mails[0]?.attachments ?? [];
	expect(file?.size).toBe(content.length);
	const response = await fetch(simulator.url + file?.href);
	expect(response.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''%C3%A4%20%221%22.html");
	expect(response.headers.get('content-type')).toBe('application/octet-stream');
	expect(response.headers.get('x-content-type-options')).toBe('nosniff');
	expect(Buffer.from(await response.arrayBuffer()).equals(content)).toBe(true);
});

describeInBrowser('in a browser', () => {
	let browser: Browser;

	beforeAll(async () => {
		browser = await startBrowser();
	}, 60_000);

	afterAll(() => browser.close());

	test('shows emails, events and hooks as they come, without an error in the console', async () => {
		const page = await browser.newPage();
		const complaints: string[] = [];
		page.on(
			'console',
			(message) => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()),
		);
		page.on('pageerror', (error) => complaints.push(error.message));
		await page.goto(simulator.url);
		await page.getByText('Waiting for your first email').waitFor();
		await call(simulator, '/email/send', {
			...MAIL,
			subject: '<b>Order</b> 7',
			html_body: '<p>Thank <i>you</i></p><img src="https://example.com/a.png">',
		});
		await page.getByRole('heading', { name: '<b>Order</b> 7' }).waitFor();
		await page.frameLocator('iframe').getByText('Thank you').waitFor();
		await page.getByRole('button', { name: 'Raise Hard bounce for ann@example.org' }).click();
		await simulator.waitFor(({ events }) => events.find(({ event }) => event === 'bounce'));
		for (const section of ['Scheduled', 'Events', 'Webhooks', 'Suppressions', 'Health', 'Faults', 'Set up']) {
			await page.getByRole('link', { name: section }).click();
			await page.getByRole('heading', { level: 1, name: section }).waitFor();
		}
		expect(complaints).toEqual([]);
		await page.close();
	}, 60_000);

	test('opens the links of emails and SMS in a new tab, so that a question can be answered', async () => {
		const opened: string[] = [];
		const asked = createServer((request, response) => {
			opened.push(`${request.method} ${request.url} ${request.headers.referer ?? 'no referrer'}`);
			response
				.writeHead(200, { 'Content-Type': 'text/html' })
				.end('<form method="post"><button>Yes</button></form>');
		});
		await new Promise<void>((resolve) => asked.listen(0, '127.0.0.1', resolve));
		const link = `http://127.0.0.1:${(asked.address() as AddressInfo).port}/ask`;
		const page = await browser.newPage();
		/** Clicks a link, and answers on the page that it opens. */
		const answer = async (click: () => Promise<void>) => {
			const [tab] = await Promise.all([page.waitForEvent('popup'), click()]);
			await tab.getByRole('button', { name: 'Yes' }).click();
			await tab.waitForLoadState();
			expect(await tab.evaluate(() => window.opener)).toBeNull();
			await tab.close();
		};
		await call(simulator, '/email/send', {
			...MAIL,
			html_body: `<p><a href="${link}/html?by=1&amp;s=2#answer-yes" target="_blank">Approve</a></p>`,
			text_body: `Approve: ${link}/text?by=1&s=2.`,
		});
		await page.goto(simulator.url);
		await answer(() => page.frameLocator('iframe').getByRole('link', { name: 'Approve' }).click());
		await page.getByRole('tab', { name: 'Text' }).click();
		await answer(() => page.getByRole('link', { name: `${link}/text?by=1&s=2`, exact: true }).click());
		await call(simulator, '/sms/send', { destination: ['+64210000001'], content: `Answer: ${link}/sms?a=1\n<b>` });
		await page.goto(`${simulator.url}/#sms`);
		await answer(() => page.getByRole('link', { name: `${link}/sms?a=1`, exact: true }).click());
		const visits = opened.filter((line) => !line.includes('favicon'));
		expect(visits.filter((line) => line.startsWith('GET'))).toEqual([
			'GET /ask/html?by=1&s=2 no referrer',
			'GET /ask/text?by=1&s=2 no referrer',
			'GET /ask/sms?a=1 no referrer',
		]);
		expect(visits.filter((line) => line.startsWith('POST'))).toHaveLength(3);
		await page.close();
		asked.closeAllConnections();
		asked.close();
	}, 60_000);

	test('shows SMS as they come and lets one arrive, in the light and in the dark', async () => {
		const page = await browser.newPage();
		const complaints: string[] = [];
		page.on(
			'console',
			(message) => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()),
		);
		page.on('pageerror', (error) => complaints.push(error.message));
		for (const colorScheme of ['light', 'dark'] as const) {
			await page.emulateMedia({ colorScheme });
			await page.goto(`${simulator.url}/#sms`);
			await page.getByText('Yes, Thursday at ten is fine').waitFor();
		}
		await page.getByText('No SMS sent yet').waitFor();
		await call(simulator, '/sms/send', { destination: ['+64210000001'], content: '<b>Code</b> 123456' });
		await page.getByText('<b>Code</b> 123456').waitFor();
		await page.getByRole('button', { name: 'Raise failed for the SMS to +64210000001' }).click();
		await simulator.waitFor(({ sms }) => sms[0]?.status === 'failed');
		await page.getByLabel('Text', { exact: true }).fill('See you');
		await page.getByRole('button', { name: 'Receive an SMS' }).click();
		await page.getByText('See you').waitFor();
		expect(simulator.state.receivedSms.at(-1)).toMatchObject({ from: '+64210000001', content: 'See you' });
		await page.getByRole('button', { name: 'Reply to the SMS to +64210000001' }).click();
		await page.getByLabel('Reply', { exact: true }).fill('STOP');
		await page.getByRole('button', { name: 'Send reply' }).click();
		await page.getByRole('cell', { name: 'STOP' }).waitFor();
		expect(simulator.state.receivedSms.at(-1)).toMatchObject({ from: '+64210000001', to: '+64220000000' });
		expect(complaints).toEqual([]);
		await page.close();
	}, 60_000);

	test('lets the account go wrong, and fills the activity log', async () => {
		const page = await browser.newPage({ viewport: { width: 360, height: 800 } });
		const { state } = simulator;
		await page.goto(`${simulator.url}/#health`);
		await page.getByLabel('Used', { exact: true }).fill('9900');
		await page.getByRole('button', { name: 'Set', exact: true }).first().click();
		await page.getByText('9,900 of 10,000 emails this month (99 %)').waitFor();
		await page.getByLabel('Spam complaints (%)').fill('0.3');
		await page.getByRole('button', { name: 'Set', exact: true }).nth(1).click();
		await simulator.waitFor(() => state.rates.spam === 0.3);
		await page.getByRole('button', { name: 'api-DEMODEMODEMO has permission for /activity/search' }).click();
		await page.getByRole('button', { name: 'Block sending by api-DEMODEMODEMO' }).click();
		await simulator.waitFor(() => state.keys[0]?.sendingStatus === 'blocked' && state.keys[0].lost?.length === 1);
		await page.getByRole('button', { name: 'Remove the DKIM record of example.com' }).click();
		await page.getByText('DKIM: not found').waitFor();
		const width = await page.evaluate(() => document.getElementById('main')?.scrollWidth);
		expect(width).toBe(360);
		await page.getByRole('link', { name: 'Events' }).click();
		await page.getByText('Activity log and generated events').click();
		await page.getByLabel('After at most (seconds)').fill('300');
		await page.getByRole('button', { name: 'Set', exact: true }).click();
		await simulator.waitFor(() => state.logSettings.maxDelayMs === 300_000);
		await page.getByRole('button', { name: 'Generate' }).click();
		await simulator.waitFor(() => state.events.length === 1_000);
		await page.close();
	}, 60_000);

	test('runs no script of a hostile mail', async () => {
		await call(simulator, '/email/send', {
			...MAIL,
			subject: HOSTILE,
			html_body: HOSTILE,
			sender: '"<img src=x onerror=alert(1)>" <shop@example.com>',
		});
		const page = await browser.newPage();
		let dialogs = 0;
		page.on('dialog', (dialog) => void dialog.dismiss().then(() => dialogs++));
		await page.goto(simulator.url);
		const mail = page.frameLocator('iframe');
		await mail.getByText('The end').waitFor();
		expect(await page.locator('iframe').getAttribute('sandbox')).toBe(
			'allow-popups allow-popups-to-escape-sandbox',
		);
		await mail.locator('#link').click();
		await mail.getByRole('button').click();
		await page.waitForTimeout(300);
		expect(await page.title()).toBe('Emails · SMTP2GO simulator');
		expect(page.url()).toBe(`${simulator.url}/`);
		expect(simulator.state.emails).toHaveLength(1);
		expect(dialogs).toBe(0);
		await page.close();
	}, 60_000);
});
