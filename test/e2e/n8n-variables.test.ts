/** The form of a template's variables in n8n's editor. */
import type { Browser } from 'playwright-core';
import { openWorld, type World } from './support/n8n';
import { openEditor, startBrowser, type Editor } from './support/n8n-editor';

let world: World | undefined;
let browser: Browser | undefined;

beforeAll(async () => {
	world = await openWorld();
	browser = await startBrowser();
}, 900_000);
afterAll(async () => {
	await browser?.close();
	await world?.stop();
});

describe.each(['light', 'dark'] as const)('in %s', (theme) => {
	let editor: Editor;
	beforeAll(async () => {
		if (!world || !browser) throw new Error('Nothing was started');
		const { id, name } = world.credential;
		const parameters = {
			resource: 'email',
			operation: 'send',
			templateId: { __rl: true, mode: 'id', value: 'order-receipt' },
		};
		const node = {
			id: '00000000-0000-4000-8000-000000000001',
			name: 'Receipt',
			type: 'n8n-nodes-smtp2go.smtp2go',
			typeVersion: 1,
			parameters,
			position: [0, 0],
			credentials: { smtp2goApi: { id, name } },
		};
		const workflow = (await world.client.call('POST', '/workflows', {
			name: `Variables ${theme}`,
			nodes: [node],
			connections: {},
			settings: { executionOrder: 'v1' },
			active: false,
		})) as { id: string };
		editor = await openEditor(browser, world, theme);
		await editor.openWorkflow(workflow.id);
	});
	afterAll(async () => {
		await editor.close();
	});

	test('a field for each variable, and a list that shows what it holds', async () => {
		await editor.openNode('Receipt');
		const form = editor.page.locator('[data-test-id="ndv"]');
		for (const label of ['name', 'order_id', 'items (list of quantity, title)', 'One Recipient Only'])
			await form.getByText(label, { exact: true }).first().waitFor();
		await form.getByText('items (list of quantity, title)', { exact: true }).first().scrollIntoViewIfNeeded();
		await editor.shoot(`variables-${theme}`);
		expect(await form.innerText()).toContain('"quantity"');
	});
});
