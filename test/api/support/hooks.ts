/** The webhooks of an account in memory, and the one that a trigger wants. */
import type { HttpOutcome, WantedHook } from '../../../api';
import { data, FakeHost, fault, parsed } from './fake-host';

export const URL_HERE = 'https://n8n.example.com/webhook/abc/smtp2go';
export const wanted: WantedHook = {
	url: URL_HERE,
	events: ['bounce', 'spam'],
	smsEvents: [],
	headers: ['X-Order'],
	usernames: [],
	auth: { type: 'bearer', value: 'secret' },
	wakes: true,
};
export const right = {
	id: 7,
	url: URL_HERE,
	events: ['spam', 'bounce'],
	sms_events: [],
	headers: ['X-Order'],
	usernames: [],
	output_format: 'json',
	auth_header_type: 'bearer',
	auth_header_value: 'secret',
};
export const foreign = { ...right, id: 1, url: 'https://crm.example.org/hook?token=hidden', events: ['open'] };

/** An answer in place of the right one; under `after` the call takes effect all the same. */
export type Spoil = (path: string, count: number) => HttpOutcome | { after: HttpOutcome } | undefined;
export const lost = { after: fault('unknown', 'ECONNRESET') };

/** SMTP2GO's hooks in memory, with answers to spoil by call number. */
export function account(hooks: Record<string, unknown>[], spoil: Spoil = () => undefined) {
	const state = { hooks: [...hooks] };
	const host = new FakeHost(({ url, body }, count) => {
		const path = url.replace(/.*\/v3/, '');
		const spoiled = spoil(path, count);
		if (spoiled !== undefined && !('after' in spoiled)) return spoiled;
		const values = parsed(body);
		if (path === '/webhook/add')
			state.hooks.push({
				...values,
				id: 99 + state.hooks.filter((hook) => hook['url'] === values['url']).length,
			});
		if (path === '/webhook/edit')
			state.hooks = state.hooks.map((hook) => (hook['id'] === values['id'] ? { ...hook, ...values } : hook));
		if (path === '/webhook/remove') state.hooks = state.hooks.filter((hook) => hook['id'] !== values['id']);
		return spoiled ? spoiled.after : data(path === '/webhook/view' ? state.hooks : (state.hooks.at(-1) ?? {}));
	});
	return { host, state };
}
