// The section Suppressions.
import { read } from './api.js';
import { empty, h, show, table, title } from './dom.js';
import { pill } from './words.js';

/** Draws the addresses and domains that get no email. */
export async function suppressions(main) {
	const list = await read('suppressions?limit=500');
	const rows = list.map((entry) => [
		h('b', {}, entry.email_address),
		pill(entry.reason, entry.reason === 'manual' ? 'grey' : 'spam'),
		entry.block_description || entry.subject || '',
		entry.timestamp,
	]);
	show(main, list, () => [
		h(
			'div.sheet',
			{},
			title('Suppressions', 'Addresses and domains that get no email. An email to them raises a reject event.'),
			h(
				'div.card',
				{},
				list.length === 0
					? empty(
							'No suppressed addresses',
							'Complaints and unsubscriptions land here, and so does what /suppression/add is called with. Try an email to spam@example.org.',
						)
					: table(['Address or domain', 'Reason', 'Description', 'Since (UTC)'], rows, [1, 3]),
			),
		),
	]);
}
