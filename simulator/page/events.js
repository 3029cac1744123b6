// The section Events.
import { read } from './api.js';
import { empty, h, show, table, title } from './dom.js';
import { logForms } from './log.js';
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

function happened(list) {
	if (list.length === 0)
		return empty(
			'No events yet',
			'Send an email: it is processed, delivered and opened within a second. Recipients such as bounce@example.org or spam@example.org have it otherwise.',
		);
	return table(['Time', 'Event', 'Recipient', 'Email', 'Detail'], list.map(row), [0, 1]);
}

/** Draws what happened, newest first, and the forms of the activity log. */
export async function events(main) {
	const [list, log] = await Promise.all([read('events?limit=300'), read('log')]);
	if (!main.firstElementChild) {
		main.replaceChildren(
			h(
				'div.sheet',
				{},
				title(
					'Events',
					'What happened to your emails, newest first. Each event goes to the webhooks that select it.',
				),
				h('details', {}, h('summary', {}, 'Activity log and generated events'), h('div.stack.log')),
				h('div.card.happened'),
			),
		);
	}
	show(main.querySelector('.happened'), list, () => [happened(list)]);
	show(main.querySelector('.log'), log, () => logForms(log));
}
