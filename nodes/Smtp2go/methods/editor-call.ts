/** What the node asks SMTP2GO for while a workflow is built. */
import type { Connection, Result } from '../../../api';
import { toNodeError } from '../connection/errors';
import { connect, type Context } from '../connection/host';

/**
 * One question on behalf of the editor.
 * @throws NodeApiError, which the editor shows in place of the answer
 */
export async function ask<T>(context: Context, question: (connection: Connection) => Promise<Result<T>>): Promise<T> {
	const connection = await connect(context);
	if (!connection.ok) throw toNodeError(context.getNode(), connection.error);
	const answer = await question(connection.value);
	if (!answer.ok) throw toNodeError(context.getNode(), answer.error);
	return answer.value;
}
