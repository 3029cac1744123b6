// Parts of a page as a picture, once everything on it is there.

/** Pixels between what a picture shows and its edge. */
const MARGIN = 24;

/**
 * Waits until all fonts and images of a page are there, and until nothing has changed on it for half a
 * second, or for three seconds if something always does.
 * @param {import('playwright-core').Page} page
 */
export async function settled(page) {
	await page.waitForFunction(() => [...document.images].every(({ complete }) => complete));
	await page.evaluate(async () => {
		await document.fonts.ready;
		await new Promise((resolve) => {
			let timer = setTimeout(end, 500);
			const observer = new MutationObserver(() => {
				clearTimeout(timer);
				timer = setTimeout(end, 500);
			});
			const last = setTimeout(end, 3_000);
			function end() {
				observer.disconnect();
				clearTimeout(last);
				resolve();
			}
			observer.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
		});
	});
}

/**
 * The part of a page around everything visible that a selector matches.
 * @param {import('playwright-core').Page} page
 * @param {string} selector
 * @returns {Promise<{ x: number, y: number, width: number, height: number }>} in CSS pixels
 */
export async function around(page, selector) {
	const { left, top, right, bottom } = await page.evaluate((wanted) => {
		const boxes = [...document.querySelectorAll(wanted)]
			.filter((element) => getComputedStyle(element).visibility === 'visible')
			.map((element) => element.getBoundingClientRect())
			.filter(({ width, height }) => width > 0 && height > 0);
		if (boxes.length === 0) throw new Error(`Nothing on the page is ${wanted}`);
		return {
			left: Math.min(...boxes.map((box) => box.left)),
			top: Math.min(...boxes.map((box) => box.top)),
			right: Math.max(...boxes.map((box) => box.right)),
			bottom: Math.max(...boxes.map((box) => box.bottom)),
		};
	}, selector);
	const x = Math.max(0, Math.floor(left) - MARGIN);
	const y = Math.max(0, Math.floor(top) - MARGIN);
	return { x, y, width: Math.ceil(right) + MARGIN - x, height: Math.ceil(bottom) + MARGIN - y };
}

/**
 * Waits until a question has an answer.
 * @template T
 * @param {string} what it waits for, for the error
 * @param {() => T | undefined | Promise<T | undefined>} ask
 * @returns {Promise<T>}
 */
export async function until(what, ask) {
	for (let waited = 0; waited < 60_000; waited += 200) {
		const answer = await ask();
		if (answer) return answer;
		await new Promise((resolve) => {
			setTimeout(resolve, 200);
		});
	}
	throw new Error(`Waited in vain for ${what}`);
}
