/** The dialog of the ask node. */
import { useEditor, type Theme } from './support/node-red-editor';
import type { Version } from './support/node-red';

const fresh = { id: 'fresh', z: 'rb.tab', type: 'smtp2go-ask', name: '', account: 'rb.account', version: 1 };
const added = [
	{
		...fresh,
		fields: {
			to: { type: 'str', value: '' },
			subject: { type: 'msg', value: 'topic' },
			message: { type: 'msg', value: 'payload' },
		},
		via: 'email',
		responseType: 'approval',
		comment: 'none',
		confirmReply: true,
		limit: 3,
		limitUnit: 'days',
		language: 'en',
		texts: {},
		outputs: 3,
		x: 200,
		y: 700,
		wires: [['bare'], [], []],
	},
	// As if it was written by hand.
	{ ...fresh, id: 'bare', x: 400, y: 700, wires: [[], [], []] },
];

/** The input that Node-RED shows for a field. */
const inputOf = (field: string) => `.form-row:has(#smtp2go-field-${field}) .red-ui-typedInput-input`;

describe.each<[Version, Theme]>([
	['5', 'light'],
	['5', 'dark'],
	['4', 'light'],
])('in Node-RED %s, in the %s theme', (version, theme) => {
	const editor = useEditor(version, theme);
	beforeAll(() => {
		editor.page.setDefaultTimeout(20_000);
	});
	const value = async (id: string, property: string) =>
		JSON.parse(
			String(await editor.page.evaluate(`JSON.stringify(RED.nodes.node('${id}').${property} ?? null)`)),
		) as unknown;
	const isShown = (...ids: string[]) => Promise.all(ids.map((id) => editor.page.locator(id).isVisible()));

	beforeAll(async () => {
		await editor.page.evaluate(`RED.nodes.import(${JSON.stringify(added)}, { generateIds: false })`);
	});

	it('shows what belongs to the chosen way and response type', async () => {
		const { page } = editor;
		await editor.edit('fresh');
		await editor.picture('ask');
		const rows = [
			'#smtp2go-field-to',
			'#smtp2go-field-phones',
			'#smtp2go-field-sender',
			'#node-input-remindAfter',
			'#node-input-confirmReply',
		];
		const shown = async () => {
			const list = await Promise.all(rows.map((id) => page.locator(`.form-row:has(${id})`).isVisible()));
			return list;
		};
		expect(await shown()).toEqual([true, false, true, true, false]);
		await page.selectOption('#node-input-via', 'both');
		expect(await shown()).toEqual([true, true, true, true, false]);
		await page.selectOption('#node-input-via', 'smsReply');
		expect(await shown()).toEqual([false, true, false, false, true]);
		expect(await page.innerText('.smtp2go-via-help')).toContain('polling interval');
		await page.selectOption('#node-input-responseType', 'choice');
		expect(await isShown('#node-input-choices', '#node-input-approveLabel')).toEqual([true, false]);
		await editor.picture('ask-sms');
		await editor.shut('cancel');
	});

	it('keeps each wire at its answer, and names the outputs', async () => {
		const { page } = editor;
		await editor.edit('fresh');
		await page.fill(inputOf('to'), 'boss@shop.example');
		await page.fill(inputOf('sender'), 'shop@shop.example');
		await page.check('#node-input-approveOnly');
		await page.fill('#node-input-escalateAfter', '24');
		await page.fill(inputOf('escalateTo'), 'cfo@shop.example');
		await page.locator('#node-input-language').scrollIntoViewIfNeeded();
		await editor.picture('ask-rest');
		await page.click('.smtp2go-wording summary');
		await page.fill('#smtp2go-approve', 'Pay it');
		await page.locator('#smtp2go-comment').scrollIntoViewIfNeeded();
		await editor.picture('ask-wording');
		await editor.shut('ok');
		expect(await value('fresh', 'outputs')).toBe(2);
		expect(await value('fresh', 'texts')).toEqual({ approve: 'Pay it' });
		expect(await value('fresh', 'fields')).toMatchObject({
			to: { type: 'str', value: 'boss@shop.example' },
			escalateTo: { type: 'str', value: 'cfo@shop.example' },
			message: { type: 'msg', value: 'payload' },
		});
		expect(await value('fresh', 'valid')).toBe(true);
		expect(
			await editor.page.evaluate(
				`JSON.stringify(RED.nodes.filterLinks({ source: RED.nodes.node('fresh') }).map(({ sourcePort }) => sourcePort))`,
			),
		).toBe('[0]');
	});

	it('says what is missing', async () => {
		const { page } = editor;
		expect(await value('bare', 'valid')).toBe(false);
		await editor.edit('bare');
		expect(await page.inputValue('#node-input-via')).toBe('email');
		expect(await page.isChecked('#node-input-confirmReply')).toBe(true);
		await page.selectOption('#node-input-responseType', 'choice');
		await page.fill('#node-input-choices', 'Red');
		await page.locator('#node-input-choices').blur();
		await page.waitForSelector('#node-input-choices.input-error');
		await page.fill('#node-input-choices', 'Red\nGreen');
		await page.locator('#node-input-choices').blur();
		await page.waitForSelector('#node-input-choices:not(.input-error)');
		await page.fill('#node-input-remindAfter', '100');
		await page.locator('#node-input-remindAfter').blur();
		await page.waitForSelector('#node-input-remindAfter.input-error');
		await editor.shut('cancel');
	});

	it('without a word of complaint in the console', () => expect(editor.complaints).toEqual([]));
});
