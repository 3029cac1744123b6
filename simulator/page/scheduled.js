// The section Scheduled.
import { read, tell } from './api.js';
import { empty, h, show, table, title, toast } from './dom.js';
import { clock } from './words.js';

async function sendNow() {
	const told = await tell('scheduled/run');
	if (told) toast(`${told.sent} sent`);
}

/** Draws email that waits for its time. */
export async function scheduled(main) {
	const list = await read('scheduled?limit=300');
	const rows = list.map(({ due, email, scheduleId }) => [
		clock(due),
		email.to.map(({ address }) => address).join(', '),
		email.subject,
		h('code', {}, scheduleId),
	]);
	show(main, list, () => [
		h(
			'div.sheet',
			{},
			title(
				'Scheduled',
				'Scheduled emails wait here until they are due.',
				list.length > 0 &&
					h('button.button.main', { type: 'button', onclick: sendNow, 'data-keep': 'run' }, 'Send all now'),
			),
			h(
				'div.card',
				{},
				list.length === 0
					? empty(
							'Nothing is waiting',
							'Send an email with a schedule up to three days ahead, and it waits here.',
						)
					: table(['Due', 'To', 'Subject', 'schedule_id'], rows, [0]),
			),
		),
	]);
}
