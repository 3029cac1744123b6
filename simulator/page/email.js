// One email: its head and its parts.
import { copy, h, linked, table } from './dom.js';
import { clock, pill, size } from './words.js';

const names = (list) => list.map(({ text }) => text).join(', ');

/** Sender, recipients and subject. */
export function emailHead(email) {
	const line = (label, people) => people.length > 0 && [h('dt', {}, label), h('dd', {}, names(people))];
	const letter = (email.sender.name || email.sender.address).charAt(0).toUpperCase();
	return h(
		'div.stack',
		{},
		h('a.button.tiny.back', { href: '#emails' }, '← All emails'),
		h('h1', {}, email.subject || '(no subject)'),
		h(
			'div.from',
			{},
			h('span.face', { 'aria-hidden': 'true' }, letter),
			h(
				'div',
				{},
				h(
					'div.row',
					{},
					h('b', {}, email.sender.name || email.sender.address),
					email.sender.name && h('span.soft', {}, email.sender.address),
				),
				h(
					'dl.facts.small',
					{},
					...[line('To', email.to), line('Cc', email.cc), line('Bcc', email.bcc)].flatMap(
						(entry) => entry || [],
					),
				),
			),
			h('span.soft.small', {}, clock(email.receivedAt)),
		),
		h(
			'div.row',
			{},
			pill(email.via, 'grey'),
			email.templateId && pill(`template ${email.templateId}`, 'click'),
			email.scheduleId && pill('was scheduled', 'unsubscribe'),
			h('code.soft', {}, email.emailId),
			h(
				'button.button.tiny.quiet',
				{ type: 'button', onclick: () => copy(email.emailId, 'email_id') },
				'Copy id',
			),
		),
	);
}

function files(list) {
	return h(
		'ul.files',
		{},
		...list.map((file) => {
			const kind = (file.filename.split('.').pop() ?? '').slice(0, 4);
			return h(
				'li',
				{},
				h(
					'a',
					{ href: file.href, download: file.filename },
					h('span.kind', { 'aria-hidden': 'true' }, kind),
					h(
						'span',
						{},
						h('b.clip', {}, file.filename),
						h('br'),
						h('span.soft.small', {}, `${file.mimetype} · ${size(file.size)}`),
					),
				),
			);
		}),
	);
}

function headers(email) {
	const first = [
		['From', email.sender.text],
		['To', names(email.to)],
		['Subject', email.subject],
	];
	return table(
		['Header', 'Value'],
		[...first, ...email.headers.map(({ header, value }) => [header, value])].map(([name, value]) => [
			h('code', {}, name),
			value,
		]),
		[0],
	);
}

/** The tabs: what an email has, without those it has not. */
function tabsOf(email) {
	const address = `/_simulator/emails/${encodeURIComponent(email.emailId)}/html`;
	// An empty sandbox: no scripts, no forms, a separate origin. Links can open a new tab. The server's policy says the
	// same.
	const sandbox = 'allow-popups allow-popups-to-escape-sandbox';
	const attached = [...email.attachments, ...email.inlines];
	return [
		[
			'Email',
			() =>
				h(
					'div',
					{},
					/<img[^>]+src=["']?https?:/i.test(email.html) &&
						h('p.hint', {}, 'Pictures from the web are not loaded here.'),
					h('iframe.frame', {
						src: address,
						sandbox,
						title: `Email: ${email.subject}`,
						referrerpolicy: 'no-referrer',
					}),
				),
		],
		email.text !== '' && ['Text', () => h('pre.source', { tabindex: 0 }, linked(email.text))],
		email.html !== '' && ['HTML source', () => h('pre.source', { tabindex: 0 }, email.html)],
		['Headers', () => headers(email)],
		attached.length > 0 && [`Files (${attached.length})`, () => files(attached)],
	].filter(Boolean);
}

/** The content of an email in tabs. */
export function emailParts(email) {
	const tabs = tabsOf(email);
	const panel = h('div', { role: 'tabpanel', id: 'part' });
	const buttons = tabs.map(([label, build], index) =>
		h(
			'button',
			{
				type: 'button',
				role: 'tab',
				'aria-controls': 'part',
				onclick: () => choose(index),
				onkeydown: (event) => step(event, index),
			},
			label,
		),
	);
	function choose(index) {
		buttons.forEach((button, at) => {
			button.setAttribute('aria-selected', String(at === index));
			button.tabIndex = at === index ? 0 : -1;
		});
		panel.setAttribute('aria-label', tabs[index][0]);
		panel.replaceChildren(tabs[index][1]());
	}
	function step(event, index) {
		const move = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
		if (!move) return;
		const next = (index + move + tabs.length) % tabs.length;
		choose(next);
		buttons[next].focus();
	}
	choose(0);
	return [h('div.tabs', { role: 'tablist', 'aria-label': 'Parts of the mail' }, ...buttons), panel];
}
