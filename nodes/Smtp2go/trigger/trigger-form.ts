/** Reads the form of the trigger: which events, and of which emails. */
import type { IHookFunctions, ITriggerFunctions, IWebhookFunctions } from 'n8n-workflow';
import { emailEvents, isRecord, readFilter, smsEvents, type EventFilter, type Subscription } from '../../../api';
import { filterValues, toList } from '../parameters/event-form';
import { unwrapLocator } from '../parameters/form-values';
import { OPTIONS } from '../parameters/names';

/** The contexts in which the form is read. */
export type TriggerContext = IHookFunctions | IWebhookFunctions;

/** The form. */
export interface TriggerForm extends Subscription {
	/** Headers of the email that SMTP2GO adds to its events. */
	readonly headers: readonly string[];
	readonly usernames: readonly string[];
	readonly subaccountId: string | undefined;
	/** What an event must match beyond its name. */
	readonly filter: EventFilter;
	/** As entered: `hard`, `soft`, empty, or what an expression resolved to. */
	readonly bounceType: string;
	/** Addresses and ranges that events can come from. Undefined means any, an empty list means none. */
	readonly allowedIps: readonly string[] | undefined;
	readonly skipRepeated: boolean;
	/** Whether the activity log is read over a time without a webhook. */
	readonly catchUp: boolean;
}

function toText(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** Reads the form of the trigger. */
export function readTriggerForm(context: TriggerContext): TriggerForm {
	const added = context.getNodeParameter(OPTIONS, {});
	const options = isRecord(added) ? added : {};
	const subaccount = unwrapLocator(options['subaccountId']);
	const bounceType = toText(options['bounceType']);
	return {
		events: toList(context.getNodeParameter('events', [])),
		smsEvents: toList(context.getNodeParameter('smsEvents', [])),
		headers: toList(options['headers']),
		usernames: toList(options['usernames']),
		subaccountId: typeof subaccount === 'string' && subaccount !== '' ? subaccount : undefined,
		bounceType,
		filter: readFilter(filterValues(options)),
		allowedIps: Object.hasOwn(options, 'allowedIps') ? toList(options['allowedIps']) : undefined,
		skipRepeated: String(options['skipRepeated']) === 'true',
		catchUp: String(options['catchUp'] ?? true) === 'true',
	};
}

/** The events that SMTP2GO does not know. An expression can give them. */
export function unknownEvents({ events, smsEvents: sms }: Subscription): string[] {
	const isKnown = (list: readonly { value: string }[], name: string) => list.some(({ value }) => value === name);
	return [
		...events.filter((name) => !isKnown(emailEvents, name)),
		...sms.filter((name) => !isKnown(smsEvents, name)),
	];
}

/** A key for this trigger, unique within this n8n. */
export function triggerKey(context: TriggerContext | ITriggerFunctions): string {
	return `${context.getWorkflow().id}:${context.getNode().id}`;
}
