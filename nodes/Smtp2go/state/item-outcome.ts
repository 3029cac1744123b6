/** The outcome of one input item. */
import type { INodeExecutionData, NodeApiError, NodeOperationError } from 'n8n-workflow';

/** An item's output or its error. `settled`: the call took effect, or may have, so the item must not run again. */
export type ItemOutcome =
	| {
			readonly ok: true;
			readonly items: INodeExecutionData[];
			readonly settled: boolean;
			/** True for a row with a problem, which was not sent. */
			readonly skipped?: true;
	  }
	| { readonly ok: false; readonly error: NodeApiError | NodeOperationError; readonly settled: boolean };
