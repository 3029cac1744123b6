/** The webhook that a trigger wants is found, edited or added. */
import { alikeNote, digestOf, ensureHook, removeOurHooks, type Ownership, type WantedHook } from '../../../api';
import { data, json, parsed } from '../support/fake-host';
import { account, foreign, lost, right, URL_HERE, wanted, type Spoil } from '../support/hooks';

describe('the wanted hook is brought about', () => {
	test.each<[string, Record<string, unknown>[], string[], object]>([
		['is there: one read and nothing else', [right], ['view'], { done: 'kept', id: 7 }],
		['is missing: added', [foreign], ['view', 'add'], { done: 'added', id: 99 }],
		[
			'has more events: edited',
			[{ ...right, events: ['bounce', 'spam', 'open'] }],
			['view', 'edit'],
			{ done: 'edited', id: 7 },
		],
		['has fewer events: edited', [{ ...right, events: ['bounce'] }], ['view', 'edit'], { done: 'edited' }],
		[
			'has no token: edited',
			[{ ...right, auth_header_type: '', auth_header_value: '' }],
			['view', 'edit'],
			{ done: 'edited' },
		],
		['has another token: edited', [{ ...right, auth_header_value: 'old' }], ['view', 'edit'], { done: 'edited' }],
		['writes forms: edited', [{ ...right, output_format: 'form' }], ['view', 'edit'], { done: 'edited' }],
		['is limited to a user: edited', [{ ...right, usernames: 'shop' }], ['view', 'edit'], { done: 'edited' }],
		['is disabled: edited', [{ ...right, disabled: true }], ['view', 'edit'], { done: 'edited' }],
		[
			'is there twice: one is removed',
			[{ ...right, id: 6 }, right],
			['view', 'remove'],
			{ done: 'kept', id: 6, removed: 1 },
		],
	])('which %s', async (_, hooks, calls, expected) => {
		const { host, state } = account(hooks);
		expect(await ensureHook(host.connection, wanted, { url: URL_HERE })).toMatchObject({
			ok: true,
			value: expected,
		});
		expect(host.paths).toEqual(calls.map((name) => `/webhook/${name}`));
		const ours = state.hooks.filter((hook) => hook['url'] === URL_HERE);
		expect(ours).toHaveLength(1);
		expect(ours[0]).toMatchObject({
			output_format: 'json',
			auth_header_type: 'bearer',
			auth_header_value: 'secret',
			headers: ['X-Order'],
		});
		expect(new Set(ours[0]?.['events'] as string[])).toEqual(new Set(['bounce', 'spam']));
		expect(ours[0]?.['disabled'] ?? false).toBe(false);
		expect(state.hooks.filter((hook) => hook['id'] === 1)).toEqual(hooks.filter((hook) => hook['id'] === 1));
	});

	test('at an address where this process made it: moved, under its own number', async () => {
		const { host, state } = account([foreign, { ...right, url: 'https://old.example.com/red/smtp2go/acc1' }]);
		const ownership: Ownership = { url: URL_HERE, earlier: ['https://old.example.com/red/smtp2go/acc1'] };
		expect(await ensureHook(host.connection, wanted, ownership)).toMatchObject({
			ok: true,
			value: { done: 'moved', id: 7 },
		});
		expect(state.hooks.map((hook) => hook['url'])).toEqual([foreign.url, URL_HERE]);
	});

	test.each([
		['https://N8N.example.com:443/webhook/abc/smtp2go', ['view']],
		['https://n8n.example.com/webhook/./abc/smtp2go', ['view']],
		['https://user:pass@n8n.example.com/webhook/abc/smtp2go', ['view', 'edit']],
	])('at an address that is only spelled otherwise (%s): ours', async (url, calls) => {
		const { host, state } = account([{ ...right, url }]);
		expect(await ensureHook(host.connection, wanted, { url: URL_HERE })).toMatchObject({
			ok: true,
			value: { id: 7 },
		});
		expect(host.paths).toEqual(calls.map((name) => `/webhook/${name}`));
		expect(state.hooks).toHaveLength(1);
	});

	test.each<[string, string, Partial<Ownership>]>([
		['by an id that was noted', 'https://n8n.other.org/webhook/abc/smtp2go', { id: 7 }],
		[
			'by an id and the end of its path',
			'https://n8n.other.org/webhook/abc/smtp2go',
			{ id: 7, pathEnd: '/abc/smtp2go' },
		],
		['by the end of its path', 'https://n8n.example.com/prefix/webhook/abc/smtp2go', { pathEnd: '/abc/smtp2go' }],
		['by another port', 'https://n8n.example.com:8443/webhook/abc/smtp2go', { id: 7 }],
		['by our secret', 'https://n8n.other.org/hook', {}],
		['by another scheme', 'http://n8n.example.com/webhook/abc/smtp2go', { id: 7 }],
		['by a query', `${URL_HERE}?a=1`, { id: 7 }],
	])('never %s: a copy of the host has all of that too', async (_, url, ownership) => {
		const before = [{ ...right, url }];
		const { host, state } = account(before);
		expect(await ensureHook(host.connection, wanted, { url: URL_HERE, ...ownership })).toMatchObject({
			ok: true,
			value: { done: 'added' },
		});
		expect(state.hooks[0]).toEqual(before[0]);
		expect(state.hooks.map((hook) => hook['url'])).toEqual([url, URL_HERE]);
		expect(await removeOurHooks(host.connection, { url: URL_HERE, ...ownership })).toEqual({ ok: true, value: 1 });
		expect(state.hooks).toEqual(before);
	});

	test('and what looks like ours elsewhere is told, with what to do', async () => {
		const { host } = account([
			foreign,
			{ ...right, id: 3, url: 'https://x.org/smtp2go/acc12' },
			{ ...right, id: 4, url: `https://x.org/smtp2go/acc1/${'ab12'.repeat(16)}` },
		]);
		const result = await ensureHook(host.connection, wanted, { url: URL_HERE, pathEnd: '/smtp2go/acc1' });
		expect(result.ok && alikeNote(result.value.alike, URL_HERE)).toBe(
			'SMTP2GO has a webhook of the same trigger at another address, which was not changed: ' +
				'no. 4 to https://x.org/smtp2go/acc1/… (spam, bounce). ' +
				'If this trigger moved here from that address, remove ' +
				'no. 4 on SMTP2GO\'s page Settings > Webhooks, or with the operation "Delete webhook". ' +
				'If another host with the same flows still runs there, keep no. 4.',
		);
	});

	test('and where there is room for one only, the refusal says which is in the way and what to do', async () => {
		const { host, state } = account([{ ...right, url: 'https://old.example.com/webhook/abc/smtp2go' }], (path) =>
			path === '/webhook/add' ? json(400, { data: { error: 'Maximum reached' } }) : undefined,
		);
		const result = await ensureHook(host.connection, wanted, { url: URL_HERE, id: 7, pathEnd: '/abc/smtp2go' });
		expect(result.ok ? '' : result.error.message).toBe(
			'Maximum reached. A free account can have one webhook, a paid account ten. ' +
				'Existing webhooks (1, none of them on this host): ' +
				'no. 7 to https://old.example.com/webhook/abc/smtp2go (spam, bounce). ' +
				'Of the same trigger at another address: no. 7. ' +
				'If this trigger moved here from that address, remove ' +
				'no. 7 on SMTP2GO\'s page Settings > Webhooks, or with the operation "Delete webhook". ' +
				'If another host with the same flows still runs there, keep no. 7. ' +
				'The account then needs room for one more webhook.',
		);
		expect(state.hooks).toHaveLength(1);
	});

	test('and keeps what its owner set and what SMTP2GO may add one day', async () => {
		const more = {
			custom_headers: [{ header: 'X-Team', value: 'shop' }],
			description: 'ours',
			retry_policy: { most: 3 },
			tags: ['a'],
			note: null,
			disabled: false,
		};
		const { host, state } = account([{ ...right, ...more, events: ['open'] }]);
		await ensureHook(host.connection, wanted, { url: URL_HERE });
		const body = parsed(host.sent[1]?.body ?? '');
		expect(body).toMatchObject({
			custom_headers: more.custom_headers,
			description: 'ours',
			retry_policy: { most: 3 },
			tags: ['a'],
			disabled: false,
			events: ['bounce', 'spam'],
			id: 7,
		});
		expect(body).not.toHaveProperty('note');
		expect(state.hooks).toEqual([expect.objectContaining({ ...more, events: ['bounce', 'spam'] })]);
	});

	test.each<[string, boolean, object[], string[], object]>([
		['left so by a repair', false, [right], ['view'], { done: 'kept', isPaused: true }],
		[
			'left so by a repair of something else',
			false,
			[{ ...right, events: [] }],
			['view', 'edit'],
			{ done: 'edited', isPaused: true },
		],
		['enabled where somebody asked for it', true, [right], ['view', 'edit'], { done: 'edited', isPaused: false }],
	])('which is disabled at SMTP2GO is %s', async (_, wakes, hooks, calls, expected) => {
		const { host, state } = account(hooks.map((hook) => ({ ...hook, disabled: true })));
		expect(await ensureHook(host.connection, { ...wanted, wakes }, { url: URL_HERE })).toMatchObject({
			ok: true,
			value: expected,
		});
		expect(host.paths).toEqual(calls.map((name) => `/webhook/${name}`));
		expect(state.hooks[0]?.['disabled']).toBe(!wakes);
	});

	describe('whose secret is known by its digest only', () => {
		const byDigest = (secret: string): WantedHook => ({
			...wanted,
			auth: { type: 'bearer', value: 'fresh', accepts: (value) => digestOf(value) === digestOf(secret) },
		});
		test.each<[string, Record<string, unknown>, string[], string]>([
			['is kept', right, ['view'], 'secret'],
			['keeps it when something else is edited', { ...right, events: [] }, ['view', 'edit'], 'secret'],
			['gets another where it has none', { ...right, auth_header_value: '' }, ['view', 'edit'], 'fresh'],
			[
				'gets another where it has that of somebody else',
				{ ...right, auth_header_value: 'other' },
				['view', 'edit'],
				'fresh',
			],
			[
				'gets another where it is sent otherwise',
				{ ...right, auth_header_type: 'basic' },
				['view', 'edit'],
				'fresh',
			],
		])('%s', async (_, hook, calls, secret) => {
			const { host, state } = account([hook]);
			expect(await ensureHook(host.connection, byDigest('secret'), { url: URL_HERE })).toMatchObject({
				ok: true,
				value: { secret },
			});
			expect(host.paths).toEqual(calls.map((name) => `/webhook/${name}`));
			expect(state.hooks).toEqual([
				expect.objectContaining({ auth_header_type: 'bearer', auth_header_value: secret }),
			]);
		});

		test('has the new one where the answer to the edit is lost', async () => {
			const { host, state } = account([{ ...right, auth_header_value: 'other' }], (path) =>
				path === '/webhook/edit' ? lost : undefined,
			);
			expect(await ensureHook(host.connection, byDigest('secret'), { url: URL_HERE })).toMatchObject({
				ok: true,
				value: { secret: 'fresh', id: 7 },
			});
			expect(state.hooks[0]?.['auth_header_value']).toBe('fresh');
		});
	});

	test.each<[string, unknown]>([
		['a text', 'nope'],
		['a list under another name', { hooks: [right] }],
		['an error of an unknown kind', { error_text: 'busy' }],
		['a list of texts under its name', { webhooks: 'none' }],
	])('never by adding where the answer to the list is %s', async (_, answer) => {
		const { host } = account([], (path) => (path === '/webhook/view' ? data(answer) : undefined));
		expect(await ensureHook(host.connection, wanted, { url: URL_HERE })).toMatchObject({ ok: false });
		expect(new Set(host.paths)).toEqual(new Set(['/webhook/view']));
	});

	test.each([null, '', 0, -1, [7]])('never by editing a hook without a number (%j)', async (id) => {
		const { host } = account([{ ...right, id, events: [] }] as never);
		await ensureHook(host.connection, wanted, { url: URL_HERE });
		expect(host.paths).not.toContain('/webhook/edit');
	});

	test('never by adding where the list could not be read', async () => {
		const { host } = account([], (path) =>
			path === '/webhook/view' ? json(503, { data: { error: 'busy' } }) : undefined,
		);
		expect(await ensureHook(host.connection, wanted, { url: URL_HERE })).toMatchObject({ ok: false });
		expect(new Set(host.paths)).toEqual(new Set(['/webhook/view']));
	});

	test('once, when the answer to the add is lost after it took effect', async () => {
		const { host, state } = account([], (path) => (path === '/webhook/add' ? lost : undefined));
		expect(await ensureHook(host.connection, wanted, { url: URL_HERE })).toMatchObject({
			ok: true,
			value: { done: 'added', id: 99 },
		});
		expect(state.hooks).toHaveLength(1);
	});

	test('at the limit not, and the sentence names the hooks in the way without their secrets', async () => {
		const { host } = account([foreign], (path) =>
			path === '/webhook/add' ? json(400, { data: { error: 'Maximum number of webhooks reached' } }) : undefined,
		);
		const result = await ensureHook(host.connection, wanted, { url: URL_HERE });
		const message = result.ok ? '' : result.error.message;
		expect(message).toBe(
			'Maximum number of webhooks reached. A free account can have one webhook, a paid account ten. ' +
				'Existing webhooks (1, none of them on this host): no. 1 to https://crm.example.org/hook (open). ' +
				'Remove one on SMTP2GO\'s page Settings > Webhooks, or with the operation "Delete webhook", and ' +
				'try again.',
		);
		expect(message).not.toMatch(/hidden/);
	});

	test('at the limit of ten, and the list starts with those on this host and stays readable', async () => {
		const all = {
			events: ['bounce', 'click', 'delivered', 'open', 'processed', 'reject', 'spam', 'unsubscribe'],
			sms_events: ['delivered', 'failed', 'opt-out', 'rejected', 'sending', 'submitted'],
		};
		const ten = Array.from({ length: 10 }, (_, index) => ({
			...foreign,
			...all,
			id: index + 1,
			url: `https://${index === 6 ? 'n8n' : 'crm'}.example.com/webhook/${index}/smtp2go`,
		}));
		const { host } = account(ten, (path) =>
			path === '/webhook/add' ? json(400, { data: { error: 'Too many' } }) : undefined,
		);
		const result = await ensureHook(host.connection, wanted, { url: URL_HERE });
		const message = result.ok ? '' : result.error.message;
		expect(message).toContain(
			'Existing webhooks (10, 1 of them on this host): ' +
				'no. 7 to https://n8n.example.com/webhook/6/smtp2go (on this host; all email events, all SMS events); ' +
				'no. 1 to',
		);
		expect(message.length).toBeLessThan(1_400);
	});

	test('without the secrets in the paths of those in the way', async () => {
		const secret = 'ab12'.repeat(16);
		const hooks = [
			`https://n8n.example.com/smtp2go/other/${secret}`,
			`https://crm.example.org/hooks/${'T0ken'.repeat(5)}/in?key=hidden`,
		].map((url, index) => ({ ...foreign, id: index + 1, url }));
		const { host } = account(hooks, (path) =>
			path === '/webhook/add' ? json(400, { data: { error: 'Too many' } }) : undefined,
		);
		const result = await ensureHook(host.connection, wanted, { url: URL_HERE });
		expect(result.ok ? '' : result.error.message).toMatch(
			/no\. 1 to https:\/\/n8n\.example\.com\/smtp2go\/other\/… .*no\. 2 to https:\/\/crm\.example\.org\/hooks\/…\/in \(open\)/,
		);
	});

	test.each<[string, Spoil]>([
		[
			'by an error that came after the effect',
			(path) => (path === '/webhook/add' ? { after: data({ error: 'Oh dear' }) } : undefined),
		],
		[
			'by a 429 that came after the effect, so that it was made twice',
			(path, count) =>
				path === '/webhook/add' && count === 2
					? { after: json(429, { data: { error: 'API key ratelimit exceeded' } }) }
					: undefined,
		],
	])('once, when the add is answered %s', async (_, spoil) => {
		const { host, state } = account([foreign], spoil);
		expect(await ensureHook(host.connection, wanted, { url: URL_HERE })).toMatchObject({
			ok: true,
			value: { done: 'added' },
		});
		expect(state.hooks.filter((hook) => hook['url'] === URL_HERE)).toHaveLength(1);
	});

	test('not, when SMTP2GO cannot reach the URL, and that is all the sentence says', async () => {
		const { host } = account([foreign], (path) =>
			path === '/webhook/add'
				? json(400, { data: { error: 'The passed URL must point to a valid destination' } })
				: undefined,
		);
		expect(await ensureHook(host.connection, wanted, { url: URL_HERE })).toMatchObject({
			ok: false,
			error: { message: 'The passed URL must point to a valid destination' },
		});
	});
});
