/** The dialogs in every language of the package, in the editor of whole Node-RED: translated, and nothing is cut off. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { languagesIn } from '../../node-red/generate/translate';
import { useEditor } from './support/node-red-editor';

const root = join(__dirname, '../..');
const languages = languagesIn(join(root, 'node-red/locales'));

/** The nodes that are added to those of the example. */
const added = [
	{ type: 'smtp2go-ask', via: 'both', choices: '', limit: 2, limitUnit: 'hours' },
	{ type: 'smtp2go-outcome', source: 'auto', limit: 1, limitUnit: 'minutes' },
	{ type: 'smtp2go-health', interval: 15 },
	{ type: 'smtp2go-sms-in', filter: 'keywords', keywords: 'STOP' },
].map((node, index) => ({
	...{ id: `l-${index}`, z: 'rb.tab', name: '', account: 'rb.account', x: 400, y: 700, wires: [] },
	...node,
}));
const email = {
	sender: { type: 'str', value: 'shop@example.com' },
	template_id: { type: 'str', value: 'order-receipt' },
	template_data: { type: 'variables', value: { name: { type: 'str', value: 'Ann' } } },
	$batch: { type: 'str', value: 'array' },
};

/**
 * Texts of the open dialog that are wider or higher than their place, and what sticks out of the dialog. A machine of
 * tests rarely has a font for Japanese or Chinese, so each of their characters is measured as one W, which is as wide,
 * too: one em.
 */
const CUT = `(() => {
	const dialog = [...document.querySelectorAll('.smtp2go-dialog')].at(-1);
	const walker = document.createTreeWalker(dialog, NodeFilter.SHOW_TEXT);
	while (walker.nextNode())
		if (!walker.currentNode.parentElement.closest('.smtp2go-editor, .smtp2go-screen'))
			walker.currentNode.data = walker.currentNode.data.replace(/[\\u3000-\\u9fff\\uff00-\\uffef]/g, 'W\\u200b');
	const shown = (one) => one.offsetParent !== null && getComputedStyle(one).visibility !== 'hidden';
	const name = (one, why) => why + ': ' + (one.textContent || one.value || one.className).trim().replace(/\\s+/g, ' ').slice(0, 80);
	const edge = dialog.closest('.red-ui-tray-body').getBoundingClientRect().right;
	const pen = document.createElement('canvas').getContext('2d');
	const texts = [...dialog.querySelectorAll('label, button, summary, th, td, p, .form-tips, .smtp2go-what, [class*=typedInput-type-label], [class*=typedInput-option-label]')];
	const inputs = [...dialog.querySelectorAll('input[placeholder]')].filter((one) => one.value === '' && !one.placeholder.includes('@'));
	const cut = [
		...texts.filter(shown).filter((one) => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).display !== 'inline').map((one) => name(one, 'cut')),
		...texts.filter(shown).filter((one) => getComputedStyle(one).overflowY === 'hidden' && one.scrollHeight > one.clientHeight + 3).map((one) => name(one, 'cut below')),
		...[...dialog.querySelectorAll('*')].filter(shown).filter((one) => !one.closest('.smtp2go-unseen, .smtp2go-screen, .red-ui-editor-text-container, .smtp2go-editor') && one.getBoundingClientRect().right > edge + 1).map((one) => name(one, 'beyond the edge')),
	];
	for (const select of [...dialog.querySelectorAll('select')].filter(shown)) {
		const style = getComputedStyle(select);
		pen.font = style.fontSize + ' ' + style.fontFamily;
		const room = select.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
		for (const option of select.options) if (pen.measureText(option.text).width > room) cut.push('select: ' + option.text);
	}
	return [...new Set(cut)];
})()`;

const editor = useEditor('5', 'light');

beforeAll(async () => {
	await editor.page.setViewportSize({ width: 1000, height: 950 });
});

describe.each(['en-US', ...languages])('in %s', (language) => {
	/** A text of the built package. */
	const built = (file: string, ...keys: string[]) =>
		keys.reduce<unknown>(
			(at, key) => (at as Record<string, unknown>)[key],
			JSON.parse(readFileSync(join(root, `dist-node-red/node-red/${file}.json`), 'utf8')),
		);
	const look = async (name: string) => {
		await editor.settle();
		await editor.picture(`${language}-${name}`);
		expect(await editor.page.evaluate(CUT)).toEqual([]);
		expect(await editor.page.locator('.smtp2go-dialog').last().innerText()).not.toMatch(
			/\b(common|operations|ask|outcome|account)\.[a-z]\w+|undefined|\b__\w+__\b/,
		);
	};
	/** Adds one option after the other. Each list of options may be redrawn. */
	const addAllOptions = () =>
		editor.page.evaluate(
			`(() => {
				const list = () => document.querySelector('.smtp2go-add select');
				for (const { value } of [...(list()?.options ?? [])]) {
					if (value === '') continue;
					list().value = value;
					list().dispatchEvent(new Event('change', { bubbles: true }));
				}
			})()`,
		);

	beforeAll(async () => {
		const { page } = editor;
		await page.evaluate(`localStorage.setItem('editor-language', '${language}')`);
		await page.reload({ waitUntil: 'domcontentloaded' });
		await page.waitForFunction(
			`window.RED?.nodes?.node('rb.send') && document.querySelector('.red-ui-flow-node') && RED.i18n.lang() === '${language}'`,
		);
		await page.evaluate(`RED.nodes.import(${JSON.stringify(added)}, { generateIds: false })`);
		await page.evaluate(`RED.nodes.node('x-email').fields = ${JSON.stringify(email)}`);
	});

	it('the texts of nodes, plugin and help are those of the language', async () => {
		const read = (code: string) => editor.page.evaluate(code);
		expect(await read(`RED.plugins.getPlugin('smtp2go-editor')._('common.preview.open')`)).toBe(
			built(`plugin/locales/${language}/smtp2go-editor`, 'common', 'preview', 'open'),
		);
		expect(await read(`RED.nodes.node('x-email')._('status.busy')`)).toBe(
			built(`nodes/locales/${language}/smtp2go-email`, 'status', 'busy'),
		);
		const help = readFileSync(
			join(root, `dist-node-red/node-red/nodes/locales/${language}/smtp2go-sms.html`),
			'utf8',
		);
		expect(await read(`RED.nodes.getNodeHelp('smtp2go-sms')`)).toContain(/<p>(.*?)<\/p>/.exec(help)?.[1]);
	});

	it('an email with all its options, variables and preview', async () => {
		const { page } = editor;
		await editor.edit('x-email');
		await addAllOptions();
		await page.locator('[data-variable="order_id"]').waitFor({ state: 'attached' });
		await page.click('.smtp2go-preview > button');
		await page.locator('.smtp2go-screen').waitFor();
		await look('email');
		await editor.shut('cancel');
	});

	it.each(['x-sms', 'x-apiKey'])('%s with all its options', async (id) => {
		await editor.edit(id);
		await addAllOptions();
		await look(id);
		await editor.shut('cancel');
	});

	it.each(added.map(({ type, id }) => [type, id]))('%s', async (type, id) => {
		await editor.edit(id);
		if (type === 'smtp2go-ask')
			await editor.page.evaluate(`document.querySelectorAll('details').forEach((one) => { one.open = true; })`);
		await look(type);
		await editor.shut('cancel');
	});

	it('the trigger', async () => {
		await editor.edit(
			await editor.page.evaluate<string>(
				`(() => { let id; RED.nodes.eachNode((one) => { if (one.type === 'smtp2go-trigger') id = one.id; }); return id; })()`,
			),
		);
		await look('trigger');
		await editor.shut('cancel');
	});

	it('the account', async () => {
		const { page } = editor;
		await page.evaluate(`RED.editor.editConfig('', 'smtp2go-account', 'rb.account')`);
		await page.waitForSelector('#node-config-input-region');
		await page.click('.smtp2go-check');
		await page.locator('.smtp2go-jobs > li').first().waitFor();
		await look('account');
		await editor.shut('cancel');
	});
});

it('a text that is cut off would be found', async () => {
	await editor.edit('x-sms');
	const found = await editor.page.evaluate(
		`(() => {
			document.querySelector('.smtp2go-dialog label').style.whiteSpace = 'nowrap';
			document.querySelector('.smtp2go-dialog label').textContent = 'label '.repeat(20);
			document.querySelector('#node-input-operation').add(new Option('option '.repeat(20)));
			document.querySelector('.smtp2go-section').style.width = '2000px';
			return ${CUT};
		})()`,
	);
	expect(found).toEqual(
		expect.arrayContaining([
			expect.stringMatching(/^cut: label/),
			expect.stringMatching(/^select: option/),
			expect.stringMatching(/^beyond the edge/),
		]),
	);
	await editor.shut('cancel');
});
