// The pictures of n8n's editor.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { installHost } from '../start/install-host.mjs';
import { root } from '../tools.mjs';
import { approvalPicture } from './approval.mjs';
import { around, settled, until } from './window.mjs';

const require = createRequire(import.meta.url);
const { installPackage, startN8nProcess, N8nClient } = require('../start/n8n-host.cjs');
const { addStyles, openN8nWindow } = require('../start/browser.cjs');

/** Pixels that a node takes on the canvas, with its name. */
const NODE = 160;

/** For an n8n that lives as long as the pictures take. */
const owner = { email: 'demo@example.com', password: 'Demo-smtp2go-1' };

/** What n8n shows on top of what a picture is of: messages that come and go, and buttons that follow the mouse. */
const clean = `.el-notification, [data-test-id="canvas-node-toolbar"], [data-test-id="floating-nodes"]
{ display: none !important; }`;
/** The same for a picture of the canvas alone. */
const bare = `
[data-test-id="canvas-controls"], [data-test-id="canvas-minimap"], [data-test-id="logs-panel"],
[data-test-id="node-creator-plus-button"],
[data-test-id="canvas-wrapper"] button
{ visibility: hidden !important; }`;

const node = (name) => `[data-test-id="canvas-node"][data-node-name="${name}"]`;
/** The ends of a workflow where the next node can be added. */
const noEnds = '[data-test-id="canvas-handle-plus-wrapper"] { visibility: hidden !important; }';
/** Notes, where there is no room to read them. */
const noNotes = '.vue-flow__node-canvas-node:has([data-test-id="sticky"]) { display: none; }';
/** Everything of a workflow that a picture must hold: nodes with their names, and notes. */
const WORKFLOW = '.vue-flow__node, [data-test-id="canvas-node"] :not(:has(*))';

/** The example of the order confirmation as the editor saves it if its sender and its template are chosen from lists. */
function asChosen(text) {
	const workflow = JSON.parse(text);
	const { parameters } = workflow.nodes.find(({ name }) => name === 'Confirm Order');
	const { sender, templateId, templateData } = parameters;
	Object.assign(sender, { mode: 'list', cachedResultName: sender.value });
	Object.assign(templateId, { mode: 'list', cachedResultName: 'Order receipt' });
	for (const column of templateData.schema)
		if (column.id === 'items') column.displayName = 'items (list of quantity, title)';
	parameters.to = '={{ $json.email }}';
	return JSON.stringify(workflow);
}

/**
 * The size of a window that shows a workflow whole, at its full size or a little smaller: a browser without a graphics
 * card takes seconds to draw a larger one.
 */
function windowFor(name) {
	const { nodes } = JSON.parse(readFileSync(join(root, 'examples', 'n8n', `${name}.json`), 'utf8'));
	const length = (axis, size) => {
		const starts = nodes.map(({ position }) => position[axis]);
		const ends = nodes.map(({ position, parameters }) => position[axis] + (parameters[size] ?? NODE));
		return Math.ceil(1.25 * (Math.max(...ends) - Math.min(...starts))) + 250;
	};
	return { width: length(0, 'width'), height: length(1, 'height') };
}

/** Starts n8n, with an empty database. */
async function start(simulator, apiKey) {
	const hostFolder = await installHost('n8n');
	const userFolder = join(root, '.build', 'pictures', 'n8n');
	rmSync(userFolder, { recursive: true, force: true });
	mkdirSync(userFolder, { recursive: true });
	installPackage(root, userFolder);
	const n8n = await startN8nProcess({ hostFolder, userFolder });
	const client = new N8nClient(n8n.url);
	await client.signIn(owner);
	const account = { apiKey, region: 'custom', baseUrl: simulator.apiUrl };
	return { n8n, client, credential: await client.saveCredential('SMTP2GO', account) };
}

/**
 * Shows a workflow whole, without the editor around it, and returns the part of the page around it.
 * @param more styles
 */
async function fitCanvas(page, more = '') {
	await page.addStyleTag({ content: `${bare} ${more}` });
	await page.keyboard.press('1');
	await page.mouse.move(0, 0);
	await settled(page);
	return around(page, WORKFLOW);
}

/** Waits until a node has run. */
const ran = (page, name) => page.locator(node(name)).locator('[data-test-id="canvas-node-status-success"]').waitFor();

/**
 * Starts n8n for the pictures.
 * @param {{ browser: import('playwright-core').Browser, simulator: object, apiKey: string }} options
 * @returns {Promise<{ take: Record<string, (theme: string) => Promise<Buffer>>,
 * takeExample(name: string, theme: string): Promise<Buffer>, stop(): Promise<void> }>} `take`: a picture by its subject
 */
export async function openN8n({ browser, simulator, apiKey }) {
	const { n8n, client, credential } = await start(simulator, apiKey);

	/** Opens an example in a new window. */
	async function open(name, theme, options, change) {
		const context = await openN8nWindow(browser, client, theme, options);
		await addStyles(context, clean);
		const page = await context.newPage();
		await show(page, name, change);
		return page;
	}

	async function show(page, name, change = (text) => text) {
		const file = join(root, '.build', 'pictures', `${name}.json`);
		writeFileSync(file, change(readFileSync(join(root, 'examples', 'n8n', `${name}.json`), 'utf8')));
		const { id } = await client.importWorkflow(file, credential);
		await page.goto(`${n8n.url}/workflow/${id}`);
		await page.locator('[data-test-id="canvas-node"]').first().waitFor();
	}

	/** Takes a picture and closes its window. */
	async function shoot(page, clip) {
		await settled(page);
		const png = await page.screenshot({ clip });
		await page.context().close();
		return png;
	}

	const execute = (page, trigger) =>
		page.locator(`[data-test-id="execute-workflow-button-${trigger}"]`).click({ force: true });

	const take = {
		/** The form of an email from a template, with its input and output. */
		async send(theme) {
			const size = { viewport: { width: 1240, height: 960 }, deviceScaleFactor: 1.5 };
			const page = await open('order-confirmation', theme, size, asChosen);
			await execute(page, 'Try It');
			await ran(page, 'Confirm Order');
			await page.locator(node('Confirm Order')).dblclick({ force: true });
			const dialog = page.locator('[data-test-id="ndv"]');
			const output = dialog.locator('[data-test-id="output-panel"]');
			await output.getByText('Schema', { exact: true }).click();
			await dialog.getByText('Operation', { exact: true }).evaluate((label) => label.scrollIntoView());
			const { x, y, width, height } = await dialog.boundingBox();
			// Without its border.
			return shoot(page, { x: x + 1, y: y + 1, width: width - 2, height: height - 2 });
		},
		/** The canvas after a bounce. */
		async trigger(theme) {
			const page = await open('receipt-and-bounce', theme, {
				viewport: { width: 1600, height: 1300 },
				deviceScaleFactor: 1.2,
			});
			await execute(page, 'SMTP2GO Trigger');
			await until('the webhook', () => simulator.state.hooks[0]);
			await fetch(`${simulator.apiUrl}/email/send`, {
				method: 'POST',
				headers: { 'content-type': 'application/json', 'X-Smtp2go-Api-Key': apiKey },
				body: JSON.stringify({
					sender: 'Shop <shop@example.com>',
					to: ['bounce@example.com'],
					subject: 'Your receipt for order 1001',
					text_body: 'Thank you.',
					custom_headers: [{ header: 'X-Order-ID', value: '1001' }],
				}),
			});
			await ran(page, 'Notify Team');
			return shoot(page, await fitCanvas(page));
		},
		/** The canvas while it waits for an answer, the email, and the recipient's page. */
		async approval(theme) {
			const page = await open('approve-an-invoice', theme, {
				viewport: { width: 1600, height: 1000 },
				deviceScaleFactor: 1.5,
			});
			await execute(page, 'Try It');
			const { html } = await until('the email', () => simulator.state.emails[0]);
			const [link = ''] = /https?:[^"]+\/webhook-waiting\/[^"]+/.exec(html) ?? [];
			const canvas = await shoot(page, await fitCanvas(page, `${noEnds} ${noNotes}`));
			return approvalPicture(browser, theme, { canvas, html, link: link.replaceAll('&amp;', '&') });
		},
	};

	const pages = {};
	return {
		take,
		async takeExample(name, theme) {
			const viewport = windowFor(name);
			if (pages[theme]) {
				await pages[theme].setViewportSize(viewport);
				await show(pages[theme], name);
			} else pages[theme] = await open(name, theme, { viewport, deviceScaleFactor: 1.25 });
			const clip = await fitCanvas(pages[theme], noEnds);
			return pages[theme].screenshot({ clip });
		},
		stop: () => n8n.stop(),
	};
}
