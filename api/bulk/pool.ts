/**
 * Runs jobs concurrently and returns their results in order.
 * @param jobs taken one by one, as slots become free
 * @param max maximum number of concurrent jobs, at least 1
 * @param work must not reject
 * @param isOver called before each start. After it returns true, nothing more starts, and running jobs finish
 * @returns a result for each job that was started; `undefined` for the others
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
