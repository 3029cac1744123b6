/** A clock that only the test moves, for what waits with n8n's `sleep`. Calls to the simulator take real time. */
/* eslint-disable @n8n/community-nodes/no-restricted-globals */

interface Wait {
	readonly at: number;
	readonly end: () => void;
}

const START = Date.parse('2026-11-27T12:00:00.000Z');

class Clock {
	private waits: Wait[] = [];

	/** Stops `Date` and `performance`; timers go on. The header Date of a response still tells the real time. */
	stop(now = START): void {
		this.waits = [];
		jest.useFakeTimers({
			now,
			doNotFake: [
				'setTimeout',
				'setInterval',
				'setImmediate',
				'clearTimeout',
				'clearInterval',
				'clearImmediate',
				'nextTick',
				'queueMicrotask',
				'hrtime',
			],
		});
	}

	/** In place of n8n's. */
	sleep(milliseconds: number): Promise<void> {
		return new Promise((resolve) => {
			this.waits.push({ at: Date.now() + milliseconds, end: resolve });
		});
	}

	/** Moves on, and lets everything that waits do its work in order. What has ended sleeps no more. */
	async advance(milliseconds: number): Promise<void> {
		const end = Date.now() + milliseconds;
		for (;;) {
			const next = this.waits.reduce<Wait | undefined>(
				(first, wait) => (first === undefined || wait.at < first.at ? wait : first),
				undefined,
			);
			if (next === undefined || next.at > end) break;
			this.waits.splice(this.waits.indexOf(next), 1);
			const before = this.waits.length;
			jest.advanceTimersByTime(Math.max(0, next.at - Date.now()));
			next.end();
			await this.untilAsleep(before);
		}
		jest.advanceTimersByTime(Math.max(0, end - Date.now()));
	}

	/** Waits until who was woken sleeps again, or has ended: then it makes no call for a while. */
	private async untilAsleep(before: number): Promise<void> {
		for (let idle = 0; this.waits.length <= before && idle < 40; idle++)
			await new Promise((resolve) => {
				setTimeout(resolve, idle < 10 ? 0 : 10);
			});
	}
}

/** The one clock of a test file. */
export const clock = new Clock();
