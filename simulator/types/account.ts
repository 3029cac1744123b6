// Who can send, from where, and to whom.
import type { DnsRecord } from './health';

/** A domain to send from, once its DKIM record was found. */
export interface SenderDomain {
	/** In lower case. */
	name: string;
	dkimSelector: string;
	dkimVerified: boolean;
	/** Subdomain that bounces come back to. */
	returnPath: string;
	returnPathVerified: boolean;
	/** Subdomain that links and opens are counted at. */
	tracking: string;
	trackingVerified: boolean;
	/** Whether its records were looked up since they last changed. Before that, the API shows no result. */
	looked: boolean;
	/** Records that are not what they must be any more, with the target that is found there: '' is none. */
	lost?: Partial<Record<DnsRecord, string>>;
	/** Subaccounts that can send from it too. */
	subaccounts: string[];
	/** Whether every new subaccount may. */
	futureSubaccounts: boolean;
	subaccountId?: string;
}

/** An address to send from, once its owner has followed the link in the verification email. */
export interface SingleSender {
	email_address: string;
	verified: boolean;
	/** How many verification emails went out. */
	emailsSent: number;
	subaccountId?: string;
}

/** The Restrict Senders setting: whitelist and blacklist replace verified domains and single senders. */
export interface AllowedSenders {
	allowed_senders: string[];
	mode: 'whitelist' | 'blacklist' | 'disabled';
}

/** Which recipients can be written to while it is enabled. */
export interface AllowedRecipients {
	allowed_recipients: string[];
	enabled: boolean;
}

/** What API keys, SMTP users and authenticated IP addresses have in common, in the API's own names. */
export interface SenderSettings {
	description: string;
	custom_ratelimit: boolean;
	custom_ratelimit_value: number | null;
	custom_ratelimit_period: string;
	/** Id of a pool of dedicated IP addresses. */
	ip_pool: number | null;
	feedback_enabled: boolean;
	feedback_html: string;
	feedback_text: string;
	open_tracking_enabled: boolean;
	click_tracking_enabled: boolean;
	archive_enabled: boolean;
	audit_email: string | null;
	/** `from`, `drop` or an address. */
	bounce_notifications: string;
}

/** Whether a key or user can send. `sandbox` can, but nothing is delivered. */
export type SenderStatus = 'allowed' | 'blocked' | 'sandbox';

/** A user who sends over SMTP. */
export interface SmtpUser {
	username: string;
	email_password: string;
	feedback_domain: string;
	status: SenderStatus;
	settings: SenderSettings;
	subaccountId?: string;
}

/** An IP address that can send over SMTP without a password. */
export interface IpAuth {
	ip_address: string;
	feedback_domain: string;
	status: SenderStatus;
	settings: SenderSettings;
	subaccountId?: string;
}

/**
 * The IP addresses that may log in over SMTP or call the API. Stored only: the simulator has one caller, who must not
 * lock himself out.
 */
export interface IpAllowList {
	enabled: boolean;
	ip_addresses: { ip_address: string; description: string }[];
}

/** An account under the master account. */
export interface Subaccount {
	/** Six letters or digits. */
	id: string;
	name: string;
	email: string;
	/** Emails a month. */
	limit: number;
	state: 'Active' | 'Closed' | 'Suspended';
	dedicatedIp: boolean;
	archiving: boolean;
	enforce2fa: boolean;
	smsEnabled: boolean;
	smsLimit: number;
	/** Id of a pool of dedicated IP addresses, if any. */
	ipPool?: number;
}

/** Who can send, from where, and to whom; lists by owner have '' for the master account. */
export interface Account {
	domains: SenderDomain[];
	singleSenders: SingleSender[];
	/** By subaccount id. */
	allowedSenders: Record<string, AllowedSenders>;
	/** By subaccount id. */
	allowedRecipients: Record<string, AllowedRecipients>;
	smtpUsers: SmtpUser[];
	ipAuths: IpAuth[];
	ipAllowLists: Record<'smtp' | 'api', IpAllowList>;
	subaccounts: Subaccount[];
	/** When endpoints with a rate limit were called last: milliseconds since 1970, by path. */
	recentCalls: Record<string, number[]>;
}
