// `npm run pictures`: the pictures of the READMEs and of every example, from the real n8n and the real Node-RED in a
// browser, with the simulator behind them. Needs a build and Chromium.
// ONLY=<regular expression> takes only the pictures whose path it matches.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { examplesOf, examplesPage, pictureOf, themes } from '../build/examples.mjs';
import { root } from '../tools.mjs';
import { openN8n } from './n8n.mjs';
import { openNodeRed } from './node-red.mjs';
import { save } from './image.mjs';

const require = createRequire(import.meta.url);
const { startChromium } = require('../start/browser.cjs');

/** Milliseconds from an email to its events. */
const EVENT_DELAY = 150;
/** What the READMEs show of each package. */
const subjects = ['send', 'trigger', 'approval'];
const hosts = { n8n: openN8n, 'node-red': openNodeRed };

/** Removes the pictures of examples that are gone. */
function removeLeftovers(host) {
	const folder = join(root, 'docs', 'images', 'examples', host);
	const wanted = examplesOf(host).flatMap(({ name }) => themes.map((theme) => pictureOf(host, name, theme)));
	for (const file of existsSync(folder) ? readdirSync(folder) : [])
		if (!wanted.includes(`docs/images/examples/${host}/${file}`)) rmSync(join(folder, file));
}

/** The pictures of a host: the path of each, and how to take it. Those of the README come first. */
function wantedOf(host) {
	return [
		...themes.flatMap((theme) =>
			subjects.map((subject) => ({
				path: `docs/images/${host}-${subject}-${theme}.png`,
				shoot: ({ take }) => take[subject](theme),
			})),
		),
		...themes.flatMap((theme) =>
			examplesOf(host).map(({ name }) => ({
				path: pictureOf(host, name, theme),
				shoot: ({ takeExample }) => takeExample(name, theme),
			})),
		),
	];
}

async function takeAll(wanted, open, browser) {
	if (wanted.length === 0) return;
	const { startSimulator, DEMO_API_KEY } = require(join(root, '.build', 'simulator'));
	const simulator = await startSimulator({ eventDelayMs: EVENT_DELAY });
	const running = await open({ browser, simulator, apiKey: DEMO_API_KEY });
	try {
		for (const { path, shoot } of wanted) {
			simulator.reset();
			await save(path, await shoot(running));
		}
	} finally {
		await running.stop();
		await simulator.stop();
	}
}

/** Takes the pictures, and writes docs/examples.md. */
export async function pictures() {
	const only = new RegExp(process.env.ONLY ?? '');
	const browser = await startChromium();
	try {
		for (const [host, open] of Object.entries(hosts)) {
			await takeAll(
				wantedOf(host).filter(({ path }) => only.test(path)),
				open,
				browser,
			);
			removeLeftovers(host);
		}
	} finally {
		await browser.close();
	}
	await examplesPage();
}
