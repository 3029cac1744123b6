// Calls the control API from the page.
import { toast } from './dom.js';

async function answer(response) {
	const body = await response.json();
	if (!response.ok) throw new Error(body.error ?? `HTTP ${response.status}`);
	return body;
}

/** Reads from the control API. */
export async function read(path) {
	return answer(await fetch(`/_simulator/${path}`));
}

/** Sends a command to the simulator. A failure is shown, and nothing is returned. */
export async function tell(path, body = {}, method = 'POST') {
	try {
		const init =
			method === 'POST' ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {};
		const told = await answer(await fetch(`/_simulator/${path}`, { method, ...init }));
		window.dispatchEvent(new Event('told'));
		return told;
	} catch (error) {
		toast(error.message);
		return undefined;
	}
}
