// The webhook body of a text message's event.
import { newEventId, newUuid } from '../core/ids';
import { secondsTime } from '../core/time';
import type { SimulatorEvent } from '../types';
import { countryOf } from '../schema/phone-numbers';

/** The number an SMS comes from if its sender named none. */
export const DEFAULT_NUMBER = '+64220000000';

/** What an SMS event is raised with. */
export interface SmsDetails {
	username: string;
	/** Default: a new one, of an SMS that was never sent. */
	messageId?: string | undefined;
	sender?: string | undefined;
	/** Phone number with country code. */
	recipient?: string | undefined;
	message?: string | undefined;
	/** ISO time the SMS was accepted; default now. */
	submittedAt?: string | undefined;
}

/** How SMTP2GO spells an opt-out in a delivery is not published: each of these counts as one. */
const OPT_OUT = /^(sms_)?opt[-_]?out$/;

/** Whether a name is that of an event of an SMS. */
export function isSmsEvent(name: string): boolean {
	return name.startsWith('sms_') || OPT_OUT.test(name);
}

/** The name by which a hook asks for an event of an SMS. */
export function smsSubscription(name: string): string {
	return OPT_OUT.test(name) ? 'opt-out' : name.replace(/^sms_/, '');
}

/** An SMS event with the documented fields. No live one has been published. */
export function smsEvent(event: string, details: SmsDetails): SimulatorEvent {
	const {
		username,
		messageId = newUuid(),
		sender = DEFAULT_NUMBER,
		recipient = '+64210000000',
		message = '',
		submittedAt,
	} = details;
	const now = new Date();
	const time = secondsTime(now);
	const id = newEventId();
	const payload = {
		event,
		id,
		message_id: messageId,
		destination_number: recipient,
		source_number: sender,
		message_content: message,
		status_code: event.replace(/^sms_/, ''),
		region: countryOf(recipient),
		retry_count: '0',
		received_timestamp: time,
		submitted_timestamp: secondsTime(submittedAt === undefined ? now : new Date(submittedAt)),
	};
	return { id, channel: 'sms', event, recipient, username, time, payload };
}
