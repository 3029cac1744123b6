// What a newcomer finds in the account: a key, templates, received text messages, an IP pool.
import { newUuid, usernameOf } from '../core/ids';
import { plainTime } from '../core/time';
import type { ApiKey, IpPool, ReceivedSms, Template } from '../types';

/** A key with every permission. */
export function fullKey(key: string): ApiKey {
	return { key, permissions: ['*'], status: 'allowed', region: 'any' };
}

/** Templates of a new account. */
export function demoTemplates(): Template[] {
	const last_updated = plainTime(new Date());
	return [
		{
			id: 'order-receipt',
			name: 'Order receipt',
			subject: 'Your order {{order_id}}',
			html_body:
				'<h1>Thank you, {{name}}</h1><p>Order <b>{{order_id}}</b></p>' +
				'<ul>{{#each items}}<li>{{quantity}} × {{title}}</li>{{/each}}</ul>' +
				'<p><a href="https://shop.example/orders/{{order_id}}">See your order</a></p>',
			text_body: 'Thank you, {{name}}. Order {{order_id}}: https://shop.example/orders/{{order_id}}',
			template_variables: { name: 'Ann', order_id: '1001', items: [{ quantity: 2, title: 'Tea' }] },
			tags: ['shop'],
			last_updated,
		},
		{
			id: 'welcome',
			name: 'Welcome',
			subject: 'Welcome, {{name}}',
			html_body: '<h1>Welcome, {{name}}</h1><p>Good to have you with us.</p>',
			text_body: 'Welcome, {{name}}. Good to have you with us.',
			template_variables: { name: 'Ann' },
			tags: ['onboarding'],
			last_updated,
		},
	];
}

const HOUR = 3_600_000;

/** Text messages that a new account has received. */
export function demoReceivedSms(apiKey: string): ReceivedSms[] {
	const received = (hoursAgo: number, from: string, content: string): ReceivedSms => ({
		id: newUuid(),
		from,
		to: '+64220000000',
		content,
		username: usernameOf(apiKey),
		receivedAt: new Date(Date.now() - hoursAgo * HOUR).toISOString(),
	});
	return [received(26, '+64210000001', 'Yes, Thursday at ten is fine'), received(2, '+12025550100', 'Thank you')];
}

/** One pool, of addresses that are reserved for documentation. */
export function demoIpPools(): IpPool[] {
	return [{ id: 1234, name: 'Main Pool', ip_addresses: ['192.0.2.25', '192.0.2.26'] }];
}
