// The section Emails: the list and the chosen email.
import { read } from './api.js';
import { h, show } from './dom.js';
import { emailHead, emailParts } from './email.js';
import { people } from './people.js';
import { start } from './setup.js';
import { clock, pill } from './words.js';

function item(email, current) {
	const to = email.to.join(', ') || 'no recipient';
	return h(
		'li',
		{},
		h(
			'a.item',
			{
				href: `#emails/${encodeURIComponent(email.emailId)}`,
				'aria-current': email.emailId === current && 'true',
				'data-keep': email.emailId,
			},
			h('b.clip', {}, to),
			h('span.soft.small', {}, clock(email.receivedAt)),
			h(
				'span.clip.soft',
				{},
				email.subject || '(no subject)',
				email.files > 0 && ` · ${email.files} file${email.files > 1 ? 's' : ''}`,
			),
			pill(email.status.text, email.status.kind),
		),
	);
}

/** The parts of the screen, made once; what changes is put into them. */
function frame(main) {
	if (main.firstElementChild?.classList.contains('emails')) return;
	main.replaceChildren(
		h(
			'div.emails',
			{},
			h('ul.list', { 'aria-label': 'Emails, newest first' }),
			h(
				'section.reading',
				{ 'aria-label': 'Email' },
				h('div.sheet', {}, h('div.head'), h('div.card.parts'), h('div.card.people')),
			),
		),
	);
}

/** Draws the emails: a list, and the chosen one (else the newest). */
export async function emails(main, summary, id) {
	if (summary.counts.emails === 0) {
		main.signature = undefined;
		return show(main, summary.apiUrl, () => [start(summary)]);
	}
	const list = await read('overview');
	const chosen = id ?? list[0].emailId;
	frame(main);
	const [box] = main.children;
	box.classList.toggle('open', id !== undefined);
	show(box.querySelector('.list'), [list, chosen], () => list.map((email) => item(email, chosen)));
	const { email, events, suppressed } = await read(`emails/${encodeURIComponent(chosen)}`).catch(() => ({}));
	if (!email)
		return show(box.querySelector('.head'), chosen, () => [h('p.soft', {}, 'This email is not here any more.')]);
	show(box.querySelector('.head'), email, () => [emailHead(email)]);
	show(box.querySelector('.parts'), email, () => emailParts(email));
	show(box.querySelector('.people'), [email.emailId, events, suppressed], () => people(email, events, suppressed));
}
