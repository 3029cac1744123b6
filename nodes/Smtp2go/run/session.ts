/** What the items of one run share: connections by key, the gate of each, the waits. */
import type { IExecuteFunctions, INode } from 'n8n-workflow';
import { Departures, deriveToken, Gate, type Connection } from '../../../api';
import { toNodeError } from '../connection/errors';
import { connectItem, monotonic } from '../connection/host';
import { TemplateWatch } from './template-check';
import type { Settings } from './sending-options';

/** When calls left, by key: known limits and calls a minute hold for all runs of this process. */
const departures = new Map<string, Departures>();

/** Waits shorter than this are not worth a word, in milliseconds. */
const WORTH_TELLING = 1000;

/** The waits of a run, by their reason; those that overlap count once. */
export class Waits {
	private readonly reasons = new Map<string, { total: number; until: number }>();

	/** Notes a wait that starts now. */
	add(milliseconds: number, why: string): void {
		const now = monotonic();
		const { total, until } = this.reasons.get(why) ?? { total: 0, until: now };
		const end = now + milliseconds;
		this.reasons.set(why, { total: total + Math.max(0, end - Math.max(now, until)), until: Math.max(until, end) });
	}

	/** A sentence for each reason. */
	told(): string[] {
		return [...this.reasons]
			.filter(([, { total }]) => total >= WORTH_TELLING)
			.map(([why, { total }]) => `Waited ${Math.round(total / 1000)} s: ${why}`);
	}
}

/** One run of the node. */
export class Session {
	readonly signal: AbortSignal | undefined;
	private readonly waits = new Waits();
	private readonly hints = new Set<string>();
	private readonly gates = new Map<string, Gate>();
	/** The names of keys, by base URL and key: to make one is slow. */
	private readonly accounts = new Map<string, string>();
	/** What is found out about the templates of its emails. */
	readonly templates = new TemplateWatch();
	/** The node: n8n makes a copy each time it is asked. */
	readonly node: INode;

	constructor(
		readonly context: IExecuteFunctions,
		readonly settings: Settings,
	) {
		this.signal = context.getExecutionCancelSignal();
		this.node = context.getNode();
	}

	/**
	 * The connection of an item. Items with the same key and region share a gate.
	 * @returns also the name by which items with the same key are told
	 * @throws NodeOperationError where the credential names no region or no usable base URL
	 */
	connect = async (itemIndex: number): Promise<{ connection: Connection; account: string }> => {
		const connected = await connectItem(this.context, itemIndex, this.signal);
		if (!connected.ok) throw toNodeError(this.node, connected.error, itemIndex);
		const { connection, apiKey } = connected.value;
		const account = this.accountOf(apiKey, connection.baseUrl);
		return {
			account,
			connection: {
				...connection,
				gate: this.gateOf(account, connection),
				onWait: (milliseconds, why) => this.waits.add(milliseconds, why),
			},
		};
	};

	private accountOf(apiKey: string, baseUrl: string): string {
		const place = `${baseUrl} ${apiKey}`;
		const account = this.accounts.get(place) ?? deriveToken(apiKey, baseUrl);
		this.accounts.set(place, account);
		return account;
	}

	private gateOf(account: string, { host }: Connection): Gate {
		const known = this.gates.get(account);
		if (known) return known;
		const left = departures.get(account) ?? new Departures();
		departures.set(account, left);
		const gate = new Gate(host, this.settings.flow, left);
		this.gates.set(account, gate);
		return gate;
	}

	/** Shows a sentence beside the output, once. */
	hint = (message: string): void => {
		this.hints.add(message);
	};

	/** Shows what there is to tell: hints of lists, and how long was waited for what. */
	showHints(): void {
		for (const message of [...this.templates.told(this.context.getInputData().length), ...this.hints])
			this.context.addExecutionHints({ message, location: 'outputPane', type: 'warning' });
		for (const message of this.waits.told())
			this.context.addExecutionHints({ message, location: 'outputPane', type: 'info' });
	}
}
