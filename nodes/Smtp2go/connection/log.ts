/** Writes to n8n's log which node of which workflow an entry is about. */
import type { IHookFunctions, IPollFunctions } from 'n8n-workflow';

/** Warns about a trigger. */
export function warn(context: IHookFunctions | IPollFunctions, text: string): void {
	const { id, name } = context.getWorkflow();
	context.logger.warn(`The node "${context.getNode().name}" of the workflow "${name}" (${id}): ${text}`);
}
