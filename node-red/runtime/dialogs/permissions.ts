/** Reads what an API key can do. */
import {
	isAllowed,
	offeredResources,
	permissionReader,
	permissionsOf,
	run,
	type Connection,
	type Result,
} from '../../../api';
import { BEFORE_TRIGGER } from '../../shared/palette';

/**
 * Reads the endpoints that the key can call, as in `/email/send`.
 * @returns an `auth` error if the key is unknown in this region
 */
export async function readPermissions(connection: Connection): Promise<Result<string[]>> {
	const outcome = await run(connection, permissionReader, {}, { raw: true });
	if (!outcome.ok) return outcome;
	return { ok: true, value: stringsIn(outcome.value.result) };
}

/** What a key can do for one node. */
export interface NodePermissions {
	/** A resource, or `trigger`. */
	readonly key: string;
	/** The number of endpoints that the node calls. */
	readonly of: number;
	/** The endpoints that the key cannot call. */
	readonly missing: readonly string[];
}

/** The resource whose endpoints the trigger calls. */
const TRIGGER_CALLS = 'webhook';

/** What a key with these permissions can do, node by node in the order of the palette. */
export function nodePermissions(permissions: readonly string[]): NodePermissions[] {
	const all = offeredResources('node-red').map(({ key, operations }) => {
		const paths = [...new Set(operations.flatMap(permissionsOf))];
		return {
			key,
			of: paths.length,
			missing: paths.filter((path) => !isAllowed(path, permissions)),
		};
	});
	const nodes = all.filter((node) => node.of > 0);
	const trigger = nodes.filter(({ key }) => key === TRIGGER_CALLS).map((node) => ({ ...node, key: 'trigger' }));
	return [...nodes.slice(0, BEFORE_TRIGGER), ...trigger, ...nodes.slice(BEFORE_TRIGGER)];
}

/** Every string in a response: `data` is the list, or contains it under some name. */
function stringsIn(value: unknown): string[] {
	if (typeof value === 'string') return [value];
	if (typeof value !== 'object' || value === null) return [];
	return Object.values(value).flatMap(stringsIn);
}
