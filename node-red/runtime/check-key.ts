/** Asks SMTP2GO what a key may do. */
import { permissionReader, run, type Connection, type Result } from '../../api';

/**
 * The endpoints that the key may call, as in `/email/send`.
 * @returns an error of the kind `auth` when the key is unknown in this region
 */
export async function readPermissions(connection: Connection): Promise<Result<string[]>> {
	const outcome = await run(connection, permissionReader, {}, { raw: true });
	if (!outcome.ok) return outcome;
	return { ok: true, value: textsIn(outcome.value.result) };
}

/** Every text in an answer: the list stands directly in `data` or under a name of its own. */
function textsIn(value: unknown): string[] {
	if (typeof value === 'string') return [value];
	if (typeof value !== 'object' || value === null) return [];
	return Object.values(value).flatMap(textsIn);
}
