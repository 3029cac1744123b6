/** Writes to n8n's log which node of which workflow an entry is about. */
import type { IHookFunctions, IPollFunctions, ITriggerFunctions } from 'n8n-workflow';

/** The contexts of a trigger that can write to the log. */
type LogContext = IHookFunctions | IPollFunctions | ITriggerFunctions;

function aboutNode(context: LogContext, text: string): string {
	const { id, name } = context.getWorkflow();
	return `The node "${context.getNode().name}" of the workflow "${name}" (${id}): ${text}`;
}

/** Warns about a trigger. */
export function warn(context: LogContext, text: string): void {
	context.logger.warn(aboutNode(context, text));
}

/** Logs what a trigger has done. */
export function inform(context: LogContext, text: string): void {
	context.logger.info(aboutNode(context, text));
}
