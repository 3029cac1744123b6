// The pictures of Node-RED's editor.
import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { examplesOf } from '../build/examples.mjs';
import { installPackages } from '../install-once.mjs';
import { admin, exampleFlow, launch, prepareHome } from '../start/node-red.mjs';
import { root } from '../tools.mjs';
import { approvalPicture } from './approval.mjs';
import { fontStyles } from './image.mjs';
import { around, settled, until } from './window.mjs';

const require = createRequire(import.meta.url);
const { freePort } = require('../start/n8n-host.cjs');
const { addStyles, holdStill, openNodeRedEditor } = require('../start/browser.cjs');

const ACCOUNT = 'pictures.account';

/** What a picture does not show: messages that come and go, tips, and that the flows are stopped. */
const clean = `.red-ui-notification, .red-ui-help-tips { display: none !important; }
.red-ui-flow-node-button-stopped { opacity: 1 !important; }`;

/** Everything of a flow that a picture must hold. */
const FLOW = '.red-ui-flow-node-group, .red-ui-flow-group, .red-ui-flow-node, .red-ui-flow-link-line';

/** Nodes of others that an example uses: without them, its picture shows unknown nodes. */
const dashboard = { name: '@flowfuse/node-red-dashboard', version: '1.31.0' };

/** Adds the dashboard to a user folder. */
async function addDashboard(home) {
	const { name, version } = dashboard;
	const folder = await installPackages(`node-red-dashboard-${version}`, [`${name}@${version}`], {
		takes: 'half a minute',
	});
	mkdirSync(join(home, 'node_modules', dirname(name)), { recursive: true });
	symlinkSync(join(folder, 'node_modules', name), join(home, 'node_modules', name), 'junction');
}

/** Starts Node-RED with an empty user folder. */
async function start() {
	const home = join(root, '.build', 'pictures', 'node-red');
	rmSync(home, { recursive: true, force: true });
	mkdirSync(home, { recursive: true });
	prepareHome(home);
	await addDashboard(home);
	const port = await freePort();
	const { stop } = await launch(home, port, ['-D', 'runtimeState.enabled=true']);
	return { url: `http://127.0.0.1:${port}`, stop };
}

/**
 * Starts Node-RED for the pictures.
 * @param {{ browser: import('playwright-core').Browser, simulator: object, apiKey: string }} options
 * @returns {Promise<{ take: Record<string, (theme: string) => Promise<Buffer>>,
 * takeExample(name: string, theme: string): Promise<Buffer>, stop(): Promise<void> }>} `take`: a picture by its subject
 */
export async function openNodeRed({ browser, simulator, apiKey }) {
	const { url, stop } = await start();
	const fonts = await fontStyles();

	/** Deploys examples with one account. */
	async function deploy(names) {
		const account = {
			id: ACCOUNT,
			name: 'SMTP2GO',
			region: 'custom',
			baseUrl: simulator.apiUrl,
			publicUrl: url,
			credentials: { apiKey },
		};
		const nodes = names.flatMap((name) => exampleFlow(name, account));
		// Each example brings the account.
		const flows = [...new Map(nodes.map((node) => [node.id, node])).values()];
		await admin(url, '/flows', {
			method: 'POST',
			headers: { 'Node-RED-Deployment-Type': 'full' },
			body: JSON.stringify({ flows }),
		});
		return flows;
	}

	const setState = (state) => admin(url, '/flows/state', { method: 'POST', body: JSON.stringify({ state }) });

	/** Opens the editor in a new window. @param first ID of a node on its first tab */
	async function open(theme, first, options) {
		const context = await browser.newContext(options);
		await holdStill(context);
		await addStyles(context, `${fonts} ${clean}`);
		const page = await context.newPage();
		await openNodeRedEditor(page, url, theme, first);
		await settled(page);
		return page;
	}

	/** Takes a picture and closes its window. */
	async function shoot(page, clip) {
		await settled(page);
		const png = await page.screenshot({ clip });
		await page.context().close();
		return png;
	}

	const nodeNamed = (flows, name) => flows.find((node) => node.name === name).id;
	const firstOf = (flows) => flows.find(({ type }) => type === 'inject').id;
	const press = (id) =>
		until(`the button ${id}`, async () => (await fetch(`${url}/inject/${id}`, { method: 'POST' })).ok);

	/** The part of the page to the right of the palette. */
	async function withoutPalette(page, height) {
		const { x, y } = await page.locator('#red-ui-workspace-chart').boundingBox();
		const { width } = page.viewportSize();
		return { x, y, width: width - x, height: height - y };
	}

	/** The part of the page around a flow, without the edge of the canvas. */
	async function aroundFlow(page) {
		const { x, y, width, height } = await around(page, FLOW);
		const edge = await page.locator('#red-ui-workspace-chart').boundingBox();
		const [left, top] = [Math.max(x, edge.x + 4), Math.max(y, edge.y + 4)];
		return { x: left, y: top, width: width - (left - x), height: height - (top - y) };
	}

	const take = {
		/** The dialog of an email from a template, and what its node has sent. */
		async send(theme) {
			const flows = await deploy(['order-confirmation']);
			const size = { viewport: { width: 1420, height: 900 }, deviceScaleFactor: 1.5 };
			const page = await open(theme, firstOf(flows), size);
			await press(firstOf(flows));
			const email = flows.find(({ type }) => type === 'smtp2go-email').id;
			await page.locator('.red-ui-debug-msg').first().waitFor();
			await page.evaluate((id) => window.RED.editor.edit(window.RED.nodes.node(id)), email);
			await page.locator('.red-ui-tray-body .smtp2go-dialog').waitFor();
			return shoot(page, await withoutPalette(page, 858));
		},
		/** The canvas after a bounce. */
		async trigger(theme) {
			const flows = await deploy(['receipt-and-bounce']);
			const size = { viewport: { width: 1420, height: 700 }, deviceScaleFactor: 1.5 };
			const page = await open(theme, firstOf(flows), size);
			await press(nodeNamed(flows, 'Bob pays (bounces)'));
			await until('the email to the team', () => simulator.state.emails[1]);
			return shoot(page, await withoutPalette(page, 658));
		},
		/** The canvas while it waits for an answer, the email, and the recipient's page. */
		async approval(theme) {
			const flows = await deploy(['approve-an-invoice']);
			const size = { viewport: { width: 1600, height: 900 }, deviceScaleFactor: 1.5 };
			const page = await open(theme, firstOf(flows), size);
			await press(firstOf(flows));
			const { html } = await until('the email', () => simulator.state.emails[0]);
			const [link = ''] = /https?:[^"]+\/ask\/[^"]+/.exec(html) ?? [];
			await settled(page);
			const canvas = await shoot(page, await aroundFlow(page));
			return approvalPicture(browser, theme, { canvas, html, link: link.replaceAll('&amp;', '&') });
		},
	};

	let flows;
	const pages = {};
	return {
		take,
		async takeExample(name, theme) {
			// All examples at once, and stopped: then a picture does not depend on what they do.
			if (flows === undefined) {
				flows = await deploy(examplesOf('node-red').map((example) => example.name));
				await setState('stop');
			}
			const tabs = exampleFlow(name, { id: ACCOUNT }).filter(({ type }) => type === 'tab');
			pages[theme] ??= await open(theme, firstOf(flows), {
				viewport: { width: 1800, height: 1300 },
				deviceScaleFactor: 1.5,
			});
			await pages[theme].evaluate((id) => window.RED.workspaces.show(id), tabs[0].id);
			await settled(pages[theme]);
			return pages[theme].screenshot({ clip: await aroundFlow(pages[theme]) });
		},
		stop,
	};
}
