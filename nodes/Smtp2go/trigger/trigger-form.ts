/** What the trigger's form asks for, and what its node remembers. */
import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { emailEvents, isRecord, smsEvents, type EventFilter, type Subscription } from '../../../api';
import { OPTIONS } from '../parameters/names';
import { bare } from '../parameters/form-values';
import { readHeaderEntries } from '../parameters/header-entries';

type Context = IHookFunctions | IWebhookFunctions;

/** The form: which events, and of which email. */
export interface Settings extends Subscription {
	readonly headers: readonly string[];
	readonly usernames: readonly string[];
	readonly subaccountId: string | undefined;
	/** What an event must have beyond its name. */
	readonly filter: EventFilter;
	/** As entered: `hard`, `soft`, nothing, or what an expression made of it. */
	readonly bounceType: string;
	/** Addresses and ranges that events may come from; undefined means any, an empty list nobody. */
	readonly allowedIps: readonly string[] | undefined;
	readonly skipRepeated: boolean;
}

/**
 * What a trigger keeps between activation and delivery, in n8n's static data of the node. A copy of n8n and an exported
 * workflow have it too, so it holds nothing by which an event could be forged, and counts only at its URL.
 */
export interface Memory {
	/** The address at which the rest of this holds. */
	url?: string;
	/** Digest of the token that SMTP2GO sends with every event. */
	digest?: string;
	/** Digest of the token that SMTP2GO is being told: until that is sure, both will do. */
	next?: string;
	/** SMTP2GO's number of the webhook. */
	hookId?: number;
}

/** A list from a list, or from text with commas or line ends. */
function listOf(value: unknown): string[] {
	const parts = Array.isArray(value) ? value.map(String) : typeof value === 'string' ? value.split(/[,\n]/) : [];
	return parts.map((part) => part.trim()).filter((part) => part !== '');
}

function textOf(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** Headers of an email and the values asked for; an entry without a name asks for nothing. */
function headerFilter(form: unknown): EventFilter['headers'] {
	const entries = readHeaderEntries(form);
	const pairs = (Array.isArray(entries) ? entries : []).filter(isRecord);
	return pairs
		.map(({ header, value }) => ({ header: textOf(header).trim(), value: textOf(value) }))
		.filter(({ header }) => header !== '');
}

/** Reads the form of the trigger. */
export function readSettings(context: Context): Settings {
	const added = context.getNodeParameter(OPTIONS, {});
	const options = isRecord(added) ? added : {};
	const subaccount = bare(options['subaccountId']);
	const bounceType = textOf(options['bounceType']);
	return {
		events: listOf(context.getNodeParameter('events', [])),
		smsEvents: listOf(context.getNodeParameter('smsEvents', [])),
		headers: listOf(options['headers']),
		usernames: listOf(options['usernames']),
		subaccountId: typeof subaccount === 'string' && subaccount !== '' ? subaccount : undefined,
		bounceType,
		filter: {
			bounceType: bounceType === 'hard' || bounceType === 'soft' ? bounceType : undefined,
			senders: listOf(options['filterSenders']),
			subject: textOf(options['filterSubject']),
			users: [],
			headers: headerFilter(options['filterHeaders']),
		},
		allowedIps: Object.hasOwn(options, 'allowedIps') ? listOf(options['allowedIps']) : undefined,
		skipRepeated: String(options['skipRepeated']) === 'true',
	};
}

/** A name for this trigger among all of this n8n. */
export function keyOf(context: Context): string {
	return `${context.getWorkflow().id}:${context.getNode().id}`;
}

/** The names that SMTP2GO does not know; an expression may have given them. */
export function unknownEvents({ events, smsEvents: sms }: Subscription): string[] {
	const isKnown = (list: readonly { value: string }[], name: string) => list.some(({ value }) => value === name);
	return [
		...events.filter((name) => !isKnown(emailEvents, name)),
		...sms.filter((name) => !isKnown(smsEvents, name)),
	];
}

/** Forgets the webhook. */
export function forget(memory: Memory): void {
	delete memory.url;
	delete memory.digest;
	delete memory.next;
	delete memory.hookId;
}

/** The node's memory. What is written to it is kept by n8n after a hook has run. */
export function memoryOf(context: Context): Memory {
	return context.getWorkflowStaticData('node');
}
