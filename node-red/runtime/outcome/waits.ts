/**
 * The messages of an account that wait for the outcome of their emails: kept across deploys, and across restarts if
 * Node-RED's default context store is persistent. Each email ends once, with its outcome or at its limit. Then its
 * message is passed on.
 */
/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { watchedKinds, type DeliveredEvent, type EmailOutcome } from '../../../api';
import type { NodeContext } from '../platform/node-context';
import type { Timing } from '../platform/timing';
import { StoredEntries } from '../waiting/stored-entries';
import { afterEvent, outcomeIn, withRecipients } from './email-state';
import { judge, softEnd } from './verdict';
import { fromStored, toStored, type OutcomeMemory, type Wait, type Waiter, type WaitingEmail } from './wait';

/** The name in the account node's context. */
const NAME = 'outcomes';

/** The longest delay of a timer in milliseconds. */
const MAX_DELAY = 2 ** 31 - 1;

/** Milliseconds from one look at all waits to the next: a thousand events in a second must not be a thousand looks. */
const PACE = 100;

/** The longest time before a change is written, in milliseconds: all waits are written at each change. */
const MAX_WRITE_DELAY = 1_000;

/** What the waits of an account need. */
export interface WaitsOptions {
	readonly context: NodeContext;
	readonly memory: OutcomeMemory;
	readonly timing: Timing;
	/** False while a deploy stops and starts flows: a node can be missing. */
	areFlowsRunning(): boolean;
	/**
	 * Called when the waits have changed.
	 * @returns when it wants to be called again, in milliseconds since 1970
	 */
	onChange(): number;
	/** Logs that waits ended because their node is gone. */
	warnOfEnded(emails: number): void;
	/** Logs an error of our own. */
	report(thrown: unknown): void;
	now(): number;
}

/** Notes when an email soft-bounced first. */
function noteSoftBounce(email: WaitingEmail, now: number): void {
	const { outcome, at = null } = outcomeIn(email.state) ?? {};
	if (outcome !== 'soft-bounced') return;
	email.softAt ??= (at === null ? undefined : Date.parse(at) || undefined) ?? now;
}

export class Waits {
	private readonly store: StoredEntries<Wait>;
	private timer: NodeJS.Timeout | undefined;
	private lookedAt = 0;
	private isClosed = false;

	constructor(private readonly options: WaitsOptions) {
		const { context, memory, timing } = options;
		this.store = new StoredEntries({
			context,
			name: NAME,
			memory,
			timing,
			toStored,
			fromStored,
			onRead: (waits) => {
				for (const wait of waits) this.enlist(wait);
			},
			writeDelay: (count) => Math.min(count, MAX_WRITE_DELAY),
		});
	}

	/** All waits, once they are known; none before. */
	get all(): readonly Wait[] {
		return this.store.all;
	}

	/** Reads the waits, once. Never rejects. */
	load(): Promise<unknown> {
		return this.store.load();
	}

	/** @param removed true if the node was deleted or disabled: its waits end */
	async unsubscribe({ id }: Waiter, removed: boolean): Promise<void> {
		if (!removed) return;
		await this.load();
		this.endThose(({ node }) => node === id);
		await this.options.memory.written;
	}

	/** Follows a deploy: called each time that the flows have started. */
	reconcile(): void {
		this.load()
			.then(() => {
				if (this.isClosed || !this.options.areFlowsRunning()) return;
				this.endThose(({ node }) => !this.options.memory.waiters.has(node));
				for (const wait of this.all) for (const email of wait.emails) this.settle(wait, email);
				this.changed();
			})
			.catch((thrown: unknown) => this.options.report(thrown));
	}

	/** Stops. Resolves when everything is stored. */
	async close(): Promise<void> {
		this.isClosed = true;
		clearTimeout(this.timer);
		await this.options.memory.written;
	}

	/**
	 * Adds a wait. Resolves when it is stored, or when its emails have an outcome already.
	 * @param make creates it, when the others are known; throws if there is no room
	 */
	async add(make: () => Wait): Promise<void> {
		const { memory, now } = this.options;
		const entries = await this.store.load();
		const wait = make();
		entries.set(wait.id, wait);
		this.enlist(wait);
		for (const email of wait.emails) {
			email.state = withRecipients(memory.recent.of(email.emailId, now()), email.emailId, email.to);
			noteSoftBounce(email, now());
			this.settle(wait, email);
		}
		this.changed();
		if (wait.emails.length > 0) await this.store.save();
	}

	/** Takes an event of an email, from the webhook or from the activity log. */
	take(event: DeliveredEvent): void {
		const { memory, now } = this.options;
		const { emailId, kind } = event;
		if (emailId === null || !watchedKinds.includes(kind)) return;
		memory.recent.note(emailId, event, now());
		const waits = [...(memory.byEmail.get(emailId) ?? [])];
		for (const wait of waits) {
			for (const email of wait.emails.filter((one) => one.emailId === emailId)) {
				email.state = afterEvent(email.state, event);
				noteSoftBounce(email, now());
				this.settle(wait, email);
			}
		}
		if (waits.length === 0) return;
		void this.store.save();
		this.changed();
	}

	/** The number of emails that a node waits for. */
	waitingFor(node: string): number {
		return this.all.reduce((sum, wait) => sum + (wait.node === node ? wait.emails.length : 0), 0);
	}

	/** Looks at all waits soon. */
	changed(): void {
		this.lookIn(Math.max(0, this.lookedAt + PACE - this.options.now()));
	}

	private lookIn(delay: number): void {
		clearTimeout(this.timer);
		// Another account node takes over, or the flows start soon.
		if (this.isClosed || !this.options.areFlowsRunning()) return;
		this.timer = setTimeout(
			() => {
				this.look();
			},
			Math.min(delay, MAX_DELAY),
		);
		this.timer.unref();
	}

	/** Ends what is over, and waits for the next end. */
	private look(): void {
		if (this.isClosed || !this.options.areFlowsRunning()) return;
		const now = this.options.now();
		this.lookedAt = now;
		let next = Infinity;
		for (const wait of this.all) {
			for (const email of wait.emails) {
				const end = Math.min(wait.expiresAt, softEnd(wait, email));
				if (end > now) next = Math.min(next, end);
				else if (this.settle(wait, email)) void this.store.save();
			}
		}
		next = Math.min(next, this.options.onChange());
		if (next < Infinity) this.lookIn(Math.max(PACE, next - now));
	}

	/** Passes a message on if the outcome of its email is known, or its limit is over. Returns true if so. */
	private settle(wait: Wait, email: WaitingEmail): boolean {
		const { areFlowsRunning, memory, report, now } = this.options;
		const waiter = memory.waiters.get(wait.node);
		const outcome = judge(wait, email, now());
		// While a deploy stops and starts flows, it waits for the flows to start.
		if (outcome === undefined || waiter === undefined || !areFlowsRunning()) return false;
		this.remove(wait, email);
		this.deliver(waiter, wait, email, outcome, report);
		return true;
	}

	private deliver(
		waiter: Waiter,
		wait: Wait,
		email: WaitingEmail,
		outcome: EmailOutcome,
		report: WaitsOptions['report'],
	): void {
		try {
			waiter.deliver(wait, email, outcome);
		} catch (thrown) {
			// A flow that fails now would fail later as well.
			report(thrown);
		}
	}

	/** Adds a wait to what is counted and found by its emails. */
	private enlist(wait: Wait): void {
		const { memory } = this.options;
		memory.size += wait.size;
		for (const { emailId } of wait.emails) {
			const waits = memory.byEmail.get(emailId) ?? new Set<Wait>();
			waits.add(wait);
			memory.byEmail.set(emailId, waits);
		}
	}

	/** Forgets an email, and its wait with the last one. */
	private remove(wait: Wait, email: WaitingEmail): void {
		const { memory } = this.options;
		wait.emails = wait.emails.filter((one) => one !== email);
		if (!wait.emails.some(({ emailId }) => emailId === email.emailId)) {
			const waits = memory.byEmail.get(email.emailId);
			waits?.delete(wait);
			if (waits?.size === 0) memory.byEmail.delete(email.emailId);
		}
		if (wait.emails.length > 0 || !memory.entries?.delete(wait.id)) return;
		memory.size -= wait.size;
	}

	/** Ends waits whose node is gone. Their messages are not passed on. */
	private endThose(isGone: (wait: Wait) => boolean): void {
		const gone = this.all.filter(isGone);
		if (gone.length === 0) return;
		const emails = gone.reduce((sum, wait) => sum + wait.emails.length, 0);
		for (const wait of gone) for (const email of wait.emails) this.remove(wait, email);
		this.options.warnOfEnded(emails);
		void this.store.save();
		this.changed();
	}
}
