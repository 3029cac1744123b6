// The section Events.
import { read } from './api.js';
import { empty, h, show, table, title } from './dom.js';
import { clock, eventName, pill } from './words.js';

/** "Unavailable" is how the live service writes nothing. */
function detail({ url, message = '' }) {
	return url ?? (message === 'Unavailable' ? '' : message);
}

function row(event) {
	const who = event.recipient ?? event.payload.recipients?.join(', ') ?? '';
	const email = event.emailId
		? h(
				'a',
				{ href: `#emails/${encodeURIComponent(event.emailId)}`, 'data-keep': `event ${event.id}` },
				event.payload.subject || '(no subject)',
			)
		: 'SMS';
	return [
		clock(event.time),
		pill(eventName(event), event.event),
		who,
		email,
		h('span.soft', {}, detail(event.payload)),
	];
}

/** Draws what happened, newest first. */
export async function events(main) {
	const list = await read('events?limit=300');
	show(main, list, () => [
		h(
			'div.sheet',
			{},
			title(
				'Events',
				'What happened to your emails, newest first. Every event goes to the webhooks that want it.',
			),
			h(
				'div.card',
				{},
				list.length === 0
					? empty(
							'No events yet',
							'Send an email: it is processed, delivered and opened within a second. Recipients such as bounce@example.org or spam@example.org have it otherwise.',
						)
					: table(['Time', 'Event', 'Recipient', 'Email', 'Detail'], list.map(row), [0, 1]),
			),
		),
	]);
}
