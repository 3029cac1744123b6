/** An operation by names that are not known to the compiler, as in a table of tests. */
import { findOperation, type Operation } from '../../../api';

/** @throws where there is no such operation, so that a mistyped name fails its test */
export function operation(resource: string, key: string): Operation {
	const found = findOperation(resource, key);
	if (!found) throw new Error(`no ${resource}.${key}`);
	return found;
}
