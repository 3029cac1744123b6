/** The node SMTP2GO. */
import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type ILoadOptionsFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
	type ResourceMapperFields,
} from 'n8n-workflow';
import { answerWebhooks, waitingTooltip } from './approval/webhooks';
import { properties } from './description/action';
import { listSearch } from './methods/list-search';
import { SEND_AND_WAIT } from './parameters/send-and-wait';

/**
 * Every operation of SMTP2GO's API. What a run or the editor needs is loaded on demand, because n8n loads this file at
 * every start.
 */
export class Smtp2go implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'SMTP2GO',
		name: 'smtp2go',
		icon: { light: 'file:../../icons/smtp2go.svg', dark: 'file:../../icons/smtp2go.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description:
			'Send email and SMS, track delivery, and manage templates, suppressions, senders, and your SMTP2GO account',
		defaults: { name: 'SMTP2GO' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'smtp2goApi', required: true }],
		waitingNodeTooltip: waitingTooltip,
		// They continue a waiting execution, and are not registered when a workflow is published.
		webhooks: answerWebhooks,
		properties,
	};

	methods = {
		listSearch,
		resourceMapping: {
			async templateVariables(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
				return (await import('./methods/template-variables')).templateVariables(this);
			},
		},
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		if (this.getNodeParameter('operation', 0, '') === SEND_AND_WAIT)
			return [await (await import('./approval/ask')).ask(this)];
		return [await (await import('./run/run-node')).runNode(this)];
	}

	/** Handles the requests to the links of "Send and Wait for Response". */
	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return (await import('./approval/answer')).answer(this);
	}
}
