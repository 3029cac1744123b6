// The section Set up, and what a newcomer sees first.
import { copyable, h, show, table, title } from './dom.js';

const RECIPIENTS = [
	['anyone@example.org', 'delivered, opened, and clicked if the HTML has a link'],
	['bounce@example.org', 'hard bounce'],
	['soft-bounce@example.org', 'soft bounce'],
	['spam@example.org', 'delivered, then a complaint: suppressed from then on'],
	['unsubscribe@example.org', 'delivered, then unsubscribed: suppressed from then on'],
	['reject@example.org', 'rejected'],
	['+64210000001', 'SMS: delivered'],
	['+6421000404', 'SMS to a number that ends in 404: fails'],
	['+6421000403', 'SMS to a number that ends in 403: rejected'],
];

function curl({ apiUrl, apiKey }) {
	const body = JSON.stringify({
		sender: 'Shop <shop@example.com>',
		to: ['ann@example.org'],
		subject: 'Hello',
		html_body: '<h1>Hello Ann</h1><a href="https://example.com/">A link</a>',
	});
	return `curl ${apiUrl}/email/send -H 'Content-Type: application/json' -H 'X-Smtp2go-Api-Key: ${apiKey}' -d '${body}'`;
}

function connect(summary) {
	return h(
		'div.card',
		{},
		h('header', {}, h('h2', {}, 'Connect n8n, Node-RED or your own code')),
		h(
			'div.in.stack',
			{},
			h('p', {}, 'Choose the region ', h('b', {}, 'Custom'), ' and enter:'),
			h(
				'dl.facts',
				{},
				h('dt', {}, 'Base URL'),
				h('dd', {}, copyable(summary.apiUrl, 'Base URL')),
				h('dt', {}, 'API key'),
				h('dd', {}, copyable(summary.apiKey, 'API key')),
			),
			h('p', {}, 'Or send a first email from a terminal:'),
			copyable(curl(summary), 'Command'),
			h(
				'p.soft.small',
				{},
				`Senders at ${summary.verifiedSenders.join(' and ')} are verified; email from any other sender is rejected, as in the live service.`,
			),
		),
	);
}

function recipients() {
	return h(
		'div.card',
		{},
		h('header', {}, h('h2', {}, 'The recipient decides what happens')),
		table(
			['Recipient', 'Outcome'],
			RECIPIENTS.map(([address, outcome]) => [h('code', {}, address), outcome]),
			[0],
		),
		h(
			'p.in.soft.small',
			{},
			'The domain does not matter, and a plus tag may follow: bounce+order-1001@shop.example.',
		),
	);
}

/** What a newcomer sees first: how to send an email. */
export function start(summary) {
	return h(
		'div.sheet',
		{},
		title(
			'Waiting for your first email',
			'An email that you send to the simulator appears here immediately. Nothing leaves this machine.',
		),
		connect(summary),
		recipients(),
	);
}

/** Draws how to connect. */
export function setup(main, summary) {
	show(main, summary.apiUrl, () => [
		h(
			'div.sheet',
			{},
			title('Set up', 'This is SMTP2GO’s API on your own machine. No email leaves it.'),
			connect(summary),
			recipients(),
		),
	]);
}
