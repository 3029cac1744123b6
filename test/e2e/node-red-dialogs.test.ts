/** The dialogs of the action nodes in the editor of whole Node-RED. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { resourcesAndCustom as resources, type Operation, type Resource } from '../../api';
import { buildForm, nodeTypeOf } from '../../node-red/generate/forms';
import type { Version } from './support/node-red';
import { useEditor, type Theme } from './support/node-red-editor';

/**
 * Node-RED 4 has no built-in dark theme. Every operation is opened once; elsewhere the longest form of each resource
 * stands for the others, which are made by the same code.
 */
const looks: [Version, Theme, 'every' | 'longest'][] = [
	['5', 'light', 'every'],
	['5', 'dark', 'longest'],
	['4', 'light', 'longest'],
];

const dist = join(__dirname, '../../dist-node-red');

/** A text without its spaces, which Markdown may take for its own. */
const bare = (text: string) => text.replace(/\s+/g, '');

function operationsOf({ operations }: Resource, which: 'every' | 'longest'): readonly Operation[] {
	return which === 'every'
		? operations
		: [...operations].sort((one, other) => other.fields.length - one.fields.length).slice(0, 1);
}

describe.each(looks)('the dialogs in Node-RED %s, %s', (version, theme, which) => {
	const editor = useEditor(version, theme);
	let page: Page;
	beforeAll(() => {
		({ page } = editor);
	});
	const picture = (name: string) => editor.picture(name);
	const edit = (id: string) => editor.edit(id);
	const shut = (button: 'ok' | 'cancel') => editor.shut(button);
	const settle = () => editor.settle();
	/** Chooses one option after the other, in one call of the browser. Each list of options may be redrawn. */
	const addAllOptions = () =>
		page.evaluate(
			`(() => {
				const list = () => document.querySelector('.smtp2go-add select');
				for (const { value } of [...(list()?.options ?? [])]) {
					if (value === '') continue;
					list().value = value;
					list().dispatchEvent(new Event('change', { bubbles: true }));
				}
			})()`,
		);

	it('the nodes of the example are valid', async () => {
		const invalid = await page.evaluate(
			`(() => {
				const bad = [];
				RED.nodes.eachNode((node) => { if (node.valid === false) bad.push([node.id, node.validationErrors]); });
				RED.nodes.eachConfig((node) => { if (node.valid === false) bad.push([node.id, node.validationErrors]); });
				return bad;
			})()`,
		);
		expect(invalid).toEqual([]);
	});

	it('the canvas shows that the trigger listens, in words', async () => {
		await page.waitForFunction(
			`[...document.querySelectorAll('.red-ui-flow-node-status-label')].some((label) => label.textContent === 'listening')`,
		);
		await picture('canvas');
	});

	describe.each(resources.map((resource) => [nodeTypeOf(resource), resource] as const))('of %s', (type, resource) => {
		it.each(operationsOf(resource, which).map(({ key }, index) => [key, index] as const))(
			'%s shows its fields and no others',
			async (operation, index) => {
				// One dialog for all operations: switching between them is what a person does too.
				if (index === 0) await edit(`x-${resource.key}`);
				const form = buildForm(resource).operations.find(({ key }) => key === operation);
				await page.selectOption('#node-input-operation', operation);
				await addAllOptions();
				await settle();
				const shown = await page
					.locator('.smtp2go-form .form-row:visible input.red-ui-typedInput')
					.evaluateAll((all) => all.map((one) => one.id.replace('smtp2go-field-', '')));
				const expected = (form?.fields ?? [])
					.filter(({ shownWith }) => shownWith === undefined)
					.map(({ name }) => name.replace(/\W/g, '-'));
				expect([...shown].sort()).toEqual([...expected, ...(form?.list ? ['-limit'] : [])].sort());
				expect(await page.locator('.smtp2go-dialog').innerText()).not.toMatch(
					/\b(common|operations)\.\w+|undefined|&lt;/,
				);
				await picture(`${type}-${operation}`);
			},
		);

		it('"Cancel" after all that changes nothing', async () => {
			await shut('cancel');
			expect(await page.evaluate(`RED.nodes.node('x-${resource.key}').changed === true`)).toBe(false);
		});

		// What follows is the same code for every resource, and was seen with all of them in the first look.
		if (which === 'longest') return;

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

	it('on a narrow screen no dialog is cut off', async () => {
		const usual = page.viewportSize();
		await page.setViewportSize({ width: 1000, height: 950 });
		for (const id of ['rb.send', 'rb.trigger']) {
			await edit(id);
			const [dialog, tray] = [
				await page.locator('.smtp2go-dialog').boundingBox(),
				await page.locator('.red-ui-tray').boundingBox(),
			];
			expect([
				id,
				(dialog?.x ?? 0) >= (tray?.x ?? 1),
				(dialog?.x ?? 0) + (dialog?.width ?? 0) <= (tray?.x ?? 0) + (tray?.width ?? -1),
			]).toEqual([id, true, true]);
			await picture(`narrow-${id}`);
			await shut('cancel');
		}
		if (usual) await page.setViewportSize(usual);
	});

	it('a saved email is shown as it was saved, and "Done" leaves it alone', async () => {
		await edit('rb.tell');
		await picture('saved');
		await shut('ok');
		expect(await page.evaluate(`RED.nodes.node('rb.tell').changed === true`)).toBe(false);
	});

	it('a text of several lines, an option and a choice are saved as they were entered', async () => {
		await edit('x-email');
		const set = (name: string, type: string) =>
			page.evaluate(`$('#smtp2go-field-${name}').typedInput('type', '${type}')`);
		await set('text_body', 'str');
		await page.waitForSelector('#smtp2go-field-text_body-editor .monaco-editor');
		await page.click('#smtp2go-field-text_body-editor');
		// Inserted as a paste does: key by key, Enter could take a suggestion of the editor instead.
		await page.keyboard.insertText('Hello\nAnn');
		await settle();
		await page.selectOption('.smtp2go-add select', 'schedule');
		await page.evaluate(`$('#smtp2go-field-schedule').typedInput('value', '2026-11-30 09:00')`);
		await set('cc', 'str');
		await page.evaluate(`$('#smtp2go-field-cc').typedInput('value', 'joe@example.com')`);
		await picture('entered');
		await shut('ok');
		expect(await page.evaluate(`JSON.stringify(RED.nodes.node('x-email').fields)`)).toBe(
			JSON.stringify({
				text_body: { type: 'str', value: 'Hello\nAnn' },
				cc: { type: 'str', value: 'joe@example.com' },
				schedule: { type: 'str', value: '2026-11-30 09:00' },
			}),
		);
		await edit('x-email');
		for (const type of ['msg', 'str']) await set('text_body', type);
		await page.waitForSelector('#smtp2go-field-text_body-editor .monaco-editor:has-text("Ann")');
		await shut('cancel');
	});

	it('many emails in few calls: what belongs to a batch is offered with it, checked and saved', async () => {
		await page.evaluate(`Object.assign(RED.nodes.node('x-email'), { operation: 'send', fields: {} })`);
		await edit('x-email');
		expect(await page.locator('.smtp2go-add select option[value="$batchSize"]').count()).toBe(0);
		await page.evaluate(`$('#smtp2go-field--batch').typedInput('type', 'str')`);
		expect(await page.evaluate(`$('#smtp2go-field--batch').typedInput('value')`)).toBe('array');
		for (const option of ['$batchSize', '$patience', '$checkFirst', '$dryRun'])
			await page.selectOption('.smtp2go-add select', option);
		await settle();
		await page.locator('#smtp2go-field--dryRun').locator('xpath=..').scrollIntoViewIfNeeded();
		await picture('batch');
		await page.evaluate(`$('#smtp2go-field--batchSize').typedInput('value', '5000')`);
		await shut('ok');
		const flaws = () =>
			page.evaluate(
				`RED.nodes.node('x-email').validationErrors.filter((flaw) => /Emails per Call/.test(flaw)).length`,
			);
		expect(await flaws()).toBe(1);
		await edit('x-email');
		await page.evaluate(`$('#smtp2go-field--batchSize').typedInput('value', '500')`);
		await shut('ok');
		expect(await flaws()).toBe(0);
		expect(await page.evaluate(`RED.nodes.node('x-email').fields`)).toEqual({
			$batch: { type: 'str', value: 'array' },
			$batchSize: { type: 'num', value: '500' },
			$patience: { type: 'num', value: '30' },
			$checkFirst: { type: 'bool', value: 'true' },
			$dryRun: { type: 'bool', value: 'true' },
		});
	});

	it('each row of an email shows where it is read, follows the mode, and can be set to nothing', async () => {
		await page.evaluate(`Object.assign(RED.nodes.node('x-email'), { operation: 'send', fields: {} })`);
		await edit('x-email');
		const shown = (name: string) =>
			page
				.locator(`.form-row:has(> #smtp2go-field-${name}), .form-row:has(#smtp2go-field-${name})`)
				.first()
				.innerText();
		const texts = async (...names: string[]) =>
			Promise.all(names.map(async (name) => (await shown(name)).replace(/\s+/g, ' ').trim()));
		expect(await texts('to', 'cc', 'subject', 'html_body', 'template_id')).toEqual([
			expect.stringContaining('msg.to'),
			expect.stringContaining('msg.cc'),
			expect.stringContaining('msg.topic'),
			expect.stringContaining('msg.payload (HTML)'),
			expect.stringContaining('not set'),
		]);
		await picture('sources');
		await page.evaluate(`$('#smtp2go-field--batch').typedInput('type', 'str')`);
		await settle();
		expect(await texts('to', 'subject')).toEqual([
			expect.stringMatching(/each entry's to, or its column for this field$/),
			expect.stringContaining("each entry's topic, title, or its column for this field, else msg.topic"),
		]);
		await picture('sources-list');
		await page.evaluate(
			`$('#smtp2go-field--batch').typedInput('type', 'unset');
				$('#smtp2go-field-bcc').typedInput('type', 'none')`,
		);
		await settle();
		expect(await texts('to', 'bcc')).toEqual([
			expect.stringContaining('msg.to'),
			expect.stringContaining('not set'),
		]);
		await shut('ok');
		expect(await page.evaluate(`RED.nodes.node('x-email').fields`)).toEqual({ bcc: { type: 'none', value: '' } });
	});

	it('"All Fields From" warns, changes the rows and is saved; "Result To" is saved too', async () => {
		await page.evaluate(`Object.assign(RED.nodes.node('x-email'), { operation: 'send', fields: {} })`);
		await edit('x-email');
		await page.evaluate(
			`$('#smtp2go-fields-from').typedInput('type', 'msg');
				$('#smtp2go-fields-from').typedInput('value', 'order')`,
		);
		await settle();
		const dialog = await page.locator('.smtp2go-dialog').innerText();
		for (const words of [
			'Do not use it for a web form',
			'msg.to, else msg.order.to',
			'msg.order.template_id',
			'are read from msg.order',
		])
			expect(dialog).toContain(words);
		await picture('fields-from');
		await page.evaluate(
			`$('#smtp2go-fields-from').typedInput('value', 'payload');
				$('#smtp2go-field--batch').typedInput('type', 'str')`,
		);
		await settle();
		// Each name once, and each label whole: it says who decides what is sent.
		const labels = await page
			.locator('.smtp2go-form .red-ui-typedInput-full-width:visible')
			.evaluateAll((all) =>
				all.map((one) => [
					one.textContent,
					one.scrollWidth <= one.clientWidth && one.scrollHeight <= one.clientHeight,
				]),
			);
		expect(labels).toContainEqual([`each entry's to, or its column for this field`, true]);
		expect(labels.filter(([, isWhole]) => isWhole !== true)).toEqual([]);
		await picture('fields-from-list');
		await page.evaluate(
			`$('#smtp2go-field--batch').typedInput('type', 'unset');
				$('#smtp2go-fields-from').typedInput('value', 'order')`,
		);
		await page.evaluate(`$('#smtp2go-result-to').typedInput('value', 'sent.email')`);
		await page.locator('.smtp2go-result-to').scrollIntoViewIfNeeded();
		await picture('result-to');
		await shut('ok');
		const saved = () =>
			page.evaluate(
				`(({ fields, fieldsFrom, resultTo, version }) => ({ fields, fieldsFrom, resultTo, version }))(RED.nodes.node('x-email'))`,
			);
		expect(await saved()).toEqual({
			fields: {},
			fieldsFrom: { type: 'msg', value: 'order' },
			resultTo: { type: 'msg', value: 'sent.email' },
			version: 2,
		});
		await edit('x-email');
		await page.evaluate(
			`$('#smtp2go-fields-from').typedInput('type', 'none');
				$('#smtp2go-result-to').typedInput('value', 'payload')`,
		);
		await settle();
		expect(await page.locator('.smtp2go-dialog').innerText()).not.toContain('msg.order');
		await shut('ok');
		expect(await saved()).toEqual({
			fields: {},
			fieldsFrom: { type: 'none', value: '' },
			resultTo: { type: 'msg', value: 'payload' },
			version: 2,
		});
	});

	it('a node of version 1 shows that it reads the payload, and is saved as version 2', async () => {
		await page.evaluate(
			`(() => {
				const node = RED.nodes.node('x-suppression');
				Object.assign(node, { operation: 'add', fields: {}, version: 1, changed: false });
				delete node.fieldsFrom;
			})()`,
		);
		await edit('x-suppression');
		expect(await page.locator('.smtp2go-dialog').innerText()).toContain('msg.payload.email_address');
		expect(
			await page.evaluate(
				`[$('#smtp2go-fields-from').typedInput('type'), $('#smtp2go-fields-from').typedInput('value'), $('#smtp2go-fields-from-optional').prop('checked')]`,
			),
		).toEqual(['msg', 'payload', true]);
		await picture('version-1');
		await shut('cancel');
		expect(await page.evaluate(`RED.nodes.node('x-suppression').version`)).toBe(1);
		await edit('x-suppression');
		await shut('ok');
		expect(
			await page.evaluate(
				`(({ fields, fieldsFrom, version, changed }) => ({ fields, fieldsFrom, version, changed }))(RED.nodes.node('x-suppression'))`,
			),
		).toEqual({
			fields: {},
			fieldsFrom: { type: 'msg', value: 'payload', optional: true },
			version: 2,
			changed: true,
		});
	});

	it('fields that were never touched stay that way, even after another operation was chosen', async () => {
		await edit('x-ipAllowList');
		const operations = await page
			.locator('#node-input-operation option')
			.evaluateAll((all) => all.map((one) => (one as HTMLOptionElement).value));
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
		await page.evaluate(
			`Object.assign(RED.nodes.node('x-email'), { operation: 'sendLater', fields: ${JSON.stringify(fields)} })`,
		);
		await edit('x-email');
		await shut('ok');
		expect(
			await page.evaluate(`(({ operation, fields }) => ({ operation, fields }))(RED.nodes.node('x-email'))`),
		).toEqual({ operation: 'sendLater', fields });
		// Valid again: Node-RED asks before it deploys what is not.
		await page.evaluate(
			`RED.nodes.node('x-email').operation = 'send'; RED.editor.validateNode(RED.nodes.node('x-email'))`,
		);
	});
	it('the help tab shows the complete help of each node', async () => {
		for (const type of ['smtp2go-account', 'smtp2go-trigger', ...resources.map(nodeTypeOf)]) {
			const shown = bare(
				String(await page.evaluate(`$('<div>').html(RED.nodes.getNodeHelp('${type}') ?? '').text()`)),
			);
			const source = readFileSync(join(dist, 'node-red/nodes/locales/en-US', `${type}.html`), 'utf8');
			const lines = source
				.replace(/<\/?(script|p|h\d|dl|dt|dd|span|code|ul|li|blockquote)\b[^>]*>/g, '')
				.split('\n')
				.map((line) =>
					bare(
						line
							.replace(/^(#+|-|>) /, '')
							.replace(/\*\*|`/g, '')
							.replace(/&lt;/g, '<')
							.replace(/&gt;/g, '>')
							.replace(/&amp;/g, '&'),
					),
				)
				.filter((line) => line !== '');
			expect(lines.length).toBeGreaterThan(5);
			expect([type, lines.filter((line) => !shown.includes(line))]).toEqual([type, []]);
		}
		await page.evaluate(`RED.sidebar.help.show('smtp2go-email')`);
		await settle();
		await picture('help');
	});

	it('a deploy after all this works', async () => {
		const deployed = page.waitForResponse(
			(response) => response.url().endsWith('/flows') && response.request().method() === 'POST',
		);
		await page.click('#red-ui-header-button-deploy');
		expect((await deployed).status()).toBe(200);
	});

	it('"Delete" closes the form too', async () => {
		await edit('x-email');
		// Node-RED takes the code editors away by itself, but not what we know of the form.
		await page.evaluate(
			`(() => {
				const plugin = RED.plugins.getPlugin('smtp2go-editor');
				const { close } = plugin.action;
				window.closedForms = [];
				plugin.action = { ...plugin.action, close: (node) => { window.closedForms.push(node.id); close(node); } };
			})()`,
		);
		await page.click('#node-dialog-delete');
		await page.waitForSelector('.red-ui-tray-body', { state: 'detached' });
		expect(
			await page.evaluate(
				`[RED.nodes.node('x-email') === null || RED.nodes.node('x-email') === undefined, window.closedForms]`,
			),
		).toEqual([true, ['x-email']]);
	});

	it('without a word of complaint in the console', () => expect(editor.complaints).toEqual([]));
});
