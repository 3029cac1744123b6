/**
 * Every dialog of the nodes in n8n's editor, in light and dark: it opens, shows its fields, and the console stays
 * silent.
 */
import type { Browser } from 'playwright-core';
import { resources } from '../../api';
import { isTopLevel } from '../../nodes/Smtp2go/parameters/names';
import { startChromium } from './support/chromium';
import { openWorld, type World } from './support/n8n';
import { openEditor, type Editor } from './support/n8n-editor';

const operations = resources.flatMap(({ key, operations: own }) =>
	own.map((operation) => ({ name: `${key} ${operation.key}`, resource: key, operation })),
);

/** Options of the operation that asks, as the editor saves them when they are added. */
const askingOptions = {
	limitWaitTime: { values: { limitType: 'afterTimeInterval', resumeAmount: 45, resumeUnit: 'minutes' } },
	reminder: { values: { resumeAmount: 24, resumeUnit: 'hours' } },
	escalation: { values: { escalateTo: 'boss@example.com', resumeAmount: 48, resumeUnit: 'hours' } },
	language: 'de',
	texts: { values: [{ name: 'recorded', value: 'Done' }] },
};

let world: World | undefined;
let browser: Browser | undefined;

beforeAll(async () => {
	world = await openWorld({}, { N8N_DISABLE_UI: 'false' });
	browser = await startChromium();
}, 900_000);

/**
 * A workflow with every operation: one for each browser, since n8n lets a second one only read what the first has open.
 */
async function makeWorkflow(world: World, theme: string): Promise<{ id: string }> {
	const { id, name } = world.credential;
	const node = (index: number, title: string, type: string, parameters: object) => ({
		id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
		name: title,
		type: `n8n-nodes-smtp2go.${type}`,
		typeVersion: 1,
		parameters,
		position: [(index % 6) * 220, Math.floor(index / 6) * 180],
		credentials: { smtp2goApi: { id, name } },
	});
	const nodes = [
		...operations.map((one, index) =>
			node(index, one.name, 'smtp2go', { resource: one.resource, operation: one.operation.key }),
		),
		{ ...node(operations.length, 'Trigger', 'smtp2goTrigger', {}), webhookId: 'dialogs' },
		// A separate node for the test that fills something in, so that a retried test finds the others unchanged.
		node(operations.length + 1, 'To be filled in', 'smtp2go', { resource: 'email', operation: 'send' }),
		{ ...node(operations.length + 2, 'Behind', '', {}), type: 'n8n-nodes-base.noOp', credentials: {} },
		node(operations.length + 3, 'Receipt', 'smtp2go', {
			resource: 'email',
			operation: 'send',
			templateId: { __rl: true, mode: 'id', value: 'order-receipt' },
		}),
		...[
			[
				'Ask',
				'smtp2go',
				{ resource: 'email', operation: 'sendAndWait', channel: 'both', options: { ...askingOptions } },
			],
			[
				'Choose',
				'smtp2go',
				{ resource: 'sms', operation: 'sendAndWait', channel: 'sms', responseType: 'choice' },
			],
			['Review', 'smtp2goHitlTool', {}],
			[
				'List',
				'smtp2go',
				{
					resource: 'email',
					operation: 'send',
					dataMode: 'autoMapInputData',
					columns: { addressColumn: 'Kontakt', columnsToUse: 'all' },
					sendingOptions: { problemRows: 'report', checkSuppressions: false },
				},
			],
		].map(([title, type, parameters], index) =>
			node(operations.length + 4 + index, String(title), String(type), parameters as object),
		),
	];
	const connections = { 'To be filled in': { main: [[{ node: 'Behind', type: 'main', index: 0 }]] } };
	return (await world.client.call('POST', '/workflows', {
		name: `Dialogs ${theme}`,
		nodes,
		connections,
		settings: { executionOrder: 'v1' },
		active: false,
	})) as { id: string };
}
afterAll(async () => {
	await browser?.close();
	await world?.stop();
});

describe.each(['light', 'dark'] as const)('in %s', (theme) => {
	let editor: Editor;
	beforeAll(async () => {
		if (!world || !browser) throw new Error('Nothing was started');
		editor = await openEditor(browser, world, theme);
		await editor.openWorkflow((await makeWorkflow(world, theme)).id);
		expect(editor.complaints()).toEqual([]);
	});
	afterAll(async () => {
		await editor.close();
	});
	afterEach(async () => {
		if (await editor.page.locator('[data-test-id="ndv"]').count()) await editor.closeNode();
	});

	// n8n's editor on a busy machine: a step that was too slow is tried once more, and the first try is reported.
	jest.retryTimes(1, { logErrorsBeforeRetry: true });

	// Every operation is opened once: the longest form of each resource in the dark, the others in light.
	const longest = resources.map(({ key }) =>
		operations
			.filter(({ resource }) => resource === key)
			.reduce((one, other) => (other.operation.fields.length > one.operation.fields.length ? other : one)),
	);
	test.each(theme === 'dark' ? longest : operations.filter((one) => !longest.includes(one)))(
		'$name shows its fields',
		async ({ name, operation }) => {
			await editor.openNode(name);
			for (const field of operation.fields.filter((one) => isTopLevel(one) && one.shownWith === undefined)) {
				await editor.page
					.locator('[data-test-id="ndv"]')
					.getByText(field.label, { exact: true })
					.first()
					.waitFor();
			}
			await editor.shoot(`${theme}-${name.replace(' ', '-')}`);
			expect(editor.complaints()).toEqual([]);
		},
	);

	test.each([
		[
			'Ask',
			['Channel', 'From', 'To', 'Phone Numbers', 'Subject', 'Message', 'Response Type', 'Comment', 'Reminder'],
		],
		['Choose', ['Channel', 'Phone Numbers', 'Subject', 'Message', 'Answers', 'Comment']],
		// n8n's own tool for AI agents: its message comes first, and resource, operation and response type are hidden.
		['Review', ['Message', 'Channel', 'From', 'To', 'Subject', 'Approval Options', 'Comment']],
	])('the form of "%s", which asks, shows its fields', async (name, labels) => {
		await editor.openNode(name);
		const form = editor.page.locator('[data-test-id="ndv"]');
		for (const label of labels) await form.getByText(label, { exact: true }).first().waitFor();
		await editor.shoot(`${theme}-asks-${name}`);
		await form
			.getByText(labels.at(-1) ?? '', { exact: true })
			.last()
			.scrollIntoViewIfNeeded();
		await editor.shoot(`${theme}-asks-${name}-below`);
		for (const hidden of name === 'Review' ? ['Resource', 'Response Type', 'Tool Description'] : [])
			expect(await form.getByText(hidden, { exact: true }).count()).toBe(0);
		expect(editor.complaints()).toEqual([]);
	});

	test('the form of an auto-mapped list shows its columns, and no recipients', async () => {
		await editor.openNode('List');
		const form = editor.page.locator('[data-test-id="ndv"]');
		for (const label of ['Mapping Mode', 'Columns', 'Address Column', 'Columns to Use', 'From', 'Subject'])
			await form.getByText(label, { exact: true }).first().waitFor();
		await form.getByText('In this mode, each input item becomes an email', { exact: false }).waitFor();
		expect(await form.getByText('To', { exact: true }).count()).toBe(0);
		await editor.shoot(`${theme}-list`);
		await form.getByText('Problem Rows', { exact: true }).scrollIntoViewIfNeeded();
		await editor.shoot(`${theme}-list-below`);
		expect(editor.complaints()).toEqual([]);
	});

	test('the trigger shows its events', async () => {
		await editor.openNode('Trigger');
		for (const label of ['Events', 'SMS Events']) await editor.page.getByText(label, { exact: true }).waitFor();
		await editor.shoot(`${theme}-trigger`);
		expect(editor.complaints()).toEqual([]);
	});

	test('the list of nodes finds the node by what it does, and lists its actions by use', async () => {
		const { page } = editor;
		const hint = page.getByText('Got it', { exact: true });
		if (await hint.count()) await hint.click();
		await page.locator('[data-test-id="node-creator-plus-button"]').first().click();
		await page.locator('[data-test-id="node-creator-search-bar"]').fill('text message');
		const names = page.locator('[data-test-id="node-creator-item-name"]');
		await names.getByText('SMTP2GO', { exact: true }).click();
		await names.getByText('Send SMS', { exact: true }).waitFor();
		// The list before it leaves the screen slowly.
		await names.getByText('SMTP2GO', { exact: true }).waitFor({ state: 'detached' });
		const listed = (await names.allTextContents()).map((name) => name.trim());
		expect(listed.slice(0, 9)).toEqual([
			'Send email',
			'Send email and wait for response',
			'Send MIME email',
			'Send batch of emails',
			'Search scheduled emails',
			'Wait for the delivery of an email',
			'Cancel scheduled email',
			'Send SMS',
			'Send SMS and wait for response',
		]);
		await editor.shoot(`${theme}-actions`);
		await page.keyboard.press('Escape');
		await page.keyboard.press('Escape');
		expect(editor.complaints()).toEqual([]);
	});

	test('what comes out of a node is shown before it has run', async () => {
		await editor.openNode('Behind');
		await editor.page.getByText('Usually outputs the following fields', { exact: false }).waitFor();
		await editor.page.locator('[data-test-id="ndv"]').getByText('subject', { exact: true }).first().waitFor();
		await editor.shoot(`${theme}-schema`);
		expect(editor.complaints()).toEqual([]);
	});

	test('the credential opens from a node and says that it works', async () => {
		await editor.openNode('Trigger');
		await editor.page.locator('[data-test-id="credential-edit-button"]').click();
		await editor.page.getByText('Connection tested successfully').waitFor();
		await editor.shoot(`${theme}-credential`);
		expect(editor.complaints()).toEqual([]);
		await editor.page.keyboard.press('Escape');
	});

	test('a template is found by typing, and its variables become a form', async () => {
		await editor.openNode('To be filled in');
		const locator = editor.page.locator('[data-test-id="resource-locator-templateId"]');
		await locator.locator('[data-test-id="rlc-input"]').click();
		await editor.page.locator('[data-test-id="rlc-search"]').fill('receipt');
		await editor.page.locator('[data-test-id="rlc-item"]').getByText('Order receipt').click();
		for (const variable of ['name', 'order_id', 'items (list of quantity, title)'])
			await editor.page
				.locator(`[data-test-id="parameter-input"], label`)
				.getByText(variable, { exact: true })
				.first()
				.waitFor();
		await editor.shoot(`${theme}-template`);
		expect(editor.complaints()).toEqual([]);
	});

	test('a field for each variable of a saved template, and a list that shows what it holds', async () => {
		await editor.openNode('Receipt');
		const form = editor.page.locator('[data-test-id="ndv"]');
		for (const label of ['name', 'order_id', 'items (list of quantity, title)', 'One Recipient Only'])
			await form.getByText(label, { exact: true }).first().waitFor();
		await form.getByText('items (list of quantity, title)', { exact: true }).first().scrollIntoViewIfNeeded();
		await editor.shoot(`${theme}-variables`);
		expect(await form.innerText()).toContain('"quantity"');
	});
});
