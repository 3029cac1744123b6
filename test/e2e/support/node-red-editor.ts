/** Node-RED's editor in a real browser: the example on the canvas, a node of each resource below it. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { resourcesAndCustom as resources } from '../../../api';
import { typeOf } from '../../../node-red/generate/forms';
import { DEMO_API_KEY, startSimulator, type Simulator } from '../../../simulator';
import { complaintsOf, startChromium } from './chromium';
import { deploy, example, makeHome, pack, start, type RunningNodeRed, type Version } from './node-red';

const pictures = join(__dirname, '../../../.build/screenshots');
mkdirSync(pictures, { recursive: true });
const { tarball } = pack();

export type Theme = 'light' | 'dark';

export interface Editor {
	simulator: Simulator;
	running: RunningNodeRed;
	page: Page;
	/** What the browser's console complained of. */
	complaints: string[];
	/** Takes a picture of the whole page. */
	picture(name: string): Promise<unknown>;
	/** Lets the dialog come to rest. */
	settle(): Promise<void>;
	/** Opens the dialog of a node. */
	edit(id: string): Promise<void>;
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

/** Starts the simulator, a Node-RED with the packed package, and a browser. */
async function openEditor(version: Version, theme: Theme): Promise<Editor> {
	const simulator = await startSimulator({ eventDelayMs: 20 });
	const running = await start(version, makeHome(version, tarball));
	const account = {
		region: 'custom',
		baseUrl: simulator.apiUrl,
		publicUrl: running.url,
		credentials: { apiKey: DEMO_API_KEY },
	};
	const spare = resources.map((resource, index) => ({
		id: `x-${resource.key}`,
		z: 'rb.tab',
		type: typeOf(resource),
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
	const complaints = complaintsOf(page);
	const open = async () => {
		await page.goto(running.url, { waitUntil: 'domcontentloaded' });
		await page.waitForFunction(`window.RED?.nodes?.node('rb.send') && document.querySelector('.red-ui-flow-node')`);
	};
	await open();
	await page.evaluate(`RED.settings.setLocal('view-dark-theme', '${theme}')`);
	await open();
	return {
		simulator,
		running,
		page,
		complaints,
		picture: (name) => page.screenshot({ path: join(pictures, `node-red-${version}-${theme}-${name}.png`) }),
		settle: () => page.waitForTimeout(200),
		async edit(id) {
			await page.evaluate(`RED.view.reveal('${id}', false); RED.editor.edit(RED.nodes.node('${id}'))`);
			await page.waitForSelector('.red-ui-tray-body .smtp2go-dialog');
			await page.waitForTimeout(400);
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
