/**
 * Preview and test of an email in its open dialog: nothing in it runs or is loaded, and a click sends one email. In the
 * same editor: the sidebar, and what axe finds in all dialogs.
 */
import axe from 'axe-core';
import { deploy, example, press } from './support/node-red';
import { useEditor } from './support/node-red-editor';
import { DEMO_API_KEY } from '../../simulator';
import { paletteTypes } from '../../node-red/shared/palette';

const REMOTE = 'https://tracker.example/pixel.png';
const hostile =
	'<html><head><link rel="stylesheet" href="https://tracker.example/a.css"><link rel=preconnect href=//tracker.example>' +
	'<meta http-equiv="refresh" content="0;url=https://tracker.example/"><style>@import url(https://tracker.example/b.css);' +
	`p{background:url(${REMOTE})}</style></head><body onload="top.wasRun=1"><p id="hello">Hello</p>` +
	`<img src="${REMOTE}" onerror="top.wasRun=1"><script>top.wasRun=1</script><iframe src="https://tracker.example/"></iframe>` +
	'<a id="link" href="https://tracker.example/page">link</a></body></html>';

describe('an email in its open dialog', () => {
	const editor = useEditor('5', 'light');
	const frame = () => editor.page.frameLocator('.smtp2go-screen iframe');
	const text = (value: string) => ({ type: 'str', value });
	/** What the browser would have loaded from outside. What its policy stops never gets here. */
	const loaded: string[] = [];
	const openPanel = async (fields: object) => {
		await editor.page.evaluate(`RED.nodes.node('x-email').fields = ${JSON.stringify(fields)}`);
		await editor.edit('x-email');
		await editor.page.click('.smtp2go-preview > button');
		await editor.page.locator('.smtp2go-preview').scrollIntoViewIfNeeded();
	};
	const sample = (key: string) => editor.page.locator(`[data-sample="${key}"]`);

	beforeAll(async () => {
		await editor.page.setViewportSize({ width: 1000, height: 950 });
		await editor.page.route('https://tracker.example/**', (route) => {
			loaded.push(route.request().url());
			return route.abort();
		});
	});

	it('a sample value replaces what a message will have, and the preview follows', async () => {
		await openPanel({ sender: text('shop@example.com'), template_id: text('order-receipt') });
		await frame().getByRole('heading', { name: 'Thank you, Ann' }).waitFor();
		expect(await sample('variable:order_id').inputValue()).toBe('1001');
		await sample('variable:name').fill('Jo & Co');
		await frame().getByRole('heading', { name: 'Thank you, Jo & Co' }).waitFor();
		expect(await editor.page.innerText('.smtp2go-preview-subject')).toBe('Subject: Your order 1001');
		await editor.picture('preview-phone');
		await editor.page.selectOption('#smtp2go-preview-width', 'desktop');
		await editor.page.waitForFunction(`document.querySelector('.smtp2go-screen iframe').style.width === '800px'`);
		await editor.page.locator('.smtp2go-screen').scrollIntoViewIfNeeded();
		await editor.picture('preview-desktop');
		await editor.page.selectOption('#smtp2go-preview-body', 'text');
		expect(await editor.page.innerText('.smtp2go-screen pre')).toContain('Thank you, Jo & Co. Order 1001');
		expect(await editor.page.innerText('.smtp2go-preview')).not.toMatch(/\bpreview\.\w+|undefined|__/);
		await editor.shut('cancel');
	});

	it('a new node shows rows for what its message will have', async () => {
		await openPanel({});
		await sample('field:html_body').fill('<p>From a message</p>');
		await sample('field:subject').fill('News');
		await frame().getByText('From a message').waitFor();
		await editor.page.locator('.smtp2go-preview-subject').getByText('Subject: News', { exact: true }).waitFor();
		await editor.picture('preview-samples');
		await editor.shut('cancel');
	});

	it('nothing of an email runs, and nothing is loaded before somebody asks for it', async () => {
		const { page } = editor;
		await openPanel({ sender: text('shop@example.com'), subject: text('Hi'), html_body: text(hostile) });
		await frame().locator('#hello').waitFor();
		await frame().locator('#link').click();
		await editor.settle();
		expect(await page.evaluate('window.wasRun')).toBeUndefined();
		expect(loaded).toEqual([]);
		const asked = page.waitForRequest(REMOTE);
		await page.getByRole('button', { name: 'Load Images' }).click();
		await asked;
		await frame().locator('#hello').waitFor();
		expect(new Set(loaded)).toEqual(new Set([REMOTE]));
		expect(await page.evaluate('window.wasRun')).toBeUndefined();
		expect(
			editor.complaints.splice(0).filter((one) => !/tracker\.example|sandbox|Content Security|ERR_/i.test(one)),
		).toEqual([]);
		await editor.shut('cancel');
	});

	it('a click sends one email, to the typed address alone, and the address is remembered', async () => {
		const { page, simulator } = editor;
		const sent = simulator.state.emails.length;
		await openPanel({
			sender: text('shop@example.com'),
			to: text('customer@example.com'),
			cc: text('boss@example.com'),
			subject: text('Hi'),
			html_body: text('<p>Hello</p>'),
		});
		await page.fill('#smtp2go-test-address', 'nobody');
		await page.click('.smtp2go-send-test');
		await page.locator('.smtp2go-preview .smtp2go-bad').getByText('nobody').waitFor();
		await page.fill('#smtp2go-test-address', 'me@example.com');
		const held = await editor.holdBack('send-test');
		await page.click('.smtp2go-send-test');
		await page.waitForSelector('.smtp2go-send-test:disabled');
		await page.evaluate(`$('.smtp2go-send-test').trigger('click')`);
		await held();
		await page.locator('.smtp2go-preview .smtp2go-good').getByText('Sent to me@example.com').waitFor();
		await editor.picture('preview-test');
		const emails = simulator.state.emails.slice(sent);
		expect(emails.map(({ subject, to }) => [subject, to.map(({ address }) => address)])).toEqual([
			['[Test] Hi', ['me@example.com']],
		]);
		await editor.shut('cancel');
		expect(await page.evaluate(`JSON.stringify(RED.nodes.node('x-email'))`)).not.toContain('me@example.com');
		await openPanel({ sender: text('shop@example.com'), subject: text('Hi'), text_body: text('Hello') });
		expect(await page.inputValue('#smtp2go-test-address')).toBe('me@example.com');
		await editor.shut('cancel');
	});

	it('an account that is not deployed says so', async () => {
		const { page } = editor;
		await page.evaluate(
			`RED.nodes.import([{ id: 'new.account', type: 'smtp2go-account', name: 'New', region: 'api', version: 1 }], { generateIds: false });
			RED.nodes.node('x-email').account = 'new.account'`,
		);
		await openPanel({ sender: text('shop@example.com'), subject: text('Hi'), text_body: text('Hello') });
		await page.locator('.smtp2go-preview-notes').getByText('Deploy the account first').waitFor();
		await editor.shut('cancel');
		await page.evaluate(`RED.nodes.node('x-email').account = 'rb.account'`);
	});

	it('has no finding of axe, and the keyboard opens it', async () => {
		const { page } = editor;
		const data = { type: 'variables', value: { name: text('Jo') } };
		const fields = { template_id: text('order-receipt'), template_data: data };
		await page.evaluate(`RED.nodes.node('x-email').fields = ${JSON.stringify(fields)}`);
		await editor.edit('x-email');
		await page.focus('.smtp2go-preview > button');
		await page.keyboard.press('Enter');
		await page.waitForSelector('[data-sample="variable:name"][readonly]');
		await page.keyboard.press('Tab');
		expect(await page.evaluate('document.activeElement.id')).toBe('smtp2go-sample-field-sender');
		await page.addScriptTag({ content: axe.source });
		for (const dark of [false, true]) {
			await page.evaluate(`document.documentElement.classList.toggle('nr-theme-dark', ${dark})`);
			const { violations } = await page.evaluate(() => window.axe.run('.smtp2go-preview', { iframes: false }));
			expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
		}
		await page.evaluate(`document.documentElement.classList.remove('nr-theme-dark')`);
		await editor.shut('cancel');
	});

	/** What axe finds, in the light and in the dark theme. */
	const findings = async (place: string) => {
		const { page } = editor;
		if (!(await page.evaluate('"axe" in window'))) await page.addScriptTag({ content: axe.source });
		const found: [string, string[]][] = [];
		for (const dark of [false, true]) {
			await page.evaluate(`document.documentElement.classList.toggle('nr-theme-dark', ${dark})`);
			const { violations } = await page.evaluate((here) => window.axe.run(here, { iframes: false }), place);
			for (const { id, impact, nodes } of violations)
				if (impact === 'serious' || impact === 'critical')
					found.push([`${dark ? 'dark' : 'light'} ${id}`, nodes.map(({ html }) => html.slice(0, 200))]);
		}
		await page.evaluate(`document.documentElement.classList.remove('nr-theme-dark')`);
		return found;
	};

	describe('the sidebar', () => {
		const bar = () => editor.page.locator('.smtp2go-sidebar');
		const asked = (path: string) => editor.simulator.state.requests.filter((one) => one.path === path).length;

		it('asks nothing before it is open', () => {
			expect([asked('/activity/search'), asked('/stats/email_cycle')]).toEqual([0, 0]);
		});

		it('shows the fate of emails, the quota, the queue and the webhook', async () => {
			await press(editor.running, 'rb.bob');
			await editor.simulator.waitFor(({ hooks }) => hooks.length === 1);
			await editor.page
				.waitForFunction(`fetch('smtp2go/side-bar', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })
				.then((response) => response.json()).then(({ value }) => value.shown.webhook.lastEvent !== undefined)`);
			await editor.page.evaluate(`RED.sidebar.show('smtp2go-sidebar')`);
			await bar().getByText('hard bounce', { exact: true }).waitFor();
			await bar().getByText('Listening for events').waitFor();
			await bar()
				.getByText(/Last event:/)
				.waitFor();
			const text = await bar().innerText();
			for (const part of ['bounce@example.com', 'Receipt for order 1002', 'of 10,000 emails used', 'Call Queue'])
				expect(text).toContain(part);
			// At first, it shows the call that reads what is above. The next look finds the queue idle.
			await bar().getByText('No calls are running or waiting').waitFor();
			expect(text).toMatch(/Last event: (hard bounce|\w+), /);
			expect(text).not.toMatch(/sideBar\.|undefined|__/);
			expect([asked('/activity/search'), asked('/stats/email_cycle')]).toEqual([1, 1]);
			await editor.picture('sidebar');
		});

		it('tells the reason by keyboard, too', async () => {
			const help = bar().locator('.smtp2go-help').first();
			await help.focus();
			expect(await help.getAttribute('aria-label')).toMatch(/^Reason: 550/);
			await editor.page.locator('.red-ui-popover').getByText('Reason: 550').waitFor();
		});

		it('runs the flow of a trigger with a sample event', async () => {
			const { page, simulator } = editor;
			const sent = simulator.state.emails.length;
			await page.getByLabel('Event for Bounces').selectOption({ label: 'Bounce (hard)' });
			await page.getByRole('button', { name: 'Send Sample to Bounces' }).focus();
			await page.keyboard.press('Enter');
			await bar().getByText('Sent: hard bounce.').waitFor();
			// The flow of the example tells the team, and it says so in the status.
			await page.locator('.red-ui-flow-node-status-label').getByText('sample hard-bounced').waitFor();
			await simulator.waitFor(({ emails }) => emails.length > sent);
			expect(simulator.state.emails.at(-1)?.subject).toBe('Email to jane@example.com bounced');
		});

		it.each([300, 190])('has no finding of axe, and nothing is cut off at %i pixels', async (width) => {
			await bar().evaluate((element, wide) => {
				element.style.width = `${wide}px`;
			}, width);
			expect(await findings('.smtp2go-sidebar')).toEqual([]);
			expect(await bar().evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
			await bar().evaluate((element) => {
				element.style.width = '';
			});
		});
	});

	it('no dialog has a finding of axe', async () => {
		const { page, running, simulator } = editor;
		const account = { region: 'custom', baseUrl: simulator.apiUrl, credentials: { apiKey: DEMO_API_KEY } };
		await deploy(running, example('receipt-and-bounce', account));
		await page.reload({ waitUntil: 'domcontentloaded' });
		await page.waitForFunction(`window.RED?.nodes?.node('rb.send') && document.querySelector('.red-ui-flow-node')`);
		const found: Record<string, unknown> = {};
		for (const type of paletteTypes) {
			const id = `axe-${type}`;
			await page.evaluate(
				`RED.nodes.import([{ id: '${id}', z: 'rb.tab', type: '${type}', name: '', account: 'rb.account', x: 400, y: 700, wires: [] }], { generateIds: false })`,
			);
			await editor.edit(id);
			const here = await findings('.red-ui-tray .smtp2go-dialog');
			if (here.length > 0) found[type] = here;
			await editor.shut('cancel');
		}
		await page.evaluate(`RED.editor.editConfig('', 'smtp2go-account', 'rb.account')`);
		await page.waitForSelector('#node-config-input-region');
		const here = await findings('.red-ui-tray .smtp2go-dialog');
		if (here.length > 0) found['smtp2go-account'] = here;
		await editor.shut('cancel');
		expect(found).toEqual({});
	});

	it('without a word of complaint in the console', () => {
		// The tool that drives the browser tries its own scripts in each frame, and the sandbox stops them, too.
		const isStopped = (one: string) => /^Blocked script execution in 'about:(?:blank|srcdoc)'/.test(one);
		expect(editor.complaints.filter((one) => !isStopped(one))).toEqual([]);
	});
});

declare global {
	interface Window {
		axe: typeof axe;
	}
}
