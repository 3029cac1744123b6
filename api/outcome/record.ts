/** What is known of one email: its recipients, and what events prove about each. */
import { isRecord } from '../core/json';
import { sameAddress, splitAddresses } from '../formats/mailbox';
import type { DeliveredEvent } from '../webhook/delivery';
import { addressIn, evidenceOf, isProof, stronger, worstFirst, type Evidence } from './evidence';
import type { EmailOutcome, RecipientOutcome } from './types';

/** The maximum number of recipients of an email: 100 each in To, CC, and BCC (contract). */
const MAX_RECIPIENTS = 300;

/** A recipient in a store: address, outcome, reason, time. The last three are missing while nothing is known. */
type StoredRecipient = readonly [string, string?, (string | null)?, (string | null)?];

/** An email in a store. */
export type StoredEmail = {
	readonly id?: string;
	readonly schedule?: string;
	/** When it was sent, in milliseconds since 1970 by the clock of the host. */
	readonly sentAt?: number;
	/** True if a soft bounce is an outcome of this email. */
	readonly soft?: boolean;
	/** The recipients whose outcome counts. Missing if they were not named. */
	readonly to?: readonly string[];
	/** The recipients that events name, and what is known of them. */
	readonly seen: readonly StoredRecipient[];
	/** What is known of the whole email. */
	readonly whole?: StoredRecipient;
};

function textOr<T>(value: unknown, otherwise: T): string | T {
	return typeof value === 'string' && value !== '' ? value : otherwise;
}

function readEvidence([, outcome, reason, at]: readonly unknown[]): Evidence | undefined {
	return isProof(outcome) ? { outcome, reason: textOr(reason, null), at: textOr(at, null) } : undefined;
}

function stored(address: string, evidence: Evidence | undefined): StoredRecipient {
	return evidence === undefined ? [address] : [address, evidence.outcome, evidence.reason, evidence.at];
}

/** Returns the addresses of the header lines To and CC in an entry of the log that lists no recipients. */
function addressedIn({ source, raw }: DeliveredEvent): string[] {
	if (source !== 'log' || (raw['recipients'] ?? null) !== null) return [];
	return [raw['to'], raw['cc']].flatMap((line) => (typeof line === 'string' ? splitAddresses(line) : []));
}

function outcomeOf(address: string | null, evidence: Evidence | undefined): RecipientOutcome {
	const { outcome = 'pending', reason = null, at = null } = evidence ?? {};
	return { address, outcome, reason, at };
}

/** One email of a watch. */
export class EmailRecord {
	emailId: string | null = null;
	scheduleId: string | null = null;
	sentAt: number | undefined;
	softBounceCounts: boolean | undefined;
	/** By what is equal for the same address. */
	private readonly told = new Map<string, string>();
	private readonly named = new Map<string, string>();
	private readonly proven = new Map<string, Evidence>();
	private whole: Evidence | undefined;

	/** Reads an email from a store. Returns undefined for anything else. */
	static read(value: unknown): EmailRecord | undefined {
		if (!isRecord(value)) return undefined;
		const { id, schedule, sentAt, soft, to, seen, whole } = value;
		const record = new EmailRecord();
		record.emailId = textOr(id, null);
		record.scheduleId = textOr(schedule, null);
		if (record.emailId === null && record.scheduleId === null) return undefined;
		if (typeof sentAt === 'number' && Number.isFinite(sentAt)) record.sentAt = sentAt;
		if (typeof soft === 'boolean') record.softBounceCounts = soft;
		if (Array.isArray(to)) record.tell(to.filter((one) => typeof one === 'string'));
		for (const one of Array.isArray(seen) ? seen : []) {
			if (!Array.isArray(one) || typeof one[0] !== 'string') continue;
			record.name(one[0]);
			record.prove(one[0], readEvidence(one));
		}
		if (Array.isArray(whole)) record.whole = readEvidence(whole);
		return record;
	}

	toJSON(): StoredEmail {
		const { emailId, scheduleId, sentAt, softBounceCounts: soft, told, named, proven, whole } = this;
		return {
			...(emailId === null ? {} : { id: emailId }),
			...(scheduleId === null ? {} : { schedule: scheduleId }),
			...(sentAt === undefined ? {} : { sentAt }),
			...(soft === undefined ? {} : { soft }),
			...(told.size === 0 ? {} : { to: [...told.values()] }),
			seen: [...named].map(([same, address]) => stored(address, proven.get(same))),
			...(whole === undefined ? {} : { whole: stored('', whole) }),
		};
	}

	/** Names recipients whose outcome counts. Others then do not. */
	tell(recipients: readonly string[]): void {
		for (const text of recipients) {
			const address = addressIn(text);
			const same = sameAddress(address);
			if (address !== '' && !this.told.has(same) && this.told.size < MAX_RECIPIENTS) this.told.set(same, address);
		}
	}

	/** Takes what an event says. */
	feed(event: DeliveredEvent): void {
		for (const person of [...event.recipients, ...addressedIn(event)]) this.name(person);
		const evidence = evidenceOf(event);
		if (event.recipient !== null) {
			this.name(event.recipient);
			this.prove(event.recipient, evidence);
		} else this.whole = stronger(this.whole, evidence);
	}

	/** Returns what became of the email. @param softBouncesCount true if a soft bounce is final by default */
	outcome(softBouncesCount: boolean): EmailOutcome {
		const { emailId, scheduleId } = this;
		const recipients = this.recipients();
		const worst = worstFirst
			.map((outcome) => recipients.find((one) => one.outcome === outcome))
			.find((one) => one !== undefined);
		const open = (this.softBounceCounts ?? softBouncesCount) ? ['pending'] : ['pending', 'soft-bounced'];
		return {
			emailId,
			scheduleId,
			outcome: worst?.outcome ?? 'pending',
			final: recipients.length > 0 && !recipients.some(({ outcome }) => open.includes(outcome)),
			reason: worst?.reason ?? null,
			at: worst?.at ?? null,
			recipients,
		};
	}

	/** Keeps one spelling, which does not depend on the order of events. */
	private name(text: string): void {
		const address = addressIn(text);
		const same = sameAddress(address);
		const known = this.named.get(same);
		if (address === '' || (known === undefined && this.named.size >= MAX_RECIPIENTS)) return;
		if (known === undefined || address < known) this.named.set(same, address);
	}

	private prove(person: string, evidence: Evidence | undefined): void {
		const same = sameAddress(addressIn(person));
		const best = stronger(this.proven.get(same), evidence);
		if (best !== undefined && this.named.has(same)) this.proven.set(same, best);
	}

	/** What is known of each recipient that counts, in an order that does not depend on that of events. */
	private recipients(): RecipientOutcome[] {
		const { told, named, proven, whole } = this;
		const counted = told.size > 0 ? [...told] : [...named].sort(([one], [other]) => (one < other ? -1 : 1));
		if (counted.length === 0) return whole === undefined ? [] : [outcomeOf(null, whole)];
		return counted.map(([same, address]) => {
			const own = proven.get(same);
			// An event without a recipient is about the only one. SMTP2GO rejects an email as a whole.
			if (counted.length === 1) return outcomeOf(address, stronger(own, whole));
			return outcomeOf(address, own ?? (whole?.outcome === 'rejected' ? whole : undefined));
		});
	}
}
