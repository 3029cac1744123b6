/** Reads the form of the trigger: which events, and of which emails. */
import type { IHookFunctions, ITriggerFunctions, IWebhookFunctions } from 'n8n-workflow';
import { isRecord, readFilter, textList } from '../../../api';
import { filterValues, toText, type Selection } from '../parameters/event-form';
import { unwrapLocator } from '../parameters/form-values';
import { OPTIONS } from '../parameters/names';

/** The contexts in which the form is read. */
export type TriggerContext = IHookFunctions | IWebhookFunctions;

/** The form. */
export interface TriggerForm extends Selection {
	/** Headers of the email that SMTP2GO adds to its events. */
	readonly headers: readonly string[];
	readonly usernames: readonly string[];
	readonly subaccountId: string | undefined;
	/** Addresses and ranges that events can come from. Undefined means any, an empty list means none. */
	readonly allowedIps: readonly string[] | undefined;
	readonly skipRepeated: boolean;
	/** Whether the activity log is read over a time without a webhook. */
	readonly catchUp: boolean;
}

/** Reads the form of the trigger. */
export function readTriggerForm(context: TriggerContext): TriggerForm {
	const added = context.getNodeParameter(OPTIONS, {});
	const options = isRecord(added) ? added : {};
	const subaccount = unwrapLocator(options['subaccountId']);
	const bounceType = toText(options['bounceType']);
	return {
		events: textList(context.getNodeParameter('events', [])),
		smsEvents: textList(context.getNodeParameter('smsEvents', [])),
		headers: textList(options['headers']),
		usernames: textList(options['usernames']),
		subaccountId: typeof subaccount === 'string' && subaccount !== '' ? subaccount : undefined,
		bounceType,
		filter: readFilter(filterValues(options)),
		allowedIps: Object.hasOwn(options, 'allowedIps') ? textList(options['allowedIps']) : undefined,
		skipRepeated: String(options['skipRepeated']) === 'true',
		catchUp: String(options['catchUp'] ?? true) === 'true',
	};
}

/** A key for this trigger, unique within this n8n. */
export function triggerKey(context: TriggerContext | ITriggerFunctions): string {
	return `${context.getWorkflow().id}:${context.getNode().id}`;
}
