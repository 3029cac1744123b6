/** The pages behind a link, in a browser: what they send, what they show, and whether everybody can use them. */
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { answerData, answeredPage, closedPage, questionEmail, questionPage, textsOf } from '../../../api';
import { describeInBrowser, startBrowser } from '../support/browser';
import { PageServer, type Served } from './support/page-server';
import { approval, choice, freeText, HOSTILE, jane, LINK, question, RTL } from './support/questions';

declare global {
	interface Window {
		axe: typeof axe;
	}
}

const declined = { approved: false, choice: null, text: null, comment: 'Too expensive' };
const data = answerData(declined, jane, Date.UTC(2026, 10, 28, 9, 30));
const ask: Served = { html: questionPage(approval, jane) };
const fault: Served = { html: questionPage(approval, jane, { fault: 'commentMissing', post: { answer: 'decline' } }) };
const recorded: Served = { html: answeredPage(approval, data, { already: false }) };
const already: Served = { html: answeredPage(approval, data, { already: true }) };
const hostError: Served = { html: '<h1>Cannot POST /webhook-waiting/7</h1>', status: 500 };
const hostGone: Served = { html: '<h1>The execution "7" has finished already.</h1>', status: 409 };
const hostDone: Served = { html: '<p>No action required</p>', status: 200 };
const rateLimit: Served = { html: '<h1>Too many requests</h1>', status: 429 };
const signIn: Served = { html: '<h1>Sign in</h1>', status: 200 };
const signedOut: Served = { html: '<h1>Sign in</h1>', status: 401 };
const proxyDown: Served = { html: '<h1>Bad Gateway</h1>', status: 502 };

const lost = 'This request has already been answered. No further answers can be recorded.';
const notSent = 'Your answer could not be sent. Check your connection and try again.';

describeInBrowser('a page in a browser', () => {
	const server = new PageServer();
	let browser: Browser;
	let page: Page;
	let complaints: string[] = [];

	beforeAll(async () => {
		await server.start();
		browser = await startBrowser();
	}, 60_000);

	afterAll(async () => {
		await browser.close();
		server.stop();
	});

	/** Opens a new page of the browser. */
	async function open(options: Parameters<Browser['newPage']>[0] = {}, fragment = ''): Promise<void> {
		await page?.close();
		server.reset();
		complaints = [];
		page = await browser.newPage(options);
		page.on('console', (message) => complaints.push(message.text()));
		page.on('pageerror', (error) => complaints.push(String(error)));
		await page.goto(server.url + fragment);
	}

	test('is one request, decides nothing by being opened, and complains about nothing', async () => {
		server.respond = () => ask;
		await open();
		await page.waitForLoadState('networkidle');
		expect(server.arrived.filter(({ url }) => url !== '/favicon.ico')).toEqual([
			{ method: 'GET', url: '/ask/7?by=1&signature=abc', body: '' },
		]);
		expect(complaints).toEqual([]);
	});

	test.each([true, false])('posts the answer to its own address, with JavaScript: %s', async (javaScriptEnabled) => {
		server.respond = ({ method }) => (method === 'GET' ? ask : recorded);
		await open({ javaScriptEnabled });
		await page.fill('textarea', 'Too "expensive" & <b>');
		await page.click('#answer-decline');
		await page.waitForSelector('[data-smtp2go="answered"]');
		const [post] = server.posts();
		expect(Object.fromEntries(new URLSearchParams(post))).toEqual({
			answer: 'decline',
			comment: 'Too "expensive" & <b>',
		});
		expect(server.arrived.at(-1)?.url).toBe('/ask/7?by=1&signature=abc');
		expect(await page.title()).toBe('Thank you');
		expect(await page.textContent('dl')).toContain('Too expensive');
	});

	test.each([true, false])(
		'shows a fault with the field in focus, with JavaScript: %s',
		async (javaScriptEnabled) => {
			server.respond = ({ method }) => (method === 'GET' ? ask : fault);
			await open({ javaScriptEnabled });
			await page.click('#answer-decline');
			await page.waitForSelector('[role=alert]');
			expect(await page.textContent('[role=alert]')).toBe('To decline, please add a comment.');
			expect(await page.locator('textarea:focus').count()).toBe(1);
			server.respond = () => recorded;
			await page.fill('textarea', 'Now');
			await page.click('button >> text=Decline');
			await page.waitForSelector('[data-smtp2go="answered"]');
			expect(server.posts()).toHaveLength(2);
			expect(server.posts()[1]).toContain('Now');
		},
	);

	test('sends one answer however often it is clicked', async () => {
		let release: (served: Served) => void = () => undefined;
		server.respond = ({ method }) =>
			method === 'GET' ? ask : new Promise<Served>((resolve) => (release = resolve));
		await open();
		await page.evaluate(() => {
			for (const id of ['approve', 'approve', 'decline']) document.getElementById(`answer-${id}`)?.click();
		});
		await page.waitForSelector('[aria-busy]');
		expect(await page.textContent('#answer-approve')).toBe('Sending…');
		await page.locator('#answer-decline').dispatchEvent('click');
		release(recorded);
		await page.waitForSelector('[data-smtp2go="answered"]');
		expect(server.posts().map((body) => new URLSearchParams(body).get('answer'))).toEqual(['approve']);
	});

	test.each<[string, Served | undefined, Served | undefined, string]>([
		['another answer was first, and the host says nothing more', hostError, hostGone, lost],
		['another answer was first, and the page says by whom', hostError, already, 'jane@example.com'],
		['our page says so itself', already, undefined, 'jane@example.com'],
		['the host fails, and the question is still open', hostError, ask, notSent],
		['the execution has ended', hostError, hostDone, lost],
		['a proxy limits requests', rateLimit, rateLimit, notSent],
		['a proxy asks who it is', signIn, signIn, notSent],
		['a session has ended', signedOut, signedOut, notSent],
		['the host only fails', hostError, hostError, notSent],
		['a proxy has no host', proxyDown, proxyDown, notSent],
		['the connection is lost', undefined, undefined, notSent],
	])('shows a sentence if %s', async (_, post, look, sentence) => {
		let opened = false;
		server.respond = ({ method }) => {
			if (method === 'POST') return post;
			if (opened) return look;
			opened = true;
			return ask;
		};
		await open();
		await page.fill('textarea', 'Kept');
		await page.click('#answer-approve');
		await page.waitForSelector(`text=${sentence}`);
		expect(await page.textContent('body')).not.toMatch(
			/Cannot POST|finished already|Bad Gateway|Sign in|Too many|No action/,
		);
		if (sentence !== notSent) return;
		// It can be sent again, and nothing is lost.
		expect(await page.inputValue('textarea')).toBe('Kept');
		server.respond = () => recorded;
		await page.click('#answer-approve');
		await page.waitForSelector('[data-smtp2go="answered"]');
	});

	test('shows the answer that the email named as the main one, and decides nothing by it', async () => {
		server.respond = () => ask;
		const colors = () =>
			page.$$eval('button', (buttons) => buttons.map((button) => getComputedStyle(button).backgroundColor));
		await open();
		const [main, other] = await colors();
		expect(main).not.toBe(other);
		await open({}, '#answer-decline');
		expect(await colors()).toEqual([other, main]);
		expect(server.posts()).toEqual([]);
	});

	test('can be used by the keyboard alone', async () => {
		server.respond = ({ method }) => (method === 'GET' ? ask : recorded);
		await open();
		await page.keyboard.press('Tab');
		await page.keyboard.type('By keyboard');
		await page.keyboard.press('Tab');
		await page.keyboard.press('Tab');
		expect(await page.evaluate(() => getComputedStyle(document.activeElement as Element).outlineStyle)).toBe(
			'solid',
		);
		await page.keyboard.press('Enter');
		await page.waitForSelector('[data-smtp2go="answered"]');
		expect(server.posts()[0]).toContain('answer=decline');
		expect(await page.evaluate(() => document.activeElement?.localName)).toBe('h1');
	});

	test.each([...HOSTILE, RTL])('shows %j unchanged', async (text) => {
		const asked = question({ subject: text, message: text, approveLabel: text, comment: 'optional' });
		server.respond = () => ({ html: questionPage(asked, jane, { fault: 'choose', post: { comment: text } }) });
		await open();
		expect(await page.textContent('h1')).toBe(text);
		expect(await page.textContent('form > p')).toBe(text);
		expect(await page.textContent('button')).toBe(text);
		expect(await page.inputValue('textarea')).toBe(text);
		expect(await page.title()).toBe(text);
		expect(complaints).toEqual([]);
	});

	const states: readonly (readonly [string, string])[] = [
		['to approve or decline', ask.html],
		['to approve', questionPage(question({ approveOnly: true, expiresAt: 0 }), jane)],
		['to choose', questionPage(choice, jane)],
		['to write', questionPage(freeText, jane)],
		['with a fault', fault.html],
		['with a fault in a text', questionPage(freeText, jane, { fault: 'textMissing', post: { answer: 'text' } })],
		['in Arabic', questionPage(question({ subject: RTL, message: RTL, approveLabel: RTL }), jane)],
		['in Japanese', questionPage(question({ language: 'ja', comment: 'requiredOnDecline' }), jane)],
		['recorded', recorded.html],
		['already answered', already.html],
		['answered by an unknown recipient', answeredPage(approval, undefined, { already: true })],
		...(['expired', 'invalid', 'canceled', 'notFound'] as const).map(
			(why) => [why, closedPage(textsOf('en'), 'en', why)] as const,
		),
	];

	/** Everything that axe finds in light and dark, on a narrow screen, and what is wider than it. */
	async function findings(rules: axe.RuleObject = {}): Promise<unknown[]> {
		await page.addScriptTag({ content: axe.source });
		const found: unknown[] = [];
		for (const colorScheme of ['light', 'dark'] as const) {
			await page.emulateMedia({ colorScheme });
			const { violations } = await page.evaluate((options) => window.axe.run(options), { rules });
			found.push(...violations.map(({ id, nodes }) => [colorScheme, id, nodes.map(({ html }) => html)]));
		}
		const width = await page.evaluate(() => document.documentElement.scrollWidth);
		return width === 360 ? found : [...found, `${width} pixels wide`];
	}

	const narrow = { bypassCSP: true, viewport: { width: 360, height: 740 } };

	test.each(states)('has no finding of axe: %s', async (name, html) => {
		server.respond = () => ({ html });
		await open(narrow, name === 'to approve or decline' ? '#answer-decline' : '');
		expect(await findings()).toEqual([]);
	});

	test.each([approval, choice, freeText])('an email has no finding of axe: %#', async (asked) => {
		server.respond = () => ({ html: questionEmail(asked, LINK).html_body });
		await open(narrow);
		// Landmarks are for pages. An email is shown inside one.
		expect(await findings({ region: { enabled: false }, 'landmark-one-main': { enabled: false } })).toEqual([]);
	});
});
