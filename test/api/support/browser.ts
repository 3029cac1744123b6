/** The browser of the unit tests: the system's Chromium, if there is one. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

/** How tests start a browser: without a window, and without calls of its own. */
export const browserFlags = [
	'--headless',
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

const path = [process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
	(one) => one !== undefined && existsSync(one),
);

/** The time that one test has, in milliseconds: a browser beside busy processes takes many times as long. */
const MOST_TIME = 120_000;

/** `describe`, skipped if there is no browser. */
export function describeInBrowser(name: string, tests: () => void): void {
	const describeIt = path === undefined ? describe.skip : describe;
	describeIt(name, () => {
		jest.setTimeout(MOST_TIME);
		tests();
	});
}

export function startBrowser(): Promise<Browser> {
	return chromium.launch({ executablePath: path ?? '', args: browserFlags });
}
