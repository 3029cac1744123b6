// The section Webhooks.
import { read, tell } from './api.js';
import { empty, h, show, table, title, toast } from './dom.js';
import { clock, many, pill } from './words.js';

async function test(hook) {
	const told = await tell('deliver', { hookId: hook.id });
	if (told) toast(`${many(told.deliveries.length, 'test event')} sent`);
}

function attempt({ at, status, error, milliseconds, answer }) {
	return h(
		'li.small',
		{},
		clock(at),
		' ',
		pill(status ?? 'no answer', status === 200 ? 'delivered' : 'failed'),
		h('span.soft', {}, ` ${milliseconds} ms ${error ?? answer}`),
	);
}

/** The body as the page shows it: JSON over several lines, a form with one field per line. */
function readable({ contentType, body }) {
	if (contentType === 'application/json') return JSON.stringify(JSON.parse(body), null, 2);
	return [...new URLSearchParams(body)].map(([name, value]) => `${name} = ${value}`).join('\n');
}

function status(delivery) {
	const [last] = delivery.attempts.slice(-1);
	const next = delivery.nextAttemptAt && h('div.small.soft', {}, 'again at ', clock(delivery.nextAttemptAt));
	const details = h(
		'details',
		{ 'data-keep': `delivery ${delivery.id}` },
		h(
			'summary',
			{},
			`${many(delivery.attempts.length, 'attempt')}${last ? `, last: ${last.status ?? last.error}` : ''}`,
		),
		h('ol.attempts', {}, ...delivery.attempts.map(attempt)),
		h('div.code', {}, h('pre', {}, readable(delivery))),
	);
	return h('div', {}, details, next);
}

function facts(hook) {
	return [
		['Id', hook.id],
		['Format', hook.output_format === 'json' ? 'JSON' : 'form'],
		['Authentication', hook.authenticates || 'none'],
		hook.headers.length > 0 && ['Headers', hook.headers.join(', ')],
		hook.usernames.length > 0 && ['Only for', hook.usernames.map((name) => name.slice(0, 16)).join(', ')],
		hook.disabled && ['State', 'disabled'],
	].filter(Boolean);
}

function card(hook, deliveries) {
	const own = deliveries.filter(({ hookId }) => hookId === hook.id).slice(0, 30);
	const rows = own.map((delivery) => [
		pill(delivery.status),
		h('div', {}, delivery.event, h('div.small.soft', {}, delivery.recipient ?? '')),
		status(delivery),
	]);
	return h(
		'article.card',
		{},
		h(
			'header',
			{},
			h(
				'div.stack',
				{},
				h('b.mono', {}, hook.url),
				h(
					'div.row',
					{},
					...hook.events.map((event) => pill(event)),
					...hook.sms_events.map((event) => pill(`sms ${event}`, 'grey')),
				),
			),
			h(
				'button.button',
				{ type: 'button', onclick: () => test(hook), 'data-keep': `test ${hook.id}` },
				'Test this webhook',
			),
		),
		h(
			'dl.strip.small',
			{},
			...facts(hook).map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value))),
		),
		own.length === 0
			? h('p.in.soft.small', {}, 'Nothing delivered yet.')
			: table(['Status', 'Event', 'Attempts'], rows, [0, 1]),
	);
}

/** Draws the webhooks and what was delivered to them. */
export async function hooks(main, { webhookLimit }) {
	const [list, deliveries] = await Promise.all([read('hooks'), read('deliveries?limit=300')]);
	show(main, [list, deliveries, webhookLimit], () => [
		h(
			'div.sheet',
			{},
			title(
				'Webhooks',
				`${list.length} of ${webhookLimit} in use. A delivery that gets no status 200 is retried on the live service's schedule, only faster.`,
			),
			...list.map((hook) => card(hook, deliveries)),
			...(list.length === 0
				? [
						h(
							'div.card',
							{},
							empty(
								'No webhooks yet',
								'Activate a workflow with the SMTP2GO Trigger, or deploy a flow with an smtp2go-trigger node. It registers its webhook here by itself.',
							),
						),
					]
				: []),
		),
	]);
}
