/**
 * The questions of an account: kept across deploys, and across restarts if Node-RED's default context store is
 * persistent. Each ends once, with the first answer or at its limit. Then its message is passed on.
 */
/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import type { AnswerData } from '../../../api';
import type { NodeContext } from '../platform/node-context';
import type { Timing } from '../platform/timing';
import { StoredEntries } from '../waiting/stored-entries';
import {
	endOf,
	fromStored,
	isOpen,
	isPending,
	toStored,
	type Asker,
	type OpenQuestion,
	type Outcome,
	type QuestionMemory,
} from './open-question';

/** The name in the account node's context. */
const NAME = 'questions';

/** The number of ended questions to remember, for recipients who open their links again. */
const MAX_ENDED = 100;

/** The longest delay of a timer in milliseconds. */
const MAX_DELAY = 2 ** 31 - 1;

/** What the questions of an account need. */
export interface QuestionOptions {
	readonly context: NodeContext;
	readonly memory: QuestionMemory;
	readonly timing: Timing;
	/** False while a deploy stops and starts flows: a node can be missing. */
	areFlowsRunning(): boolean;
	/** Cancels the scheduled emails of a question, as far as possible. Never rejects. */
	cancel(scheduled: readonly string[]): Promise<boolean>;
	/** Called when the open questions have changed. */
	onChange(): void;
	/** Logs a warning about a number of questions. */
	warn(key: 'questionsClosed' | 'questionsUnsent', count: number): void;
	/** Logs an error of our own. */
	report(thrown: unknown): void;
	now(): number;
}

/** What a recipient's answer led to. */
export interface Ended {
	/** The outcome that counts. */
	readonly outcome: Outcome;
	/** False if the question had ended before. */
	readonly isNew: boolean;
}

export class Questions {
	private readonly store: StoredEntries<OpenQuestion>;
	private timer: NodeJS.Timeout | undefined;
	private isClosed = false;

	constructor(private readonly options: QuestionOptions) {
		const { context, memory, timing, warn } = options;
		this.store = new StoredEntries({
			context,
			name: NAME,
			memory,
			timing,
			toStored,
			fromStored,
			onRead: (entries) => {
				const unsent = entries.filter((entry) => isOpen(entry) && !entry.isSent).length;
				if (unsent > 0) warn('questionsUnsent', unsent);
			},
		});
	}

	/** All questions, once they are known; none before. */
	get all(): readonly OpenQuestion[] {
		return this.store.all;
	}

	/** The questions that can be answered, oldest first. */
	get open(): readonly OpenQuestion[] {
		return this.all.filter(isOpen);
	}

	/** The running nodes that ask. */
	get askers(): readonly Asker[] {
		return [...this.options.memory.askers.values()];
	}

	subscribe(asker: Asker): void {
		this.options.memory.askers.set(asker.id, asker);
		asker.show(this.waitingFor(asker.id));
	}

	/** @param removed true if the node was deleted or disabled: its open questions are closed */
	async unsubscribe(asker: Asker, removed: boolean): Promise<void> {
		const { askers } = this.options.memory;
		if (askers.get(asker.id) === asker) askers.delete(asker.id);
		if (!removed) return;
		await this.load();
		this.closeThose(({ node }) => node === asker.id);
		await this.options.memory.written;
	}

	/** Reads the questions, once. Never rejects. */
	load(): Promise<Map<string, OpenQuestion>> {
		return this.store.load();
	}

	/** Follows a deploy: called each time that the flows have started. */
	reconcile(): void {
		this.load()
			.then(() => {
				if (this.isClosed || !this.options.areFlowsRunning()) return;
				this.closeThose(({ node }) => !this.options.memory.askers.has(node));
				for (const entry of this.all) {
					if (isPending(entry)) this.deliver(entry);
					else if (!isOpen(entry) && entry.scheduled.length > 0) this.cancel(entry);
				}
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

	/** Finds a question by its ID, open or not. */
	async find(id: string): Promise<OpenQuestion | undefined> {
		return (await this.load()).get(id);
	}

	/**
	 * Adds a question before it is sent, so that a fast answer finds it. Resolves when it is stored.
	 * @param make creates the question, given the questions that are open by then
	 */
	async add(make: (open: readonly OpenQuestion[]) => OpenQuestion): Promise<OpenQuestion> {
		const entries = await this.load();
		const entry = make(this.open);
		entries.set(entry.id, entry);
		this.changed();
		await this.save();
		return entry;
	}

	/** Forgets a question that could not be sent. */
	async forget(id: string): Promise<void> {
		(await this.load()).delete(id);
		this.changed();
		await this.save();
	}

	/** Stores a question that was changed. */
	async keep(entry: OpenQuestion): Promise<void> {
		// An answer can come before SMTP2GO has responded to the call that sent the question.
		if (!isOpen(entry) && entry.scheduled.length > 0) this.cancel(entry);
		await this.save();
	}

	/**
	 * Ends a question, and passes its message on. The outcome is stored first: if the context store writes at once, it
	 * is not lost if the process is killed. A kill between passing on and storing passes the message on again.
	 * @returns undefined if there is no such question
	 */
	async end(id: string, outcome: AnswerData | { readonly timedOut: true }): Promise<Ended | undefined> {
		const entry = (await this.load()).get(id);
		if (entry === undefined) return undefined;
		// Nothing else runs between these two lines, so two answers at the same moment cannot both count.
		if (entry.outcome !== undefined) return { outcome: entry.outcome, isNew: false };
		entry.outcome = outcome;
		this.changed();
		await this.save();
		this.deliver(entry);
		return { outcome, isNew: true };
	}

	private waitingFor(node: string): number {
		return this.open.filter((entry) => entry.node === node).length;
	}

	/** Passes a message on. While a deploy stops and starts flows, it waits for the flows to start. */
	private deliver(entry: OpenQuestion): void {
		const { areFlowsRunning, memory, report } = this.options;
		const asker = memory.askers.get(entry.node);
		const { outcome } = entry;
		if (outcome === undefined || !isPending(entry) || asker === undefined || !areFlowsRunning()) return;
		try {
			asker.deliver(entry, outcome);
		} catch (thrown) {
			// A flow that fails now would fail later as well.
			report(thrown);
		}
		Object.assign(entry, { kept: undefined, live: undefined });
		this.forgetOldest();
		void this.save();
		this.cancel(entry);
	}

	private cancel(entry: OpenQuestion): void {
		const { scheduled } = entry;
		if (scheduled.length === 0) return;
		this.options
			.cancel(scheduled)
			.then((isDone) => {
				// Otherwise, the next deploy or start tries again.
				if (!isDone) return;
				entry.scheduled = entry.scheduled.filter((one) => !scheduled.includes(one));
				return this.save();
			})
			.catch((thrown: unknown) => this.options.report(thrown));
	}

	/** Closes questions whose node is gone. Their links then say so. */
	private closeThose(isGone: (entry: OpenQuestion) => boolean): void {
		const gone = this.all.filter((entry) => (isOpen(entry) || isPending(entry)) && isGone(entry));
		if (gone.length === 0) return;
		for (const entry of gone) {
			this.options.memory.entries?.delete(entry.id);
			this.cancel(entry);
		}
		this.options.warn('questionsClosed', gone.length);
		this.changed();
		void this.save();
	}

	private forgetOldest(): void {
		const ended = this.all.filter((entry) => !isOpen(entry) && !isPending(entry));
		ended.sort((one, other) => (endOf(one) ?? 0) - (endOf(other) ?? 0));
		for (const { id } of ended.slice(0, -MAX_ENDED)) this.options.memory.entries?.delete(id);
	}

	/** Shows the numbers, and waits for the next limit. */
	private changed(): void {
		for (const asker of this.askers) asker.show(this.waitingFor(asker.id));
		this.options.onChange();
		this.arm();
	}

	/** Ends the questions whose limit is over, and waits for the next one. */
	private arm(): void {
		clearTimeout(this.timer);
		// Another account node takes over, or the flows start soon.
		if (this.isClosed || !this.options.areFlowsRunning()) return;
		const limits = this.open.flatMap(({ question }) => question.expiresAt ?? []);
		if (limits.length === 0) return;
		const delay = Math.max(0, limits.reduce((one, other) => Math.min(one, other)) - this.options.now());
		this.timer = setTimeout(() => this.expire(), Math.min(delay, MAX_DELAY));
		this.timer.unref();
	}

	private expire(): void {
		if (this.isClosed || !this.options.areFlowsRunning()) return;
		const now = this.options.now();
		const over = this.open.filter(({ question }) => (question.expiresAt ?? Infinity) <= now);
		for (const { id } of over)
			this.end(id, { timedOut: true }).catch((thrown: unknown) => this.options.report(thrown));
		if (over.length === 0) this.arm();
	}

	private save(): Promise<void> {
		return this.store.save();
	}
}
