/** The browser of the end-to-end tests. */
/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { root } from './prepare';

export { holdStill, startChromium } from '../../../scripts/start/browser.cjs';

/**
 * Saves what a page shows to .build/screenshots/<name>.png, if SCREENSHOTS is set: a picture takes as long as a test.
 */
export async function takePicture(page: Page, name: string): Promise<void> {
	if (!process.env['SCREENSHOTS']) return;
	const folder = join(root, '.build', 'screenshots');
	mkdirSync(folder, { recursive: true });
	await page.screenshot({ path: join(folder, `${name}.png`) });
}

/**
 * Everything a page complains about: errors, warnings, exceptions. What the machine cannot reach is no fault of the
 * page.
 */
export function complaintsOf(page: Page): string[] {
	const complaints: string[] = [];
	// Monaco's own, in Node-RED 4: its worker answers after the editor it worked for was closed. Nothing is lost by it.
	page.on('pageerror', (error) => {
		if (!/^Error: Model is disposed!/.test(String(error))) complaints.push(error.stack ?? String(error));
	});
	page.on('console', (message) => {
		const text = message.text();
		const offline =
			/ERR_NAME_NOT_RESOLVED|ERR_INTERNET_DISCONNECTED|Error loading catalog|ERR_CONNECTION|ERR_TUNNEL|ERR_PROXY/.test(
				text,
			);
		if (!offline && (message.type() === 'error' || message.type() === 'warning' || /smtp2go/i.test(text)))
			complaints.push(text);
	});
	return complaints;
}
