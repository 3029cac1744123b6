/**
 * Runs jobs side by side, at most so many at a time, and gives their results in the jobs' order.
 * @param jobs taken one by one, as places become free
 * @param max at least 1
 * @param work must not reject
 * @param isOver asked before each start: from a yes on nothing more is started, what is under way comes to its end
 * @returns a result for each job that was started; `undefined` in the place of one that was not
 */
export async function runPool<J, R>(
	jobs: readonly J[],
	max: number,
	work: (job: J, index: number) => Promise<R>,
	isOver: () => boolean = () => false,
): Promise<(R | undefined)[]> {
	const results = new Array<R | undefined>(jobs.length).fill(undefined);
	const left = jobs.entries();
	const worker = async () => {
		while (!isOver()) {
			const next = left.next();
			if (next.done) return;
			const [index, job] = next.value;
			results[index] = await work(job, index);
		}
	};
	await Promise.all(Array.from({ length: Math.max(1, Math.min(max, jobs.length)) }, worker));
	return results;
}
