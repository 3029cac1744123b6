/** What a trigger shows of the event that it handed out last, as in `last: hard-bounced 11:50`. */
/* eslint-disable @n8n/community-nodes/no-restricted-globals */

/** Milliseconds between two looks: a thousand events in a second are not a thousand status messages. */
const INTERVAL = 1_000;

/** The time of day where Node-RED runs, as in `09:05`. */
export function timeOfDay(moment = new Date()): string {
	return moment.toTimeString().slice(0, 5);
}

export class LastEvent {
	private kind: string | undefined;
	private time = '';
	private timer: NodeJS.Timeout | undefined;

	/** @param show redraws the status */
	constructor(private readonly show: () => void) {}

	/** What to show; undefined before the first event. */
	get words(): { kind: string; time: string } | undefined {
		return this.kind === undefined ? undefined : { kind: this.kind, time: this.time };
	}

	/** An event was handed out: the first is shown at once, those that follow close behind it a little later. */
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
