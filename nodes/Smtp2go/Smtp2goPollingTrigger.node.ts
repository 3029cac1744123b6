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

/** Starts a workflow with what SMTP2GO tells when it is asked. n8n calls it by the clock, so nobody must reach n8n. */
export class Smtp2goPollingTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'SMTP2GO Polling Trigger',
		name: 'smtp2goPollingTrigger',
		icon: { light: 'file:../../icons/smtp2go.svg', dark: 'file:../../icons/smtp2go.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle:
			'={{ $parameter["watch"] === "events" ? [$parameter["events"]].flat().join(", ") : $parameter["watch"] === "incomingSms" ? "incoming SMS" : "account health" }}',
		description:
			'Starts the workflow on email events, incoming text messages and account problems, without a public address or a webhook',
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
