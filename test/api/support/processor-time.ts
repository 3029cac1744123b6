/**
 * Starts to measure the processor time of this process. Unlike a clock, it does not count what other processes do.
 * @returns a function that returns the milliseconds since the start
 */
export function stopwatch(): () => number {
	const before = process.cpuUsage();
	return () => {
		const { user, system } = process.cpuUsage(before);
		return (user + system) / 1000;
	};
}
