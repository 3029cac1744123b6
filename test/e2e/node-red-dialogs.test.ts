/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { resourcesAndCustom as resources, type Operation, type Resource } from '../../api';
import { formOf, typeOf } from '../../node-red/generate/forms';
import { DEMO_API_KEY, startSimulator, type Simulator } from '../../simulator';
import { complaintsOf, startChromium } from './support/chromium';
import { admin, deploy, example, makeHome, pack, start, type RunningNodeRed, type Version } from './support/node-red';

const pictures = join(__dirname, '../../.build/screenshots');
mkdirSync(pictures, { recursive: true });
const { tarball } = pack();

/**
 * Node-RED 4 has no dark theme of its own. Every operation is opened once; elsewhere the longest form of each resource
 * stands for the others, which are made by the same code.
 */
const looks: [Version, 'light' | 'dark', 'every' | 'longest'][] = [['5', 'light', 'every'], ['5', 'dark', 'longest'], ['4', 'light', 'longest']];

function operationsOf({ operations }: Resource, which: 'every' | 'longest'): readonly Operation[] {
	return which === 'every' ? operations : [...operations].sort((one, other) => other.fields.length - one.fields.length).slice(0, 1);
}

describe.each(looks)('the dialogs in Node-RED %s, %s', (version, theme, which) => {
	let simulator: Simulator;
	let running: RunningNodeRed;
	let browser: Browser;
	let page: Page;
	let complaints: string[];

	beforeAll(async () => {
		simulator = await startSimulator({ eventDelayMs: 20 });
		running = await start(version, makeHome(version, tarball));
		const account = { region: 'custom', baseUrl: simulator.apiUrl, publicUrl: running.url, credentials: { apiKey: DEMO_API_KEY } };
		const spare = resources.map((resource, index) => ({ id: `x-${resource.key}`, z: 'rb.tab', type: typeOf(resource), name: '', account: 'rb.account', operation: resource.operations[0]?.key, fields: {}, output: 'result', version: 1, x: 200 + 180 * (index % 7), y: 420 + 60 * Math.floor(index / 7), wires: [[]] }));
		await deploy(running, [...example('receipt-and-bounce', account), ...spare]);
		browser = await startChromium();
		page = await browser.newPage({ viewport: { width: 1400, height: 950 } });
		complaints = complaintsOf(page);
		await open();
		await page.evaluate(`RED.settings.setLocal('view-dark-theme', '${theme}')`);
		await open();
	});
	afterAll(async () => {
		await browser?.close();
		await running?.stop();
		await simulator?.stop();
	});

	async function open(): Promise<void> {
		await page.goto(running.url, { waitUntil: 'domcontentloaded' });
		await page.waitForFunction(`window.RED?.nodes?.node('rb.send') && document.querySelector('.red-ui-flow-node')`);
	}
	const picture = (name: string) => page.screenshot({ path: join(pictures, `node-red-${version}-${theme}-${name}.png`) });
	const settle = () => page.waitForTimeout(200);

	async function edit(id: string): Promise<void> {
		await page.evaluate(`RED.view.reveal('${id}', false); RED.editor.edit(RED.nodes.node('${id}'))`);
		await page.waitForSelector('.red-ui-tray-body .smtp2go-dialog');
		await page.waitForTimeout(400);
	}
	async function shut(button: 'ok' | 'cancel'): Promise<void> {
		await page.click(`#node-dialog-${button}, #node-config-dialog-${button}`);
		await page.waitForSelector('.red-ui-tray-body', { state: 'detached' });
	}

	it('the nodes of the example are valid', async () => {
		const invalid = await page.evaluate(`(() => { const bad = []; RED.nodes.eachNode((node) => { if (node.valid === false) bad.push([node.id, node.validationErrors]); }); RED.nodes.eachConfig((node) => { if (node.valid === false) bad.push([node.id, node.validationErrors]); }); return bad; })()`);
		expect(invalid).toEqual([]);
	});

	it('the canvas shows that the trigger listens, in words', async () => {
		await page.waitForFunction(`[...document.querySelectorAll('.red-ui-flow-node-status-label')].some((label) => label.textContent === 'listening')`);
		await picture('canvas');
	});

	describe.each(resources.map((resource) => [typeOf(resource), resource] as const))('of %s', (type, resource) => {
		it.each(operationsOf(resource, which).map(({ key }, index) => [key, index] as const))('%s shows its fields and no others', async (operation, index) => {
			// One dialog for all operations: switching between them is what a person does too.
			if (index === 0) await edit(`x-${resource.key}`);
			const form = formOf(resource).operations.find(({ key }) => key === operation);
			await page.selectOption('#node-input-operation', operation);
			const options = (await page.locator('.smtp2go-add select option').evaluateAll((all) => all.map((one) => (one as HTMLOptionElement).value))).filter((value) => value !== '');
			for (const option of options) await page.selectOption('.smtp2go-add select', option);
			await settle();
			const shown = await page.locator('.smtp2go-form .form-row:visible input.red-ui-typedInput').evaluateAll((all) => all.map((one) => one.id.replace('smtp2go-field-', '')));
			const expected = (form?.fields ?? []).filter(({ when }) => when === undefined).map(({ name }) => name.replace(/\W/g, '-'));
			expect([...shown].sort()).toEqual([...expected, ...(form?.list ? ['-limit'] : [])].sort());
			expect(await page.locator('.smtp2go-dialog').innerText()).not.toMatch(/\b(common|operations)\.\w+|undefined|&lt;/);
			await picture(`${type}-${operation}`);
		});

		it('"Cancel" after all that changes nothing', async () => {
			await shut('cancel');
			expect(await page.evaluate(`RED.nodes.node('x-${resource.key}').changed === true`)).toBe(false);
		});

		it('"Done" without a change changes nothing', async () => {
			await edit(`x-${resource.key}`);
			await shut('ok');
			expect(await page.evaluate(`RED.nodes.node('x-${resource.key}').changed === true`)).toBe(false);
		});

		it('offers to read the operation from the message', async () => {
			await edit(`x-${resource.key}`);
			await page.selectOption('#node-input-operation', 'msg.operation');
			await settle();
			expect(await page.locator('.smtp2go-form .red-ui-typedInput-container').count()).toBe(0);
			expect(await page.locator('.smtp2go-form').innerText()).toContain('msg.operation');
			await shut('cancel');
		});
	});

	it('a saved mail is shown as it was saved, and "Done" leaves it alone', async () => {
		await edit('rb.tell');
		await picture('saved');
		await shut('ok');
		expect(await page.evaluate(`RED.nodes.node('rb.tell').changed === true`)).toBe(false);
	});

	it('a text of several lines, an option and a choice are saved as they were entered', async () => {
		const mail = 'email';
		await edit(`x-${mail}`);
		const set = (name: string, type: string) => page.evaluate(`$('#smtp2go-field-${name}').typedInput('type', '${type}')`);
		await set('text_body', 'str');
		await page.waitForSelector('#smtp2go-field-text_body-editor .monaco-editor');
		await page.click('#smtp2go-field-text_body-editor');
		// Inserted as a paste does: key by key, Enter could take a suggestion of the editor instead.
		await page.keyboard.insertText('Hello\nAnn');
		await settle();
		await page.selectOption('.smtp2go-add select', 'cc');
		await page.evaluate(`$('#smtp2go-field-cc').typedInput('value', 'joe@example.com')`);
		await picture('entered');
		await shut('ok');
		expect(await page.evaluate(`JSON.stringify(RED.nodes.node('x-${mail}').fields)`)).toBe(JSON.stringify({ text_body: { type: 'str', value: 'Hello\nAnn' }, cc: { type: 'str', value: 'joe@example.com' } }));
		await edit(`x-${mail}`);
		for (const type of ['msg', 'str']) await set('text_body', type);
		await page.waitForSelector('#smtp2go-field-text_body-editor .monaco-editor:has-text("Ann")');
		await shut('cancel');
	});

	it('many mails in few calls: what belongs to a batch is offered with it, checked and saved', async () => {
		await page.evaluate(`Object.assign(RED.nodes.node('x-email'), { operation: 'send', fields: {} })`);
		await edit('x-email');
		expect(await page.locator('.smtp2go-add select option[value="$batchSize"]').count()).toBe(0);
		await page.evaluate(`$('#smtp2go-field--batch').typedInput('type', 'str')`);
		expect(await page.evaluate(`$('#smtp2go-field--batch').typedInput('value')`)).toBe('array');
		for (const option of ['$batchSize', '$patience', '$checkFirst', '$dryRun']) await page.selectOption('.smtp2go-add select', option);
		await settle();
		await page.locator('#smtp2go-field--dryRun').locator('xpath=..').scrollIntoViewIfNeeded();
		await picture('batch');
		await page.evaluate(`$('#smtp2go-field--batchSize').typedInput('value', '5000')`);
		await shut('ok');
		const flaws = () => page.evaluate(`RED.nodes.node('x-email').validationErrors.filter((flaw) => /Mails a call/.test(flaw)).length`);
		expect(await flaws()).toBe(1);
		await edit('x-email');
		await page.evaluate(`$('#smtp2go-field--batchSize').typedInput('value', '500')`);
		await shut('ok');
		expect(await flaws()).toBe(0);
		expect(await page.evaluate(`RED.nodes.node('x-email').fields`)).toEqual({
			$batch: { type: 'str', value: 'array' }, $batchSize: { type: 'num', value: '500' }, $patience: { type: 'num', value: '30' }, $checkFirst: { type: 'bool', value: 'true' }, $dryRun: { type: 'bool', value: 'true' },
		});
	});

	it('a template is picked from the list of the account', async () => {
		const id = simulator.state.templates[0]?.id ?? '';
		await edit('rb.send');
		await page.evaluate(`$('#smtp2go-field-template_id').typedInput('type', 'str')`);
		const input = page.locator('#smtp2go-field-template_id + .red-ui-typedInput-container input.red-ui-typedInput-input, .form-row:has(#smtp2go-field-template_id) input.red-ui-typedInput-input').first();
		await input.click();
		await input.pressSequentially('receipt', { delay: 20 });
		await page.waitForSelector('.red-ui-autoComplete-container');
		await picture('template-list');
		await page.locator('.red-ui-autoComplete-container').getByText('Order receipt').click();
		expect(await page.evaluate(`$('#smtp2go-field-template_id').typedInput('value')`)).toBe(id);
		await settle();
		expect(await page.locator('#smtp2go-field-subject').locator('xpath=..').isVisible()).toBe(false);
		await picture('template-chosen');
		await shut('cancel');
	});

	it('a subject of one\'s own stays where the template comes from the message', async () => {
		const fields = { subject: { type: 'str', value: 'Hello' }, template_id: { type: 'msg', value: 'template' } };
		await page.evaluate(`Object.assign(RED.nodes.node('x-email'), { operation: 'send', fields: ${JSON.stringify(fields)} })`);
		await edit('x-email');
		expect(await page.locator('.form-row:has(#smtp2go-field-subject)').isVisible()).toBe(true);
		await shut('ok');
		expect(await page.evaluate(`RED.nodes.node('x-email').fields`)).toEqual(fields);
	});

	it('what was never touched stays left alone, also after another operation was chosen', async () => {
		await edit('x-ipAllowList');
		const operations = await page.locator('#node-input-operation option').evaluateAll((all) => all.map((one) => (one as HTMLOptionElement).value));
		for (const operation of operations) await page.selectOption('#node-input-operation', operation);
		await page.selectOption('#node-input-operation', 'setEnabled');
		await shut('ok');
		expect(await page.evaluate(`RED.nodes.node('x-ipAllowList').fields`)).toEqual({});
	});

	it('a field that gets a fixed value starts with its default', async () => {
		await edit('x-ipAllowList');
		await page.selectOption('#node-input-operation', 'setEnabled');
		await page.evaluate(`$('#smtp2go-field-enabled').typedInput('type', 'bool')`);
		expect(await page.evaluate(`$('#smtp2go-field-enabled').typedInput('value')`)).toBe('false');
		await shut('cancel');
	});

	it('a node whose operation this version does not know keeps everything', async () => {
		const fields = { to: { type: 'str', value: 'a@example.com' } };
		await page.evaluate(`Object.assign(RED.nodes.node('x-email'), { operation: 'sendLater', fields: ${JSON.stringify(fields)} })`);
		await edit('x-email');
		await shut('ok');
		expect(await page.evaluate(`(({ operation, fields }) => ({ operation, fields }))(RED.nodes.node('x-email'))`)).toEqual({ operation: 'sendLater', fields });
		// Valid again: Node-RED asks before it deploys what is not.
		await page.evaluate(`RED.nodes.node('x-email').operation = 'send'; RED.editor.validateNode(RED.nodes.node('x-email'))`);
	});

	it('the trigger saves what is ticked', async () => {
		await edit('rb.trigger');
		await page.check('#smtp2go-events-spam');
		await page.check('#smtp2go-smsEvents-failed');
		await picture('trigger');
		await shut('ok');
		expect(await page.evaluate(`(({ events, smsEvents }) => ({ events, smsEvents }))(RED.nodes.node('rb.trigger'))`)).toEqual({ events: ['bounce', 'spam'], smsEvents: ['failed'] });
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
		const filters = { bounce_type: 'hard', filter_headers: [{ header: 'X-Tenant', value: 'acme' }], filter_senders: 'shop@example.com, example.org' };
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
		const wires = () => page.evaluate(`RED.nodes.filterLinks({ source: RED.nodes.node('rb.trigger') }).map((link) => link.sourcePort)`);
		const shape = () => page.evaluate(`(({ outputs, outputMode, skipRepeated }) => ({ outputs, outputMode, skipRepeated }))(RED.nodes.node('rb.trigger'))`);
		const labels = () => page.evaluate(`[0, 1, 2].map((index) => RED.nodes.node('rb.trigger')._def.outputLabels.call(RED.nodes.node('rb.trigger'), index))`);
		await edit('rb.trigger');
		await page.selectOption('#smtp2go-outputMode', 'event');
		await page.uncheck('#smtp2go-skipRepeated');
		await page.locator('#smtp2go-outputMode').scrollIntoViewIfNeeded();
		await picture('trigger-outputs');
		await shut('ok');
		expect([await shape(), await wires(), await labels()]).toEqual([{ outputs: 3, outputMode: 'event', skipRepeated: false }, [0], ['Bounce', 'Spam Complaint', 'SMS: Failed']]);
		await edit('rb.trigger');
		await page.uncheck('#smtp2go-events-bounce');
		await page.check('#smtp2go-events-spam');
		await shut('cancel');
		await edit('rb.trigger');
		await page.check('#smtp2go-events-open');
		await shut('ok');
		expect([await shape(), await wires()]).toEqual([{ outputs: 4, outputMode: 'event', skipRepeated: false }, [0]]);
		await page.waitForTimeout(300);
		await picture('trigger-canvas');
		await edit('rb.trigger');
		await page.uncheck('#smtp2go-events-open');
		await page.selectOption('#smtp2go-outputMode', 'single');
		await page.check('#smtp2go-skipRepeated');
		await shut('ok');
		expect([await shape(), await wires()]).toEqual([{ outputs: 1, outputMode: 'single', skipRepeated: true }, [0]]);
	});

	it('a trigger of an earlier version opens with what it did, and "Done" leaves it alone', async () => {
		await page.evaluate(`(() => { const node = RED.nodes.node('rb.trigger'); for (const name of ['outputMode', 'filters', 'skipRepeated']) delete node[name]; node.changed = false; })()`);
		await edit('rb.trigger');
		expect([await page.inputValue('#smtp2go-outputMode'), await page.isChecked('#smtp2go-skipRepeated')]).toEqual(['single', true]);
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
		await page.waitForTimeout(600);
		expect(await page.locator('.smtp2go-dialog:visible .smtp2go-help:visible').count()).toBeGreaterThan(8);
		await page.click('.smtp2go-check');
		await page.waitForSelector('.smtp2go-check-result.smtp2go-good:has-text("The key works")');
		await page.click('.smtp2go-by-hand');
		await page.waitForSelector('.smtp2go-hook-result:has-text("/smtp2go/rb.account")');
		await page.locator('.smtp2go-hook-result').scrollIntoViewIfNeeded();
		await picture('account');
		await page.fill('#node-config-input-apiKey', `api-${'C3d4'.repeat(8)}`);
		await page.click('.smtp2go-check');
		await page.waitForSelector('.smtp2go-check-result.smtp2go-bad');
		await page.locator('.smtp2go-check-result').scrollIntoViewIfNeeded();
		await picture('account-bad-key');
		await shut('cancel');
	});

	it('the account says how many calls leave, and takes nothing that is no number of calls', async () => {
		await page.evaluate(`RED.editor.editConfig('', 'smtp2go-account', 'rb.account')`);
		await page.waitForSelector('#node-config-input-inFlight');
		await page.waitForTimeout(600);
		// Saved before the property was there: empty, which means the default.
		expect([await page.inputValue('#node-config-input-inFlight'), await page.getAttribute('#node-config-input-inFlight', 'placeholder')]).toEqual(['', '5']);
		await page.fill('#node-config-input-inFlight', '500');
		await page.fill('#node-config-input-callsPerMinute', '60');
		await page.waitForSelector('#node-config-input-inFlight.input-error');
		await page.fill('#node-config-input-inFlight', '10');
		await page.locator('#node-config-input-inFlight').blur();
		await page.waitForSelector('#node-config-input-inFlight:not(.input-error)');
		await picture('account-calls');
		await shut('ok');
		expect(await page.evaluate(`(({ inFlight, callsPerMinute, valid }) => ({ inFlight: String(inFlight), callsPerMinute, valid }))(RED.nodes.node('rb.account'))`)).toEqual({ inFlight: '10', callsPerMinute: '60', valid: true });
	});

	it('the help of each node stands in the help tab', async () => {
		for (const type of ['smtp2go-account', 'smtp2go-trigger', ...resources.map(typeOf)]) {
			expect([type, String(await page.evaluate(`RED.nodes.getNodeHelp('${type}') ?? ''`)).length > 200]).toEqual([type, true]);
		}
		await page.evaluate(`RED.sidebar.help.show('smtp2go-email')`);
		await page.waitForTimeout(300);
		await picture('help');
	});

	it('a deploy after all this works', async () => {
		const deployed = page.waitForResponse((response) => response.url().endsWith('/flows') && response.request().method() === 'POST');
		await page.click('#red-ui-header-button-deploy');
		expect((await deployed).status()).toBe(200);
		expect(await admin(running, '/flows')).toMatchObject({ flows: expect.arrayContaining([expect.objectContaining({ id: 'rb.trigger', events: ['bounce', 'spam'] })]) });
	});

	it('without a word of complaint in the console', () => expect(complaints).toEqual([]));
});
