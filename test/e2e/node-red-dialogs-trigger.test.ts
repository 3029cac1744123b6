import type { Page } from 'playwright-core';
import { admin, type Version } from './support/node-red';
import { opened, useEditor, type Theme } from './support/node-red-editor';

/** Node-RED 4 has no built-in dark theme. */
const looks: [Version, Theme][] = [
	['5', 'light'],
	['5', 'dark'],
	['4', 'light'],
];

describe.each(looks)('the dialogs of trigger and account in Node-RED %s, %s', (version, theme) => {
	const editor = useEditor(version, theme);
	let page: Page;
	beforeAll(() => {
		({ page } = editor);
	});
	const picture = (name: string) => editor.picture(name);
	const edit = (id: string) => editor.edit(id);
	const shut = (button: 'ok' | 'cancel') => editor.shut(button);

	it('the trigger saves what is ticked', async () => {
		await edit('rb.trigger');
		await page.uncheck('#smtp2go-events-reject');
		await page.check('#smtp2go-events-spam');
		await page.check('#smtp2go-smsEvents-failed');
		await picture('trigger');
		await shut('ok');
		expect(
			await page.evaluate(`(({ events, smsEvents }) => ({ events, smsEvents }))(RED.nodes.node('rb.trigger'))`),
		).toEqual({ events: ['bounce', 'spam'], smsEvents: ['failed'] });
	});

	it('the trigger saves what an event must have', async () => {
		await edit('rb.trigger');
		await page.selectOption('#smtp2go-bounce_type', 'hard');
		await page.fill('#smtp2go-filter_senders', 'shop@example.com, example.org');
		await page.click('#smtp2go-filter_headers > button');
		await page.fill('#smtp2go-filter_headers .smtp2go-header', 'X-Tenant');
		await page.fill('#smtp2go-filter_headers .smtp2go-value', 'acme');
		await page.click('#smtp2go-filter_headers > button');
		await page.locator('.smtp2go-filters').scrollIntoViewIfNeeded();
		await picture('trigger-filters');
		await shut('ok');
		const filters = {
			bounce_type: 'hard',
			filter_headers: [{ header: 'X-Tenant', value: 'acme' }],
			filter_senders: 'shop@example.com, example.org',
		};
		expect(await page.evaluate(`RED.nodes.node('rb.trigger').filters`)).toEqual(filters);
		await edit('rb.trigger');
		expect(await page.locator('#smtp2go-filter_headers .smtp2go-pair').count()).toBe(1);
		await page.click('#smtp2go-filter_headers .smtp2go-pair button');
		await page.selectOption('#smtp2go-bounce_type', '');
		await page.fill('#smtp2go-filter_senders', '');
		await shut('ok');
		expect(await page.evaluate(`RED.nodes.node('rb.trigger').filters`)).toEqual({});
	});

	it('the trigger gets an output for each event, and wires move with them', async () => {
		const wires = () =>
			page.evaluate(
				`RED.nodes.filterLinks({ source: RED.nodes.node('rb.trigger') }).map((link) => link.sourcePort)`,
			);
		const shape = () =>
			page.evaluate(
				`(({ outputs, outputMode, skipRepeated }) => ({ outputs, outputMode, skipRepeated }))(RED.nodes.node('rb.trigger'))`,
			);
		const labels = () =>
			page.evaluate(
				`[0, 1, 2].map((index) => RED.nodes.node('rb.trigger')._def.outputLabels.call(RED.nodes.node('rb.trigger'), index))`,
			);
		await edit('rb.trigger');
		await page.selectOption('#smtp2go-outputMode', 'event');
		await page.uncheck('#smtp2go-skipRepeated');
		await page.locator('#smtp2go-outputMode').scrollIntoViewIfNeeded();
		await picture('trigger-outputs');
		await shut('ok');
		expect([await shape(), await wires(), await labels()]).toEqual([
			{ outputs: 3, outputMode: 'event', skipRepeated: false },
			[0],
			['Bounce', 'Spam Complaint', 'SMS: Failed'],
		]);
		await edit('rb.trigger');
		await page.uncheck('#smtp2go-events-bounce');
		await page.check('#smtp2go-events-spam');
		await shut('cancel');
		await edit('rb.trigger');
		await page.check('#smtp2go-events-open');
		await shut('ok');
		expect([await shape(), await wires()]).toEqual([{ outputs: 4, outputMode: 'event', skipRepeated: false }, [0]]);
		await editor.settle();
		await picture('trigger-canvas');
		await edit('rb.trigger');
		await page.uncheck('#smtp2go-events-open');
		await page.selectOption('#smtp2go-outputMode', 'single');
		await page.check('#smtp2go-skipRepeated');
		await shut('ok');
		expect([await shape(), await wires()]).toEqual([{ outputs: 1, outputMode: 'single', skipRepeated: true }, [0]]);
	});

	it('a trigger of an earlier version opens with what it did, and "Done" leaves it alone', async () => {
		await page.evaluate(
			`(() => {
				const node = RED.nodes.node('rb.trigger');
				for (const name of ['outputMode', 'filters', 'skipRepeated']) delete node[name];
				node.changed = false;
			})()`,
		);
		await edit('rb.trigger');
		expect([await page.inputValue('#smtp2go-outputMode'), await page.isChecked('#smtp2go-skipRepeated')]).toEqual([
			'single',
			true,
		]);
		await shut('ok');
		expect(await page.evaluate(`RED.nodes.node('rb.trigger').changed === true`)).toBe(false);
	});

	it('a node without an account takes the only one there is', async () => {
		await page.evaluate(`(() => { const node = RED.nodes.node('x-suppression'); node.account = ''; })()`);
		await edit('x-suppression');
		expect(await page.inputValue('#node-input-account')).toBe('rb.account');
		await shut('ok');
		expect(await page.evaluate(`RED.nodes.node('x-suppression').account`)).toBe('rb.account');
	});

	it('the account checks its key and shows what to set up by hand', async () => {
		await page.evaluate(`RED.editor.editConfig('', 'smtp2go-account', 'rb.account')`);
		await page.waitForSelector('#node-config-input-apiKey');
		await opened(page);
		expect(await page.locator('.smtp2go-help:visible').count()).toBeGreaterThan(8);
		await page.click('.smtp2go-check');
		await page.waitForSelector('.smtp2go-check-result.smtp2go-good:has-text("The API key is valid")');
		await page.click('.smtp2go-by-hand');
		await page.waitForSelector('.smtp2go-hook-result:has-text("/smtp2go/rb.account")');
		await page.locator('.smtp2go-hook-result').scrollIntoViewIfNeeded();
		await picture('account');
		// The result of the key before it arrives last.
		const before = await editor.holdBack('check-key');
		await page.click('.smtp2go-check');
		await page.fill('#node-config-input-apiKey', `api-${'C3d4'.repeat(8)}`);
		await page.click('.smtp2go-check');
		await page.waitForSelector('.smtp2go-check-result.smtp2go-bad');
		await before();
		expect(await page.locator('.smtp2go-check-result.smtp2go-bad').count()).toBe(1);
		await page.locator('.smtp2go-check-result').scrollIntoViewIfNeeded();
		await picture('account-bad-key');
		await shut('cancel');
	});

	it('the account says how many calls can leave, and accepts only a number of calls', async () => {
		await page.evaluate(`RED.editor.editConfig('', 'smtp2go-account', 'rb.account')`);
		await page.waitForSelector('#node-config-input-inFlight');
		await opened(page);
		// Saved before the property was there: empty, which means the default.
		expect([
			await page.inputValue('#node-config-input-inFlight'),
			await page.getAttribute('#node-config-input-inFlight', 'placeholder'),
		]).toEqual(['', '5']);
		await page.fill('#node-config-input-inFlight', '500');
		await page.fill('#node-config-input-callsPerMinute', '60');
		await page.waitForSelector('#node-config-input-inFlight.input-error');
		await page.fill('#node-config-input-inFlight', '10');
		await page.locator('#node-config-input-inFlight').blur();
		await page.waitForSelector('#node-config-input-inFlight:not(.input-error)');
		await picture('account-calls');
		await shut('ok');
		expect(
			await page.evaluate(
				`(({ inFlight, callsPerMinute, valid }) => ({ inFlight: String(inFlight), callsPerMinute, valid }))(RED.nodes.node('rb.account'))`,
			),
		).toEqual({ inFlight: '10', callsPerMinute: '60', valid: true });
	});
	it('a deploy after all this works', async () => {
		const deployed = page.waitForResponse(
			(response) => response.url().endsWith('/flows') && response.request().method() === 'POST',
		);
		await page.click('#red-ui-header-button-deploy');
		expect((await deployed).status()).toBe(200);
		expect(await admin(editor.running, '/flows')).toMatchObject({
			flows: expect.arrayContaining([expect.objectContaining({ id: 'rb.trigger', events: ['bounce', 'spam'] })]),
		});
	});

	it('an account inside a subflow says that each instance has its own address', async () => {
		const sub = [
			{ id: 'sub1', type: 'subflow', name: 'Bounces', info: '', in: [], out: [] },
			{
				id: 'sub-account',
				z: 'sub1',
				type: 'smtp2go-account',
				name: '',
				region: 'api',
				publicUrl: 'https://flows.example.com',
			},
		];
		await page.evaluate(`RED.nodes.import(${JSON.stringify(sub)})`);
		for (const [id, shown, isTemplate] of [
			['sub-account', 'https://flows.example.com/smtp2go/<instance ID>-sub-account', true],
			['rb.account', `${editor.running.url}/smtp2go/rb.account`, false],
		] as const) {
			await page.evaluate(`RED.editor.editConfig('', 'smtp2go-account', '${id}')`);
			await page.waitForSelector('#node-config-input-publicUrl');
			await opened(page);
			expect([
				await page.locator('.smtp2go-callback code').innerText(),
				await page.locator('.smtp2go-each').isVisible(),
			]).toEqual([shown, isTemplate]);
			await page.locator('.smtp2go-callback').scrollIntoViewIfNeeded();
			await picture(`callback-of-${id}`);
			await shut('cancel');
		}
	});

	it('without a word of complaint in the console', () => expect(editor.complaints).toEqual([]));
});
