/** Waiting in the tests of whole hosts: for what is to come, however busy the machine is. */
/* eslint-disable @n8n/community-nodes/no-restricted-globals */

/** Waits for a time, where something that is not to come has a chance to. */
export function pause(milliseconds: number): Promise<void> {
	return new Promise((resolve) => {
		setTimeout(resolve, milliseconds);
	});
}

/** Waits until a question has an answer other than undefined or false; fails with what was waited for. */
export async function until<T>(
	what: string,
	ask: () => Promise<T | undefined | false> | T | undefined | false,
	timeoutMs = 120_000,
): Promise<T> {
	for (let waited = 0; waited < timeoutMs; waited += 200) {
		const answer = await ask();
		if (answer !== undefined && answer !== false) return answer;
		await pause(200);
	}
	throw new Error(`Waited in vain for ${what}`);
}
