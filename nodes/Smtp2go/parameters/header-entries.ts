/** Reads the fixed collection of headers. */
import { headerPairs } from '../../../api';
import { collectionEntries } from './form-values';

/**
 * Reads custom headers: first the single ones, then those given as JSON. n8n keeps only a fixed collection here and
 * drops any other value before a node reads it (getNodeParameters of n8n-workflow 2.41).
 */
export function readHeaderEntries(form: unknown): unknown {
	const headers = [
		...collectionEntries(form, 'headers'),
		...collectionEntries(form, 'json').flatMap((entry) => headerPairs(entry['headers'])),
	];
	return headers.length === 0 ? undefined : headers;
}
