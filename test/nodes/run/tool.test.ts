/** The node as a tool of an AI agent, in n8n's own engine: each call is a separate call. */
import { SupplyDataContext, WorkflowExecute } from 'n8n-core';
import {
	createRunExecutionData,
	NodeConnectionTypes,
	NodeHelpers,
	Workflow,
	type IExecuteFunctions,
	type INode,
	type INodeExecutionData,
	type INodeType,
} from 'n8n-workflow';
import { resources } from '../../../api';
import { Smtp2go } from '../../../nodes/Smtp2go/Smtp2go.node';
import { useAccount } from '../support/account';
import { addNodeType, nodeTypes, surroundings } from '../support/engine';

const account = useAccount();

interface Tool {
	description: string;
	invoke(values: object): Promise<string>;
}

/** What n8n tells the agent of each tool. */
let told: string[] = [];

/** What the model calls each tool with. */
const forTwo: readonly object[] = [{ to: 'a@example.com' }, { to: 'b@example.com' }];
let given = forTwo;
afterEach(() => {
	given = forTwo;
});

/** Calls each of its tools as a model would, and gives out what they said. */
class Agent {
	description = {
		displayName: 'Agent',
		name: 'agent',
		group: [],
		version: 1,
		description: '',
		defaults: {},
		inputs: [NodeConnectionTypes.Main, { type: NodeConnectionTypes.AiTool }],
		outputs: [NodeConnectionTypes.Main],
		properties: [],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const tools = (await this.getInputConnectionData(NodeConnectionTypes.AiTool, 0)) as Tool[];
		const answers: string[] = [];
		told = tools.map(({ description }) => description);
		for (const tool of tools) {
			for (const values of given)
				answers.push(await tool.invoke(values).catch((error: unknown) => String(error)));
		}
		return [[{ json: { answers } }]];
	}
}

/** The node as n8n makes it a tool. */
class AsTool extends Smtp2go {
	constructor() {
		super();
		// n8n adds a description of the tool to a node that has none (ai-tools.js of 2.41.1): this one has.
		this.description = {
			...this.description,
			name: 'smtp2goTool',
			inputs: [],
			outputs: [NodeConnectionTypes.AiTool],
		};
	}
}

addNodeType('agent', new Agent() as unknown as INodeType);
addNodeType('smtp2goTool', new AsTool());

function node(name: string, type: string, more: Partial<INode> = {}): INode {
	return {
		id: name,
		name,
		type,
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		credentials: { smtp2goApi: { id: '1', name: 'SMTP2GO' } },
		...more,
	};
}

/** An agent with a tool for each subject. */
async function answersOf(
	subjects: readonly string[],
	more: Partial<INode> = {},
	parameters: object = {},
): Promise<string[]> {
	const agent = node('Agent', 'agent');
	const mail = {
		resource: 'email',
		operation: 'send',
		sender: 'shop@example.com',
		to: "={{ $fromAI('to', 'the recipient', 'string') }}",
		textBody: 'Hello',
	};
	const nodes = [
		agent,
		...subjects.map((subject) =>
			node(subject, 'smtp2goTool', { parameters: { ...mail, subject, ...parameters }, ...more }),
		),
	];
	const connections = Object.fromEntries(
		subjects.map((subject) => [
			subject,
			{ [NodeConnectionTypes.AiTool]: [[{ node: 'Agent', type: NodeConnectionTypes.AiTool, index: 0 }]] },
		]),
	);
	const workflow = new Workflow({
		id: '1',
		nodes,
		connections,
		active: false,
		nodeTypes,
		settings: { executionOrder: 'v1' },
	});
	const data = createRunExecutionData({
		executionData: { nodeExecutionStack: [{ node: agent, data: { main: [[{ json: {} }]] }, source: null }] },
	});
	const ran = await new WorkflowExecute(
		surroundings(account.credentials, { id: '1', nodes, connections: {} }),
		'trigger',
		data,
	).processRunExecutionData(workflow);
	return ran.data.resultData.runData['Agent']?.[0]?.data?.['main']?.[0]?.[0]?.json['answers'] as string[];
}

const sent = () => account.simulator.state.emails.map(({ to, subject }) => `${subject} to ${to[0]?.address}`);

test('every call of every tool sends its own mail', async () => {
	const answers = await answersOf(['One', 'Two']);
	expect(sent().sort()).toEqual([
		'One to a@example.com',
		'One to b@example.com',
		'Two to a@example.com',
		'Two to b@example.com',
	]);
	expect(answers.map((answer) => (JSON.parse(answer) as { emailId: string }[])[0]?.emailId)).toEqual(
		account.simulator.state.emails.map(({ emailId }) => emailId),
	);
});

test('also in n8n 1, which does not tell whether a tool runs', async () => {
	const context = SupplyDataContext.prototype as { isToolExecution?: unknown };
	const { isToolExecution } = context;
	context.isToolExecution = undefined;
	try {
		await answersOf(['One', 'Two']);
	} finally {
		context.isToolExecution = isToolExecution;
	}
	expect(sent()).toHaveLength(4);
});

test('a call whose answer is lost is not made again in its further tries, and the next call is', async () => {
	account.simulator.setFault({ path: '/email/send', fault: 'reset', when: 'after', times: 1 });
	const [lost] = await answersOf(['One'], { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 });
	// n8n wraps it, and swaps a message with a code of the network for "You can retry the request immediately".
	expect(lost).toMatch(/Outcome unknown: .* before the response arrived.*Before you resend it/s);
	expect(lost).not.toMatch(/retry/i);
	expect(sent()).toEqual(['One to a@example.com', 'One to b@example.com']);
});

test('the agent is told the operation', async () => {
	await answersOf(['One']);
	expect(told).toEqual(['Send email in SMTP2GO']);
});

test('a person may say it in other words', async () => {
	await answersOf(['One'], {}, { toolDescription: 'Sends the weekly offer' });
	expect(told).toEqual(['Sends the weekly offer']);
});

const operations = resources.flatMap((resource) =>
	resource.operations.map((operation) => [resource.key, operation] as const),
);

/** What the agent is told of an operation while nobody has written anything. */
function toldOf(resource: string, operation: string): string {
	const { description } = new AsTool();
	const parameters = NodeHelpers.getNodeParameters(
		description.properties,
		{ resource, operation },
		true,
		false,
		null,
		description,
	);
	return NodeHelpers.getToolDescriptionForNode({ ...node('Tool', 'smtp2goTool'), parameters: parameters ?? {} }, {
		description,
	} as INodeType);
}

test('of what cannot be undone, costs money or may lock the account, the agent is told what comes of it', () => {
	expect(toldOf('sms', 'send')).toMatch(/costs money/);
	expect(toldOf('ipAllowList', 'setEnabled')).toMatch(/every address that is not on it is locked out/);
	const destroying = operations.filter(([, { effect }]) => effect === 'destroys');
	expect(destroying.length).toBeGreaterThan(15);
	for (const [resource, { key, notice = '' }] of destroying)
		expect([resource, key, toldOf(resource, key)]).toEqual([resource, key, expect.stringContaining(notice)]);
});

test('outside of an agent nobody is asked for the description of a tool', () => {
	const { description } = new Smtp2go();
	for (const [resource, { key }] of operations) {
		expect(
			Object.keys(
				NodeHelpers.getNodeParameters(
					description.properties,
					{ resource, operation: key },
					true,
					false,
					null,
					description,
				) ?? {},
			),
		).not.toContain('toolDescription');
	}
});

describe('a model sets only what the builder handed over', () => {
	const secret = { mimeType: 'text/plain', data: 'c2VjcmV0', fileName: 'secret.txt' };
	const more = {
		sender: 'x@unverified.test',
		subject: 'Hacked',
		textBody: 'Hacked',
		htmlBody: '<img src="cid:secret">',
		cc: 'spy@example.com',
		bcc: 'spy@example.com',
		reply_to: 'spy@example.com',
		resource: 'apiKey',
		operation: 'delete',
		parameters: { bcc: 'spy@example.com' },
		options: { bcc: 'spy@example.com', dryRun: true },
		dryRun: true,
		$dryRun: true,
		sendMode: 'batch',
		attachments: { binary: [{ binary: '*' }] },
		inlines: [secret],
		secret,
		binary: { secret },
		_files: { secret },
		credentials: { smtp2goApi: { id: '2' } },
		constructor: { prototype: { bcc: 'spy@example.com' } },
	};

	test.each([{}, { attachments: { binary: [{ binary: '*' }] } }])('whatever else it says: %j', async (parameters) => {
		given = [
			{ to: 'a@example.com' },
			{ to: 'a@example.com', ...more },
			JSON.parse('{"to":"a@example.com","__proto__":{"bcc":"spy@example.com"}}') as object,
		];
		await answersOf(['One'], {}, parameters);
		const bodies = account.bodies('/email/send');
		expect(bodies).toHaveLength(3);
		for (const body of bodies) expect(body).toEqual(bodies[0]);
		expect(account.simulator.state.requests.map(({ path }) => path)).toEqual(
			Array.from({ length: 3 }, () => '/email/send'),
		);
	});

	test('and what it says is no expression', async () => {
		given = [
			{ to: '={{ "a@example.com" }}' },
			{ to: '{{ "a@example.com" }}' },
			{ to: '={{ $credentials.apiKey }}@example.com' },
		];
		expect(await answersOf(['One'])).toEqual(
			[1, 2, 3].map(() => expect.stringMatching(/not a valid email address|no email address/)),
		);
		given = [{ to: 'a@example.com', subject: '={{ 6 * 7 }} {{ $env.HOME }}' }];
		await answersOf(['One'], {}, { subject: "={{ $fromAI('subject', '', 'string') }}" });
		expect(account.bodies('/email/send').map(({ subject }) => subject)).toEqual(['={{ 6 * 7 }} {{ $env.HOME }}']);
	});
});
