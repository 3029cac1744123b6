// Everything the simulator knows.
import { newAccount } from '../account/account';
import { setVerifiedSenders, verifiedSenders } from '../account/senders';
import { demoIpPools, fullKey, demoReceivedSms, demoTemplates } from './demo';
import { seededRandom } from '../core/random';
import type { Settings } from '../options';
import { ActivityLog } from './activity-log';
import type {
	Account,
	ApiKey,
	Delivery,
	Hook,
	IpPool,
	Email,
	LogSettings,
	Rates,
	ReceivedSms,
	RequestRecord,
	ScheduledEmail,
	SimulatorEvent,
	Sms,
	Suppression,
	Template,
} from '../types';

/** The oldest entries are dropped, so that a long run does not fill the memory. */
const LIMITS = {
	emails: 10_000,
	events: 50_000,
	generated: 300_000,
	deliveries: 50_000,
	requests: 1_000,
	sms: 10_000,
} as const;

/** Appends and returns the oldest entry if it had to make room. */
function push<T>(list: T[], entry: T, limit: number): T | undefined {
	list.push(entry);
	return list.length > limit ? list.shift() : undefined;
}

/** Bytes of request bodies the log keeps. */
const REQUEST_LOG_BYTES = 200_000_000;

/** Everything the simulator knows. Code that changes something calls `changed()`. */
export class State {
	keys: ApiKey[] = [];
	account: Account = newAccount(false);
	webhookLimit = 10;
	emails: Email[] = [];
	events: SimulatorEvent[] = [];
	hooks: Hook[] = [];
	deliveries: Delivery[] = [];
	suppressions: Suppression[] = [];
	templates: Template[] = [];
	scheduled: ScheduledEmail[] = [];
	sms: Sms[] = [];
	receivedSms: ReceivedSms[] = [];
	/** How many emails the plan allows a month. */
	monthlyEmails = 10_000;
	/** What comes on top of the emails sent this month, to get the number that was set as used. */
	usedCorrection = 0;
	/** What the statistics of the last 30 days say instead of what happened. */
	rates: Rates = {};
	ipPools: IpPool[] = [];
	logSettings: LogSettings = { minDelayMs: 0, maxDelayMs: 0, historyDays: null };
	requests: RequestRecord[] = [];
	/** Goes up with every change; the page asks for it. */
	revision = 0;
	/** Last used id of hooks and deliveries. */
	lastId = 4000;
	/** Generated emails that the email history counts. */
	countedEmails: Email[] = [];
	private requestBytes = 0;
	/** The events of emails by time. `addEvent` keeps it; an event never changes its time. */
	readonly log = new ActivityLog();
	private random = seededRandom(1);
	private generated = 0;
	private readonly emailById = new Map<string, Email>();
	private readonly listeners = new Set<() => void>();

	constructor(private readonly settings: Settings) {
		this.reset();
	}

	/**
	 * Back to the first day: the key, templates, received SMS and IP addresses, verified senders, nothing else.
	 */
	reset(): void {
		this.keys = [fullKey(this.settings.apiKey)];
		this.account = newAccount(this.settings.demo);
		this.verifiedSenders = this.settings.verifiedSenders;
		this.webhookLimit = this.settings.webhookLimit;
		this.templates = this.settings.demo ? demoTemplates() : [];
		this.emails = [];
		this.emailById.clear();
		this.events = [];
		this.generated = 0;
		this.countedEmails = [];
		this.log.clear();
		const { logMinDelayMs: minDelayMs, logMaxDelayMs: maxDelayMs, logHistoryDays: historyDays } = this.settings;
		this.logSettings = { minDelayMs, maxDelayMs, historyDays };
		this.random = seededRandom(this.settings.seed);
		this.hooks = [];
		// Code that still holds one of them sees that it has ended.
		for (const delivery of this.deliveries) if (delivery.status === 'pending') delivery.status = 'cancelled';
		this.deliveries = [];
		this.suppressions = [];
		this.scheduled = [];
		this.sms = [];
		this.receivedSms = this.settings.demo ? demoReceivedSms(this.settings.apiKey) : [];
		this.monthlyEmails = this.settings.monthlyEmails;
		this.usedCorrection = 0;
		this.rates = {};
		this.ipPools = this.settings.demo ? demoIpPools() : [];
		this.requests = [];
		this.requestBytes = 0;
		this.changed();
	}

	/** The master account's verified domains and single senders; setting them replaces both lists. */
	get verifiedSenders(): string[] {
		return verifiedSenders(this.account);
	}

	set verifiedSenders(names: readonly string[]) {
		setVerifiedSenders(this.account, names);
	}

	/** Stores an email. */
	addEmail(email: Email): void {
		this.emailById.set(email.emailId, email);
		const dropped = push(this.emails, email, LIMITS.emails);
		if (dropped) this.forgetEmail(dropped.emailId);
		this.changed();
	}

	/**
	 * Stores an email that only the activity log knows: it is in no list and no archive.
	 * @param counts whether the email history counts it
	 */
	addGeneratedEmail(email: Email, counts: boolean): void {
		this.emailById.set(email.emailId, email);
		if (counts) this.countedEmails.push(email);
	}

	/** The email with this id. */
	email(emailId: string | undefined): Email | undefined {
		return emailId === undefined ? undefined : this.emailById.get(emailId);
	}

	/** Stores an event that happens now. */
	addEvent(event: SimulatorEvent): void {
		this.addEvents([{ event, at: Date.now() }]);
	}

	/**
	 * Stores events, oldest first. In the activity log they show up as late as the settings say.
	 * @param happenings each with the time it happened: milliseconds since 1970
	 */
	addEvents(happenings: readonly { event: SimulatorEvent; at: number }[]): void {
		for (const { event, at } of happenings) this.store(event, at);
		if (this.generated > LIMITS.generated || this.events.length - this.generated > LIMITS.events)
			this.dropEvents(Math.ceil(this.events.length / 10));
		this.changed();
	}

	private store(event: SimulatorEvent, happenedAt: number): void {
		const { minDelayMs, maxDelayMs } = this.logSettings;
		const delay = minDelayMs + this.random() * Math.max(0, maxDelayMs - minDelayMs);
		if (delay > 0 && event.loggedAt === undefined) event.loggedAt = happenedAt + delay;
		this.events.push(event);
		if (event.generated) this.generated++;
		const email = this.email(event.emailId);
		if (email) this.log.add(event, email);
	}

	/** Lets every entry show up in the activity log now. */
	showLog(): void {
		for (const event of this.events) delete event.loggedAt;
		this.log.showAll();
		this.changed();
	}

	/** Stores a sent SMS. */
	addSms(sms: Sms): void {
		push(this.sms, sms, LIMITS.sms);
		this.changed();
	}

	/** Stores a received SMS. */
	addReceivedSms(sms: ReceivedSms): void {
		push(this.receivedSms, sms, LIMITS.sms);
		this.changed();
	}

	/** Stores a delivery. */
	addDelivery(delivery: Delivery): void {
		push(this.deliveries, delivery, LIMITS.deliveries);
		this.changed();
	}

	/** Logs an API request. */
	logRequest(record: RequestRecord): void {
		this.requests.push(record);
		this.requestBytes += record.body.length;
		while (
			this.requests.length > LIMITS.requests ||
			(this.requestBytes > REQUEST_LOG_BYTES && this.requests.length > 1)
		) {
			this.requestBytes -= this.requests.shift()?.body.length ?? 0;
		}
		this.changed();
	}

	/** A new integer id. */
	nextId(): number {
		return ++this.lastId;
	}

	/** Notifies the listeners of a change. */
	changed(): void {
		this.revision++;
		for (const listener of this.listeners) listener();
	}

	/** Drops the oldest events, many at a time: taking them out of the log costs a walk through it. */
	private dropEvents(count: number): void {
		const dropped = this.events.splice(0, count);
		this.log.remove(dropped);
		for (const { generated, emailId = '' } of dropped) {
			if (!generated) continue;
			this.generated--;
			if (this.log.eventsOf(emailId).length === 0) this.emailById.delete(emailId);
		}
		this.countedEmails = this.countedEmails.filter(({ emailId }) => this.emailById.has(emailId));
	}

	private forgetEmail(emailId: string): void {
		this.emailById.delete(emailId);
		this.log.forgetEmail(emailId);
	}

	/** Calls `listener` after every change; returns a function that ends it. */
	onChange(listener: () => void): () => void {
		this.listeners.add(listener);
		return () => this.listeners.delete(listener);
	}
}
