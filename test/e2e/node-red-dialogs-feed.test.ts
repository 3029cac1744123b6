/** The dialogs of the nodes that read at intervals: the trigger's source, received SMS, and the account's health. */
import { useEditor, type Theme } from './support/node-red-editor';

const added = [
	{ id: 'sms-in', z: 'rb.tab', type: 'smtp2go-sms-in', account: 'rb.account', filter: 'keywords', keywords: 'STOP' },
	{ id: 'health', z: 'rb.tab', type: 'smtp2go-health', account: 'rb.account', watch: {}, interval: 15 },
	{ id: 'fresh', z: 'rb.tab', type: 'smtp2go-trigger', account: 'rb.account', events: ['bounce'], source: 'auto' },
].map((node, index) => ({ name: '', version: 1, x: 200 + 200 * index, y: 700, wires: [[]], ...node }));

describe.each<Theme>(['light', 'dark'])('in the %s theme', (theme) => {
	const editor = useEditor('5', theme);
	const value = (id: string, property: string) =>
		editor.page.evaluate(`JSON.stringify(RED.nodes.node('${id}').${property})`);

	beforeAll(async () => {
		await editor.page.evaluate(`RED.nodes.import(${JSON.stringify(added)}, { generateIds: false })`);
	});

	it('the trigger says what its source means, and a trigger of an earlier version keeps the webhook', async () => {
		await editor.edit('rb.trigger');
		expect(await editor.page.inputValue('#smtp2go-source')).toBe('webhook');
		await editor.page.selectOption('#smtp2go-source', 'both');
		expect(await editor.page.innerText('.smtp2go-source-help')).toContain('caughtUp');
		await editor.picture('trigger-source');
		await editor.shut('cancel');
		await editor.edit('fresh');
		expect(await editor.page.innerText('.smtp2go-source-help')).toContain('has a Public URL');
		await editor.page.selectOption('#smtp2go-source', 'log');
		await editor.shut('ok');
		expect(await value('fresh', 'source')).toBe('"log"');
	});

	it('received SMS: the filter shows its own box, and a pattern is checked', async () => {
		const { page } = editor;
		await editor.edit('sms-in');
		expect(await page.isVisible('#node-input-keywords')).toBe(true);
		expect(await page.isVisible('#node-input-pattern')).toBe(false);
		await editor.picture('sms-in');
		await page.selectOption('#node-input-filter', 'pattern');
		await page.fill('#node-input-pattern', '(');
		await page.locator('#node-input-pattern').blur();
		await page.waitForSelector('#node-input-pattern.input-error');
		await page.fill('#node-input-pattern', '^(yes|ok)');
		await editor.shut('ok');
		expect(await value('sms-in', 'pattern')).toBe('"^(yes|ok)"');
	});

	it('health: a check shows its limit, and the keyboard reaches both', async () => {
		const { page } = editor;
		await editor.edit('health');
		expect(await page.isChecked('#smtp2go-checks-quotaUsed')).toBe(true);
		expect([await page.isVisible('#smtp2go-quota_used'), await page.isVisible('#smtp2go-quota_left')]).toEqual([
			true,
			false,
		]);
		await page.focus('#smtp2go-checks-quotaUsed');
		await page.keyboard.press('Tab');
		await page.keyboard.press('Space');
		expect(await page.isVisible('#smtp2go-quota_left')).toBe(true);
		await editor.picture('health');
		await page.fill('#smtp2go-quota_used', '120');
		await page.locator('#smtp2go-quota_left').scrollIntoViewIfNeeded();
		await editor.picture('health-limits');
		await editor.shut('ok');
		expect(await value('health', 'valid')).toBe('false');
		await editor.edit('health');
		await page.fill('#smtp2go-quota_used', '90');
		await editor.shut('ok');
		expect(await value('health', 'valid')).toBe('true');
		expect(await value('health', 'watch.quota_used')).toBe('"90"');
	});

	it('the account says how often it reads', async () => {
		await editor.page.evaluate(`RED.editor.editConfig('', 'smtp2go-account', 'rb.account')`);
		await editor.page.waitForSelector('#node-config-input-pollInterval');
		await editor.settle();
		await editor.page.locator('#node-config-input-pollInterval').scrollIntoViewIfNeeded();
		await editor.picture('account-polling');
		await editor.shut('cancel');
	});

	it('without a word of complaint in the console', () => expect(editor.complaints).toEqual([]));
});
