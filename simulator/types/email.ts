/** A sender or recipient as it was written, taken apart. */
export interface Mailbox {
	/** Display name, '' if there is none. */
	name: string;
	address: string;
	/** The text as sent, e.g. `Ann <ann@example.com>`. */
	text: string;
}

/** One header of an email. */
export interface EmailHeader {
	header: string;
	value: string;
}

/** An attachment or inline image, with its bytes. */
export interface StoredFile {
	/** For an inline image also its Content-ID. */
	filename: string;
	mimetype: string;
	content: Buffer;
	/** Where the bytes were fetched from, if the sender gave a URL. */
	url?: string;
}

/** One accepted email. */
export interface Email {
	emailId: string;
	/** First 16 characters of the API key that sent it. */
	username: string;
	/** The endpoint it came by. */
	via: '/email/send' | '/email/mime' | '/email/batch';
	sender: Mailbox;
	to: Mailbox[];
	cc: Mailbox[];
	bcc: Mailbox[];
	subject: string;
	html: string;
	text: string;
	/** Custom headers, Message-Id and, for scheduled email, X-Smtp2go-Schedule-Id. */
	headers: EmailHeader[];
	attachments: StoredFile[];
	inlines: StoredFile[];
	templateId?: string;
	scheduleId?: string;
	/** The subaccount of the key that sent it, if any. */
	subaccountId?: string;
	/** ISO time of acceptance. */
	receivedAt: string;
}
