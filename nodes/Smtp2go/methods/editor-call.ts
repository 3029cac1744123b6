/** Calls SMTP2GO while a workflow is built. */
import type { Connection, Result } from '../../../api';
import { toNodeError } from '../connection/errors';
import { connect, type Context } from '../connection/host';

/**
 * Makes a call on behalf of the editor.
 * @throws NodeApiError, which the editor shows in place of the result
 */
export async function callFromEditor<T>(
	context: Context,
	call: (connection: Connection) => Promise<Result<T>>,
): Promise<T> {
	const connection = await connect(context);
	if (!connection.ok) throw toNodeError(context.getNode(), connection.error);
	const result = await call(connection.value);
	if (!result.ok) throw toNodeError(context.getNode(), result.error);
	return result.value;
}
