// Sends scheduled emails when they are due.
import type { State } from '../state/state';
import type { Timers } from '../core/timers';
import type { ScheduledEmail } from '../types';
import type { Postman } from './postman';

/** Keeps email until its time. */
export class Scheduler {
	constructor(
		private readonly state: State,
		private readonly timers: Timers,
		private readonly postman: Postman,
	) {}

	/** Queues an email. */
	add(scheduled: ScheduledEmail): void {
		this.state.scheduled.push(scheduled);
		this.state.changed();
		this.arm(scheduled);
	}

	/** Takes up the queue that was read from a file. */
	resume(): void {
		for (const scheduled of this.state.scheduled) this.arm(scheduled);
	}

	/** Sends the whole queue now; returns how many emails that were. */
	runNow(): number {
		const queue = [...this.state.scheduled];
		for (const scheduled of queue) this.release(scheduled);
		return queue.length;
	}

	private arm(scheduled: ScheduledEmail): void {
		this.timers.after(Math.max(0, Date.parse(scheduled.due) - Date.now()), () => this.release(scheduled));
	}

	private release(scheduled: ScheduledEmail): void {
		if (!this.state.scheduled.includes(scheduled)) return;
		this.state.scheduled = this.state.scheduled.filter((entry) => entry !== scheduled);
		this.postman.accept(
			{ ...scheduled.email, receivedAt: new Date().toISOString() },
			{ sandbox: scheduled.sandbox },
		);
	}
}
