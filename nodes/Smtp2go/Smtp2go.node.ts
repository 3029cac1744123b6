/** The node SMTP2GO. */
import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type ILoadOptionsFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type ResourceMapperFields,
} from 'n8n-workflow';
import { properties } from './description/action';
import { listSearch } from './methods/list-search';

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
		return [await (await import('./run/run-node')).runNode(this)];
	}
}
