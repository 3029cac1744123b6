/** Puts the events that the trigger received on the right output. */
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { eventGroups, groupOf } from '../../../api';
import { hookMemory } from './hook-memory';

/**
 * Events without those from the log that another process has received after all. n8n gives an execution the node's
 * static data as all processes have saved it, which a timer cannot read.
 */
function newOnes(context: IExecuteFunctions, items: INodeExecutionData[]): INodeExecutionData[] {
	if (!items.some(({ json }) => json['caughtUp'] === true)) return items;
	const delivered = hookMemory(context).gap?.keys ?? [];
	return items.filter(({ json }) => json['caughtUp'] !== true || !delivered.includes(String(json['eventKey'])));
}

/** The events on the one output, or each on the output of its group. */
export function route(context: IExecuteFunctions): INodeExecutionData[][] {
	const items = newOnes(context, context.getInputData());
	if (context.getNodeParameter('outputMode', 0, 'single') !== 'kind') return [items];
	return eventGroups.map(({ value }) => items.filter(({ json }) => groupOf(json) === value));
}
