/** Which endpoints the nodes call, and what an API key can do for them. */
import {
	eventPermissions,
	findOffered,
	healthChecks,
	isAllowed,
	offeredResources,
	permissionsOf,
	questionPermissions,
	receivedSmsPermissions,
	textList,
} from '../../../api';
import { paletteTypes, typeOfResource } from '../../shared/palette';

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
	const place = ({ key }: NodePermissions) => paletteTypes.indexOf(typeOfResource(key));
	return [...nodes, ...trigger].sort((one, other) => place(one) - place(other));
}

/**
 * The endpoints that a node calls with what its dialog shows.
 * @param given `node` is a resource, or one of `trigger`, `ask`, `smsIn`, `health` and `outcome`. With it come
 * `operation` of a resource, `source` of a trigger or an outcome node (`webhook`, `log` or `both`), `via` of an ask
 * node, and `checks` of a health node
 */
export function neededBy(given: Readonly<Record<string, unknown>>): readonly string[] {
	switch (given['node']) {
		case 'trigger':
			return eventPermissions(given['source']);
		case 'outcome':
			// The log says what the webhook has not.
			return [...new Set([...eventPermissions(given['source']), ...eventPermissions('log')])];
		case 'ask':
			return questionPermissions(given['via']);
		case 'smsIn':
			return receivedSmsPermissions;
		case 'health': {
			const chosen = textList(given['checks']);
			return [
				...new Set(healthChecks.filter(({ value }) => chosen.includes(value)).map(({ reads }) => reads.path)),
			];
		}
		default: {
			const operation = findOffered(String(given['node']), String(given['operation']));
			return operation === undefined ? [] : permissionsOf(operation);
		}
	}
}
