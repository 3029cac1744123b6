/** n8n's own engine around our nodes, without a server. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
/* eslint-disable @n8n/community-nodes/node-usable-as-tool, @typescript-eslint/no-require-imports */
import './environment';
import 'reflect-metadata';
import { join } from 'node:path';
import { BinaryDataService, ExecutionLifecycleHooks, WorkflowExecute, type BinaryDataConfig } from 'n8n-core';
import {
	createRunExecutionData,
	ICredentialsHelper,
	NodeConnectionTypes,
	NodeHelpers,
	setSafeRegexEngine,
	Workflow,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type IExecuteFunctions,
	type IHttpRequestOptions,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type INodeTypes,
	type IWorkflowExecuteAdditionalData,
	type IWorkflowSettings,
	type NodeApiError,
	type NodeExecutionHint,
	type OnError,
} from 'n8n-workflow';
import { Smtp2goApi } from '../../../credentials/Smtp2goApi.credentials';
import { Smtp2go } from '../../../nodes/Smtp2go/Smtp2go.node';
import { Smtp2goPollingTrigger } from '../../../nodes/Smtp2go/Smtp2goPollingTrigger.node';
import { Smtp2goTrigger } from '../../../nodes/Smtp2go/Smtp2goTrigger.node';

// n8n's own engine for the patterns of a description stops after 250 ms by the clock, which a busy machine can take to
// start it.
setSafeRegexEngine({
	exec: (pattern, input, flags) => new RegExp(pattern, flags).exec(input),
	test: (pattern, input, flags) => new RegExp(pattern, flags).test(input),
	replace: (pattern, input, flags, replacement) => input.replace(new RegExp(pattern, flags), replacement),
	matchAll: (pattern, input, flags) => [...input.matchAll(new RegExp(pattern, `${(flags ?? '').replace('g', '')}g`))],
	split: (pattern, input, flags) => input.split(new RegExp(pattern, flags)),
});

class Start implements INodeType {
	description = {
		displayName: 'Start',
		name: 'start',
		group: [],
		version: 1,
		description: '',
		defaults: {},
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		properties: [],
	};

	async execute(this: { getInputData(): INodeExecutionData[] }): Promise<INodeExecutionData[][]> {
		return [this.getInputData()];
	}
}

/** Hands out one list of items after the other, each when the one before came back, as n8n's Loop Over Items does. */
class Loop implements INodeType {
	description = {
		displayName: 'Loop',
		name: 'loop',
		group: [],
		version: 1,
		description: '',
		defaults: {},
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		properties: [],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const context = this.getContext('node') as { rounds?: INodeExecutionData[][] };
		context.rounds ??= this.getInputData().map(({ json }) => json['round'] as unknown as INodeExecutionData[]);
		const next = context.rounds.shift();
		return next ? [next, []] : [[], [{ json: {} }]];
	}
}

const types: Record<string, INodeType> = {
	loop: new Loop() as unknown as INodeType,
	start: new Start() as unknown as INodeType,
	smtp2go: new Smtp2go(),
	smtp2goTrigger: new Smtp2goTrigger(),
	smtp2goPollingTrigger: new Smtp2goPollingTrigger(),
};

/** Makes a further node type known, which `runNode` can run in place of ours. */
export function addNodeType(name: string, type: INodeType): void {
	types[name] = type;
}

export const nodeTypes: INodeTypes = {
	getByName: (name) => types[name] as INodeType,
	getByNameAndVersion: (name, version) => NodeHelpers.getVersionedNodeType(types[name] as INodeType, version),
	getKnownTypes: () => ({}),
};

const credentialType = new Smtp2goApi();

/** What n8n's server does with a credential, on values instead of a database. */
export class Credentials extends ICredentialsHelper {
	/** @param dataOf the credential of an item: an expression in it may give each item another */
	constructor(readonly dataOf: (itemIndex: number) => ICredentialDataDecryptedObject) {
		super();
	}

	override getParentTypes() {
		return [];
	}

	override isCredentialUsableByNode() {
		return true;
	}

	override async authenticate(
		data: ICredentialDataDecryptedObject,
		_type: string,
		options: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		return credentialType.authenticate(data, options);
	}

	override async preAuthentication() {
		return undefined;
	}

	override async runPreAuthentication() {
		return undefined;
	}

	override async getDecrypted(...args: Parameters<ICredentialsHelper['getDecrypted']>) {
		return this.dataOf(args[6]?.itemIndex ?? 0);
	}

	override async getCredentials(): Promise<never> {
		throw new Error('The tests keep no credentials');
	}

	override async updateCredentials() {
		/* nothing is kept */
	}

	override async updateCredentialsOauthTokenData() {
		/* nothing is kept */
	}

	override getCredentialsProperties() {
		return credentialType.properties;
	}
}

/** Everything around a workflow that n8n's server would give; addresses must be valid URLs. */
export function surroundings(
	credentials: ICredentialDataDecryptedObject | Credentials['dataOf'],
	workflowHooksFor: object,
): IWorkflowExecuteAdditionalData {
	const base = 'https://n8n.example.com';
	return {
		credentialsHelper: new Credentials(typeof credentials === 'function' ? credentials : () => credentials),
		hooks: new ExecutionLifecycleHooks('manual', '1', workflowHooksFor as never),
		currentNodeExecutionIndex: 0,
		executionId: '1',
		userId: '1',
		variables: {},
		restApiUrl: `${base}/rest`,
		instanceBaseUrl: base,
		formWaitingBaseUrl: `${base}/form-waiting`,
		formBaseUrl: `${base}/form`,
		formTestBaseUrl: `${base}/form-test`,
		webhookBaseUrl: `${base}/webhook`,
		webhookWaitingBaseUrl: `${base}/webhook-waiting`,
		webhookTestBaseUrl: `${base}/webhook-test`,
		setExecutionStatus: () => undefined,
	} as unknown as IWorkflowExecuteAdditionalData;
}

/** A package as n8n-core itself finds it; the tree holds other versions. */
const ofCore = (name: string): unknown => require(require.resolve(name, { paths: [require.resolve('n8n-core')] }));
/** The container of n8n-core's dependency injection, and the log in it. */
const { Container } = ofCore('@n8n/di') as { Container: { set(type: object, instance: object): void } };
const { Logger } = ofCore('@n8n/backend-common') as { Logger: object };

/** Chooses how n8n stores binary data: inside the item, or as a file that the item points to. */
export async function storeBinary(mode: 'default' | 'filesystem'): Promise<BinaryDataService> {
	const config = {
		mode,
		availableModes: ['filesystem'],
		localStoragePath: join(process.env['N8N_USER_FOLDER'] ?? '', 'binary'),
	} as unknown as BinaryDataConfig;
	const service = new BinaryDataService(
		config,
		{ error: () => undefined } as never,
		{ debug: () => undefined, error: () => undefined, warn: () => undefined } as never,
	);
	await service.init();
	Container.set(BinaryDataService, service);
	return service;
}

/** How the node is set up. */
export interface Run {
	parameters: INodeParameters;
	/** Another node type than ours, made known with `addNodeType`. */
	type?: string;
	typeVersion?: number;
	credentials: ICredentialDataDecryptedObject | Credentials['dataOf'];
	/** What comes in: one empty item by default. */
	items?: INodeExecutionData[];
	onError?: OnError;
	/** The workflow's time zone. */
	timezone?: string;
	/** Further settings of the workflow. */
	settings?: IWorkflowSettings;
	/** n8n's Retry On Fail: how often the node is run at most. */
	maxTries?: number;
	/** The node runs in a loop, once for each of these lists of items. */
	rounds?: INodeExecutionData[][];
	/** Takes what the node writes to n8n's log. */
	log?: string[];
	/** Called when the node has started, with a function that stops the workflow as a user does. */
	onStart?: (stop: () => void) => void;
}

/** What came out. */
export interface Ran {
	/** First output. */
	items: INodeExecutionData[];
	/** Error output, where there is one. */
	failed: INodeExecutionData[];
	error: (NodeApiError & { context: Record<string, unknown> }) | undefined;
	/** What n8n shows beside the output. */
	hints: NodeExecutionHint[];
	/** What came out of each run of the node. */
	runs: INodeExecutionData[][];
}

/** Runs the node SMTP2GO once behind a node that passes items on. */
export async function runNode({
	parameters,
	type = 'smtp2go',
	typeVersion = 1,
	credentials,
	items = [{ json: {} }],
	onError,
	timezone,
	settings,
	maxTries,
	rounds,
	log,
	onStart,
}: Run): Promise<Ran> {
	if (log)
		Container.set(Logger, {
			warn: (message: string) => {
				log.push(message);
			},
			error: () => undefined,
			debug: () => undefined,
			info: () => undefined,
		});
	const node = {
		id: '2',
		name: 'SMTP2GO',
		type,
		typeVersion,
		position: [0, 0] as [number, number],
		parameters,
		credentials: { smtp2goApi: { id: '1', name: 'SMTP2GO' } },
		...(onError ? { onError } : {}),
		...(maxTries === undefined ? {} : { retryOnFail: true, maxTries, waitBetweenTries: 1 }),
	};
	const start = {
		id: '1',
		name: 'Start',
		type: 'start',
		typeVersion: 1,
		position: [0, 0] as [number, number],
		parameters: {},
	};
	const loop = {
		id: '3',
		name: 'Loop',
		type: 'loop',
		typeVersion: 1,
		position: [0, 0] as [number, number],
		parameters: {},
	};
	const to = (name: string) => ({ main: [[{ node: name, type: NodeConnectionTypes.Main, index: 0 }]] });
	const nodes = rounds ? [start, loop, node] : [start, node];
	const workflow = new Workflow({
		id: '1',
		nodes,
		connections: rounds
			? { Start: to('Loop'), Loop: to('SMTP2GO'), SMTP2GO: to('Loop') }
			: { Start: to('SMTP2GO') },
		active: false,
		nodeTypes,
		settings: { executionOrder: 'v1', ...settings, ...(timezone ? { timezone } : {}) },
	});
	const data = createRunExecutionData({
		executionData: {
			nodeExecutionStack: [
				{
					node: start,
					data: {
						main: [
							rounds
								? rounds.map(
										(round): INodeExecutionData => ({
											json: { round: round as unknown as IDataObject },
										}),
									)
								: items,
						],
					},
					source: null,
				},
			],
		},
	});
	const execute = new WorkflowExecute(
		surroundings(credentials, { id: '1', nodes: [start, node], connections: {} }),
		'trigger',
		data,
	);
	const running = execute.processRunExecutionData(workflow);
	onStart?.(() => running.cancel());
	const { resultData } = (await running).data;
	const ran = resultData.runData['SMTP2GO']?.[0];
	return {
		items: ran?.data?.['main']?.[0] ?? [],
		failed: ran?.data?.['main']?.[1] ?? [],
		error: ran?.error as Ran['error'],
		hints: ran?.hints ?? [],
		runs: (resultData.runData['SMTP2GO'] ?? []).map((run) => run.data?.['main']?.[0] ?? []),
	};
}

/**
 * Runs the trigger as n8n does when its URL has taken an event.
 * @param staticData of the workflow
 * @returns the outputs that the editor shows, and what came out of each
 */
export async function runTrigger(
	parameters: INodeParameters,
	json: object,
	executionOrder: 'v0' | 'v1' = 'v1',
	staticData: IDataObject = {},
): Promise<{ shown: unknown; data: (INodeExecutionData[] | null)[] }> {
	const node = {
		id: '1',
		name: 'Trigger',
		type: 'smtp2goTrigger',
		typeVersion: 1,
		position: [0, 0] as [number, number],
		parameters,
	};
	const workflow = new Workflow({
		id: '1',
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes,
		settings: { executionOrder },
		staticData,
	});
	const { description } = nodeTypes.getByNameAndVersion('smtp2goTrigger', 1);
	const data = createRunExecutionData({
		executionData: { nodeExecutionStack: [{ node, data: { main: [[{ json: { ...json } }]] }, source: null }] },
	});
	const execute = new WorkflowExecute(surroundings({}, { id: '1', nodes: [node], connections: {} }), 'manual', data);
	const { resultData } = (await execute.processRunExecutionData(workflow)).data;
	return {
		shown: NodeHelpers.getNodeOutputs(workflow, node, description),
		data: resultData.runData['Trigger']?.[0]?.data?.['main'] ?? [],
	};
}
