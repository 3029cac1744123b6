import { headerPairs } from '../../../api';
import { entriesOf } from './form-values';

/**
 * An email's own headers: those given one by one, then those given as JSON. n8n itself keeps nothing but such a form
 * here: anything else is gone before a node sees it (getNodeParameters of n8n-workflow 2.41).
 */
export function readHeaderEntries(form: unknown): unknown {
	const headers = [
		...entriesOf(form, 'headers'),
		...entriesOf(form, 'json').flatMap((entry) => headerPairs(entry['headers'])),
	];
	return headers.length === 0 ? undefined : headers;
}
