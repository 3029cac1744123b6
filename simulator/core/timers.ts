/** Every timer of the simulator, so that stopping it leaves none behind. */
/* eslint-disable @n8n/community-nodes/no-restricted-globals */
export class Timers {
	private readonly running = new Set<NodeJS.Timeout>();
	private closed = false;

	/** Runs `work` once after this many milliseconds. Returns a function that cancels it. */
	after(milliseconds: number, work: () => void): () => void {
		// A delivery that the stop has just broken off would come back for its next attempt.
		if (this.closed) return () => undefined;
		// Node treats longer waits as 1 ms; 2^31-1 ms are 24 days, more than anything here waits.
		const timer = setTimeout(
			() => {
				this.running.delete(timer);
				work();
			},
			Math.min(milliseconds, 2 ** 31 - 1),
		);
		this.running.add(timer);
		return () => this.cancel(timer);
	}

	/** Calls every timer off. */
	cancelAll(): void {
		for (const timer of this.running) this.cancel(timer);
	}

	/** Calls every timer off and takes no more. */
	close(): void {
		this.closed = true;
		this.cancelAll();
	}

	private cancel(timer: NodeJS.Timeout): void {
		clearTimeout(timer);
		this.running.delete(timer);
	}
}
