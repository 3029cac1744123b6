/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { root, type World } from './n8n';

const flags = [
	'--headless',
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

/** n8n's editor in Chromium, signed in. */
export interface Editor {
	page: Page;
	/** What the console complained about since the last look, but for files that n8n itself does not have. */
	complaints(): string[];
	/** Opens a workflow and waits until its nodes are there. */
	openWorkflow(id: string): Promise<void>;
	/** Opens a node's dialog from the canvas. */
	openNode(name: string): Promise<void>;
	closeNode(): Promise<void>;
	/** Saves what is to be seen to .build/screenshots/n8n-<name>.png. */
	shoot(name: string): Promise<void>;
	close(): Promise<void>;
}

/** Chromium as installed by the system, or as CHROMIUM says. */
export async function startBrowser(): Promise<Browser> {
	return chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: flags });
}

/** Opens the editor in a theme. The session is the REST client's own, so the browser takes over its id. */
export async function openEditor(browser: Browser, world: World, theme: 'light' | 'dark'): Promise<Editor> {
	const url = world.n8n().url;
	const context = await browser.newContext({ viewport: { width: 1500, height: 1300 } });
	// n8n's editor asks npm about the packages of the nodes that it lists: tests ask nobody outside this machine.
	await context.route(
		(asked) => asked.origin !== new URL(url).origin,
		(route) => route.fulfill({ contentType: 'application/json', body: '{}' }),
	);
	await context.addInitScript((chosen) => {
		localStorage.setItem('n8n-browserId', 'smtp2go-nodes');
		localStorage.setItem('N8N_THEME', chosen);
	}, theme);
	const [name = '', value = ''] = world.client.cookie.split('=');
	await context.addCookies([{ name, value, url }]);
	const page = await context.newPage();
	page.setDefaultTimeout(60_000);
	let heard: string[] = [];
	page.on('console', (message) => {
		if (message.type() === 'error' && !message.location().url.includes('/schemas/n8n-nodes-base'))
			heard.push(`${message.text()} ${message.location().url}`);
	});
	page.on('pageerror', (error) => heard.push(error.message));
	mkdirSync(join(root, '.build', 'screenshots'), { recursive: true });
	return {
		page,
		complaints() {
			const all = heard;
			heard = [];
			return all;
		},
		async openWorkflow(id) {
			await page.goto(`${url}/workflow/${id}`);
			await page.waitForSelector('[data-test-id="canvas-node"]');
			await page.waitForTimeout(1500);
			// n8n's checklist for new workflows lies over the canvas.
			await page.keyboard.press('Escape');
		},
		async openNode(node) {
			// The canvas may still move after the last dialog, and a double click then misses the node: it is pressed
			// again.
			for (let attempt = 1; ; attempt++) {
				await page.locator(`[data-test-id="canvas-node"][data-node-name="${node}"]`).dblclick({ force: true });
				const opened = await page
					.waitForSelector('[data-test-id="ndv"]', { timeout: 8_000 })
					.catch(() => undefined);
				if (opened) break;
				if (attempt === 5) throw new Error(`The dialog of "${node}" does not open`);
			}
			await page.waitForTimeout(500);
		},
		async closeNode() {
			await page.keyboard.press('Escape');
			await page.waitForSelector('[data-test-id="ndv"]', { state: 'detached' });
		},
		async shoot(shot) {
			await page.screenshot({ path: join(root, '.build', 'screenshots', `n8n-${shot}.png`) });
		},
		async close() {
			await context.close();
		},
	};
}
