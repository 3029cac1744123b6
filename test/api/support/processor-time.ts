/** Measures the work of a test by the processor time of this process: a clock counts what other processes do, too. */
/* eslint-disable @n8n/community-nodes/no-restricted-globals */

/**
 * Starts to measure.
 * @returns a function that returns the milliseconds since the start
 */
export function stopwatch(): () => number {
	const before = process.cpuUsage();
	return () => {
		const { user, system } = process.cpuUsage(before);
		return (user + system) / 1000;
	};
}
