// Everything the simulator knows.
import { newAccount } from '../account/account';
import { setVerifiedSenders, verifiedSenders } from '../account/senders';
import { demoIpPools, demoKey, demoReceivedSms, demoTemplates } from './demo';
import type { Settings } from '../options';
import type {
	Account,
	ApiKey,
	Delivery,
	Hook,
	IpPool,
	Email,
	ReceivedSms,
	RequestRecord,
	ScheduledEmail,
	SimulatorEvent,
	Sms,
	Suppression,
	Template,
} from '../types';

/** The oldest entries are dropped, so that a long run does not fill the memory. */
const LIMITS = { emails: 10_000, events: 50_000, deliveries: 50_000, requests: 1_000, sms: 10_000 } as const;

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
	ipPools: IpPool[] = [];
	requests: RequestRecord[] = [];
	/** Goes up with every change; the page asks for it. */
	revision = 0;
	/** Last used id of hooks and deliveries. */
	lastId = 4000;
	private requestBytes = 0;
	private readonly emailById = new Map<string, Email>();
	private readonly listeners = new Set<() => void>();

	constructor(private readonly settings: Settings) {
		this.reset();
	}

	/**
	 * Back to the first day: the demo's key, templates, received SMS and IP addresses, verified senders, nothing else.
	 */
	reset(): void {
		this.keys = [demoKey()];
		this.account = newAccount(this.settings.demo);
		this.verifiedSenders = this.settings.verifiedSenders;
		this.webhookLimit = this.settings.webhookLimit;
		this.templates = this.settings.demo ? demoTemplates() : [];
		this.emails = [];
		this.emailById.clear();
		this.events = [];
		this.hooks = [];
		// Code that still holds one of them sees that it has ended.
		for (const delivery of this.deliveries) if (delivery.status === 'pending') delivery.status = 'cancelled';
		this.deliveries = [];
		this.suppressions = [];
		this.scheduled = [];
		this.sms = [];
		this.receivedSms = this.settings.demo ? demoReceivedSms() : [];
		this.monthlyEmails = this.settings.monthlyEmails;
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
		if (dropped) this.emailById.delete(dropped.emailId);
		this.changed();
	}

	/** The email with this id. */
	email(emailId: string | undefined): Email | undefined {
		return emailId === undefined ? undefined : this.emailById.get(emailId);
	}

	/** Stores an event. */
	addEvent(event: SimulatorEvent): void {
		push(this.events, event, LIMITS.events);
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

	/** Calls `listener` after every change; returns a function that ends it. */
	onChange(listener: () => void): () => void {
		this.listeners.add(listener);
		return () => this.listeners.delete(listener);
	}
}
