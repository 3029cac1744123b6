/** Reads what an API key can do. */
import { isAllowed, offeredResources, permissionsOf } from '../../../api';
import { BEFORE_TRIGGER } from '../../shared/palette';

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
