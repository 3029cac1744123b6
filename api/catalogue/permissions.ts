/** What a permission of an API key allows, and which permissions an operation needs. */
import type { OfferedOperation } from './types';

function allows(permission: string, path: string): boolean {
	return permission === path || (permission.endsWith('*') && path.startsWith(permission.slice(0, -1)));
}

/**
 * True if the permissions of an API key allow an endpoint: the endpoint itself, all below it (`/template/*`), or
 * everything (`*`).
 * @param path an endpoint, as in `/email/send`
 * @param permissions from `/api_keys/permissions`
 */
export function isAllowed(path: string, permissions: readonly string[]): boolean {
	return permissions.some((permission) => allows(permission, path));
}

/** Returns the permissions that an operation needs, as in `/email/send`. Those of the custom call are not known. */
export function permissionsOf(operation: OfferedOperation): readonly string[] {
	if ('calls' in operation) return operation.calls;
	return operation.path === '' ? [] : [operation.path];
}
