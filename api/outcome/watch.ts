/** Watches emails: takes their events in any order, from any source, and says what became of each. */
import { invalid } from '../core/errors';
import { formatNumber } from '../core/format';
import { isRecord } from '../core/json';
import { failure, success, type Result } from '../core/result';
import type { DeliveredEvent } from '../webhook/delivery';
import type { EventKind } from '../webhook/event-names';
import { isProof, proofs } from './evidence';
import { EmailRecord, type StoredEmail } from './record';
import { timeOfEmailId } from './email-id';
import type { EmailOutcome, WatchedEmail, WatchOptions } from './types';

/** The header of a scheduled email that names its schedule ID (contract, `schedule_id`). */
export const SCHEDULE_HEADER = 'X-Smtp2go-Schedule-Id';

/** The kinds of events that say what became of an email, as the activity log names them. */
export const watchedKinds: readonly (EventKind & string)[] = proofs;

/** A watch in a store: plain JSON. Store it, and do not read anything else into it. */
export type WatchState = { readonly version: 1; readonly emails: readonly StoredEmail[] };

const MAX_EMAILS = 100_000;
const MAX_EARLY = 1_000;

/** Returns the header that names a schedule ID. */
function scheduleIn({ headers }: DeliveredEvent): string | undefined {
	const [, value] =
		Object.entries(headers).find(([name]) => name.toLowerCase() === SCHEDULE_HEADER.toLowerCase()) ?? [];
	return value?.trim() || undefined;
}

function idIn(value: unknown): string | null {
	return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

/** Returns the key of a scheduled email, which is the same before and after its email ID is known. */
function scheduleKey(scheduleId: string): string {
	return `schedule:${scheduleId}`;
}

function keyFor({ emailId, scheduleId }: Pick<EmailRecord, 'emailId' | 'scheduleId'>): string | null {
	return scheduleId === null ? emailId : scheduleKey(scheduleId);
}

/** The emails that somebody waits for. */
export class OutcomeWatch {
	private readonly emails = new Map<string, EmailRecord>();
	/** The keys of scheduled emails, by the email ID that became known. */
	private readonly scheduled = new Map<string, string>();
	/** Emails that nobody watches yet, by email ID, the oldest first. */
	private readonly early = new Map<string, EmailRecord>();

	constructor(private readonly options: WatchOptions = {}) {}

	/** Reads a watch from a store. What is not readable is left out. */
	static read(value: unknown, options: WatchOptions = {}): OutcomeWatch {
		const watch = new OutcomeWatch(options);
		const emails: readonly unknown[] = isRecord(value) && Array.isArray(value['emails']) ? value['emails'] : [];
		for (const one of emails.slice(-watch.maxEmails)) {
			const record = EmailRecord.read(one);
			if (record !== undefined) watch.put(record);
		}
		return watch;
	}

	/** Returns the watch for a store. Emails that nobody watches are not part of it. */
	toJSON(): WatchState {
		return { version: 1, emails: [...this.emails.values()].map((record) => record.toJSON()) };
	}

	/** The number of emails. */
	get size(): number {
		return this.emails.size;
	}

	/** The keys of the emails, in the order in which they were added. */
	keys(): string[] {
		return [...this.emails.keys()];
	}

	/** True if an email has only a schedule ID, so that only a header of its events tells which email it is. */
	get needsSchedules(): boolean {
		return [...this.emails.values()].some(({ emailId }) => emailId === null);
	}

	/**
	 * Watches an email. An email that is watched already stays the same, and further recipients count, too.
	 * @returns the key of the email; or an `invalid` error if it has no ID, or there are too many
	 */
	add({ emailId, scheduleId, recipients = [], sentAt, softBounceCounts }: WatchedEmail): Result<string> {
		const id = idIn(emailId);
		const schedule = idIn(scheduleId);
		const key = keyFor({ emailId: id, scheduleId: schedule });
		if (key === null)
			return failure(
				invalid(
					'email_id',
					'The email ID is missing, so there is nothing to wait for. Use the emailId of an email that was sent',
				),
			);
		let record = this.emails.get(key);
		if (record === undefined) {
			if (this.size >= this.maxEmails) {
				const most = formatNumber(this.maxEmails);
				return failure(invalid('email_id', `At most ${most} emails can be watched at the same time`));
			}
			record = this.takeEarly(id, schedule) ?? new EmailRecord();
			record.emailId ??= id;
			record.scheduleId = schedule;
			this.put(record, key);
		}
		record.tell(recipients);
		record.sentAt ??= sentAt;
		record.softBounceCounts ??= softBounceCounts;
		return success(key);
	}

	/**
	 * Takes an event. The order does not matter, nor does it if an event comes again.
	 * @returns the key of the email whose outcome it changes, or undefined
	 */
	feed(event: DeliveredEvent): string | undefined {
		if (event.channel !== 'email') return undefined;
		const schedule = scheduleIn(event);
		const key = this.keyOf(event, schedule);
		const record = key === undefined ? undefined : this.emails.get(key);
		if (key === undefined || record === undefined) {
			this.keepEarly(event, schedule);
			return undefined;
		}
		if (record.emailId === null && event.emailId !== null) {
			record.emailId = event.emailId;
			this.scheduled.set(event.emailId, key);
		}
		const before = this.textOf(record);
		record.feed(event);
		return this.textOf(record) === before ? undefined : key;
	}

	/** Returns what became of an email. Undefined if it is not watched. */
	outcomeOf(key: string): EmailOutcome | undefined {
		return this.emails.get(key)?.outcome(this.options.softBouncesCount === true);
	}

	/** True if the outcome of an email is final. */
	isSettled(key: string): boolean {
		return this.outcomeOf(key)?.final === true;
	}

	/**
	 * Returns about when an email was sent, in milliseconds since 1970: by SMTP2GO's clock if its ID tells, otherwise
	 * by the clock of the host. Undefined if nothing tells.
	 * @param now the time now, to recognize an ID that tells no time
	 */
	sentAt(key: string, now: number): { readonly moment: number; readonly by: 'smtp2go' | 'host' } | undefined {
		const record = this.emails.get(key);
		const told = record?.emailId == null ? undefined : timeOfEmailId(record.emailId, now);
		if (told !== undefined) return { moment: told, by: 'smtp2go' };
		return record?.sentAt === undefined ? undefined : { moment: record.sentAt, by: 'host' };
	}

	/** Stops watching an email, and returns what became of it. */
	remove(key: string): EmailOutcome | undefined {
		const outcome = this.outcomeOf(key);
		if (outcome?.emailId != null) this.scheduled.delete(outcome.emailId);
		this.emails.delete(key);
		return outcome;
	}

	private get maxEmails(): number {
		return this.options.maxEmails ?? MAX_EMAILS;
	}

	private put(record: EmailRecord, key = keyFor(record)): void {
		if (key === null) return;
		this.emails.set(key, record);
		if (record.emailId !== null && record.emailId !== key) this.scheduled.set(record.emailId, key);
	}

	/** The outcome as text, to see whether it changes. */
	private textOf(record: EmailRecord): string {
		return JSON.stringify(record.outcome(this.options.softBouncesCount === true));
	}

	private keyOf({ emailId }: DeliveredEvent, schedule: string | undefined): string | undefined {
		if (schedule !== undefined && this.emails.has(scheduleKey(schedule))) return scheduleKey(schedule);
		if (emailId === null) return undefined;
		return this.emails.has(emailId) ? emailId : this.scheduled.get(emailId);
	}

	/** Keeps what an event says about an email that may be added soon. */
	private keepEarly(event: DeliveredEvent, schedule: string | undefined): void {
		const { maxEarly = MAX_EARLY } = this.options;
		const { emailId, kind } = event;
		if (emailId === null || maxEarly < 1 || !(isProof(kind) || kind === 'processed')) return;
		let record = this.early.get(emailId);
		if (record === undefined) {
			record = new EmailRecord();
			record.emailId = emailId;
			this.early.set(emailId, record);
			const [oldest] = this.early.keys();
			if (this.early.size > maxEarly && oldest !== undefined) this.early.delete(oldest);
		}
		record.scheduleId ??= schedule ?? null;
		record.feed(event);
	}

	private takeEarly(id: string | null, schedule: string | null): EmailRecord | undefined {
		const [found, record] =
			id === null
				? ([...this.early].find(([, { scheduleId }]) => scheduleId !== null && scheduleId === schedule) ?? [])
				: [id, this.early.get(id)];
		if (found !== undefined) this.early.delete(found);
		return record;
	}
}
