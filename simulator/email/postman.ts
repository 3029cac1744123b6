// Accepts an email and raises its events one after another.
import { mayReceive, senderRefusal } from '../account/senders';
import type { Deliverer } from '../hooks/deliverer';
import type { Settings } from '../options';
import { newEventId } from '../core/ids';
import type { State } from '../state/state';
import { plainTime, secondsTime } from '../core/time';
import type { Timers } from '../core/timers';
import type { EmailEventName, Email, SimulatorEvent } from '../types';
import { outcomesFor, rejectReason } from './outcomes';
import { type EventDetails, eventPayload } from '../events/email-event';

/** How an email is taken in. */
export interface Acceptance {
	/** The key is in sandbox state: the email is accepted, then rejected for everyone. */
	sandbox: boolean;
}

/** Takes email in and lets its events happen. */
export class Postman {
	constructor(
		private readonly state: State,
		private readonly settings: Settings,
		private readonly timers: Timers,
		private readonly deliverer: Deliverer,
	) {}

	/** Stores an email and starts its life; events follow `eventDelayMs` apart. */
	accept(email: Email, { sandbox }: Acceptance): void {
		this.state.addEmail(email);
		// Asked here too: nobody waits for the answer of a fastaccept, and a scheduled mail's sender may have gone
		// meanwhile.
		const refused = senderRefusal(this.state.account, email.sender.address, email.subaccountId);
		const reasonFor = (address: string): string | undefined => {
			if (refused) return refused.reason;
			if (sandbox) return 'API key is sandboxed';
			if (!mayReceive(this.state.account, address, email.subaccountId)) return 'recipient is not allowed';
			return this.isSuppressed(address) ? 'recipient is suppressed' : rejectReason(address);
		};
		const recipients = recipientsOf(email);
		const taken = recipients.filter((address) => reasonFor(address) === undefined);
		if (taken.length > 0) this.later(1, () => this.raise(email, 'processed', taken));
		for (const address of recipients) {
			const message = reasonFor(address);
			if (message !== undefined) this.later(1, () => this.raise(email, 'reject', [address], { message }));
			else this.live(email, address);
		}
	}

	/**
	 * Lets an event happen to an email now.
	 * @param recipients all of them for `processed`, else the one concerned
	 */
	raise(email: Email, event: EmailEventName, recipients: string[], details: EventDetails = {}): SimulatorEvent {
		const at = new Date();
		const id = newEventId();
		const [recipient] = recipients;
		const raised: SimulatorEvent = {
			id,
			channel: 'email',
			event,
			emailId: email.emailId,
			...(event === 'processed' || recipient === undefined ? {} : { recipient }),
			...(event === 'bounce' ? { bounce: details.bounce ?? 'hard' } : {}),
			username: email.username,
			time: secondsTime(at),
			payload: { ...eventPayload(email, event, recipients, details, at), id },
		};
		if (recipient !== undefined) this.suppress(email, event, recipient, at);
		this.state.addEvent(raised);
		this.deliverer.publish(raised);
		return raised;
	}

	private live(email: Email, address: string): void {
		outcomesFor(address, email).forEach(({ event, ...details }, index) => {
			this.later(index + 2, () => this.raise(email, event, [address], details));
		});
	}

	private later(steps: number, work: () => void): void {
		this.timers.after(steps * this.settings.eventDelayMs, work);
	}

	private isSuppressed(address: string): boolean {
		const lower = address.toLowerCase();
		const names = [lower, lower.split('@')[1]];
		return this.state.suppressions.some(
			(entry) => entry.subaccountId === undefined && names.includes(entry.email_address.toLowerCase()),
		);
	}

	/** A complaint or an unsubscription closes an address for good; a resubscription opens it. */
	private suppress(email: Email, event: EmailEventName, address: string, at: Date): void {
		const others = this.state.suppressions.filter(
			({ email_address, reason }) =>
				email_address !== address || reason !== (event === 'spam' ? 'spam' : 'unsubscribe'),
		);
		if (event === 'resubscribe') this.state.suppressions = others;
		if (event !== 'spam' && event !== 'unsubscribe') return;
		const entry = {
			email_address: address,
			reason: event,
			block_description: '',
			complaint: '',
			subject: email.subject,
			timestamp: plainTime(at),
		};
		this.state.suppressions = [...others, entry];
	}
}

/** Everyone an email goes to, once each. */
export function recipientsOf(email: Email): string[] {
	return [...new Set([...email.to, ...email.cc, ...email.bcc].map(({ address }) => address))];
}
