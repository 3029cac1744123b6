/**
 * Templates in the email's dialog: the list, and the rows of a template's variables, in the editor of whole Node-RED.
 */
import type { Version } from './support/node-red';
import { useEditor, type Theme } from './support/node-red-editor';

const looks: [Version, Theme][] = [
	['5', 'light'],
	['5', 'dark'],
	['4', 'light'],
];

describe.each(looks)('a template and the rows of its variables in Node-RED %s, %s', (version, theme) => {
	const editor = useEditor(version, theme);
	const type = (id: string, to: string) => editor.page.evaluate(`$('${id}').typedInput('type', '${to}')`);
	const put = (id: string, value: string) =>
		editor.page.evaluate(`$('${id}').typedInput('value', ${JSON.stringify(value)}).trigger('change')`);
	const names = () =>
		editor.page
			.locator('.smtp2go-variables [data-variable]')
			.evaluateAll((all) => all.map((one) => one.getAttribute('data-variable')));
	const add = async (name: string) => {
		await editor.page.fill('.smtp2go-variables .smtp2go-add input', name);
		await editor.page.press('.smtp2go-variables .smtp2go-add input', 'Enter');
	};
	const saved = () => editor.page.evaluate(`JSON.parse(JSON.stringify(RED.nodes.node('x-email').fields))`);

	it('come as soon as a template is chosen, and are saved with what was entered', async () => {
		const { page } = editor;
		await editor.edit('x-email');
		await type('#smtp2go-field-template_id', 'str');
		await put('#smtp2go-field-template_id', 'order-receipt');
		await page.waitForSelector('[data-variable="items"]', { state: 'attached' });
		expect(await names()).toEqual(['name', 'order_id', 'items']);
		await put('#smtp2go-variable-name', 'Jane');
		await type('#smtp2go-variable-order_id', 'msg');
		await put('#smtp2go-variable-order_id', 'payload.order');
		await editor.settle();
		await page.locator('.smtp2go-variables').scrollIntoViewIfNeeded();
		await editor.picture('variables');
		expect(await page.locator('.smtp2go-dialog').innerText()).not.toMatch(/\bvariables\.\w+|undefined|&lt;/);
		await editor.shut('ok');
		expect(await saved()).toMatchObject({
			template_data: {
				type: 'variables',
				value: { name: { type: 'str', value: 'Jane' }, order_id: { type: 'msg', value: 'payload.order' } },
			},
		});
		expect(Object.keys(((await saved()) as { template_data: { value: object } }).template_data.value)).toEqual([
			'name',
			'order_id',
		]);
	});

	it('are shown with their values without the network, and opening them changes nothing', async () => {
		const { page, simulator } = editor;
		simulator.setFault({
			path: '/template/view',
			fault: 'error',
			status: 400,
			message: 'No templates today',
			times: 0,
		});
		await page.evaluate(`RED.nodes.node('x-email').changed = false`);
		await editor.edit('x-email');
		await page.waitForFunction(
			`document.querySelector('.smtp2go-variables > .smtp2go-what')?.textContent.includes('No templates today')`,
		);
		expect(await names()).toEqual(['name', 'order_id']);
		expect(
			await page.evaluate(
				`[$('#smtp2go-variable-name').typedInput('value'), $('#smtp2go-variable-order_id').typedInput('type')]`,
			),
		).toEqual(['Jane', 'msg']);
		await editor.picture('variables-offline');
		await editor.shut('ok');
		expect(await page.evaluate(`RED.nodes.node('x-email').changed === true`)).toBe(false);
		simulator.clearFaults();
	});

	it('one can be added by its name, and the whole given as JSON instead', async () => {
		const { page } = editor;
		await editor.edit('x-email');
		await add('extra');
		await put('#smtp2go-variable-extra', '01234');
		await editor.shut('ok');
		expect(await saved()).toMatchObject({ template_data: { value: { extra: { type: 'str', value: '01234' } } } });
		await editor.edit('x-email');
		await type('#smtp2go-field-template_data', 'json');
		await put('#smtp2go-field-template_data', '{"name":"Joe"}');
		expect(await page.locator('.smtp2go-variables').isVisible()).toBe(false);
		await editor.shut('ok');
		expect(await saved()).toMatchObject({ template_data: { type: 'json', value: '{"name":"Joe"}' } });
	});

	it('keep what is entered while a template is still read', async () => {
		const { page } = editor;
		await page.evaluate(
			`RED.nodes.node('x-email').fields = { template_id: { type: 'str', value: 'order-receipt' } }`,
		);
		const orderReceipt = await editor.holdBack('variables');
		await editor.edit('x-email');
		await add('extra');
		await add('more');
		await put('#smtp2go-variable-extra', 'typed');
		await orderReceipt();
		await page.waitForSelector('[data-variable="items"]', { state: 'attached' });
		expect(await names()).toEqual(['extra', 'more', 'name', 'order_id', 'items']);
		const welcome = await editor.holdBack('variables');
		await put('#smtp2go-field-template_id', 'welcome');
		await type('#smtp2go-variable-order_id', 'msg');
		await page.focus('.form-row:has(> #smtp2go-variable-items) .red-ui-typedInput-type-select');
		await welcome();
		await page.waitForSelector('.smtp2go-unused [data-variable="items"]', { state: 'attached' });
		expect(await names()).toEqual(['extra', 'more', 'name', 'order_id', 'items']);
		await page.focus('.smtp2go-variables .smtp2go-add input');
		await put('#smtp2go-field-template_id', 'order-receipt');
		await page.waitForSelector('.smtp2go-unused [data-variable="items"]', { state: 'detached' });
		await put('#smtp2go-field-template_id', 'welcome');
		await page.waitForSelector('[data-variable="items"]', { state: 'detached' });
		expect(await names()).toEqual(['extra', 'more', 'name', 'order_id']);
		await editor.shut('ok');
		expect(await saved()).toMatchObject({ template_data: { value: { extra: { type: 'str', value: 'typed' } } } });
	});

	it('a list that arrives late leaves the keyboard to the field that was chosen meanwhile', async () => {
		const { page } = editor;
		const list = await editor.holdBack('list');
		await editor.edit('rb.send');
		await type('#smtp2go-field-template_id', 'str');
		await page.click('.form-row:has(> #smtp2go-field-template_id) input.red-ui-typedInput-input');
		await page.focus('#node-input-name');
		await list();
		await page.keyboard.type('Receipt');
		expect(await page.inputValue('#node-input-name')).toContain('Receipt');
		expect(await page.locator('.red-ui-autoComplete-container').count()).toBe(0);
		await editor.shut('cancel');
	});

	it('a template is picked from the list of the account', async () => {
		const { page } = editor;
		const id = editor.simulator.state.templates[0]?.id ?? '';
		await editor.edit('rb.send');
		await page.evaluate(`$('#smtp2go-field-template_id').typedInput('type', 'str')`);
		const input = page
			.locator(
				'#smtp2go-field-template_id + .red-ui-typedInput-container input.red-ui-typedInput-input, ' +
					'.form-row:has(#smtp2go-field-template_id) input.red-ui-typedInput-input',
			)
			.first();
		// A click shows all there are; typing leaves those that fit.
		await input.click();
		await page.locator('.red-ui-autoComplete-container').getByText('Order receipt').waitFor();
		await input.pressSequentially('receipt', { delay: 20 });
		await page.waitForSelector('.red-ui-autoComplete-container');
		await editor.picture('template-list');
		await page.locator('.red-ui-autoComplete-container').getByText('Order receipt').click();
		expect(await page.evaluate(`$('#smtp2go-field-template_id').typedInput('value')`)).toBe(id);
		await editor.settle();
		expect(await page.locator('#smtp2go-field-subject').locator('xpath=..').isVisible()).toBe(false);
		await editor.picture('template-chosen');
		await editor.shut('cancel');
	});

	it("a subject of one's own stays where the template comes from the message", async () => {
		const { page } = editor;
		const fields = { subject: { type: 'str', value: 'Hello' }, template_id: { type: 'msg', value: 'template' } };
		await page.evaluate(
			`Object.assign(RED.nodes.node('x-email'), { operation: 'send', fields: ${JSON.stringify(fields)} })`,
		);
		await editor.edit('x-email');
		expect(await page.locator('.form-row:has(#smtp2go-field-subject)').isVisible()).toBe(true);
		await editor.shut('ok');
		expect(await page.evaluate(`RED.nodes.node('x-email').fields`)).toEqual(fields);
	});

	it('the browser complained of nothing', () => {
		expect(editor.complaints).toEqual([]);
	});
});
