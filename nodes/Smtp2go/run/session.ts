/** What the items of one run share: a gate per account, the waits, and the hints for the user. */
import type { IExecuteFunctions, INode } from 'n8n-workflow';
import { CallLog, deriveToken, Gate, type Connection, type Operation } from '../../../api';
import { toNodeError } from '../connection/errors';
import { connectItem, monotonic } from '../connection/host';
import { ItemList } from '../merge/list';
import { callLogs } from '../state/process-state';
import { readValues } from '../values/read-values';
import type { SendingOptions } from './sending-options';
import { TemplateCheck } from './template-check';

/** Shorter waits are not reported, in milliseconds. */
const MIN_REPORTED_WAIT = 1000;

/** The waits of a run, by reason. Those that overlap count once. */
export class Waits {
	private readonly reasons = new Map<string, { total: number; until: number }>();

	/** Notes a wait that starts now. */
	add(milliseconds: number, reason: string): void {
		const now = monotonic();
		const { total, until } = this.reasons.get(reason) ?? { total: 0, until: now };
		const end = now + milliseconds;
		this.reasons.set(reason, {
			total: total + Math.max(0, end - Math.max(now, until)),
			until: Math.max(until, end),
		});
	}

	/** A message for each reason. */
	messages(): string[] {
		return [...this.reasons]
			.filter(([, { total }]) => total >= MIN_REPORTED_WAIT)
			.map(([reason, { total }]) => `Waited ${Math.round(total / 1000)} s: ${reason}`);
	}
}

/** One run of the node. */
export class Session {
	readonly signal: AbortSignal | undefined;
	private readonly waits = new Waits();
	private readonly hints = new Set<string>();
	private readonly gates = new Map<string, Gate>();
	/** Account names by base URL and key, because deriving one is slow. */
	private readonly accounts = new Map<string, string>();
	/** Checks the templates of this run's emails. */
	readonly templates = new TemplateCheck();
	/** The node. n8n makes a copy each time it is asked for one. */
	readonly node: INode;
	/** The items as rows of a list, if the form maps them automatically. */
	readonly list: ItemList | undefined;

	constructor(
		readonly context: IExecuteFunctions,
		readonly options: SendingOptions,
	) {
		this.signal = context.getExecutionCancelSignal();
		this.node = context.getNode();
		this.list = options.merge && new ItemList(context, options.merge.columns);
	}

	/**
	 * Reads the values of an item, by API field name.
	 * @throws NodeOperationError if a binary field or an expression cannot be read
	 */
	async readValues(operation: Operation, itemIndex: number): Promise<Record<string, unknown>> {
		return this.list
			? this.list.values(operation, itemIndex, this.hint)
			: readValues(this.context, operation, itemIndex, this.hint);
	}

	/**
	 * Connects for an item. Items with the same key and region share a gate.
	 * @returns also the account, a digest of key and region, and the key
	 * @throws NodeOperationError if the credential has no region or no valid base URL
	 */
	connect = async (itemIndex: number): Promise<{ connection: Connection; account: string; apiKey: string }> => {
		const connected = await connectItem(this.context, itemIndex, this.signal);
		if (!connected.ok) throw toNodeError(this.node, connected.error, itemIndex);
		const { connection, apiKey } = connected.value;
		const account = this.accountOf(apiKey, connection.baseUrl);
		return {
			account,
			apiKey,
			connection: {
				...connection,
				gate: this.gateOf(account, connection),
				onWait: (milliseconds, reason) => this.waits.add(milliseconds, reason),
			},
		};
	};

	private accountOf(apiKey: string, baseUrl: string): string {
		const id = `${baseUrl} ${apiKey}`;
		const account = this.accounts.get(id) ?? deriveToken(apiKey, baseUrl);
		this.accounts.set(id, account);
		return account;
	}

	private gateOf(account: string, { host }: Connection): Gate {
		const known = this.gates.get(account);
		if (known) return known;
		const log = callLogs.get(account) ?? new CallLog();
		callLogs.set(account, log);
		const gate = new Gate(host, this.options.limits, log);
		this.gates.set(account, gate);
		return gate;
	}

	/** Notes a hint for the user, shown once. */
	hint = (message: string): void => {
		this.hints.add(message);
	};

	/** Shows below the output what was noted: hints, and how long the run waited for what. */
	showHints(): void {
		for (const message of [...this.templates.messages(this.context.getInputData().length), ...this.hints])
			this.context.addExecutionHints({ message, location: 'outputPane', type: 'warning' });
		for (const message of this.waits.messages())
			this.context.addExecutionHints({ message, location: 'outputPane', type: 'info' });
	}
}
