/**
 * What the node keeps in n8n's static data between two polls: how far it has read. n8n saves it when a poll hands
 * something out and when a workflow is published or n8n starts, but not after a poll that finds nothing.
 *
 * It is the data of the node, which goes by the node's name, although that of the workflow could go by the node's ID:
 * only for the former does n8n have durable cursors, which it saves together with the execution (poll-cursor.service.js
 * of 2.41.1). These go by the node's ID.
 */
import type { IPollFunctions } from 'n8n-workflow';
import { isRecord } from '../../../api';
import type { Watched } from './form';

/** Returns what the node kept for what it watches. Undefined at first, and after it watched something else. */
export function readMemory(context: IPollFunctions, watch: Watched): Readonly<Record<string, unknown>> | undefined {
	const { watch: watched, state } = context.getWorkflowStaticData('node');
	return watched === watch && isRecord(state) ? state : undefined;
}

/** Keeps a state in place of the one before. It is JSON without secrets. */
export function keepMemory(context: IPollFunctions, watch: Watched, state: object): void {
	Object.assign(context.getWorkflowStaticData('node'), { watch, state });
}
