/**
 * The outcomes of all items of a run, kept across n8n's Retry On Fail, and the end of the run: output items or an
 * error.
 */
import type { IExecuteFunctions, INodeExecutionData, NodeApiError, NodeOperationError } from 'n8n-workflow';
import { formatRanges, type OperationBase } from '../../../api';
import type { ItemOutcome } from '../state/item-outcome';
import { originalDescriptions, settledItems } from '../state/process-state';
import { errorItem } from './error-items';

/**
 * The object that n8n keeps for one run of a node. Retry On Fail runs the node again with the same object; the next
 * round of a loop and another execution have another one (processRunExecutionData of n8n-core 2.41.1). All tools of an
 * AI agent get the agent's object, which belongs to another node. A tool therefore uses its arguments: one object per
 * call, the same for all tries (makeHandleToolInvocation). The node's name tells the two apart, because n8n 1 lacks
 * `isToolExecution`.
 */
export function runObject(context: IExecuteFunctions): object {
	const run = context.getExecuteData();
	return run.node.name === context.getNode().name ? run : (context.getInputData()[0]?.json ?? {});
}

/** The outcomes of this run, with those of an earlier try that must not run again. */
export class ItemOutcomes {
	private readonly settled: Map<number, ItemOutcome>;
	private readonly all: (ItemOutcome | undefined)[];
	private hasFailed: boolean;

	constructor(
		private readonly context: IExecuteFunctions,
		private readonly operation: OperationBase,
		count: number,
	) {
		const run = runObject(context);
		this.settled = settledItems.get(run) ?? new Map<number, ItemOutcome>();
		settledItems.set(run, this.settled);
		this.all = Array.from({ length: count }, (_, index) => this.settled.get(index));
		this.hasFailed = this.all.some((outcome) => outcome?.ok === false);
	}

	/** The items that have no outcome yet. */
	get open(): number[] {
		return [...this.all.keys()].filter((index) => this.all[index] === undefined);
	}

	/** The items that an earlier try settled. */
	get settledBefore(): number[] {
		return [...this.settled.keys()];
	}

	/** True if a failed item ends the run. */
	get stops(): boolean {
		return this.hasFailed && !this.context.continueOnFail();
	}

	set(index: number, outcome: ItemOutcome): void {
		this.all[index] = outcome;
		this.hasFailed ||= !outcome.ok;
		if (outcome.settled && this.operation.effect !== 'reads') this.settled.set(index, outcome);
	}

	/**
	 * The output of the node, in the order of the items.
	 * @throws the first item's error if the workflow stops on errors; it says which items were sent
	 */
	result(): INodeExecutionData[] {
		const failed = this.all.findIndex((outcome) => outcome !== undefined && !outcome.ok);
		const first = this.all[failed];
		if (first !== undefined && !first.ok && !this.context.continueOnFail()) throw this.withSummary(first.error);
		return this.all.flatMap((outcome, index) => {
			if (outcome === undefined) return [];
			return outcome.ok ? outcome.items : [errorItem(outcome.error, index)];
		});
	}

	/** Which items were sent, which were only shown, which have an unknown outcome, and which were not sent. */
	summary(): string {
		const indexes = (matches: (outcome: ItemOutcome | undefined) => boolean) =>
			[...this.all.keys()].filter((index) => matches(this.all[index]));
		const sent = indexes((outcome) => outcome?.ok === true && outcome.settled);
		const shown = indexes((outcome) => outcome?.ok === true && !outcome.settled && !outcome.skipped);
		const skipped = indexes((outcome) => outcome?.ok === true && outcome.skipped === true);
		const unknown = indexes((outcome) => outcome?.ok === false && outcome.settled);
		const notSent = indexes((outcome) => outcome === undefined || (!outcome.ok && !outcome.settled));
		return [
			`${sent.length} of ${this.all.length} items were sent${sent.length > 0 ? `: ${formatRanges(sent)}` : ''}`,
			...(shown.length > 0 ? [`Dry run: ${formatRanges(shown)}`] : []),
			...(skipped.length > 0 ? [`Skipped: ${formatRanges(skipped)}`] : []),
			...(unknown.length > 0 ? [`Partly sent or outcome unknown: ${formatRanges(unknown)}`] : []),
			...(notSent.length > 0 ? [`Not sent: ${formatRanges(notSent)}`] : []),
		].join('. ');
	}

	/** The error with a summary of what was sent, if there is more than one item. */
	private withSummary(error: NodeApiError | NodeOperationError): NodeApiError | NodeOperationError {
		if (this.all.length > 1 && this.operation.effect === 'sends') {
			// A settled error stays: it ends every further try before the first call.
			const hasSettledError = this.all.some((outcome) => outcome?.ok === false && outcome.settled);
			const retry = hasSettledError
				? 'Retry On Fail does not send the remaining items'
				: 'Retry On Fail sends only the remaining items';
			const original = originalDescriptions.has(error) ? originalDescriptions.get(error) : error.description;
			originalDescriptions.set(error, original);
			const summary = `${this.summary()}. ${retry}`;
			error.description = original ? `${summary}. ${original}` : summary;
		}
		return error;
	}
}
