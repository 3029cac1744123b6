import { headerPairs, isRecord, type EventFilter } from '../../../api';
import { commaList } from '../platform/comma-list';

/** The filter as a trigger saves it, by the names of `filterFields`; what is missing asks for nothing. */
export type SavedFilters = Readonly<Record<string, unknown>>;

function text(value: unknown): string {
	return typeof value === 'string' ? value.trim() : '';
}

/** Names and values of headers; a row without a name asks for nothing. */
function headers(value: unknown): EventFilter['headers'] {
	if (value === undefined || value === '') return [];
	return headerPairs(value)
		.filter(isRecord)
		.map(({ header, value: asked }) => ({ header: text(header), value: text(asked) }))
		.filter(({ header }) => header !== '');
}

/** Reads a saved filter. */
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
