/** Runs that a user stops. */
/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { sleep } from 'n8n-workflow';
import { Smtp2go } from '../../../nodes/Smtp2go/Smtp2go.node';
import type { Ran } from './engine';

/** Waits until something is true; the test's own time limit ends it otherwise. */
export async function until(check: () => boolean): Promise<void> {
	while (!check())
		await new Promise((resolve) => {
			setTimeout(resolve, 5);
		});
}

/**
 * Stops a run as soon as the node pauses. The test file replaces `sleep` of n8n-workflow by a mock.
 * @returns what `runNode` takes as `onStart`
 */
export function stopInPause(): (stop: () => void) => void {
	const pauses = () => jest.mocked(sleep).mock.calls.filter(([milliseconds]) => milliseconds > 0).length;
	const before = pauses();
	return (stop) => void until(() => pauses() > before).then(stop);
}

/** Waits for a run that is stopped, and then for the node: afterwards it makes no more calls. Returns what came out. */
export async function stoppedRun(run: () => Promise<Ran>): Promise<Ran> {
	const execute = jest.spyOn(Smtp2go.prototype, 'execute');
	try {
		const ran = await run();
		expect(execute).toHaveBeenCalledTimes(1);
		await Promise.allSettled(execute.mock.results.map(({ value }) => value as Promise<unknown>));
		return ran;
	} finally {
		execute.mockRestore();
	}
}
