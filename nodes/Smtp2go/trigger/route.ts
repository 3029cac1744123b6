/** Puts the events that the trigger received on the right output. */
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { eventGroups, groupOf } from '../../../api';

/** The events on the one output, or each on the output of its group. */
export function route(context: IExecuteFunctions): INodeExecutionData[][] {
	const items = context.getInputData();
	if (context.getNodeParameter('outputMode', 0, 'single') !== 'kind') return [items];
	return eventGroups.map(({ value }) => items.filter(({ json }) => groupOf(json) === value));
}
