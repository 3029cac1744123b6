// The editors in a browser: for the end-to-end tests, which run in Jest and therefore need CommonJS, and for the
// pictures of the docs.
const { existsSync } = require('node:fs');
const { chromium } = require('playwright-core');

/** No window, and no calls that the pages did not ask for. */
const browserFlags = [
	'--headless',
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

/** Where the system's browser is, or undefined; CHROMIUM names another one. */
const browserPath = [
	process.env.CHROMIUM,
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
].find((path) => path !== undefined && existsSync(path));

/** Starts the system's browser. */
function startChromium() {
	if (browserPath === undefined)
		throw new Error('There is no Chromium. Install it, or set CHROMIUM to the path of a browser.');
	return chromium.launch({ executablePath: browserPath, args: browserFlags });
}

/** Adds styles to each page of a context before it shows anything. */
async function addStyles(context, css) {
	await context.addInitScript((text) => {
		document.addEventListener('DOMContentLoaded', () => {
			const style = document.createElement('style');
			style.textContent = text;
			document.head.append(style);
		});
	}, css);
}

/**
 * Keeps the pages of an editor from sliding and fading: every frame of it is drawn by the processor, which all tests
 * share.
 */
async function holdStill(context) {
	await addStyles(context, '*, *::before, *::after { transition: none !important; animation: none !important; }');
}

/**
 * A window for n8n's editor, signed in. The session is the REST client's own, so the browser takes over its ID.
 * @param {import('playwright-core').Browser} browser
 * @param {{ url: string, cookie: string }} client the signed-in client
 * @param {'light' | 'dark'} theme
 * @param {import('playwright-core').BrowserContextOptions} options such as its size
 */
async function openN8nWindow(browser, { url, cookie }, theme, options) {
	const context = await browser.newContext(options);
	// n8n's editor asks npm about the packages of the nodes that it lists. Nobody outside this machine is asked.
	await context.route(
		(asked) => asked.origin !== new URL(url).origin,
		(route) => route.fulfill({ contentType: 'application/json', body: '{}' }),
	);
	await context.addInitScript((chosen) => {
		localStorage.setItem('n8n-browserId', 'smtp2go-nodes');
		localStorage.setItem('N8N_THEME', chosen);
	}, theme);
	await holdStill(context);
	const [name = '', value = ''] = cookie.split('=');
	await context.addCookies([{ name, value, url }]);
	return context;
}

/**
 * Opens Node-RED's editor in a page, and waits until a node is on its canvas.
 * @param {import('playwright-core').Page} page
 * @param {string} url of Node-RED
 * @param {'light' | 'dark'} theme version 4 has no dark one, and stays light
 * @param {string} id of a node on the first tab
 */
async function openNodeRedEditor(page, url, theme, id) {
	const open = async () => {
		await page.goto(url, { waitUntil: 'domcontentloaded' });
		await page.waitForFunction(
			(node) => window.RED?.nodes?.node(node) && document.querySelector('.red-ui-flow-node'),
			id,
		);
	};
	await open();
	if (theme !== 'dark') return;
	await page.evaluate(() => window.RED.settings.setLocal('view-dark-theme', 'dark'));
	await open();
}

module.exports = {
	addStyles,
	browserFlags,
	browserPath,
	holdStill,
	openN8nWindow,
	openNodeRedEditor,
	startChromium,
};
