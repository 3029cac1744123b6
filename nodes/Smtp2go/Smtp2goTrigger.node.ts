/** The node SMTP2GO Trigger. */
import type {
	IExecuteFunctions,
	IHookFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	ITriggerFunctions,
	ITriggerResponse,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { outputs, properties, triggerPanel } from './description/trigger';
import { listSearch } from './methods/list-search';

/** Starts a workflow when SMTP2GO reports an event of an email or a text message. Its parts are loaded on demand. */
export class Smtp2goTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'SMTP2GO Trigger',
		name: 'smtp2goTrigger',
		icon: { light: 'file:../../icons/smtp2go.svg', dark: 'file:../../icons/smtp2go.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle:
			'={{ $parameter["events"].concat($parameter["smsEvents"].map((event) => "sms " + event)).join(", ") }}',
		description:
			'Starts the workflow when an email bounces, is delivered, opened, clicked, or reported as spam, ' +
			'and on SMS events',
		eventTriggerDescription: 'Click "Test this webhook" on SMTP2GO\'s page Settings > Webhooks, or send an email',
		activationMessage: 'Your workflow will now start on every SMTP2GO event that you selected.',
		defaults: { name: 'SMTP2GO Trigger' },
		inputs: [],
		outputs,
		credentials: [{ name: 'smtp2goApi', required: true }],
		webhooks: [
			{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'smtp2go' },
			{ name: 'setup', httpMethod: 'GET', responseMode: 'onReceived', path: 'smtp2go', ndvHideUrl: true },
			{ name: 'setup', httpMethod: 'HEAD', responseMode: 'onReceived', path: 'smtp2go', ndvHideUrl: true },
		],
		triggerPanel,
		properties,
	};

	methods = { listSearch };

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return (await import('./trigger/hook')).isInPlace(this);
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return (await import('./trigger/hook')).ensure(this);
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return (await import('./trigger/hook')).remove(this);
			},
		},
	};

	/**
	 * Looks after the webhook while n8n runs. If a class has both this and webhooks, n8n also runs `checkExists` and
	 * `create` again at every start (seen in 2.41.1). So a webhook that was removed while n8n was down is added again.
	 */
	async trigger(this: ITriggerFunctions): Promise<ITriggerResponse> {
		return (await import('./trigger/upkeep')).lookAfter(this);
	}

	/**
	 * Handles every delivery. Without this, a test would never end: n8n would wait for `trigger()` to emit something.
	 */
	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return (await import('./trigger/route')).route(this);
	}

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return (await import('./trigger/deliver')).deliver(this);
	}
}
