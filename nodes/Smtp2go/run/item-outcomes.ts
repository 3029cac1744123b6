/**
 * What became of each item, kept over n8n's Retry On Fail; and the end of a run: the items that come out, or one error.
 */
import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData, type NodeApiError } from 'n8n-workflow';
import { ranges, type Operation } from '../../../api';
import { errorItem } from '../connection/errors';

/** What became of one item. `settled`: it took effect, or may have, so it is not to be run again. */
export type ItemOutcome =
	| { readonly ok: true; readonly items: INodeExecutionData[]; readonly settled: boolean }
	| { readonly ok: false; readonly error: NodeApiError | NodeOperationError; readonly settled: boolean };

/**
 * The object that n8n keeps for one run of a node: Retry On Fail runs the node again with the same object, a next turn
 * of a loop and another execution come with another (processRunExecutionData of n8n-core 2.41.1). Tools of an AI agent
 * all get the object of the agent, which is about another node: there it is the arguments, one object for each call and
 * for all its tries (makeHandleToolInvocation). The node's name tells them apart: n8n 1 lacks `isToolExecution`.
 */
function runOf(context: IExecuteFunctions): object {
	const run = context.getExecuteData();
	return run.node.name === context.getNode().name ? run : (context.getInputData()[0]?.json ?? {});
}

/** The original descriptions of errors: one that is kept across Retry On Fail gets a new count. */
const said = new WeakMap<object, string | null | undefined>();

/** What was settled, by the object of the run. */
const settledBy = new WeakMap<object, Map<number, ItemOutcome>>();

/** The outcomes of this run of the node, with those of an earlier try that are not to be repeated. */
export class Outcomes {
	private readonly settled: Map<number, ItemOutcome>;
	private readonly all: (ItemOutcome | undefined)[];
	private hasFailed: boolean;

	constructor(
		private readonly context: IExecuteFunctions,
		private readonly operation: Operation,
		count: number,
	) {
		const run = runOf(context);
		this.settled = settledBy.get(run) ?? new Map<number, ItemOutcome>();
		settledBy.set(run, this.settled);
		this.all = Array.from({ length: count }, (_, index) => this.settled.get(index));
		this.hasFailed = this.all.some((outcome) => outcome?.ok === false);
	}

	/** The items that are still to be run. */
	get open(): number[] {
		return [...this.all.keys()].filter((index) => this.all[index] === undefined);
	}

	/** True where a failed item ends the run. */
	get stops(): boolean {
		return this.hasFailed && !this.context.continueOnFail();
	}

	set(index: number, outcome: ItemOutcome): void {
		this.all[index] = outcome;
		this.hasFailed ||= !outcome.ok;
		if (outcome.settled && this.operation.effect !== 'reads') this.settled.set(index, outcome);
	}

	/**
	 * What comes out of the node, in the order of the items.
	 * @throws the first item's error where the workflow is to stop at errors; it says which items were sent
	 */
	result(): INodeExecutionData[] {
		const failed = this.all.findIndex((outcome) => outcome !== undefined && !outcome.ok);
		const first = this.all[failed];
		if (first !== undefined && !first.ok && !this.context.continueOnFail()) throw this.withCount(first.error);
		return this.all.flatMap((outcome, index) => {
			if (outcome === undefined) return [];
			return outcome.ok ? outcome.items : [errorItem(outcome.error, index)];
		});
	}

	/** Which items were sent, which only shown, which not, of which it is not known. */
	summary(): string {
		const places = (fits: (outcome: ItemOutcome | undefined) => boolean) =>
			[...this.all.keys()].filter((index) => fits(this.all[index]));
		const sent = places((outcome) => outcome?.ok === true && outcome.settled);
		const shown = places((outcome) => outcome?.ok === true && !outcome.settled);
		const unknown = places((outcome) => outcome?.ok === false && outcome.settled);
		const not = places((outcome) => outcome === undefined || (!outcome.ok && !outcome.settled));
		return [
			`${sent.length} of ${this.all.length} items were sent${sent.length > 0 ? `: ${ranges(sent)}` : ''}`,
			...(shown.length > 0 ? [`Only shown (Dry Run): ${ranges(shown)}`] : []),
			...(unknown.length > 0 ? [`Sent in part, or outcome unknown: ${ranges(unknown)}`] : []),
			...(not.length > 0 ? [`Not sent: ${ranges(not)}`] : []),
		].join('. ');
	}

	/** The error with the count of what was sent, where there is more than one item. */
	private withCount(error: NodeApiError | NodeOperationError): NodeApiError | NodeOperationError {
		if (this.all.length > 1 && this.operation.effect === 'sends') {
			// An error that stays ends every further try before its first call.
			const stays = this.all.some((outcome) => outcome?.ok === false && outcome.settled);
			const told = `${this.summary()}. Retry On Fail sends ${stays ? 'nothing more then' : 'only what was not sent'}`;
			const own = said.has(error) ? said.get(error) : error.description;
			said.set(error, own);
			error.description = own ? `${told}. ${own}` : told;
		}
		return error;
	}
}
