/** The last event in a trigger's status, as in `last: hard-bounced 11:50`. */
/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { timeOfDay } from '../platform/time-of-day';

/** Milliseconds between two updates: a thousand events in a second must not be a thousand status messages. */
const INTERVAL = 1_000;

export class LastEvent {
	private kind: string | undefined;
	private time = '';
	private timer: NodeJS.Timeout | undefined;

	/** @param show shows the status again */
	constructor(private readonly show: () => void) {}

	/** What to show; undefined before the first event. */
	get words(): { kind: string; time: string } | undefined {
		return this.kind === undefined ? undefined : { kind: this.kind, time: this.time };
	}

	/** Notes an event that was passed on. The first is shown at once, those that follow closely a little later. */
	note(kind: string): void {
		[this.kind, this.time] = [kind, timeOfDay()];
		if (this.timer !== undefined) return;
		this.show();
		this.timer = setTimeout(() => {
			this.timer = undefined;
			this.show();
		}, INTERVAL);
		this.timer.unref();
	}

	close(): void {
		clearTimeout(this.timer);
	}
}
