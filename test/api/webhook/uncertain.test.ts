/** A webhook whose change may or may not have taken effect: what is looked up, what is said, and what an edit sends. */
import { digestOf, ensureHook, type WantedHook } from '../../../api';
import { data, fault, json, parsed } from '../support/fake-host';
import { account, foreign, lost, right, URL_HERE, wanted } from '../support/hooks';

const ensure = (host: ReturnType<typeof account>['host'], more: Partial<WantedHook> = {}) =>
	ensureHook(host.connection, { ...wanted, ...more }, { url: URL_HERE });
const no = json(400, { data: { error: 'Maximum reached' } });

describe('a change', () => {
	test('that never left is not looked up', async () => {
		const { host } = account([], (path) => (path === '/webhook/add' ? fault('no', 'ECONNREFUSED') : undefined));
		expect(await ensure(host)).toMatchObject({ ok: false, error: { type: 'unreachable' } });
		expect(host.paths.slice(1).every((path) => path === '/webhook/add')).toBe(true);
	});

	test('whose answer is lost stays unknown where the list cannot be read either', async () => {
		const { host } = account([], (path, count) =>
			path === '/webhook/add' ? lost : count > 1 ? json(400, { data: { error: 'no' } }) : undefined,
		);
		expect(await ensure(host)).toMatchObject({ ok: false, error: { type: 'outcomeUnknown' } });
		expect(host.paths).toEqual(['/webhook/view', '/webhook/add', '/webhook/view']);
	});

	test('whose answer is lost keeps a token that is known by its digest only', async () => {
		const { host, state } = account([{ ...right, events: [] }], (path) =>
			path === '/webhook/edit' ? lost : undefined,
		);
		const accepts = (value: string) => digestOf(value) === digestOf('secret');
		expect(await ensure(host, { auth: { type: 'bearer', value: 'fresh', accepts } })).toMatchObject({
			ok: true,
			value: { secret: 'secret', done: 'edited' },
		});
		expect(state.hooks).toMatchObject([{ auth_header_value: 'secret' }]);
	});

	test('that is answered without the webhook has no number to note', async () => {
		const { host } = account([], (path) => (path === '/webhook/add' ? { after: data({}) } : undefined));
		expect(await ensure(host)).toMatchObject({ ok: true, value: { done: 'added', id: undefined } });
	});

	test('that waited for its turn to come again is looked up, whether or not somebody hears of waits', async () => {
		const slow = (path: string, count: number) =>
			path === '/webhook/add' && count === 2 ? json(429, { data: { error: 'slow' } }) : undefined;
		const waits: number[] = [];
		for (const onWait of [undefined, (pause: number) => waits.push(pause)]) {
			const { host } = account([], slow);
			const connection = { ...host.connection, ...(onWait ? { onWait } : {}) };
			expect(await ensureHook(connection, wanted, { url: URL_HERE })).toMatchObject({ ok: true });
			expect(host.paths.map((path) => path.slice(9))).toEqual(['view', 'add', 'add', 'view']);
		}
		expect(waits).toHaveLength(1);
	});

	test('of a webhook that is there is refused in the words of SMTP2GO alone', async () => {
		const { host } = account([foreign, { ...right, events: [] }], (path) =>
			path === '/webhook/edit' ? no : undefined,
		);
		expect(await ensure(host)).toMatchObject({ ok: false, error: { message: 'Maximum reached' } });
	});

	test('is not made where a surplus webhook of ours cannot be removed', async () => {
		const { host } = account([right, { ...right, id: 8, events: [] }], (path) =>
			path === '/webhook/remove' ? no : undefined,
		);
		expect(await ensure(host)).toMatchObject({ ok: false, error: { message: 'Maximum reached' } });
		expect(host.paths).toEqual(['/webhook/view', '/webhook/remove', '/webhook/view']);
	});
});

test.each([
	['is enabled', false, false, false],
	['is disabled, and stays so', true, false, true],
])('a repair says whether the webhook is paused: one that %s', async (_what, disabled, wakes, isPaused) => {
	for (const events of [right.events, []]) {
		const { host } = account([{ ...right, disabled, events }]);
		expect(await ensure(host, { wakes })).toMatchObject({ ok: true, value: { isPaused } });
	}
	expect(await ensure(account([]).host, { wakes })).toMatchObject({ ok: true, value: { isPaused: false } });
});

describe('an edit sends', () => {
	const bodyOf = async (hook: object, more: Partial<WantedHook> = {}) => {
		const { host } = account([{ ...right, events: [], ...hook }]);
		await ensure(host, more);
		expect(host.paths).toEqual(['/webhook/view', '/webhook/edit']);
		return parsed(host.sent[1]?.body ?? '');
	};
	const settings = {
		id: 7,
		url: URL_HERE,
		events: ['bounce', 'spam'],
		sms_events: [],
		headers: ['X-Order'],
		usernames: [],
		output_format: 'json',
		auth_header_type: 'bearer',
		auth_header_value: 'secret',
	};

	test('all of our settings, whatever the webhook has', async () => {
		const other = {
			sms_events: ['failed'],
			headers: ['X-Other'],
			usernames: ['shop'],
			output_format: 'form',
			auth_header_type: 'basic',
			auth_header_value: 'x',
			subaccount_id: 'other',
		};
		expect(await bodyOf({})).toEqual(settings);
		expect(await bodyOf(other)).toEqual(settings);
		expect(await bodyOf(other, { subaccountId: 'sub-1' })).toEqual({ ...settings, subaccount_id: 'sub-1' });
	});

	test('what its owner set, and nothing that is empty', async () => {
		const kept = { custom_headers: [{ header: 'X-Team', value: 'shop' }], later: 0 };
		expect(await bodyOf({ ...kept, note: null, label: '' })).toEqual({ ...settings, ...kept });
	});

	test.each([
		[true, false, true],
		[false, false, false],
		[true, true, false],
	])('that it is disabled (%s), unless somebody asked for it (%s)', async (disabled, wakes, expected) => {
		expect(await bodyOf({ disabled }, { wakes })).toEqual({ ...settings, disabled: expected });
	});
});
