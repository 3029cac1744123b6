/** Reads the filter that a trigger saves. */
import { headerPairs, isRecord, type EventFilter } from '../../../api';
import { commaList } from '../platform/comma-list';
import type { SavedFilters } from '../platform/saved-nodes';

function text(value: unknown): string {
	return typeof value === 'string' ? value.trim() : '';
}

/** Names and values of headers. A row without a name filters nothing. */
function headers(value: unknown): EventFilter['headers'] {
	if (value === undefined || value === '') return [];
	return headerPairs(value)
		.filter(isRecord)
		.map(({ header, value: asked }) => ({ header: text(header), value: text(asked) }))
		.filter(({ header }) => header !== '');
}

/** The filter of a saved trigger. */
export function readFilter(saved: SavedFilters = {}): EventFilter {
	const bounceType = saved['bounce_type'];
	return {
		bounceType: bounceType === 'hard' || bounceType === 'soft' ? bounceType : undefined,
		senders: commaList(saved['filter_senders']),
		subject: text(saved['filter_subject']),
		users: commaList(saved['filter_users']),
		headers: headers(saved['filter_headers']),
	};
}
