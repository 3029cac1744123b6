/** The permissions that the nodes of the examples need, from the catalog. */
import { findOffered, isCompound, permissionsOf, resourcesAndCustom } from '../../../api';

/** What a trigger with a webhook needs. */
export const TRIGGER = ['/webhook/view', '/webhook/add', '/webhook/edit', '/webhook/remove'];
/** What the rows of a list are checked against. */
export const LIST_CHECK = ['/suppression/view', '/allowed_recipients/view'];

/** The endpoints of an operation; a batch calls another one than a single send. */
export function endpoints(resource: string, operation: string, isBatch: boolean): readonly string[] {
	if (isBatch) return ['/email/batch'];
	const { key = '' } =
		resourcesAndCustom.find((one) => one.key.toLowerCase() === resource.replaceAll('-', '').toLowerCase()) ?? {};
	const found = findOffered(key, operation);
	if (found === undefined) return [`no operation ${resource}.${operation}`];
	return isCompound(found) ? [...found.calls, ...(found.optionalCalls ?? [])] : permissionsOf(found);
}
