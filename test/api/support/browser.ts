/** The browser of the unit tests: the system's Chromium, if there is one. */
import { browserPath } from '../../../scripts/start/browser.cjs';

export { startChromium as startBrowser } from '../../../scripts/start/browser.cjs';

/** The time that one test has, in milliseconds: a browser beside busy processes takes many times as long. */
const MOST_TIME = 120_000;

/** `describe`, skipped if there is no browser. */
export function describeInBrowser(name: string, tests: () => void): void {
	const describeIt = browserPath === undefined ? describe.skip : describe;
	describeIt(name, () => {
		jest.setTimeout(MOST_TIME);
		tests();
	});
}
