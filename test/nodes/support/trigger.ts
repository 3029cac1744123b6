/** The trigger in n8n's own contexts: its hook's life and its deliveries. */
import { HookContext, WebhookContext } from 'n8n-core';
import { Workflow, type ICredentialDataDecryptedObject, type IHookFunctions, type INodeParameters, type IWebhookData, type IWebhookFunctions, type IWebhookResponseData, type WorkflowExecuteMode } from 'n8n-workflow';
import { Smtp2goTrigger } from '../../../nodes/Smtp2go/Smtp2goTrigger.node';
import { nodeTypes, surroundings } from './engine';

const trigger = new Smtp2goTrigger();
const [post, get] = trigger.description.webhooks ?? [];

/** What one delivery led to. */
export interface Answered {
	/** Status that the node sent itself; undefined where n8n answers 200. */
	status: number | undefined;
	result: IWebhookResponseData;
}

export interface TriggerSetup {
	credentials: ICredentialDataDecryptedObject;
	parameters?: INodeParameters;
	/** Where n8n can be reached; by default a public address. */
	base?: string;
	/** The test listener: its own URL, and nothing remembered. */
	isTest?: boolean;
}

/** A workflow with the trigger in it. */
export class Trigger {
	readonly workflow: Workflow;

	private readonly additional;

	constructor(private readonly setup: TriggerSetup) {
		const node = {
			id: '1', name: 'Trigger', type: 'smtp2goTrigger', typeVersion: 1, position: [0, 0] as [number, number], webhookId: 'hook-1',
			parameters: { events: ['bounce'], ...setup.parameters }, credentials: { smtp2goApi: { id: '1', name: 'SMTP2GO' } },
		};
		this.workflow = new Workflow({ id: '1', nodes: [node], connections: {}, active: false, nodeTypes });
		const base = setup.base ?? 'https://n8n.example.com';
		this.additional = { ...surroundings(setup.credentials, this.workflow), webhookBaseUrl: `${base}/webhook`, webhookTestBaseUrl: `${base}/webhook-test` };
	}

	get url(): string {
		return `${this.setup.base ?? 'https://n8n.example.com'}/webhook${this.setup.isTest ? '-test' : ''}/hook-1/smtp2go`;
	}

	/** What the node remembers. */
	get memory(): { secret?: string; hookId?: number } {
		return this.workflow.getStaticData('node', this.node);
	}

	private get node() {
		const node = this.workflow.getNode('Trigger');
		if (!node) throw new Error('no trigger');
		return node;
	}

	private hookContext(): HookContext {
		const mode: WorkflowExecuteMode = this.setup.isTest ? 'manual' : 'trigger';
		return new HookContext(this.workflow, this.node, this.additional, mode, this.setup.isTest ? 'manual' : 'activate', { webhookDescription: post, isTest: this.setup.isTest ?? false } as IWebhookData);
	}

	/** One step of the life cycle, as n8n calls it. */
	async step(name: 'checkExists' | 'create' | 'delete'): Promise<boolean> {
		return trigger.webhookMethods.default[name].call(this.hookContext() as unknown as IHookFunctions);
	}

	/** What n8n does when a workflow is activated or started again. */
	async activate(): Promise<void> {
		if (!(await this.step('checkExists'))) await this.step('create');
	}

	/** One request to the trigger's URL. */
	async deliver(body: string, headers: Record<string, string> = {}, method: 'POST' | 'GET' = 'POST'): Promise<Answered> {
		let status: number | undefined;
		const response = { status: (code: number) => { status = code; return { json: () => undefined }; } };
		const request = { headers: { 'content-type': 'application/json', ...headers }, method, ...(body === '' ? {} : { rawBody: Buffer.from(body) }), body: {} };
		const context = new WebhookContext(
			this.workflow, this.node, { ...this.additional, httpRequest: request, httpResponse: response } as never, 'webhook',
			{ webhookDescription: method === 'POST' ? post : get } as IWebhookData, [], null,
		);
		const result = await trigger.webhook.call(context as unknown as IWebhookFunctions);
		return { status, result };
	}

	/** The same with the right token. */
	async deliverSigned(body: string, headers: Record<string, string> = {}): Promise<Answered> {
		return this.deliver(body, { authorization: `Bearer ${this.memory.secret}`, ...headers });
	}
}
