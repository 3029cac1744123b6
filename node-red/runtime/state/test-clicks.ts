/**
 * The clicks on "Send Me a Test" that were received. A browser or a proxy can repeat a request whose connection broke;
 * one click sends at most one email.
 */

/** The number of clicks that are remembered. */
const MOST = 1_000;

const clicks = new Set<string>();

/** True the first time that a click is named. @param click random name that the dialog gives it */
export function isNewClick(click: string): boolean {
	if (clicks.has(click)) return false;
	clicks.add(click);
	const [oldest] = clicks;
	if (clicks.size > MOST && oldest !== undefined) clicks.delete(oldest);
	return true;
}
