// Sends text messages and raises their events.
import type { Deliverer } from '../hooks/deliverer';
import type { Settings } from '../options';
import { newUuid, usernameOf } from '../core/ids';
import type { State } from '../state/state';
import type { Timers } from '../core/timers';
import type { ApiKey, SimulatorEvent, Sms, SmsStatus } from '../types';
import { DEFAULT_NUMBER, smsEvent } from '../events/sms-event';

/** Characters one SMS takes. */
const UNIT = 160;

/** What an SMS is sent with. */
export interface SmsRequest {
	destination: string;
	sender: string;
	content: string;
}

const DELIVERED: SmsStatus[] = ['sending', 'submitted', 'delivered'];

/** The end of a number decides, like an HTTP status: ...404 not found, ...403 not allowed. */
function fateOf(destination: string): SmsStatus[] {
	if (destination.endsWith('404')) return ['sending', 'submitted', 'failed'];
	return destination.endsWith('403') ? ['rejected'] : DELIVERED;
}

/** The status an event leaves an SMS in; undefined for an event that is no status. */
function statusAfter(event: string): SmsStatus | undefined {
	return [...DELIVERED, 'failed' as const, 'rejected' as const].find((status) => `sms_${status}` === event);
}

/** Takes SMS in and lets their events happen. */
export class SmsExchange {
	constructor(
		private readonly state: State,
		private readonly settings: Settings,
		private readonly timers: Timers,
		private readonly deliverer: Deliverer,
	) {}

	/** Stores an SMS and starts its life; events follow `eventDelayMs` apart. A sandboxed key's SMS goes nowhere. */
	accept(request: SmsRequest, key: ApiKey): Sms {
		const sms: Sms = {
			...request,
			id: newUuid(),
			username: usernameOf(key.key),
			units: Math.max(1, Math.ceil(request.content.length / UNIT)),
			status: 'queued',
			sentAt: new Date().toISOString(),
			...(key.subaccountId === undefined ? {} : { subaccountId: key.subaccountId }),
		};
		this.state.addSms(sms);
		const fate: SmsStatus[] = key.status === 'sandbox' ? ['rejected'] : fateOf(sms.destination);
		fate.forEach((status, index) => {
			this.timers.after((index + 1) * this.settings.eventDelayMs, () => this.raise(sms, `sms_${status}`));
		});
		return sms;
	}

	/** Lets an event happen to an SMS now, and hands it to the hooks. */
	raise(sms: Sms, event: string): SimulatorEvent {
		sms.status = statusAfter(event) ?? sms.status;
		const { id: messageId, username, destination: recipient, content: message, sentAt: submittedAt } = sms;
		return this.publish(
			smsEvent(event, {
				messageId,
				username,
				recipient,
				message,
				submittedAt,
				sender: sms.sender || DEFAULT_NUMBER,
			}),
		);
	}

	/** Stores an event and hands it to the hooks. */
	publish(event: SimulatorEvent): SimulatorEvent {
		this.state.addEvent(event);
		this.deliverer.publish(event);
		return event;
	}
}
