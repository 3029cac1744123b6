// The section SMS.
import { read, tell } from './api.js';
import { empty, h, linked, show, table, title, toast } from './dom.js';
import { clock, pill } from './words.js';

const RAISABLE = ['delivered', 'failed', 'rejected', 'opt-out'];

async function receive(event) {
	event.preventDefault();
	const form = event.target;
	if (await tell('sms/receive', Object.fromEntries(new FormData(form)))) {
		toast('SMS received');
		form.elements.content.value = '';
	}
}

function form() {
	return h(
		'form.form',
		{ onsubmit: receive },
		h(
			'label',
			{},
			'From',
			h('input', {
				name: 'from',
				type: 'tel',
				value: '+64210000001',
				pattern: '\\+?[1-9][0-9]{6,14}',
				title: 'A phone number with country code',
				required: true,
			}),
		),
		h(
			'label',
			{},
			'To',
			h('input', {
				name: 'to',
				type: 'tel',
				value: '+64220000000',
				pattern: '\\+?[1-9][0-9]{6,14}',
				title: 'One of your phone numbers, with country code',
				required: true,
			}),
		),
		h('label', {}, 'Text', h('input', { name: 'content', type: 'text', required: true })),
		h('button.button.main', { type: 'submit' }, 'Receive an SMS'),
	);
}

/** Asks for the answer to a sent SMS, in a dialog: the list behind it is drawn again while you type. */
function reply(sms) {
	const send = async (event) => {
		event.preventDefault();
		const { content } = Object.fromEntries(new FormData(event.target));
		if (!(await tell('sms/reply', { message_id: sms.id, content }))) return;
		toast(`Reply of ${sms.destination} received`);
		dialog.close();
	};
	const dialog = h(
		'dialog',
		{ 'aria-labelledby': 'reply', onclose: () => dialog.remove() },
		h(
			'form.stack',
			{ onsubmit: send },
			h('h2', { id: 'reply' }, 'Reply to this SMS'),
			h('p.soft.small', {}, `To ${sms.destination}: ${sms.content}`),
			h('label', {}, 'Reply', h('input', { name: 'content', type: 'text', required: true, autofocus: true })),
			h(
				'div.row',
				{},
				h('button.button.main', { type: 'submit' }, 'Send reply'),
				h('button.button', { type: 'button', onclick: () => dialog.close() }, 'Cancel'),
			),
		),
	);
	document.body.append(dialog);
	dialog.showModal();
}

/** Beside the number, where a narrow screen shows it. */
function recipient(sms) {
	return h(
		'div',
		{},
		h('div', {}, sms.destination),
		h(
			'button.button.tiny',
			{
				type: 'button',
				onclick: () => reply(sms),
				'aria-label': `Reply to the SMS to ${sms.destination}`,
				'data-keep': `reply ${sms.id}`,
			},
			'Reply to this SMS',
		),
	);
}

function buttons(sms) {
	const raise = async (status) => {
		if (await tell('events', { event: `sms_${status}`, message_id: sms.id }))
			toast(`${status} raised for ${sms.destination}`);
	};
	return h(
		'div.row',
		{},
		...RAISABLE.map((status) =>
			h(
				'button.button.tiny',
				{
					type: 'button',
					onclick: () => raise(status),
					'aria-label': `Raise ${status} for the SMS to ${sms.destination}`,
					'data-keep': `${status} ${sms.id}`,
				},
				status,
			),
		),
	);
}

/** The text with its lines and links. */
function message(sms) {
	return h('div.lines', {}, linked(sms.content));
}

function sentTable(list) {
	if (list.length === 0)
		return [
			empty(
				'No SMS sent yet',
				'An SMS is delivered within a second. A number that ends in 404 fails, one that ends in 403 is rejected.',
			),
		];
	const rows = list.map((sms) => [clock(sms.sentAt), pill(sms.status), recipient(sms), message(sms), buttons(sms)]);
	return [
		h(
			'header',
			{},
			h('h2', {}, 'Sent'),
			h('span.soft.small', {}, 'A button raises an event and sends it to your webhooks'),
		),
		table(['Time', 'Status', 'To', 'Text', 'Raise'], rows, [0, 1, 2]),
	];
}

function receivedTable(list) {
	const rows = list.map((sms) => [clock(sms.receivedAt), sms.from, sms.to, message(sms)]);
	return rows.length === 0
		? [h('p.in.soft.small', {}, 'Nothing received yet.')]
		: [table(['Time', 'From', 'To', 'Text'], rows, [0, 1, 2])];
}

/** Draws the SMS: what was sent, what was received, and a form, made once, that lets one arrive. */
export async function sms(main) {
	const [sent, received] = await Promise.all([read('sms?limit=300'), read('sms/received?limit=300')]);
	if (!main.firstElementChild) {
		main.replaceChildren(
			h(
				'div.sheet',
				{},
				title('SMS', 'Text messages that you sent, and the replies that you received.'),
				h('div.card.sent'),
				h('div.card', {}, h('header', {}, h('h2', {}, 'Received')), h('div.in', {}, form()), h('div.received')),
			),
		);
	}
	show(main.querySelector('.sent'), sent, () => sentTable(sent));
	show(main.querySelector('.received'), received, () => receivedTable(received));
}
