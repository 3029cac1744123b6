import { newEventId, newUuid } from '../state/ids';
import { secondsTime } from '../state/time';
import type { SimulatorEvent } from '../state/types';

/** What an SMS event is raised with. */
export interface SmsDetails {
	username: string;
	/** Phone number with country code. */
	recipient?: string | undefined;
	message?: string | undefined;
}

/** An SMS event with the documented fields; nobody has published a live one. */
export function smsEvent(event: string, { username, recipient = '+64210000000', message = '' }: SmsDetails): SimulatorEvent {
	const time = secondsTime(new Date());
	const id = newEventId();
	const payload = {
		event,
		id,
		message_id: newUuid(),
		destination_number: recipient,
		source_number: '+64220000000',
		message_content: message,
		status_code: event.replace(/^sms_/, ''),
		region: 'NZ',
		retry_count: '0',
		received_timestamp: time,
		submitted_timestamp: time,
	};
	return { id, channel: 'sms', event, recipient, username, time, payload };
}
