/** A webhook, in the API's own field names. */
export interface Hook {
	id: number;
	url: string;
	events: string[];
	sms_events: string[];
	headers: string[];
	usernames: string[];
	output_format: 'form' | 'json';
	auth_header_type: '' | 'bearer' | 'basic';
	auth_header_value: string;
	/** Sent with each delivery. */
	custom_headers?: { header: string; value: string }[];
	disabled: boolean;
	/** The subaccount it was made for, if any. */
	subaccountId?: string;
}

/** One try to hand an event to a hook. */
export interface Attempt {
	at: string;
	/** HTTP status, missing if no answer came. */
	status?: number;
	error?: string;
	milliseconds: number;
	/** Start of the receiver's answer. */
	answer: string;
}

/** One event on its way to one hook. */
export interface Delivery {
	id: number;
	hookId: number;
	/** The hook's URL without user name and password. */
	url: string;
	eventId: string;
	event: string;
	emailId?: string;
	/** Missing for `processed`. */
	recipient?: string;
	status: 'pending' | 'delivered' | 'failed' | 'cancelled';
	contentType: string;
	body: string;
	attempts: Attempt[];
	/** ISO time of the next attempt while pending. */
	nextAttemptAt?: string;
}
