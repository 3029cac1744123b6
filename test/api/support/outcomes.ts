/** Events about emails, as the activity log reports them. */
import type { DeliveredEvent } from '../../../api';
import { readLogEntry } from '../../../api/feed/log-entry';

/** What happens to an email. */
export interface Happening {
	readonly event?: string;
	readonly emailId?: string;
	readonly recipient?: string | null;
	readonly recipients?: readonly string[];
	/** Seconds after noon. */
	readonly second?: number;
	readonly reason?: string | null;
}

/** The event of the log for something that happens; by default a delivery. */
export function eventOf({
	event = 'delivered',
	emailId = '1w4x2g-FnQW0hPru7M-NRRC',
	recipient = null,
	recipients = [],
	second = 0,
	reason = null,
}: Happening): DeliveredEvent {
	const entry = {
		date: `2026-11-22T12:00:0${second}Z`,
		event,
		email_id: emailId,
		...(recipient === null ? {} : { recipient }),
		recipients: [...recipients],
		...(reason === null ? {} : { reason }),
	};
	return readLogEntry(entry, []).delivery.event;
}
