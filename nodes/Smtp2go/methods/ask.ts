/** What the node asks SMTP2GO for while a workflow is built: lists to pick from, and a template's variables. */
import { operationOf, run, type Json, type JsonObject, type Operation, type Outcome } from '../../../api';
import { toNodeError } from '../errors';
import { connect, type Context } from '../host';

/** The operations behind the lists and forms of the editor: with the trigger's hooks the only ones that this host knows by name. */
export const asked = {
	templates: operationOf('template', 'getAll'),
	template: operationOf('template', 'get'),
	webhooks: operationOf('webhook', 'getAll'),
};

/**
 * One question on behalf of the editor; of a list one page.
 * @throws NodeApiError, which the editor shows in place of the list
 */
export async function ask(context: Context, operation: Operation, values: Readonly<Record<string, unknown>>): Promise<Outcome> {
	const connection = await connect(context);
	if (!connection.ok) throw toNodeError(context.getNode(), connection.error);
	const outcome = await run(connection.value, operation, values, { limit: 100 });
	if (!outcome.ok) throw toNodeError(context.getNode(), outcome.error);
	return outcome.value;
}

/** True for a JSON object. */
export function isObject(value: Json | undefined): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
