// Delivers events to webhooks, and retries failed deliveries.
import type { Outgoing } from '../core/outgoing';
import type { Settings } from '../options';
import type { State } from '../state/state';
import type { Timers } from '../core/timers';
import type { Attempt, Delivery, Hook, SimulatorEvent } from '../types';
import { authorization, customHeaders, encode, payloadFor, wants, withoutCredentials } from './payload';
import { RETRY_WAITS } from './schedule';

/** Hands events to hooks: one request per event, all at once, retried until a 200 comes back. */
export class Deliverer {
	constructor(
		private readonly state: State,
		private readonly settings: Settings,
		private readonly timers: Timers,
		private readonly outgoing: Outgoing,
	) {}

	/** Sends an event to every hook that wants it. */
	publish(event: SimulatorEvent): void {
		for (const hook of this.state.hooks) {
			if (wants(hook, event)) this.deliver(hook, event, { repeats: true });
		}
	}

	/** Sends an event to one hook. Test events are not repeated and carry no email. */
	deliver(hook: Hook, event: SimulatorEvent, { repeats }: { repeats: boolean }): Delivery {
		const email = this.state.email(event.emailId);
		// The live test button writes "Headers Unavailable" into every requested header.
		const payload = payloadFor(hook, event, email, repeats ? undefined : 'Headers Unavailable');
		const delivery: Delivery = {
			id: this.state.nextId(),
			hookId: hook.id,
			url: withoutCredentials(hook.url),
			eventId: event.id,
			event: event.event,
			...(event.emailId === undefined ? {} : { emailId: event.emailId }),
			...(event.recipient === undefined ? {} : { recipient: event.recipient }),
			status: 'pending',
			...encode(payload, hook.output_format),
			attempts: [],
		};
		this.state.addDelivery(delivery);
		void this.attempt(delivery, repeats);
		return delivery;
	}

	/** Takes up deliveries that were pending when the state was saved. */
	resume(): void {
		for (const delivery of this.state.deliveries) {
			if (delivery.status !== 'pending') continue;
			const wait = Math.max(0, Date.parse(delivery.nextAttemptAt ?? '') - Date.now() || 0);
			this.timers.after(wait, () => void this.attempt(delivery, true));
		}
	}

	/** Gives up what waits for a hook that is gone. */
	cancel(hookId: number): void {
		for (const delivery of this.state.deliveries) {
			if (delivery.hookId === hookId && delivery.status === 'pending') this.settle(delivery, 'cancelled');
		}
	}

	private async attempt(delivery: Delivery, repeats: boolean): Promise<void> {
		const hook = this.state.hooks.find(({ id }) => id === delivery.hookId);
		if (!hook || isOver(delivery)) return;
		delivery.attempts.push(await this.post(hook, delivery));
		// The hook may have been removed, or the simulator reset, while the receiver was answering.
		if (isOver(delivery)) return;
		const wait = RETRY_WAITS[delivery.attempts.length - 1];
		if (delivery.attempts.at(-1)?.status === 200) this.settle(delivery, 'delivered');
		else if (!repeats || wait === undefined) this.settle(delivery, 'failed');
		else this.repeat(delivery, wait / this.settings.timeScale);
	}

	private repeat(delivery: Delivery, wait: number): void {
		delivery.nextAttemptAt = new Date(Date.now() + wait).toISOString();
		this.timers.after(wait, () => void this.attempt(delivery, true));
		this.state.changed();
	}

	private settle(delivery: Delivery, status: Delivery['status']): void {
		delivery.status = status;
		delete delivery.nextAttemptAt;
		this.state.changed();
	}

	private async post(hook: Hook, delivery: Delivery): Promise<Attempt> {
		const started = performance.now();
		const attempt = { at: new Date().toISOString() };
		const milliseconds = (): number => Math.round(performance.now() - started);
		const headers = {
			...customHeaders(hook),
			'content-type': delivery.contentType,
			'content-length': String(Buffer.byteLength(delivery.body)),
			...authorization(hook),
		};
		try {
			const { status, body } = await this.outgoing.send({
				method: 'POST',
				url: hook.url,
				headers,
				body: delivery.body,
				timeoutMs: this.settings.deliveryTimeoutMs,
				maxBytes: 500,
			});
			return { ...attempt, status, milliseconds: milliseconds(), answer: body.toString('utf8') };
		} catch (error) {
			const reason = error instanceof Error ? error.message || error.name : String(error);
			return { ...attempt, error: reason, milliseconds: milliseconds(), answer: '' };
		}
	}
}

/** Asked again after every wait, since others change the status meanwhile. */
function isOver(delivery: Delivery): boolean {
	return delivery.status !== 'pending';
}
