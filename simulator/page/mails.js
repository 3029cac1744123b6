import { read } from './api.js';
import { h, show } from './dom.js';
import { mailHead, mailParts } from './mail.js';
import { people } from './people.js';
import { start } from './setup.js';
import { clock, pill } from './words.js';

function item(mail, current) {
	const to = mail.to.join(', ') || 'no recipient';
	return h(
		'li',
		{},
		h(
			'a.item',
			{
				href: `#mails/${encodeURIComponent(mail.emailId)}`,
				'aria-current': mail.emailId === current && 'true',
				'data-keep': mail.emailId,
			},
			h('b.clip', {}, to),
			h('span.soft.small', {}, clock(mail.receivedAt)),
			h(
				'span.clip.soft',
				{},
				mail.subject || '(no subject)',
				mail.files > 0 && ` · ${mail.files} file${mail.files > 1 ? 's' : ''}`,
			),
			pill(mail.status.text, mail.status.kind),
		),
	);
}

/** The parts of the screen, made once; what changes is put into them. */
function frame(main) {
	if (main.firstElementChild?.classList.contains('mails')) return;
	main.replaceChildren(
		h(
			'div.mails',
			{},
			h('ul.list', { 'aria-label': 'Mails, newest first' }),
			h(
				'section.reading',
				{ 'aria-label': 'Mail' },
				h('div.sheet', {}, h('div.head'), h('div.card.parts'), h('div.card.people')),
			),
		),
	);
}

/** Draws the mails: a list, and the chosen one (else the newest). */
export async function mails(main, summary, id) {
	if (summary.counts.mails === 0) {
		main.signature = undefined;
		return show(main, summary.apiUrl, () => [start(summary)]);
	}
	const list = await read('overview');
	const chosen = id ?? list[0].emailId;
	frame(main);
	const [box] = main.children;
	box.classList.toggle('open', id !== undefined);
	show(box.querySelector('.list'), [list, chosen], () => list.map((mail) => item(mail, chosen)));
	const { mail, events, suppressed } = await read(`mails/${encodeURIComponent(chosen)}`).catch(() => ({}));
	if (!mail)
		return show(box.querySelector('.head'), chosen, () => [h('p.soft', {}, 'This email is not here any more.')]);
	show(box.querySelector('.head'), mail, () => [mailHead(mail)]);
	show(box.querySelector('.parts'), mail, () => mailParts(mail));
	show(box.querySelector('.people'), [mail.emailId, events, suppressed], () => people(mail, events, suppressed));
}
