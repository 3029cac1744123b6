/** Node-RED's default context store. */
import { isRecord } from '../../../api';
import type { Runtime } from './runtime';

/** The module of a store that forgets everything when Node-RED stops. */
const MEMORY = 'memory';

/**
 * True if the default context store is persistent, as far as the settings file says: any store but that in memory. The
 * default is the entry `default`, which can name another one, or the first entry (runtime/lib/nodes/context/index.js).
 */
export function keepsRestarts(RED: Runtime): boolean {
	const settings: object = RED.settings;
	const stores: unknown = 'contextStorage' in settings ? settings.contextStorage : undefined;
	if (!isRecord(stores)) return false;
	const first = Object.hasOwn(stores, 'default') ? stores['default'] : Object.values(stores)[0];
	const chosen = typeof first === 'string' ? stores[first] : first;
	return isRecord(chosen) && chosen['module'] !== undefined && chosen['module'] !== MEMORY;
}
