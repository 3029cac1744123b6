// The picture of an approval: the canvas that waits, and below it what the recipient gets: the email and its page.
import { fontStyles } from './image.mjs';
import { settled } from './window.mjs';

/** Pixels: the width of the cards below the canvas, and the space between them. */
const CARD = 560;
const GAP = 32;
const colors = {
	light: { shadow: '#0002', line: '#d5d7dc', text: '#5a6373' },
	dark: { shadow: '#000a', line: '#3a3d46', text: '#a5adba' },
};

const asUrl = (png) => `data:image/png;base64,${png.toString('base64')}`;

/** A page in a window of the width of a card, and at least as high as wanted: its picture, and its height in pixels. */
async function card(browser, theme, height, show) {
	const context = await browser.newContext({
		viewport: { width: CARD, height },
		colorScheme: theme,
		deviceScaleFactor: 1.5,
		bypassCSP: true,
	});
	const page = await context.newPage();
	await show(page);
	await page.addStyleTag({ content: await fontStyles() });
	await settled(page);
	const png = await page.screenshot({ fullPage: true });
	const full = await page.evaluate(() => document.documentElement.scrollHeight);
	await context.close();
	return { url: asUrl(png), height: full };
}

/**
 * Puts the parts of an approval together.
 * @param {import('playwright-core').Browser} browser
 * @param {'light' | 'dark'} theme
 * @param {{ canvas: Buffer, html: string, link: string }} parts the picture of the canvas, the email's HTML, and the address of the recipient's page
 * @returns {Promise<Buffer>} a PNG
 */
export async function approvalPicture(browser, theme, { canvas, html, link }) {
	const answer = await card(browser, theme, 200, (page) => page.goto(link));
	const email = await card(browser, theme, answer.height, (page) => page.setContent(html));
	const { shadow, line, text } = colors[theme];
	const context = await browser.newContext({
		viewport: { width: 2 * CARD + 3 * GAP, height: 800 },
		deviceScaleFactor: 1.5,
	});
	const page = await context.newPage();
	await page.setContent(`<style>
		${await fontStyles()}
		body { margin: 0; padding-bottom: ${GAP}px; font: 15px Arial; color: ${text} }
		.canvas { display: block; width: 100%; margin-bottom: ${GAP / 2}px }
		.cards { display: flex; gap: ${GAP}px; padding: 0 ${GAP}px; align-items: start }
		.cards img { display: block; width: ${CARD}px; margin-top: 10px; border-radius: 12px;
			box-shadow: 0 0 0 1px ${line}, 0 8px 24px ${shadow} }
		</style>
		<img class="canvas" src="${asUrl(canvas)}">
		<div class="cards">
			<div>The email<img src="${email.url}"></div>
			<div>The page behind its buttons<img src="${answer.url}"></div>
		</div>`);
	// The most frequent color in the corner of the canvas goes on below it.
	await page.locator('.canvas').evaluate(async (image) => {
		await image.decode();
		const side = 60;
		const brush = new OffscreenCanvas(side, side).getContext('2d');
		brush.drawImage(image, 0, 0);
		const { data } = brush.getImageData(0, 0, side, side);
		const counts = {};
		for (let at = 0; at < data.length; at += 4) {
			const color = `rgb(${data.slice(at, at + 3).join()})`;
			counts[color] = (counts[color] ?? 0) + 1;
		}
		const [[background]] = Object.entries(counts).sort(([, one], [, other]) => other - one);
		document.body.style.background = background;
	});
	await settled(page);
	const png = await page.screenshot({ fullPage: true });
	await context.close();
	return png;
}
