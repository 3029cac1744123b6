/** Puts what the trigger's URL took on the output where it belongs. */
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { eventGroups, groupOf } from '../../../api';

/** The events as they came in, on the one output or on that of their group. */
export function route(context: IExecuteFunctions): INodeExecutionData[][] {
	const items = context.getInputData();
	if (context.getNodeParameter('outputMode', 0, 'single') !== 'kind') return [items];
	return eventGroups.map(({ value }) => items.filter(({ json }) => groupOf(json) === value));
}
