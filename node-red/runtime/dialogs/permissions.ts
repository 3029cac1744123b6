/** Asks SMTP2GO what a key may do. */
import { permissionReader, resources, run, type Connection, type Result } from '../../../api';
import { BEFORE_TRIGGER } from '../../shared/palette';

/**
 * The endpoints that the key may call, as in `/email/send`.
 * @returns an error of the kind `auth` when the key is unknown in this region
 */
export async function readPermissions(connection: Connection): Promise<Result<string[]>> {
	const outcome = await run(connection, permissionReader, {}, { raw: true });
	if (!outcome.ok) return outcome;
	return { ok: true, value: textsIn(outcome.value.result) };
}

/** What a key may do of one job: that of a node. */
export interface Job {
	/** A resource, or `trigger`. */
	readonly key: string;
	/** How many endpoints it calls. */
	readonly of: number;
	/** Those that the key may not call. */
	readonly missing: readonly string[];
}

/** The resource whose endpoints the trigger calls. */
const TRIGGER_CALLS = 'webhook';

/** True where a permission allows an endpoint: itself, all below it (`/template/*`), or everything (`*`). */
function allows(permission: string, path: string): boolean {
	return permission === path || (permission.endsWith('*') && path.startsWith(permission.slice(0, -1)));
}

/** What a key with these permissions may do, job by job in the order of the palette. */
export function jobsOf(permissions: readonly string[]): Job[] {
	const jobs = resources.map(({ key, operations }) => {
		const paths = [...new Set(operations.map(({ path }) => path))];
		return {
			key,
			of: paths.length,
			missing: paths.filter((path) => !permissions.some((one) => allows(one, path))),
		};
	});
	const trigger = jobs.filter(({ key }) => key === TRIGGER_CALLS).map((job) => ({ ...job, key: 'trigger' }));
	return [...jobs.slice(0, BEFORE_TRIGGER), ...trigger, ...jobs.slice(BEFORE_TRIGGER)];
}

/** Every text in a response: `data` is the list, or contains it under some name. */
function textsIn(value: unknown): string[] {
	if (typeof value === 'string') return [value];
	if (typeof value !== 'object' || value === null) return [];
	return Object.values(value).flatMap(textsIn);
}
