/** The data of a deliverability report. Types, not interfaces, because the items of n8n accept records. */

/** A period, from its first moment until before its end, as ISO 8601 in UTC. */
export type ReportPeriod = {
	from: string;
	to: string;
	/** In words, in the time zone of the report, as in `November 21–27, 2026`. */
	label: string;
};

/** What a rate is a percentage of. */
export type RateBase = 'sent' | 'delivered';

/** One number of the report, in the period and in the one before. Null for what is not known. */
export type ReportFigure = {
	label: string;
	count: number | null;
	previousCount: number | null;
	/** By how many percent the count changed. */
	changePercent: number | null;
	/** A percentage, with at most two decimals. */
	rate: number | null;
	previousRate: number | null;
	/** By how many percentage points the rate changed. */
	rateChange: number | null;
	rateOf: RateBase | null;
};

/** The names of the figures, in the order of the report. */
export type FigureName =
	| 'sent'
	| 'delivered'
	| 'bounces'
	| 'hardBounces'
	| 'softBounces'
	| 'rejects'
	| 'complaints'
	| 'unsubscribes'
	| 'opens'
	| 'clicks';

/** What SMTP2GO's statistics count. */
export type Counts = {
	sent: number;
	bounces: number;
	rejects: number;
	complaints: number;
	unsubscribes: number;
	opens: number;
	clicks: number;
};

/** A day, or a week of a long period. Its counts are null if they could not be read. */
export type ReportStep = { from: string; to: string; label: string } & { [K in keyof Counts]: number | null };

/** The emails of one sender. */
export type SenderRow = { sender: string } & Counts & {
		bounceRate: number | null;
		rejectRate: number | null;
		complaintRate: number | null;
	};

/** The emails to the recipients of one domain. An email to two recipients counts as two. */
export type DomainRow = {
	domain: string;
	/** Emails that were delivered, bounced or rejected. */
	emails: number;
	delivered: number;
	hardBounces: number;
	/** Emails that bounced softly and were not delivered later. */
	softBounces: number;
	rejects: number;
	complaints: number;
	unsubscribes: number;
	deliveredRate: number | null;
	bounceRate: number | null;
};

/** Bounces with the same reason, apart from addresses and numbers in it. */
export type BounceReason = {
	/** In the words of the mail server or of SMTP2GO, as in the latest of these bounces. */
	reason: string;
	hardBounces: number;
	softBounces: number;
	recipients: number;
	/** The recipient of the latest of these bounces. */
	example: string;
};

/** A recipient whose emails bounced. */
export type BouncedRecipient = {
	recipient: string;
	hardBounces: number;
	softBounces: number;
	/** Of the latest bounce. */
	reason: string;
	lastBounce: string;
};

/** How much of the activity log the report is based on. */
export type LogShare = {
	/** The number of entries that were read. */
	read: number;
	/** The number of entries of the period with these events. Null if SMTP2GO does not say. */
	total: number | null;
	/** A percentage. */
	share: number | null;
	/** The recipient domains are those of the emails since this moment, as ISO 8601 in UTC. */
	since: string | null;
};

/** The quota of the account, now. */
export type ReportQuota = { used: number; remaining: number; max: number; ends: string };

/** Everything that a report says. */
export type ReportData = {
	period: ReportPeriod;
	previousPeriod: ReportPeriod;
	/** An IANA name. */
	timeZone: string;
	/** A few sentences with the main figures. */
	summary: string[];
	figures: Record<FigureName, ReportFigure>;
	/** How the rates are calculated, in words. */
	rates: string;
	/** What an entry of `steps` is. */
	stepUnit: 'day' | 'week';
	steps: ReportStep[];
	/** The number of senders. `senders` has those with the most emails. */
	senderCount: number;
	senders: SenderRow[];
	recipientDomainCount: number;
	recipientDomains: DomainRow[];
	bounceReasons: BounceReason[];
	worstBounces: BouncedRecipient[];
	log: LogShare;
	quota: ReportQuota | null;
	/** What the report does not say, and why. */
	notes: string[];
	/** Endpoints without which parts are missing, as in `/activity/search`. */
	missingPermissions: string[];
	/** The number of calls that were made. */
	calls: number;
};

/** A report: data, the same as plain text and as HTML, and a subject for an email. */
export type DeliverabilityReport = ReportData & { subject: string; text: string; html: string };
