/** A running account: how it reaches SMTP2GO, the webhook of its triggers, and the queue of its calls. */
import type { Node } from 'node-red';
import {
	echoedHeaders,
	linkSecret,
	readPermissions,
	SeenEvents,
	type Connection,
	type FeedCursor,
	type ReadDelivery,
	type ReceivedSms,
	type Region,
	type Result,
} from '../../../api';
import { openApprovals, type Approvals } from '../approval/approvals';
import { IN_FLIGHT, type CallQueue } from '../connection/call-queue';
import { connect, resolveEnvVars, type ConnectionSettings } from '../connection/connection';
import { Arrivals } from '../events/arrivals';
import { Kept } from '../events/kept';
import { ListedTriggers } from '../events/listed-triggers';
import { eventLog, type EventTaker } from '../feed/event-log';
import { LogReader, type ReaderOptions } from '../feed/reader';
import { smsLog, type SmsTaker } from '../feed/sms-log';
import type { HookOwner } from '../hook/hook-owner';
import { readHookSettings, type HookSettings } from '../hook/hook-settings';
import { Registration } from '../hook/registration';
import { outcomeLog, type OutcomeTaker } from '../outcome/outcome-log';
import { Outcomes } from '../outcome/outcomes';
import { NodeContext } from '../platform/node-context';
import { readCount } from '../platform/read-count';
import type { Runtime } from '../platform/runtime';
import type { AccountCredentials, AccountDef } from '../platform/saved-nodes';
import { timingOf, type Timing } from '../platform/timing';
import type { AccountMemory } from './account-memory';

/** A node of the type `smtp2go-account`. */
export interface AccountNode extends Node<AccountCredentials> {
	account: Account;
}

/** True for a node that is a running account. */
export function isAccountNode(node: Node | undefined): node is AccountNode {
	return node !== undefined && 'account' in node && node.account instanceof Account;
}

/** Seconds from one read of the activity log to the next. SMTP2GO allows 60 searches per minute. */
const POLL_SECONDS = 60;

/** Milliseconds for which the permissions of an API key count as known. */
const PERMISSIONS_MS = 60_000;

/** What an account shares with the accounts that come before and after it, and with those of the same API key. */
export interface Shared {
	readonly memory: AccountMemory;
	/** @returns the queue of an API key at the region of an account */
	queueFor(settings: ConnectionSettings): CallQueue;
	/** False while a deploy stops and starts flows. */
	areFlowsRunning(): boolean;
	/** All running accounts. */
	everyAccount(): readonly Account[];
}

/** What the node `smtp2go-account` keeps for the nodes that use it. */
export class Account implements HookOwner {
	readonly settings: ConnectionSettings;
	readonly hookSettings: HookSettings;
	/** The queue of its nodes' calls. */
	readonly queue: CallQueue;
	/** The webhook that its triggers share. */
	readonly registration: Registration;
	/** Its running triggers. */
	readonly triggers = new ListedTriggers();
	/** The activity log, for all triggers that read it. */
	readonly eventLog: LogReader<ReadDelivery, FeedCursor, EventTaker>;
	/** The received text messages, for all nodes that want some. */
	readonly smsLog: LogReader<ReceivedSms, FeedCursor, SmsTaker>;
	readonly seenEvents: Kept<SeenEvents>;
	/** Which source reported which event. */
	readonly arrivals: Kept<Arrivals>;
	/** The questions of its nodes, and the text messages that answer some of them. */
	readonly approvals: Approvals;
	/** The emails whose outcome its nodes wait for. */
	readonly outcomes: Outcomes;
	/** The activity log, for those that read it. */
	private readonly outcomeLog: LogReader<ReadDelivery, FeedCursor, OutcomeTaker>;
	/** What signs the links of its questions; empty without an API key. */
	readonly linkSecret: string;
	readonly memory: AccountMemory;
	/** What its key could call when that was read last. */
	private known: { readonly at: number; readonly permissions: readonly string[] } | undefined;

	/** Reads the settings. Does nothing else before {@link start}. */
	constructor(
		private readonly RED: Runtime,
		readonly node: Node<AccountCredentials>,
		private readonly def: AccountDef,
		{ memory, queueFor, areFlowsRunning, everyAccount }: Shared,
	) {
		const apiKey = (node.credentials?.apiKey ?? '').trim();
		this.settings = {
			apiKey,
			region: def.region ?? ('api' satisfies Region),
			baseUrl: resolveEnvVars(RED, def.baseUrl ?? '', node),
			proxy: def.proxy,
		};
		this.hookSettings = readHookSettings(RED, node, def, apiKey);
		this.queue = queueFor(this.settings);
		this.memory = memory;
		this.registration = new Registration(RED, this, memory);
		const context = new NodeContext(node);
		const timing = timingOf(RED);
		this.seenEvents = new Kept(context, {
			name: 'seenEvents',
			slot: { get: () => memory.seen, set: (seen) => (memory.seen = seen) },
			delay: timing.write,
			make: (stored) => new SeenEvents(stored),
		});
		this.arrivals = new Kept(context, {
			name: 'arrivals',
			slot: { get: () => memory.arrivals, set: (arrivals) => (memory.arrivals = arrivals) },
			delay: timing.write,
			make: (stored) => new Arrivals(stored),
		});
		const reader: ReaderOptions = {
			context,
			memory,
			interval: (readCount(def.pollInterval) ?? POLL_SECONDS) * 1000,
			timing,
			connect: (signal) => this.queued(signal),
			areFlowsRunning,
			report: (thrown) => this.registration.report(thrown),
			now: () => Date.now(),
		};
		this.eventLog = new LogReader(this.describeLog(timing), reader);
		this.smsLog = new LogReader(smsLog(this.hookSettings.subaccount), reader);
		this.outcomeLog = new LogReader(
			outcomeLog(timing.settle, () => this.outcomes.oldest()),
			reader,
		);
		this.outcomes = new Outcomes(RED, node, {
			context,
			memory: memory.outcome,
			timing,
			areFlowsRunning,
			hook: this.registration,
			reader: this.outcomeLog,
		});
		this.linkSecret = apiKey === '' ? '' : linkSecret(apiKey, node.id);
		this.approvals = openApprovals(RED, node, {
			context,
			memory: memory.approval,
			timing,
			areFlowsRunning,
			smsLog: this.smsLog,
			everywhere: () => everyAccount().map(({ approvals }) => approvals.questions),
			queued: (signal) => this.queued(signal),
		});
	}

	/** Applies its limits to the queue, and reads the events that it has seen. */
	start(): void {
		const { inFlight, callsPerMinute } = this.def;
		this.queue.join(this, {
			concurrency: readCount(inFlight) ?? IN_FLIGHT,
			callsPerMinute: readCount(callsPerMinute),
		});
		void this.seenEvents.load();
		void this.arrivals.load();
	}

	/** Follows a deploy. Called each time that the flows have started. */
	reconcile(): void {
		this.approvals.reconcile();
		this.outcomes.reconcile();
		this.registration.reconcile();
		this.eventLog.reconcile();
		this.smsLog.reconcile();
		this.outcomeLog.reconcile();
	}

	/**
	 * Ends what {@link start} began. Never rejects.
	 * @param removed true if the account was deleted: its webhook is removed too
	 */
	async stop(removed: boolean): Promise<void> {
		// The calls of its nodes have been cancelled before: Node-RED stops them first.
		this.queue.leave(this);
		await Promise.allSettled([
			this.registration.close(removed),
			this.eventLog.close(),
			this.smsLog.close(),
			this.outcomeLog.close(),
			this.seenEvents.close(removed),
			this.arrivals.close(removed),
			this.approvals.close(),
			this.outcomes.close(),
		]);
	}

	private describeLog({ grace, settle }: Timing) {
		const { memory, hookSettings, arrivals } = this;
		return eventLog({
			users: hookSettings.users,
			subaccount: hookSettings.subaccount,
			headers: (takers) =>
				echoedHeaders(
					hookSettings.headers,
					takers.map(({ filter }) => filter),
				),
			dispatcher: memory.dispatcher,
			arrivals,
			grace,
			settle,
			report: (thrown) => this.registration.report(thrown),
		});
	}

	get id(): string {
		return this.node.id;
	}

	/** The saved key; empty if there is none. */
	get apiKey(): string {
		return this.settings.apiKey;
	}

	/**
	 * Makes a connection to SMTP2GO.
	 * @param signal cancels calls and pauses
	 * @param onWait called before each pause
	 */
	connect(signal?: AbortSignal, onWait?: Connection['onWait']): Result<Connection> {
		return connect(this.RED, this.settings, signal, onWait);
	}

	/** Reads what its key can call, at most once a minute. */
	async readPermissions(signal: AbortSignal): Promise<Result<readonly string[]>> {
		const { known } = this;
		if (known !== undefined && Date.now() - known.at < PERMISSIONS_MS)
			return { ok: true, value: known.permissions };
		const connection = this.connect(signal);
		if (!connection.ok) return connection;
		const read = await readPermissions(connection.value);
		if (read.ok) this.known = { at: Date.now(), permissions: read.value };
		return read;
	}

	/** A connection whose calls wait for their turn in the account's queue. */
	queued(signal?: AbortSignal): Result<Connection> {
		const made = this.connect(signal);
		return made.ok ? { ok: true, value: { ...made.value, gate: this.queue } } : made;
	}

	/** True for the saved region and URL: a saved key must not be sent anywhere else. */
	isSavedTarget(region: string, baseUrl: string): boolean {
		return region !== 'custom' || (region === this.settings.region && baseUrl === this.settings.baseUrl);
	}
}
