/** The polling trigger in n8n's own context for polls, with n8n's way of saving its static data. */
import { PollContext } from 'n8n-core';
import {
	Workflow,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type INodeExecutionData,
	type INodeParameters,
	type IPollFunctions,
	type WorkflowActivateMode,
} from 'n8n-workflow';
import { Smtp2goPollingTrigger } from '../../../nodes/Smtp2go/Smtp2goPollingTrigger.node';
import { nodeTypes, surroundings } from './engine';

const trigger = new Smtp2goPollingTrigger();

/** What n8n does with a workflow whose trigger polls (n8n-core and n8n 2.41.1). */
export class Polling {
	/** The items of each execution that was started. */
	readonly executions: IDataObject[][] = [];

	/** Failed executions. */
	readonly failures: string[] = [];

	/** What was written to n8n's log. */
	readonly warnings: string[] = [];

	/** What n8n has saved of the static data. */
	saved: IDataObject = {};

	parameters: INodeParameters;

	private context: PollContext | undefined;

	private workflow: Workflow | undefined;

	constructor(
		private readonly credentials: ICredentialDataDecryptedObject,
		parameters: INodeParameters = {},
		private readonly workflowId = `${Math.random()}`,
		private readonly budgetMs?: number,
	) {
		this.parameters = parameters;
	}

	private open(mode: 'trigger' | 'manual', activation: WorkflowActivateMode): PollContext {
		const node = {
			id: '1',
			name: 'Polling',
			type: 'smtp2goPollingTrigger',
			typeVersion: 1,
			position: [0, 0] as [number, number],
			parameters: this.parameters,
			credentials: { smtp2goApi: { id: '1', name: 'SMTP2GO' } },
		};
		const workflow = new Workflow({
			id: this.workflowId,
			name: 'Events',
			nodes: [node],
			connections: {},
			active: mode === 'trigger',
			nodeTypes,
			staticData: JSON.parse(JSON.stringify(this.saved)) as IDataObject,
		});
		this.workflow = workflow;
		const emit = (data: INodeExecutionData[][]) => {
			this.save();
			this.executions.push((data[0] ?? []).map(({ json }) => json));
		};
		const { budgetMs } = this;
		const isManual = mode === 'manual';
		const context = new PollContext(
			workflow,
			workflow.getNode('Polling') ?? node,
			surroundings(this.credentials, workflow),
			mode,
			activation,
			isManual ? undefined : emit,
			isManual ? undefined : (error) => void this.failures.push(error.message),
		);
		if (budgetMs !== undefined) Object.assign(context, { getPollBudgetMs: () => budgetMs });
		Object.defineProperty(context, 'logger', {
			value: {
				warn: (text: string) => {
					this.warnings.push(text);
				},
				debug: () => undefined,
				info: () => undefined,
			},
		});
		return context;
	}

	private save(): void {
		this.saved = JSON.parse(JSON.stringify(this.workflow?.staticData ?? {})) as IDataObject;
	}

	private async run(context: PollContext): Promise<void> {
		const found = await trigger.poll.call(context as unknown as IPollFunctions);
		if (found !== null) context.__emit(found);
	}

	/**
	 * Publishes the workflow, or starts n8n (`init`): polls once, then saves the static data.
	 * @throws what stops n8n from publishing it
	 */
	async publish(activation: WorkflowActivateMode = 'activate'): Promise<void> {
		this.context = this.open('trigger', activation);
		await this.run(this.context);
		this.save();
	}

	/** Polls by the clock. An error becomes a failed execution. */
	async tick(): Promise<void> {
		if (!this.context) throw new Error('Publish it first');
		try {
			await this.run(this.context);
		} catch (error) {
			this.failures.push((error as Error).message);
		}
	}

	/** Polls as if n8n dropped what it returns, which it does if the workflow was edited in the meantime. */
	async found(): Promise<INodeExecutionData[][] | null> {
		return trigger.poll.call(this.context as unknown as IPollFunctions);
	}

	/** Fetches a test event. */
	async fetchTestEvent(): Promise<IDataObject[]> {
		const found = await trigger.poll.call(this.open('manual', 'manual') as unknown as IPollFunctions);
		return (found?.[0] ?? []).map(({ json }) => json);
	}
}
