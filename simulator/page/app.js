// The page: its sections, and what is drawn when.
import { read, tell } from './api.js';
import { h, show, toast } from './dom.js';
import { events } from './events.js';
import { faults } from './faults.js';
import { health } from './health.js';
import { hooks } from './hooks.js';
import { emails } from './emails.js';
import { scheduled } from './scheduled.js';
import { setup } from './setup.js';
import { sms } from './sms.js';
import { suppressions } from './suppressions.js';

/** Sections: label, number beside it, and what draws them into <main>. */
const SECTIONS = {
	emails: { label: 'Emails', count: 'emails', draw: emails },
	scheduled: { label: 'Scheduled', count: 'scheduled', draw: scheduled },
	sms: { label: 'SMS', count: 'sms', draw: sms },
	events: { label: 'Events', count: 'events', draw: events },
	hooks: { label: 'Webhooks', count: 'hooks', draw: hooks },
	suppressions: { label: 'Suppressions', count: 'suppressions', draw: suppressions },
	health: { label: 'Health', draw: health },
	faults: { label: 'Faults', count: 'faults', draw: faults },
	setup: { label: 'Set up', draw: setup },
};

const POLL_MS = 800;
const main = document.getElementById('main');
let seen = '';
let timer;

function place() {
	const [section, id] = location.hash.slice(1).split('/');
	return { section: SECTIONS[section] ? section : 'emails', id: id && decodeURIComponent(id) };
}

function drawNav(summary, current) {
	const links = Object.entries(SECTIONS).map(([name, { label, count }]) =>
		h(
			'a',
			{ href: `#${name}`, 'aria-current': name === current && 'page', 'data-keep': name },
			label,
			count && h('span.count', {}, summary.counts[count]),
		),
	);
	show(document.getElementById('nav'), [summary.counts, current], () => links);
}

function connection(state, text) {
	const live = document.getElementById('live');
	if (live.className === `live ${state}`) return;
	live.className = `live ${state}`;
	live.lastElementChild.textContent = text;
}

/** Asks whether anything is new, and draws the current section if so. */
async function refresh() {
	clearTimeout(timer);
	try {
		const summary = await read('state');
		connection('on', location.host);
		const { section, id } = place();
		const state = `${summary.revision} ${location.hash}`;
		if (state !== seen) {
			drawNav(summary, section);
			if (main.dataset.section !== section) {
				main.dataset.section = section;
				main.signature = undefined;
				main.replaceChildren();
				document.title = `${SECTIONS[section].label} · SMTP2GO simulator`;
			}
			await SECTIONS[section].draw(main, summary, id);
			seen = state;
		}
	} catch {
		connection('off', 'Simulator is not running');
	}
	timer = setTimeout(refresh, document.hidden ? POLL_MS * 5 : POLL_MS);
}

document.getElementById('reset').addEventListener('click', async () => {
	if (!confirm('Forget all emails, events, webhooks, suppressions and templates?')) return;
	if (await tell('reset')) toast('Everything is as on the first day');
	location.hash = '#emails';
});
for (const cause of ['hashchange', 'told', 'focus']) window.addEventListener(cause, refresh);
document.addEventListener('visibilitychange', refresh);
refresh();
