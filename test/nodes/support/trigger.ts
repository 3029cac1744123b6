/** The trigger in n8n's own contexts: its hook's life and its deliveries. */
/* eslint-disable @n8n/community-nodes/require-node-api-error */
import { HookContext, TriggerContext, WebhookContext } from 'n8n-core';
import {
	Workflow,
	type ICredentialDataDecryptedObject,
	type IHookFunctions,
	type INodeExecutionData,
	type INodeParameters,
	type ITriggerFunctions,
	type ITriggerResponse,
	type IWebhookData,
	type IWebhookFunctions,
	type IWebhookResponseData,
	type WorkflowActivateMode,
	type WorkflowExecuteMode,
} from 'n8n-workflow';
import type { HookMemory } from '../../../nodes/Smtp2go/trigger/hook-memory';
import { Smtp2goTrigger } from '../../../nodes/Smtp2go/Smtp2goTrigger.node';
import { nodeTypes, surroundings } from './engine';

const trigger = new Smtp2goTrigger();
const [post, get] = trigger.description.webhooks ?? [];

/** What one delivery led to. */
export interface Answered {
	/** Status that the node sent itself; undefined where n8n answers 200. */
	status: number | undefined;
	result: IWebhookResponseData;
	/** What was written to n8n's log. */
	warnings: string[];
	/** Lets n8n answer, by 200 unless told otherwise, and the caller see it. */
	answer(status?: number): void;
	/** Lets the caller hang up before n8n has answered. */
	hangUp(): void;
}

/** n8n's limits of tries (constants.js of n8n 2.41.1). */
const CREATE_TRIES = 5;
const DELETE_TRIES = 3;

/** The part of an HTTP response that n8n's and our side use. */
class Response {
	statusCode = 200;

	writableEnded = false;

	own: number | undefined;

	private readonly closed: (() => void)[] = [];

	status(code: number) {
		this.own = code;
		return { json: () => this.end(code) };
	}

	once(_event: 'close', listener: () => void) {
		this.closed.push(listener);
	}

	end(code: number) {
		this.statusCode = code;
		this.writableEnded = true;
		this.close();
	}

	close() {
		for (const listener of this.closed.splice(0)) listener();
	}
}

export interface TriggerSetup {
	credentials: ICredentialDataDecryptedObject;
	parameters?: INodeParameters;
	/** Where n8n can be reached; by default a public address. */
	base?: string;
	/** The test listener: its own URL, and nothing remembered. */
	isTest?: boolean;
	/** The node's name, the part of its URL that belongs to it, and the workflow's number. */
	name?: string;
	webhookId?: string;
	workflowId?: string;
	/** Milliseconds that a call to SMTP2GO may take; by default the node's own time. */
	timeoutMs?: number;
}

/** A workflow with the trigger in it. */
export class Trigger {
	readonly workflow: Workflow;

	private readonly additional;

	constructor(private readonly setup: TriggerSetup) {
		const node = {
			id: '1',
			name: setup.name ?? 'Trigger',
			type: 'smtp2goTrigger',
			typeVersion: 1,
			position: [0, 0] as [number, number],
			webhookId: this.webhookId,
			parameters: { events: ['bounce'], ...setup.parameters },
			credentials: { smtp2goApi: { id: '1', name: 'SMTP2GO' } },
		};
		this.workflow = new Workflow({
			id: setup.workflowId ?? '1',
			name: 'Bounces',
			nodes: [node],
			connections: {},
			active: false,
			nodeTypes,
		});
		const base = setup.base ?? 'https://n8n.example.com';
		this.additional = {
			...surroundings(setup.credentials, this.workflow),
			webhookBaseUrl: `${base}/webhook`,
			webhookTestBaseUrl: `${base}/webhook-test`,
		};
	}

	private get webhookId(): string {
		return this.setup.webhookId ?? 'hook-1';
	}

	get url(): string {
		return `${this.setup.base ?? 'https://n8n.example.com'}/webhook${this.setup.isTest ? '-test' : ''}/${this.webhookId}/smtp2go`;
	}

	/** What the node remembers. */
	get memory(): HookMemory {
		return this.workflow.getStaticData('node', this.node);
	}

	/** The part of it that is about the webhook, without what it received. */
	get hookMemory(): Omit<HookMemory, 'seen' | 'gap'> {
		const { seen, gap, ...rest } = this.memory;
		return seen !== undefined || gap !== undefined ? rest : this.memory;
	}

	private get node() {
		const node = this.workflow.getNode(this.setup.name ?? 'Trigger');
		if (!node) throw new Error('no trigger');
		return node;
	}

	/** The token that SMTP2GO was told last; the node itself does not keep it. */
	secret = '';

	/**
	 * Takes over what another one remembers, as a restart does, a copy of n8n's data, or a workflow that was exported
	 * and imported.
	 */
	remember(other: Trigger): void {
		Object.assign(this.memory, JSON.parse(JSON.stringify(other.memory)));
		this.secret = other.secret;
	}

	/** What the hook's life wrote to n8n's log. */
	readonly warnings: string[] = [];

	/** Why n8n runs the hook's life: a person published, or n8n starts. */
	activation: WorkflowActivateMode = 'activate';

	private hookContext(): HookContext {
		const mode: WorkflowExecuteMode = this.setup.isTest ? 'manual' : 'trigger';
		const context = new HookContext(
			this.workflow,
			this.node,
			this.additional,
			mode,
			this.setup.isTest ? 'manual' : this.activation,
			{ webhookDescription: post, isTest: this.setup.isTest ?? false } as IWebhookData,
		);
		Object.defineProperty(context, 'logger', {
			value: {
				warn: (text: string) => {
					this.warnings.push(text);
				},
			},
		});
		const { timeoutMs } = this.setup;
		const told = (secret: string) => {
			this.secret = secret;
		};
		const { httpRequestWithAuthentication: send } = context.helpers;
		context.helpers.httpRequestWithAuthentication = async function watched(this: unknown, type, options, more) {
			const { auth_header_value: secret } = JSON.parse(String(options.body ?? '{}')) as {
				auth_header_value?: string;
			};
			if (secret !== undefined) told(secret);
			return send.call(
				this as never,
				type,
				timeoutMs === undefined ? options : { ...options, timeout: timeoutMs },
				more,
			) as Promise<unknown>;
		};
		return context;
	}

	/** One step of the life cycle, as n8n calls it. */
	async step(name: 'checkExists' | 'create' | 'delete'): Promise<boolean> {
		return trigger.webhookMethods.default[name].call(this.hookContext() as unknown as IHookFunctions);
	}

	/** What n8n does when a workflow is activated or started again. */
	async activate(): Promise<void> {
		if (!(await this.step('checkExists'))) await this.step('create');
	}

	/**
	 * The same with n8n's tries: after each failure it takes the hook away (webhook-trigger-registrar.js of n8n
	 * 2.41.1). Throws what the user reads.
	 */
	async publish(): Promise<void> {
		for (let attempt = 1; ; attempt++) {
			try {
				return await this.activate();
			} catch (error) {
				await this.step('delete').catch(() => undefined);
				if (attempt === CREATE_TRIES) throw error;
			}
		}
	}

	/** What n8n does when a workflow is deactivated, with its tries. */
	async unpublish(): Promise<void> {
		for (let attempt = 1; ; attempt++) {
			try {
				await this.step('delete');
				return;
			} catch (error) {
				if (attempt === DELETE_TRIES) throw error;
			}
		}
	}

	/** What the timer wrote to n8n's log beside warnings. */
	readonly notes: string[] = [];

	/** What the timer started the workflow with, and the key by which n8n starts nothing twice. */
	readonly emitted: { json: Record<string, unknown>; key: string | undefined }[] = [];

	/**
	 * What n8n does beside the steps of the hook: lets the trigger run until its `closeFunction` is called. Its timer
	 * makes calls outside of any execution.
	 * @param broken why the credential cannot be read in the timer
	 */
	async run(broken?: string): Promise<ITriggerResponse> {
		const context = new TriggerContext(
			this.workflow,
			this.node,
			this.additional,
			this.setup.isTest ? 'manual' : 'trigger',
			this.activation,
			(data: INodeExecutionData[][], _response, _done, key) => {
				for (const { json } of data.flat()) this.emitted.push({ json, key });
			},
			undefined,
			undefined,
			{ registerCron: () => undefined },
		);
		Object.defineProperty(context, 'logger', {
			value: {
				warn: (text: string) => {
					this.warnings.push(text);
				},
				info: (text: string) => {
					this.notes.push(text);
				},
			},
		});
		if (broken !== undefined)
			Object.defineProperty(context, 'getCredentials', {
				value: async () => {
					throw new Error(broken);
				},
			});
		return trigger.trigger.call(context as unknown as ITriggerFunctions);
	}

	/** One request to the trigger's URL. */
	async deliver(
		body: string,
		headers: Record<string, string> = {},
		method: 'POST' | 'GET' = 'POST',
		ip = '203.0.113.7',
	): Promise<Answered> {
		const warnings: string[] = [];
		const response = new Response();
		const request = {
			headers: { 'content-type': 'application/json', ...headers },
			method,
			ip,
			...(body === '' ? {} : { rawBody: Buffer.from(body) }),
			body: {},
		};
		const context = new WebhookContext(
			this.workflow,
			this.node,
			{ ...this.additional, httpRequest: request, httpResponse: response } as never,
			this.setup.isTest ? 'manual' : 'webhook',
			{ webhookDescription: method === 'POST' ? post : get } as IWebhookData,
			[],
			null,
		);
		Object.defineProperty(context, 'logger', {
			value: {
				warn: (text: string) => {
					warnings.push(text);
				},
			},
		});
		const result = await trigger.webhook.call(context as unknown as IWebhookFunctions);
		return {
			status: response.own,
			result,
			warnings,
			answer: (status = 200) => response.end(status),
			hangUp: () => response.close(),
		};
	}

	/** The same with the right token. */
	async deliverSigned(body: string, headers: Record<string, string> = {}): Promise<Answered> {
		return this.deliver(body, { authorization: `Bearer ${this.secret}`, ...headers });
	}
}
