/** Runs what messages ask for: one call, the emails of a list, or those of a sequence together. */
import type { Node, NodeMessageInFlow } from 'node-red';
import {
	buildRequest,
	failure,
	isCompound,
	perform,
	runCompound,
	success,
	withMessageKey,
	type BuiltRequest,
	type CompoundOperation,
	type Connection,
	type JsonObject,
	type OfferedOperation,
	type Outcome,
	type Result,
	type VariableWarning,
} from '../../../../api';
import { sendsOneEmail } from '../../../shared/own-options';
import type { Account } from '../../account/account';
import { buildOne, previewAll, previewOne, sendAll, sendOneChecked } from './batch';
import {
	deliver,
	deliverEmail,
	deliverEmails,
	deliverPreview,
	batchError,
	type Onward,
	type Send,
	type Sent,
} from '../result/deliver';
import { translated } from '../../platform/api-texts';
import { cancelled, toNodeError } from '../../platform/errors';
import { checkEntries } from './problem-rows';
import { guard, TemplateWarnings, UnicodeHints, type Guarded } from './guard';
import type { Prepared } from '../read/prepare';
import type { Job, Progress } from '../result/progress';
import { partsOf, Sequences, type Collected, type Parts } from './sequence';
import { tallyOf, listsOutcomes, type Tally } from '../result/tally';
import type { Runtime } from '../../platform/runtime';
import type { ActionDef } from '../../platform/saved-nodes';
import type { Values } from '../read/values';

/** A message that is being worked on. */
export interface Task {
	readonly msg: NodeMessageInFlow;
	readonly send: Send;
	readonly job: Job;
}

/** How a message ended. */
export interface Ending {
	readonly error?: Error;
	/** What the user should know about a response that is not complete. */
	readonly hint?: string | undefined;
	/** True if the hint says that nothing was changed. */
	readonly isUndone?: boolean;
	/** True if template variables had no value, or could not be checked. */
	readonly hasGaps?: boolean | undefined;
	/** True for a dry run. */
	readonly isDry?: boolean;
	/** What can be counted for it, for the status. */
	readonly tally?: Tally | undefined;
}

/** An email that waits for the others of its sequence. */
interface Member {
	readonly task: Task;
	readonly prepared: Prepared;
	readonly email: BuiltRequest;
	readonly hasGaps: boolean;
	readonly end: (ending: Ending) => void;
}

export class Runner {
	private readonly templateWarnings = new TemplateWarnings();
	private readonly unicodeHints = new UnicodeHints();
	private readonly sequences = new Sequences<Member>((sequence) => void this.sendSequence(sequence));

	/** @param signal cancels what waits, and all reads */
	constructor(
		private readonly RED: Runtime,
		private readonly node: Node,
		private readonly def: ActionDef,
		private readonly progress: Progress,
		private readonly signal: AbortSignal,
	) {}

	/** Runs one message to its end; on failure, rejects with the reason and leaves the message unchanged. */
	async run(asked: Prepared<OfferedOperation>, task: Task): Promise<Ending> {
		const { operation } = asked;
		if (isCompound(operation)) return this.runCompound({ ...asked, operation }, task);
		const prepared: Prepared = { ...asked, operation };
		if (prepared.entries !== undefined) return this.sendEntries(prepared, prepared.entries, task);
		const parts = prepared.own.batch === 'sequence' ? partsOf(task.msg) : undefined;
		return parts === undefined ? this.runOne(prepared, task) : this.collect(prepared, task, parts);
	}

	/** Cancels what is still being collected. */
	close(): void {
		for (const { end } of this.sequences.close()) end({ error: toNodeError(cancelled(this.RED)) });
	}

	/** True if SMTP2GO's own response is the result. */
	private get isRaw(): boolean {
		return this.def.output === 'raw';
	}

	/** A connection whose calls wait for their turn in the account's queue. */
	private queued(account: Account): Connection {
		const made = account.connect(this.signal, (milliseconds, why) =>
			this.progress.pauses(milliseconds, translated(why)),
		);
		if (!made.ok) throw made.error;
		return { ...made.value, gate: account.queue };
	}

	/** @param jobs whose calls the status counts */
	private connect(account: Account, jobs: readonly Job[]): Connection {
		return this.progress.watched(jobs, this.queued(account));
	}

	/** Checks a request. Reading a template for it does not count as a call in the status. */
	private guard(
		request: BuiltRequest,
		{ own, account }: Pick<Prepared, 'own' | 'account'>,
	): Promise<Result<Guarded>> {
		return guard(request, own, this.queued(account), account);
	}

	private async runOne(
		{ account, operation, own, values, limit, to }: Prepared,
		{ msg, send, job }: Task,
	): Promise<Ending> {
		const connection = this.connect(account, [job]);
		const onward = { msg, send, to };
		if (!values.ok) throw values.error;
		const built = buildRequest(operation, values.value, Date.now(), { country: own.defaultCountry });
		const guarded = built.ok ? await this.guard(built.value, { own, account }) : built;
		if (!guarded.ok) throw guarded.error;
		const { request, warnings } = guarded.value;
		const hasGaps = this.warn([warnings]);
		const costly = this.unicodeHints.of(request);
		if (costly !== undefined) this.node.warn(translated(costly));
		if (own.dryRun) {
			const shown = await previewOne(this.queued(account), account, request);
			return this.passOn({ isDry: true, hasGaps }, () => deliverPreview(operation, shown, onward));
		}
		if (own.checkFirst && sendsOneEmail(operation)) {
			const email = withMessageKey(request);
			return this.ended(
				email.ok ? await sendOneChecked(connection, email.value, this.isRaw) : email,
				operation,
				onward,
				hasGaps,
			);
		}
		const outcome = await perform(connection, request, { limit, raw: this.isRaw });
		if (!outcome.ok) return { error: toNodeError(outcome.error), hasGaps };
		const refused = batchError(this.RED, outcome.value.emails ?? []);
		const tally = tallyOf(operation, outcome.value, request);
		if (refused) return { error: toNodeError(refused), tally, hasGaps };
		return this.passOn({ hint: outcome.value.hint, isUndone: listsOutcomes(operation), tally, hasGaps }, () =>
			deliver(this.RED, this.def, operation, outcome.value, onward),
		);
	}

	/** Runs an operation of several calls. */
	private async runCompound(
		{ account, operation, values, to }: Prepared<CompoundOperation>,
		{ msg, send, job }: Task,
	): Promise<Ending> {
		if (!values.ok) throw values.error;
		const [read] = await runCompound(this.connect(account, [job]), operation, [values.value]);
		if (read === undefined) throw cancelled(this.RED);
		if (!read.ok) return { error: toNodeError(read.error) };
		const records = [...read.value];
		const result = operation.result.is === 'list' ? records : (records[0] ?? null);
		const outcome: Outcome = { result, response: { data: result, requestId: null, raw: {} } };
		return this.passOn({ tally: tallyOf(operation, outcome) }, () =>
			deliver(this.RED, this.def, operation, outcome, { msg, send, to }),
		);
	}

	/** Passes a message on with the outcome of its email. */
	private ended(outcome: Result<Sent>, operation: Prepared['operation'], onward: Onward, hasGaps: boolean): Ending {
		if (!outcome.ok) return { error: toNodeError(outcome.error), tally: { sent: 0, of: 1 }, hasGaps };
		return this.passOn({ tally: { sent: 1, of: 1 }, hasGaps }, () =>
			deliverEmail(operation, outcome.value, onward),
		);
	}

	/**
	 * Sends the emails of a list. The message goes on with the outcome of each. If some were not accepted, a Catch node
	 * gets the message too.
	 */
	private async sendEntries(
		{ account, operation, own, to }: Prepared,
		entries: readonly Result<Values>[],
		{ msg, send, job }: Task,
	): Promise<Ending> {
		const connection = this.connect(account, [job]);
		const checked = await checkEntries(this.RED, this.queued(account), entries, own);
		if (!checked.ok) throw checked.error;
		const { results, isReport, warnings } = checked.value;
		for (const warning of warnings) this.node.warn(translated(warning));
		if (isReport)
			return this.passOn({ isDry: true }, () =>
				deliverPreview(
					operation,
					results.map((result) => result ?? null),
					{ msg, send, to },
				),
			);
		const open = entries.filter((_entry, index) => results[index] === undefined);
		const { emails, hasGaps } = await this.guardAll({ own, account }, open);
		const sent = own.dryRun
			? emails.map((email) => (email.ok ? success({ result: {}, data: {} }) : email))
			: await sendAll(connection, emails, account.queue.concurrency, own, this.isRaw);
		const ofOpen = sent.map((outcome) => (outcome.ok ? success(outcome.value.result) : outcome)).values();
		const outcomes = entries.map((_entry, index): Result<JsonObject> => {
			const skipped = results[index];
			return skipped === undefined ? (ofOpen.next().value ?? failure(cancelled(this.RED))) : success(skipped);
		});
		const refused = batchError(this.RED, outcomes);
		// A Catch node gets the message as it was, so another copy goes on. If it cannot be copied, the emails were
		// sent all the same.
		const onward = (): Onward => ({ msg: refused ? { ...msg } : msg, send, to });
		const accepted = sent.filter(({ ok }) => ok).length;
		const tally = { sent: accepted, of: outcomes.length };
		const ending = {
			...(refused ? { error: toNodeError(refused) } : {}),
			isDry: own.dryRun,
			hasGaps,
			...(own.dryRun ? {} : { tally }),
		};
		if (own.dryRun) {
			const shown = await previewAll(this.queued(account), account, emails, own);
			return this.passOn(ending, () => deliverPreview(operation, shown, onward()));
		}
		if (refused !== undefined && accepted === 0) return ending;
		return this.passOn(ending, () => deliverEmails(operation, outcomes, onward()));
	}

	/** Builds and checks the emails of a list, before any of them leaves. */
	private async guardAll(
		prepared: Pick<Prepared, 'own' | 'account'>,
		entries: readonly Result<Values>[],
	): Promise<{ emails: Result<BuiltRequest>[]; hasGaps: boolean }> {
		const emails: Result<BuiltRequest>[] = [];
		const warnings: (readonly VariableWarning[])[] = [];
		for (const values of entries) {
			const built = values.ok ? buildOne(values.value, Date.now(), prepared.own) : values;
			const guarded = built.ok ? await this.guard(built.value, prepared) : built;
			emails.push(guarded.ok ? success(guarded.value.request) : guarded);
			warnings.push(guarded.ok ? guarded.value.warnings : []);
		}
		return { emails, hasGaps: this.warn(warnings) };
	}

	/**
	 * Logs the warnings about templates of one message's emails, before any of them is sent.
	 * @returns true if there are any
	 */
	private warn(warnings: readonly (readonly VariableWarning[])[]): boolean {
		for (const text of this.templateWarnings.of(warnings)) this.node.warn(translated(text));
		return warnings.some((one) => one.length > 0);
	}

	/** Keeps an email until its sequence is complete. */
	private async collect(prepared: Prepared, task: Task, parts: Parts): Promise<Ending> {
		const { values, own } = prepared;
		const built = values.ok ? buildOne(values.value, Date.now(), own) : values;
		const email = built.ok ? await this.guard(built.value, prepared) : built;
		if (this.signal.aborted) throw cancelled(this.RED);
		if (!email.ok) {
			this.sequences.add(parts, undefined, own.timeout);
			throw email.error;
		}
		const { request, warnings } = email.value;
		const hasGaps = this.warn([warnings]);
		return new Promise((end) => {
			this.sequences.add(parts, { task, prepared, email: request, hasGaps, end }, own.timeout);
		});
	}

	/** Sends the emails of a sequence that has ended. Each message ends by itself. Never rejects. */
	private async sendSequence({ members, count, came, cutShort }: Collected<Member>): Promise<void> {
		if (cutShort)
			this.node.warn(this.RED._('errors.sequenceCutShort', { came: String(came), count: String(count ?? '?') }));
		// Each message can decide about Dry Run and Check First: emails with the same options are sent together.
		const groups = new Map<string, Member[]>();
		for (const member of members) {
			const { dryRun, checkFirst } = member.prepared.own;
			const sendOptions = `${dryRun} ${checkFirst}`;
			groups.set(sendOptions, [...(groups.get(sendOptions) ?? []), member]);
		}
		await Promise.all([...groups.values()].map((group) => this.sendGroup(group)));
	}

	/**
	 * Sends emails of a sequence that have the same options. Never rejects: a message that cannot be passed on does not
	 * affect the others.
	 */
	private async sendGroup(members: readonly Member[]): Promise<void> {
		let outcomes: Result<Sent>[];
		try {
			outcomes = await this.outcomesOf(members);
		} catch (thrown) {
			for (const { end } of members) end({ error: toNodeError(thrown) });
			return;
		}
		for (const [index, { task, prepared, hasGaps, end }] of members.entries()) {
			const outcome = outcomes[index] ?? failure(cancelled(this.RED));
			const onward: Onward = { ...task, to: prepared.to };
			if (outcome.ok && prepared.own.dryRun)
				end(
					this.passOn({ isDry: true, hasGaps }, () =>
						deliverPreview(prepared.operation, outcome.value.result, onward),
					),
				);
			else end(this.ended(outcome, prepared.operation, onward, hasGaps));
		}
	}

	/**
	 * Passes a message on after everything is done. If that fails, for example because the message cannot be copied, it
	 * is only a warning: an error could make a flow send again.
	 */
	private passOn(ending: Ending, deliverIt: () => void): Ending {
		try {
			deliverIt();
		} catch (thrown) {
			this.node.warn(this.RED._('errors.notPassedOn', { message: toNodeError(thrown).message }));
		}
		return ending;
	}

	/** Sends the emails. The first member has the account and options of all: they come from one node. */
	private async outcomesOf(members: readonly Member[]): Promise<Result<Sent>[]> {
		const [first] = members;
		if (first === undefined) return [];
		const { account, own } = first.prepared;
		const connection = this.connect(
			account,
			members.map(({ task }) => task.job),
		);
		if (own.dryRun) {
			const shown = members.map(({ email }) => previewAll(this.queued(account), account, [success(email)], own));
			return (await Promise.all(shown)).map(([result = {}]) => success({ result, data: {} }));
		}
		return sendAll(
			connection,
			members.map(({ email }) => success(email)),
			account.queue.concurrency,
			own,
			this.isRaw,
		);
	}
}
