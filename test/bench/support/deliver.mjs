// Deliveries as SMTP2GO sends them, as many as a receiver takes.
import { createHmac } from 'node:crypto';
import { Agent, request } from 'node:http';
import { median } from './node-red-host.mjs';

/** Requests under way at a time. */
export const AT_ONCE = 50;

const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });

/** One delivery; resolves with its time in milliseconds. */
function post(url, token, id) {
	const body = JSON.stringify({
		event: 'bounce',
		bounce: 'hard',
		id,
		email_id: '1w4x2g-AbCdEf-1Gh2',
		time: '2026-11-22T09:00:00Z',
		sendtime: '2026-11-22T08:59:58.000000+00:00',
		auth: 'shop',
		sender: 'bounces@example.com',
		from: 'Shop <shop@example.com>',
		from_address: 'shop@example.com',
		from_name: 'Shop',
		'message-id': '<m@example.com>',
		'Message-Id': '<m@example.com>',
		subject: 'Your order',
		Subject: 'Your order',
		rcpt: 'ann@example.org',
		host: 'mx.example.org [192.0.2.1]',
		message: '550 no such user',
		context: 'RCPT TO:<ann@example.org>',
	});
	const began = performance.now();
	return new Promise((resolve, reject) => {
		const call = request(
			url,
			{
				method: 'POST',
				agent,
				headers: {
					'content-type': 'application/json',
					'content-length': Buffer.byteLength(body),
					authorization: `Bearer ${token}`,
				},
			},
			(answer) => {
				answer.resume();
				answer.once('end', () =>
					answer.statusCode === 200
						? resolve(performance.now() - began)
						: reject(new Error(`${url} answered ${answer.statusCode}`)),
				);
			},
		);
		call.once('error', reject);
		call.end(body);
	});
}

let number = 0;

/** Delivers so many events, 50 at a time. Returns deliveries per second, and the median time of one in milliseconds. */
export async function deliver(url, token, count) {
	const times = [];
	let left = count;
	const began = performance.now();
	await Promise.all(
		Array.from({ length: AT_ONCE }, async () => {
			while (left-- > 0) times.push(await post(url, token, `event-${++number}`));
		}),
	);
	return { rate: count / ((performance.now() - began) / 1000), time: median(times) };
}

/** Closes the connections. */
export function endDeliveries() {
	agent.destroy();
}

/** The token that a webhook of a Node-RED account carries. */
export function tokenOf(key, account) {
	return createHmac('sha256', key).update(`hook:${account}`).digest('hex');
}
