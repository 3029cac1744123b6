/** The node SMTP2GO Polling Trigger. */
import {
	NodeConnectionTypes,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';
import { properties } from './description/polling';
import { listSearch } from './methods/list-search';

/** Asks SMTP2GO, by the clock, for what is new. So SMTP2GO does not have to reach n8n. */
export class Smtp2goPollingTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'SMTP2GO Polling Trigger',
		name: 'smtp2goPollingTrigger',
		icon: { light: 'file:../../icons/smtp2go.svg', dark: 'file:../../icons/smtp2go.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle:
			'={{ ({ incomingSms: "incoming SMS", accountHealth: "account health" })[$parameter["watch"]] ?? [$parameter["events"]].flat().join(", ") }}',
		description: 'Starts the workflow on email events, incoming SMS and account problems, without a public address',
		defaults: { name: 'SMTP2GO Polling Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'smtp2goApi', required: true }],
		properties,
	};

	methods = { listSearch };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return (await import('./polling/poll')).poll(this);
	}
}
