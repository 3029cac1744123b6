// The part of the section Events that fills the activity log, and makes it late or short.
import { tell } from './api.js';
import { h, toast } from './dom.js';

const number = (name, label, value, more = {}) =>
	h('label', {}, label, h('input', { name, type: 'number', min: 0, value, ...more }));

async function set(event) {
	event.preventDefault();
	const { min, max, days } = Object.fromEntries(new FormData(event.target));
	const body = {
		minDelayMs: Math.round(Number(min) * 1_000),
		maxDelayMs: Math.round(Number(max) * 1_000),
		historyDays: days === '' ? null : Number(days),
	};
	if (await tell('log', body)) toast('Activity log set');
}

async function generate(event) {
	event.preventDefault();
	const { events, emails, hours, webhooks } = Object.fromEntries(new FormData(event.target));
	const to = new Date();
	const from = new Date(to.getTime() - Number(hours) * 3_600_000);
	const told = await tell('generate', {
		events: Number(events),
		emails: Number(emails),
		from: from.toISOString(),
		to: to.toISOString(),
		webhooks: webhooks === 'on',
	});
	if (told)
		toast(`${told.events.toLocaleString('en')} events of ${told.emails.toLocaleString('en')} emails generated`);
}

/** The two forms: how the activity log behaves, and how to fill it. */
export function logForms({ minDelayMs, maxDelayMs, historyDays }) {
	return [
		h(
			'div.card',
			{},
			h(
				'header',
				{},
				h('h2', {}, 'Activity log'),
				h('span.soft.small', {}, 'How soon an event appears in /activity/search, and for how long it stays'),
			),
			h(
				'div.in',
				{},
				h(
					'form.form',
					{ onsubmit: set },
					number('min', 'After at least (seconds)', minDelayMs / 1_000, {
						max: 86_400,
						step: 'any',
						required: true,
					}),
					number('max', 'After at most (seconds)', maxDelayMs / 1_000, {
						max: 86_400,
						step: 'any',
						required: true,
					}),
					number('days', 'History (days)', historyDays ?? '', {
						min: 1,
						max: 3_650,
						placeholder: 'no limit',
					}),
					h('button.button.main', { type: 'submit' }, 'Set'),
				),
			),
		),
		h(
			'div.card',
			{},
			h(
				'header',
				{},
				h('h2', {}, 'Generate events'),
				h('span.soft.small', {}, 'For emails that were never sent. They do not count in the statistics'),
			),
			h(
				'div.in',
				{},
				h(
					'form.form',
					{ onsubmit: generate },
					number('events', 'Events', 1_000, { min: 1, max: 200_000, required: true }),
					number('emails', 'Emails', 300, { min: 1, max: 200_000, required: true }),
					number('hours', 'In the last hours', 1, { min: 0.01, max: 720, step: 'any', required: true }),
					h('label.check', {}, h('input', { name: 'webhooks', type: 'checkbox' }), 'Send to webhooks'),
					h('button.button.main', { type: 'submit' }, 'Generate'),
				),
			),
		),
	];
}
