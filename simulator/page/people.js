// The recipients of an email, with their events and the buttons that raise more.
import { tell } from './api.js';
import { h, toast } from './dom.js';
import { clock, eventName, pill } from './words.js';

/** Events that can be raised, as the webhooks call them. */
const RAISABLE = [
	['Delivered', { event: 'delivered' }],
	['Open', { event: 'open' }],
	['Click', { event: 'click' }],
	['Hard bounce', { event: 'bounce', bounce: 'hard' }],
	['Soft bounce', { event: 'bounce', bounce: 'soft' }],
	['Spam', { event: 'spam' }],
	['Unsubscribe', { event: 'unsubscribe' }],
	['Reject', { event: 'reject' }],
];

function buttons(email, recipient) {
	const target = recipient === undefined ? {} : { recipient };
	return RAISABLE.map(([label, what]) => {
		const raise = async () => {
			if (await tell('events', { email_id: email.emailId, ...what, ...target }))
				toast(`${label} raised for ${recipient ?? 'every recipient'}`);
		};
		const whom = recipient ?? 'every recipient';
		return h(
			'button.button.tiny',
			{
				type: 'button',
				onclick: raise,
				'aria-label': `Raise ${label} for ${whom}`,
				'data-keep': `${label} ${whom}`,
			},
			label,
		);
	});
}

function person(email, address, events, suppressed) {
	const own = events.filter((event) => event.recipient === address || event.payload.recipients?.includes(address));
	const trail = own.map((event) =>
		h(
			'li',
			{ title: event.payload.message ?? '' },
			pill(eventName(event), event.event),
			' ',
			h('span.soft.small', {}, clock(event.time)),
		),
	);
	return h(
		'div.person',
		{},
		h('div.row', {}, h('b', {}, address), suppressed.includes(address) && pill('suppressed', 'spam')),
		h('ol.trail', {}, ...(trail.length > 0 ? trail : [h('li.soft.small', {}, 'Nothing has happened yet')])),
		h('div.row', {}, ...buttons(email, address)),
	);
}

/** Every recipient with what happened to the email there, and buttons that let more happen. */
export function people(email, events, suppressed) {
	const addresses = [...new Set([...email.to, ...email.cc, ...email.bcc].map(({ address }) => address))];
	const all =
		addresses.length > 1 && h('div.person', {}, h('b', {}, 'All recipients'), h('div.row', {}, ...buttons(email)));
	return [
		h(
			'header',
			{},
			h('h2', {}, 'Recipients'),
			h('span.soft.small', {}, 'A button raises an event and sends it to your webhooks'),
		),
		...(all ? [all] : []),
		...addresses.map((address) => person(email, address, events, suppressed)),
	];
}
