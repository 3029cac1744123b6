/** Accounts of examples, keys that are checked, labels and help by keyboard, in the editor of whole Node-RED. */
import type { Page } from 'playwright-core';
import { DEMO_API_KEY } from '../../simulator';
import { exampleAsItIs, type Version } from './support/node-red';
import { useEditor } from './support/node-red-editor';

const versions: Version[] = ['5', '4'];
const LACKING = `api-${'D4e5'.repeat(8)}`;

/**
 * The lines of one of the lists of "Check Key": the text, with what a screen reader says, and the class of the icon.
 */
function linesOf(page: Page, index: number): Promise<(string | undefined)[][]> {
	return page
		.locator('.smtp2go-jobs')
		.nth(index)
		.locator('li')
		.evaluateAll((all) =>
			all.map((one) => [
				[...one.querySelectorAll('b, div > span')].map((part) => part.textContent).join(' '),
				one.querySelector('i')?.className.split(' ').at(-1),
			]),
		);
}

describe.each(versions)('accounts and keys in the editor of Node-RED %s', (version) => {
	const editor = useEditor(version, 'light');
	let page: Page;
	beforeAll(() => {
		({ page } = editor);
	});

	/** Puts nodes onto the canvas as the dialog "Import" does. */
	const bringIn = (nodes: readonly object[]) =>
		page.evaluate(`RED.nodes.import(${JSON.stringify(nodes)}, { generateIds: true, addFlow: true })`);
	const flawsOf = (type: string, account: string) =>
		page.evaluate(
			`(() => {
				const flaws = [];
				const look = (node) => { if (node.type === '${type}' && (node.account ?? node.name) === '${account}') flaws.push([node.valid, node.validationErrors]); };
				RED.nodes.eachNode(look);
				RED.nodes.eachConfig(look);
				return flaws;
			})()`,
		);

	it('an example comes without an account, and takes the only one there is', async () => {
		const flow = exampleAsItIs('contact-form');
		expect(flow.filter(({ type }) => type === 'smtp2go-account')).toEqual([]);
		const before = ((await flawsOf('smtp2go-email', 'rb.account')) as unknown[]).length;
		await bringIn(flow);
		await page.waitForFunction(
			`(() => {
				let count = 0;
				RED.nodes.eachNode((node) => { if (node.type === 'smtp2go-email' && node.account === 'rb.account') count++; });
				return count === ${before + 1};
			})()`,
		);
		expect(((await flawsOf('smtp2go-email', 'rb.account')) as [boolean, unknown][]).every(([valid]) => valid)).toBe(
			true,
		);
		expect(await page.evaluate(`RED.nodes.node('rb.account').users.length`)).toBeGreaterThan(before);
	});

	it('a node that is dropped from the palette has the account at once', async () => {
		await bringIn([
			{
				id: 'dropped',
				type: 'smtp2go-sms',
				name: 'dropped',
				account: '',
				operation: 'getSummary',
				fields: {},
				output: 'result',
				x: 100,
				y: 100,
				wires: [[]],
			},
		]);
		await page.waitForFunction(
			`(() => {
				let found;
				RED.nodes.eachNode((node) => { if (node.name === 'dropped') found = node; });
				return found?.account === 'rb.account' && found.valid;
			})()`,
		);
	});

	it('an account without a key is invalid, and so are the nodes that use it', async () => {
		await bringIn([
			{ id: 'bare', type: 'smtp2go-account', name: 'Bare', region: 'api' },
			{
				id: 'user',
				type: 'smtp2go-sms',
				name: 'user',
				account: 'bare',
				operation: 'getSummary',
				fields: {},
				output: 'result',
				x: 100,
				y: 200,
				wires: [[]],
			},
		]);
		await page.waitForFunction(
			`(() => {
				let valid = true;
				RED.nodes.eachConfig((node) => { if (node.name === 'Bare') valid = node.valid; });
				return !valid;
			})()`,
		);
		expect(await flawsOf('smtp2go-account', 'Bare')).toEqual([
			[false, [expect.stringContaining('has no API key')]],
		]);
		const user = await page.evaluate(
			`(() => {
				let found;
				RED.nodes.eachNode((node) => { if (node.name === 'user') found = node; });
				return [found.valid, found.validationErrors];
			})()`,
		);
		expect(user).toEqual([false, [expect.stringContaining('"Bare" has no API key')]]);
	});

	it('and valid again as soon as a key is typed, also one that the environment holds', async () => {
		const id = String(
			await page.evaluate(
				`(() => {
					let id;
					RED.nodes.eachConfig((node) => { if (node.name === 'Bare') id = node.id; });
					return id;
				})()`,
			),
		);
		await page.evaluate(`RED.editor.editConfig('', 'smtp2go-account', '${id}')`);
		await page.waitForSelector('#node-config-input-apiKey.input-error');
		await page.fill('#node-config-input-apiKey', '${SMTP2GO_KEY}');
		await editor.shut('ok');
		expect(await flawsOf('smtp2go-account', 'Bare')).toEqual([[true, []]]);
		expect(
			await page.evaluate(
				`(() => {
					let found;
					RED.nodes.eachNode((node) => { if (node.name === 'user') found = node; });
					return found.valid;
				})()`,
			),
		).toBe(true);
	});

	it('"Check Key" lists by node what the key can do', async () => {
		editor.simulator.addKey({ key: LACKING, permissions: ['/email/*', '/webhook/view', '/api_keys/permissions'] });
		await page.evaluate(`RED.editor.editConfig('', 'smtp2go-account', 'rb.account')`);
		await page.waitForSelector('#node-config-input-apiKey');
		await page.fill('#node-config-input-apiKey', LACKING);
		await page.click('.smtp2go-check');
		await page.waitForSelector('.smtp2go-jobs');
		const lines = await linesOf(page, 1);
		expect(lines[0]).toEqual(['OK: Email all operations', 'smtp2go-good']);
		expect(lines).toContainEqual([
			'Warning: Trigger some operations; missing permissions: /webhook/add, /webhook/edit, /webhook/remove',
			'smtp2go-partly',
		]);
		expect(lines).toContainEqual([
			'Note: Activity no operation; missing permissions: /activity/search',
			'smtp2go-unclear',
		]);
		await editor.shut('cancel');
	});

	it('"Check Key" shows what is wrong with the setup as a list, which the keyboard reaches', async () => {
		editor.simulator.state.verifiedSenders = ['example.com'];
		editor.simulator.setRecord('example.com', 'returnPath', 'elsewhere.example.net');
		editor.simulator.setPlan({ monthlyEmails: 1_000, used: 1_000 });
		await page.setViewportSize({ width: 1000, height: 950 });
		await page.evaluate(`RED.editor.editConfig('', 'smtp2go-account', 'rb.account')`);
		await page.waitForSelector('#node-config-input-apiKey');
		await page.click('.smtp2go-check');
		await page.waitForSelector('.smtp2go-check-result.smtp2go-bad:has-text("not ready to send")');
		const lines = await linesOf(page, 0);
		expect(lines).toContainEqual([
			expect.stringMatching(/^Problem: Quota 0 of the 1,000 emails .* upgrade your SMTP2GO plan/),
			'smtp2go-bad',
		]);
		expect(lines).toContainEqual([
			expect.stringMatching(/^Warning: Return Path \(SPF\): example.com .* CNAME to return.smtp2go.net/),
			'smtp2go-partly',
		]);
		await page.focus('.smtp2go-check');
		await page.keyboard.press('Tab');
		expect(await page.evaluate(`document.activeElement.getAttribute('aria-label')`)).toBe('Setup of the account');
		await page.locator('.smtp2go-check-result').scrollIntoViewIfNeeded();
		await editor.picture('check-setup');
		await editor.shut('cancel');
		await page.setViewportSize({ width: 1400, height: 950 });
	});

	it('the dialog of a node names the permission that the key lacks, until an operation is chosen that needs none', async () => {
		editor.simulator.changeKey(DEMO_API_KEY, { lost: ['/sms/send'] });
		await editor.edit('x-sms');
		await page.waitForSelector('.smtp2go-missing:visible:has-text("/sms/send")');
		await editor.picture('missing-permission');
		await page.selectOption('#node-input-operation', 'getSent');
		await page.waitForSelector('.smtp2go-missing', { state: 'hidden' });
		await editor.shut('cancel');
	});

	it('a click on a label puts the cursor into its input, whatever kind it is', async () => {
		await page.evaluate(
			`Object.assign(RED.nodes.node('x-email'), { operation: 'send', fields: { sender: { type: 'str', value: 'a@shop.example' }, text_body: { type: 'str', value: 'Hi' } } })`,
		);
		await editor.edit('x-email');
		for (const label of ['Account', 'Operation', 'From', 'To', 'Text Body']) {
			await page
				.locator('.smtp2go-dialog .form-row > label', { hasText: new RegExp(`^\\s*${label}`) })
				.first()
				.click({ position: { x: 8, y: 8 } });
			expect([
				label,
				await page.evaluate(
					`$(document.activeElement).is('input, select, textarea, button') && $(document.activeElement).closest('.form-row').find('label').first().text().trim().startsWith('${label}')`,
				),
			]).toEqual([label, true]);
		}
	});

	it('the Tab key reaches the help of a field, which is shown then', async () => {
		await page.focus('#node-input-operation');
		for (let step = 0; step < 12; step++) {
			await page.keyboard.press('Tab');
			if (
				await page.evaluate(
					`document.activeElement.closest('.form-row')?.querySelector('[data-kind="sender"]') && document.activeElement.classList.contains('smtp2go-help')`,
				)
			)
				break;
		}
		await page.waitForSelector('.red-ui-popover:has-text("The verified sender")');
		await page.keyboard.press('Tab');
		await page.waitForSelector('.red-ui-popover:has-text("The verified sender")', { state: 'detached' });
		await editor.shut('cancel');
	});

	it('without a word of complaint in the console', () => expect(editor.complaints).toEqual([]));
});
