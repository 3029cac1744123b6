// One delivery: whether a webhook wants the event, its headers and its body.
import { smsSubscription } from '../events/sms-event';
import type { JsonObject } from '../core/json';
import type { Hook, Email, SimulatorEvent } from '../types';

/** Which email subscription lets an event through. The API has no separate subscription for `resubscribe`. */
function subscription(event: SimulatorEvent): string {
	return event.event === 'resubscribe' ? 'unsubscribe' : event.event;
}

/** Whether a hook wants an event: by its name and by who sent the email (full key or its first 16 characters). */
export function wants(hook: Hook, event: SimulatorEvent): boolean {
	const named =
		event.channel === 'sms'
			? hook.sms_events.includes(smsSubscription(event.event))
			: hook.events.includes(subscription(event));
	const users = hook.usernames.map((username) => username.slice(0, 16));
	return named && !hook.disabled && (users.length === 0 || users.includes(event.username));
}

/** The body of a delivery: the event, and the headers the hook asked for in exactly its spelling. */
export function payloadFor(hook: Hook, event: SimulatorEvent, email: Email | undefined, missing?: string): JsonObject {
	const payload = { ...event.payload };
	for (const wanted of hook.headers) {
		const found =
			email?.headers.find(({ header }) => header.toLowerCase() === wanted.toLowerCase())?.value ?? missing;
		if (found !== undefined && !(wanted in payload)) payload[wanted] = found;
	}
	return payload;
}

/**
 * The body in the hook's format. Several recipients are a repeated form key (not seen live; one value for one recipient
 * was).
 */
export function encode(payload: JsonObject, format: Hook['output_format']): { contentType: string; body: string } {
	if (format === 'json') return { contentType: 'application/json', body: JSON.stringify(payload) };
	const form = new URLSearchParams();
	for (const [name, value] of Object.entries(payload)) {
		for (const single of Array.isArray(value) ? value : [value]) form.append(name, String(single));
	}
	return { contentType: 'application/x-www-form-urlencoded', body: form.toString() };
}

/** The headers a hook authenticates itself with: its own, else the URL's user name and password. */
export function authorization(hook: Hook): Record<string, string> {
	if (hook.auth_header_type === 'bearer') return { authorization: `Bearer ${hook.auth_header_value}` };
	if (hook.auth_header_type === 'basic') return { authorization: `Basic ${hook.auth_header_value}` };
	const { username, password } = new URL(hook.url);
	if (!username && !password) return {};
	const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
	return { authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
}

/** The headers that a hook asks SMTP2GO to add. Which headers they can replace is not known. Here they replace none. */
export function customHeaders({ custom_headers = [] }: Hook): Record<string, string> {
	return Object.fromEntries(custom_headers.map(({ header, value }) => [header.toLowerCase(), value]));
}

/** A URL without user name and password, for display. */
export function withoutCredentials(url: string): string {
	const bare = new URL(url);
	bare.username = '';
	bare.password = '';
	return bare.href;
}
