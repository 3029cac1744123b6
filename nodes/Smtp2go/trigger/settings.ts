/** What the trigger's form asks for, and what its node remembers. */
import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { emailEvents, isRecord, smsEvents, type Subscription } from '../../../api';
import { OPTIONS } from '../parameters';
import { bare } from '../values/forms';

type Context = IHookFunctions | IWebhookFunctions;

/** The form: which events, and of which mail. */
export interface Settings extends Subscription {
	readonly headers: readonly string[];
	readonly usernames: readonly string[];
	readonly subaccountId: string | undefined;
}

/** What a trigger keeps between activation and delivery, in n8n's static data of the node. */
export interface Memory {
	/** The token that SMTP2GO sends with every event. */
	secret?: string;
	/** SMTP2GO's number of the webhook. */
	hookId?: number;
}

/** A list from a list, or from text with commas or line ends. */
function listOf(value: unknown): string[] {
	const parts = Array.isArray(value) ? value.map(String) : typeof value === 'string' ? value.split(/[,\n]/) : [];
	return parts.map((part) => part.trim()).filter((part) => part !== '');
}

/** Reads the form of the trigger. */
export function readSettings(context: Context): Settings {
	const added = context.getNodeParameter(OPTIONS, {});
	const options = isRecord(added) ? added : {};
	const subaccount = bare(options['subaccountId']);
	return {
		events: listOf(context.getNodeParameter('events', [])),
		smsEvents: listOf(context.getNodeParameter('smsEvents', [])),
		headers: listOf(options['headers']),
		usernames: listOf(options['usernames']),
		subaccountId: typeof subaccount === 'string' && subaccount !== '' ? subaccount : undefined,
	};
}

/** The names that SMTP2GO does not know; an expression may have given them. */
export function unknownEvents({ events, smsEvents: sms }: Subscription): string[] {
	const isKnown = (list: readonly { value: string }[], name: string) => list.some(({ value }) => value === name);
	return [...events.filter((name) => !isKnown(emailEvents, name)), ...sms.filter((name) => !isKnown(smsEvents, name))];
}

/** The node's memory. What is written to it is kept by n8n after a hook has run. */
export function memoryOf(context: Context): Memory {
	return context.getWorkflowStaticData('node');
}
