import type { Browser, Page } from 'playwright-core';
import { openN8nWindow } from '../../../scripts/start/browser.cjs';
import { takePicture } from './chromium';
import type { World } from './n8n';

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
	/** Takes a picture of the whole page. */
	shoot(name: string): Promise<void>;
	close(): Promise<void>;
}

/** Opens the editor in a theme. */
export async function openEditor(browser: Browser, world: World, theme: 'light' | 'dark'): Promise<Editor> {
	const url = world.n8n().url;
	const context = await openN8nWindow(browser, world.client, theme, { viewport: { width: 1500, height: 1300 } });
	const page = await context.newPage();
	page.setDefaultTimeout(120_000);
	let heard: string[] = [];
	page.on('console', (message) => {
		if (message.type() === 'error' && !message.location().url.includes('/schemas/n8n-nodes-base'))
			heard.push(`${message.text()} ${message.location().url}`);
	});
	page.on('pageerror', (error) => heard.push(error.message));
	return {
		page,
		complaints() {
			const all = heard;
			heard = [];
			return all;
		},
		async openWorkflow(id) {
			await page.goto(`${url}/workflow/${id}`);
			const node = await page.waitForSelector('[data-test-id="canvas-node"]');
			await node.waitForElementState('stable');
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
		},
		async closeNode() {
			// A list or a tip that is open takes the key for itself.
			for (let attempt = 1; ; attempt++) {
				await page.keyboard.press('Escape');
				const closed = await page
					.waitForSelector('[data-test-id="ndv"]', { state: 'detached', timeout: 5_000 })
					.then(() => true)
					.catch(() => false);
				if (closed) break;
				if (attempt === 5) throw new Error('The dialog does not close');
			}
		},
		async shoot(shot) {
			await takePicture(page, `n8n-${shot}`);
		},
		async close() {
			await context.close();
		},
	};
}
