/**
 * Everything that outlives a run of the node or a delivery to the trigger. It is kept in memory, once per n8n process:
 * with queue workers or several webhook processors, each process has its own. A restart clears it, which is always
 * safe. No other file of this package keeps state in a module (test/nodes/package/walls.test.ts).
 */
import { CallLog, Templates, type AnswerData, type DeliveredEvent, type Field, type SeenEvents } from '../../../api';
import type { IExecuteFunctions, IPollFunctions, IWebhookFunctions } from 'n8n-workflow';
import type { EventLedger } from './event-ledger';
import type { ItemOutcome } from './item-outcome';
import { RecentMap } from './recent-map';
import type { Watch } from './watch';

/**
 * When calls started, by account (a digest of key and region). "Calls per Minute" and the limits that SMTP2GO reports
 * hold for all runs of the process. One entry per account in use.
 */
export const callLogs = new Map<string, CallLog>();

/** Templates, so that each is read once per minute and not once per run. */
export const templates = new Templates();

/**
 * Items that must not run again, by n8n's object for the run: Retry On Fail starts the node again with the same object.
 * An entry ends with the run.
 */
export const settledItems = new WeakMap<object, Map<number, ItemOutcome>>();

/**
 * The description that an error had before the count of sent items was added. Retry On Fail throws a settled item's
 * error again, with a new count. An entry ends with the error.
 */
export const originalDescriptions = new WeakMap<object, string | null | undefined>();

/** The parameters of a node that hold no expression. */
export interface FixedParameters {
	/** As saved, by name. */
	readonly saved: Readonly<Record<string, unknown>>;
	/** As n8n resolved them, by path. */
	readonly resolved: Map<string, unknown>;
}

/** Parameters without an expression, so that n8n resolves each once per run and not once per item. */
export const fixedParameters = new WeakMap<IExecuteFunctions, FixedParameters>();

/** The parameter name of each field: every item asks for the name of every field. */
export const parameterNames = new WeakMap<Field, string>();

/** n8n's response to a delivery: its status tells whether n8n accepted the event. */
export type DeliveryResponse = Pick<
	ReturnType<IWebhookFunctions['getResponseObject']>,
	'once' | 'statusCode' | 'writableEnded'
>;

/** What a trigger received. */
export interface ReceivedEvents {
	/** Events that n8n accepted. */
	readonly seen: SeenEvents;
	/** Events whose response is still open, by fingerprint. */
	readonly open: Map<string, { readonly event: DeliveredEvent; readonly response: DeliveryResponse }>;
}

/** The events that each trigger received, for "Skip Duplicate Events". n8n has no store for webhooks. */
export const receivedEvents = new RecentMap<ReceivedEvents>(100);

/** The keys of the events that each trigger passed on, for "Catch Up". */
export const eventLedgers = new RecentMap<EventLedger>(100);

/** The webhooks of the published triggers. Only the process that registers webhooks has any. */
export const watches = new RecentMap<Watch>(1_000);

/**
 * When each trigger last logged that its secret is lost, in milliseconds, so that a flood of events does not flood the
 * log.
 */
export const lostSecretLogs = new RecentMap<number>(1_000);

/** An answer that n8n is about to take. */
export interface AnswerClaim {
	readonly data: AnswerData;
	/** When it came, in milliseconds since 1970. */
	readonly at: number;
}

/** The last answers, by execution, node and round, so that of two at the same moment the second one reads so. */
export const answerClaims = new RecentMap<AnswerClaim>(1_000);

/** A polling trigger, while this process polls. */
export interface Poller {
	isRunning: boolean;
	/** n8n's object for polls since the workflow was published: another one means that it was published again. */
	context?: WeakRef<IPollFunctions> | undefined;
	/** The lasting fault that was thrown last, until a poll succeeds. */
	told?: string;
	/** The log entry that was written last, until a poll succeeds, and when, in milliseconds. */
	logged?: { readonly text: string; readonly at: number };
	/** The same for what polls that succeeded had to say. */
	noted?: { readonly text: string; readonly at: number };
}

/** The polling triggers of this process. */
export const pollers = new RecentMap<Poller>(1_000);
