/** Node-RED's editor in a real browser: the example on the canvas, a node of each resource below it. */

import type { Page } from 'playwright-core';
import { resourcesAndCustom as resources } from '../../../api';
import { nodeTypeOf } from '../../../node-red/generate/forms';
import { openNodeRedEditor } from '../../../scripts/start/browser.cjs';
import { DEMO_API_KEY, type Simulator } from '../../../simulator';
import { complaintsOf, holdStill, startChromium, takePicture } from './chromium';
import { deploy, example, makeHome, start, type RunningNodeRed, type Version } from './node-red';
import { openSimulator } from './simulator';

export type Theme = 'light' | 'dark';

export interface Editor {
	simulator: Simulator;
	running: RunningNodeRed;
	page: Page;
	/** What the browser's console complained of. */
	complaints: string[];
	/** Takes a picture of the whole page. */
	picture(name: string): Promise<void>;
	/** Waits until nothing changes in the dialog any more. */
	settle(): Promise<void>;
	/** Opens the dialog of a node. */
	edit(id: string): Promise<void>;
	/**
	 * Holds back the next response of one of our admin routes.
	 * @param path as in `list`
	 * @returns lets the response go, and waits until the dialog has worked on it
	 */
	holdBack(path: string): Promise<() => Promise<void>>;
	/** Closes the dialog that is open. */
	shut(button: 'ok' | 'cancel'): Promise<void>;
	stop(): Promise<void>;
}

/** The editor for the tests of a describe block: started before them, stopped after them. */
export function useEditor(version: Version, theme: Theme): Editor {
	const editor = {} as Editor;
	let stop: Editor['stop'] | undefined;
	beforeAll(async () => {
		({ stop } = Object.assign(editor, await openEditor(version, theme)));
	});
	afterAll(async () => {
		await stop?.();
	});
	return editor;
}

/** Waits until a dialog that slides in has come to a stop and its first input has got the cursor. */
export async function opened(page: Page): Promise<void> {
	const tray = page.locator('.red-ui-tray').last();
	await (await tray.elementHandle())?.waitForElementState('stable');
	await page.waitForFunction(
		`[...document.querySelectorAll('.red-ui-tray')].at(-1).contains(document.activeElement)`,
	);
	await settled(page);
}

/** Waits until nothing has changed in the open dialog for three frames of the screen. */
async function settled(page: Page): Promise<void> {
	await page.evaluate(
		`new Promise((resolve) => {
			let frames = 0, all = 0;
			const observer = new MutationObserver(() => { frames = 0; });
			observer.observe(document.querySelector('#red-ui-editor-stack') ?? document.body, { subtree: true, childList: true, attributes: true, characterData: true });
			const look = () => { if (++frames > 3 || ++all > 300) { observer.disconnect(); resolve(); } else requestAnimationFrame(look); };
			requestAnimationFrame(look);
		})`,
	);
}

/** Starts the simulator, a Node-RED with the packed package, and a browser. */
async function openEditor(version: Version, theme: Theme): Promise<Editor> {
	const simulator = await openSimulator({ eventDelayMs: 20 });
	const running = await start(version, makeHome());
	const account = {
		region: 'custom',
		baseUrl: simulator.apiUrl,
		publicUrl: running.url,
		credentials: { apiKey: DEMO_API_KEY },
	};
	const spare = resources.map((resource, index) => ({
		id: `x-${resource.key}`,
		z: 'rb.tab',
		type: nodeTypeOf(resource),
		name: '',
		account: 'rb.account',
		operation: resource.operations[0]?.key,
		fields: {},
		output: 'result',
		version: 2,
		x: 200 + 180 * (index % 7),
		y: 420 + 60 * Math.floor(index / 7),
		wires: [[]],
	}));
	await deploy(running, [...example('receipt-and-bounce', account), ...spare]);
	const browser = await startChromium();
	const page = await browser.newPage({ viewport: { width: 1400, height: 950 } });
	page.setDefaultTimeout(120_000);
	await holdStill(page.context());
	const complaints = complaintsOf(page);
	await openNodeRedEditor(page, running.url, theme, 'rb.send');
	const trays = page.locator('.red-ui-tray-body');
	return {
		simulator,
		running,
		page,
		complaints,
		picture: (name) => takePicture(page, `node-red-${version}-${theme}-${name}`),
		settle: () => settled(page),
		async edit(id) {
			// A test that failed leaves its dialog open, in which all the others would wait in vain.
			for (let open = await trays.count(); open > 0; open = await trays.count()) {
				await page.locator('#node-dialog-cancel, #node-config-dialog-cancel').last().click();
				await trays.nth(open - 1).waitFor({ state: 'detached' });
			}
			await page.evaluate(`RED.view.reveal('${id}', false); RED.editor.edit(RED.nodes.node('${id}'))`);
			await page.waitForSelector('.red-ui-tray-body .smtp2go-dialog');
			await opened(page);
		},
		async holdBack(path) {
			const url = `${running.url}/smtp2go/${path}`;
			let release = (): void => undefined;
			const released = new Promise<void>((resolve) => {
				release = resolve;
			});
			await page.route(
				url,
				async (route) => {
					const response = await route.fetch();
					await released;
					await route.fulfill({ response });
				},
				{ times: 1 },
			);
			const answered = page.waitForResponse(url);
			return async () => {
				release();
				await (await answered).finished();
				await settled(page);
			};
		},
		async shut(button) {
			await page.click(`#node-dialog-${button}, #node-config-dialog-${button}`);
			await page.waitForSelector('.red-ui-tray-body', { state: 'detached' });
		},
		async stop() {
			await browser.close();
			await running.stop();
			await simulator.stop();
		},
	};
}
