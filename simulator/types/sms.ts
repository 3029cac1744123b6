/** Where a sent SMS is on its way, in the words of `/sms/send`. */
export type SmsStatus = 'queued' | 'sending' | 'submitted' | 'delivered' | 'failed' | 'rejected';

/** One SMS to one number. */
export interface Sms {
	/** A UUID. */
	id: string;
	/** First 16 characters of the API key that sent it. */
	username: string;
	/** The number it comes from; '' if the sender named none. */
	sender: string;
	/** The number as it was sent. */
	destination: string;
	content: string;
	/** How many SMS the text takes up. */
	units: number;
	status: SmsStatus;
	/** ISO time of acceptance. */
	sentAt: string;
	/** The subaccount of the key that sent it, if any. */
	subaccountId?: string;
}

/** An SMS that somebody sent to the account. */
export interface ReceivedSms {
	/** A UUID. */
	id: string;
	/** The number it comes from. */
	from: string;
	/** The account's number. */
	to: string;
	content: string;
	/** Whose SMS it answers: first 16 characters of an API key. */
	username: string;
	/** ISO time. */
	receivedAt: string;
	subaccountId?: string;
}

/** A pool of dedicated IP addresses, as the API shows it. */
export interface IpPool {
	id: number;
	name: string;
	ip_addresses: string[];
}
