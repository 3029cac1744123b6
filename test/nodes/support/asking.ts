/** The node in n8n's own engine while it waits for an answer: what it asked, and the requests to its links. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import './environment';
import 'reflect-metadata';
import { EventEmitter } from 'node:events';
import { parse, stringify } from 'flatted';
import { WebhookContext, WorkflowExecute } from 'n8n-core';
import {
	createRunExecutionData,
	NodeConnectionTypes,
	Workflow,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type IRunExecutionData,
	type IWebhookData,
	type IWebhookFunctions,
	type IWebhookResponseData,
	type NodeExecutionHint,
} from 'n8n-workflow';
import { Smtp2go } from '../../../nodes/Smtp2go/Smtp2go.node';
import type { Account } from './account';
import { addNodeType, nodeTypes, surroundings } from './engine';

const node = new Smtp2go();
addNodeType('smtp2goHitlTool', node);
addNodeType('smtp2goTool', node);

/** What one request led to. */
export interface Answered {
	/** The status that the node sent itself; undefined if n8n sends the page. */
	status: number | undefined;
	/** The page, whoever sends it. */
	page: string;
	headers: Record<string, string>;
	/** What the execution goes on with; undefined if it keeps waiting. */
	output: INodeExecutionData['json'] | undefined;
	/** Lets n8n send its response. */
	finish(status?: number): void;
	/** Lets the client hang up, as a phone that loses the network. */
	hangUp(): void;
}

/** The part of Express's response that the node uses. Its events come as those of Node.js. */
class Response extends EventEmitter {
	statusCode = 200;
	writableEnded = false;
	destroyed = false;
	own: number | undefined;
	page = '';
	headers: Record<string, string> = {};

	status(code: number) {
		this.own = code;
		return this;
	}

	set(headers: Record<string, string>) {
		this.headers = { ...headers };
		return this;
	}

	send(page: string) {
		this.page = page;
		return this;
	}

	/** Ends the response. Without its client, there is nothing that could finish. */
	end(status: number) {
		this.statusCode = status;
		this.writableEnded = true;
		if (this.destroyed) return;
		this.emit('finish');
		this.close();
	}

	close() {
		this.destroyed = true;
		this.emit('close');
	}
}

/** How the question is asked. */
export interface AskingSetup {
	parameters?: INodeParameters;
	items?: INodeExecutionData[];
	/** n8n's name for the node's type. */
	type?: string;
	name?: string;
	/** Where n8n can be reached. */
	base?: string;
	more?: Partial<INode>;
}

let executions = 0;

/** An execution that asks. */
export class Asking {
	private readonly workflow: Workflow;
	private readonly additional;
	private data: IRunExecutionData | undefined;
	/** The moment until which it waits. */
	waitTill: Date | undefined;
	error: (Error & { description?: string | null | undefined }) | undefined;
	hints: readonly NodeExecutionHint[] = [];
	/** What the node gave instead of waiting. */
	output: INodeExecutionData[] = [];
	readonly logged: string[] = [];

	constructor(
		private readonly account: Account,
		private readonly setup: AskingSetup = {},
	) {
		const { type = 'smtp2go', name = 'Ask', base = 'https://n8n.example.com', more } = setup;
		const place = { typeVersion: 1, position: [0, 0] as [number, number] };
		const nodes: INode[] = [
			{ id: '1', name: 'Start', type: 'start', parameters: {}, ...place },
			{
				id: 'node-2',
				name,
				type,
				...place,
				parameters: {
					resource: 'email',
					operation: 'sendAndWait',
					channel: 'email',
					sender: { __rl: true, mode: 'name', value: 'Shop <shop@example.com>' },
					to: 'ann@example.com',
					destination: '+14155550123',
					subject: 'Invoice 1001',
					message: 'Please approve.',
					...setup.parameters,
				},
				credentials: { smtp2goApi: { id: '1', name: 'SMTP2GO' } },
				...more,
			},
		];
		this.workflow = new Workflow({
			id: '1',
			name: 'Invoices',
			nodes,
			connections: { Start: { main: [[{ node: name, type: NodeConnectionTypes.Main, index: 0 }]] } },
			active: false,
			nodeTypes,
			settings: { executionOrder: 'v1', timezone: 'Europe/Berlin' },
		});
		this.additional = {
			...surroundings(account.credentials, { id: '1', nodes, connections: {} }),
			executionId: String(++executions),
			webhookWaitingBaseUrl: `${base}/webhook-waiting`,
		};
	}

	private get node(): INode {
		return this.workflow.getNode(this.setup.name ?? 'Ask') as INode;
	}

	/** Runs the workflow until it waits or ends. */
	async ask(): Promise<this> {
		const start = this.workflow.getNode('Start') as INode;
		const data = createRunExecutionData({
			executionData: {
				nodeExecutionStack: [
					{ node: start, data: { main: [this.setup.items ?? [{ json: {} }]] }, source: null },
				],
			},
		});
		const ran = await new WorkflowExecute(this.additional, 'trigger', data).processRunExecutionData(this.workflow);
		const task = ran.data.resultData.runData[this.node.name]?.[0];
		this.waitTill = ran.waitTill ?? undefined;
		this.error = task?.error;
		this.hints = task?.hints ?? [];
		this.output = task?.data?.['main']?.[0] ?? [];
		// n8n writes the data to its database, and reads it again for each request.
		this.data = parse(stringify(ran.data)) as IRunExecutionData;
		return this;
	}

	/** The text of everything that n8n saves about the execution. */
	get saved(): string {
		return stringify(this.data);
	}

	/** The input with which the execution goes on if nobody answers. */
	get unanswered(): INodeExecutionData['json'] | undefined {
		return this.data?.executionData?.nodeExecutionStack[0]?.data['main']?.[0]?.[0]?.json;
	}

	/** The link of the message to a recipient, newest first. */
	link(address = 'ann@example.com'): URL {
		const { emails, sms } = this.account.simulator.state;
		const text =
			emails.filter(({ to }) => to.some((one) => one.address === address)).at(-1)?.html ??
			sms.filter(({ destination }) => destination === address).at(-1)?.content ??
			'';
		return new URL(
			/https?:\/\/[^\s"<#]+\/webhook-waiting\/[^\s"<#]+/.exec(text.replaceAll('&amp;', '&'))?.[0] ?? '',
		);
	}

	/**
	 * One request to a link, whose signature n8n has checked.
	 * @param isGone whether the client hung up before the node got the request
	 */
	async request(
		link: URL,
		method: 'GET' | 'POST' = 'GET',
		body: object = {},
		{ isGone = false } = {},
	): Promise<Answered> {
		const response = new Response();
		if (isGone) response.close();
		const request = { method, body, query: Object.fromEntries(link.searchParams), headers: {}, params: {} };
		const context = new WebhookContext(
			this.workflow,
			this.node,
			{ ...this.additional, httpRequest: request, httpResponse: response } as never,
			'trigger',
			{ webhookDescription: node.description.webhooks?.[0] } as IWebhookData,
			[],
			this.data ?? null,
		);
		Object.defineProperty(context, 'logger', { value: { warn: (text: string) => this.logged.push(text) } });
		const result: IWebhookResponseData = await node.webhook.call(context as unknown as IWebhookFunctions);
		return {
			status: response.own,
			page: response.page || String(result.webhookResponse ?? ''),
			headers: response.headers,
			output: result.workflowData?.[0]?.[0]?.json,
			finish: (status = 200) => {
				response.end(status);
			},
			hangUp: () => {
				response.close();
			},
		};
	}

	/** Posts an answer. */
	post(body: object, link = this.link()): Promise<Answered> {
		return this.request(link, 'POST', body);
	}
}

/** Does something in an n8n that has no function to sign links, as n8n 1 before 1.105. */
export async function withoutSigning<T>(work: () => Promise<T>): Promise<T> {
	const name = 'getSignedResumeUrl';
	// The class that all contexts extend, which n8n-core does not export.
	const prototype = Object.getPrototypeOf(WebhookContext.prototype) as object;
	const own = Object.getOwnPropertyDescriptor(prototype, name) ?? {};
	Object.defineProperty(prototype, name, { ...own, value: undefined });
	try {
		return await work();
	} finally {
		Object.defineProperty(prototype, name, own);
	}
}
