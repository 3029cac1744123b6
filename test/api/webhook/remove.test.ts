/** Our webhooks are removed; a check changes nothing. */
import { lookAtHook, removeOurHooks } from '../../../api';
import { json, parsed } from '../support/fake-host';
import { account, foreign, lost, right, URL_HERE, wanted } from '../support/hooks';

describe('our hooks are taken away', () => {
	test('and those of others stay', async () => {
		const { host, state } = account([foreign, right]);
		expect(await removeOurHooks(host.connection, { url: URL_HERE })).toEqual({ ok: true, value: 1 });
		expect(state.hooks).toEqual([foreign]);
	});

	test('but for the one that is to stay', async () => {
		const { host, state } = account([right, { ...right, id: 8 }]);
		expect(await removeOurHooks(host.connection, { url: URL_HERE }, undefined, 8)).toEqual({ ok: true, value: 1 });
		expect(state.hooks.map(({ id }) => id)).toEqual([8]);
	});

	test('and none to take is fine', async () => {
		expect(await removeOurHooks(account([foreign]).host.connection, { url: URL_HERE })).toEqual({
			ok: true,
			value: 0,
		});
	});

	test('also when the answer is lost after it took effect', async () => {
		const { host, state } = account([right], (path) => (path === '/webhook/remove' ? lost : undefined));
		expect(await removeOurHooks(host.connection, { url: URL_HERE })).toMatchObject({ ok: true });
		expect(state.hooks).toEqual([]);
	});

	test.each<[string, string | undefined]>([
		['the account', undefined],
		['a subaccount', 'sub1'],
	])('of %s, in its name', async (_, subaccount) => {
		const { host } = account([right]);
		await removeOurHooks(host.connection, { url: URL_HERE }, subaccount);
		expect(host.sent.map(({ body }) => parsed(body ?? ''))).toEqual([
			subaccount === undefined ? {} : { subaccount_id: subaccount },
			{ id: 7, ...(subaccount === undefined ? {} : { subaccount_id: subaccount }) },
		]);
	});

	test('and it is an error where neither the call nor the look behind it came through', async () => {
		const { host, state } = account([right], (path, count) =>
			path === '/webhook/remove' || count > 1 ? json(400, { data: { error: 'no' } }) : undefined,
		);
		expect(await removeOurHooks(host.connection, { url: URL_HERE })).toMatchObject({
			ok: false,
			error: { message: 'no' },
		});
		expect(state.hooks).toHaveLength(1);
	});

	test('also when the call fails after it took effect, beside those of others', async () => {
		const { host, state } = account([foreign, right], (path) =>
			path === '/webhook/remove' ? { after: json(400, { data: { error: 'no' } }) } : undefined,
		);
		expect(await removeOurHooks(host.connection, { url: URL_HERE })).toEqual({ ok: true, value: 1 });
		expect(state.hooks).toEqual([foreign]);
	});

	test('and it is an error where the list cannot be read', async () => {
		const { host } = account([right], () => json(400, { data: { error: 'no' } }));
		expect(await removeOurHooks(host.connection, { url: URL_HERE })).toMatchObject({
			ok: false,
			error: { message: 'no' },
		});
		expect(host.paths).toEqual(['/webhook/view']);
	});

	test('and a failure is an error', async () => {
		const { host } = account([right], (path) =>
			path === '/webhook/remove' ? json(400, { data: { error: 'no' } }) : undefined,
		);
		expect(await removeOurHooks(host.connection, { url: URL_HERE })).toMatchObject({ ok: false });
	});
});

test('a check tells whether the hook is in place and changes nothing', async () => {
	const answers = await Promise.all(
		[[right], [{ ...right, events: [] }], [], [right, { ...right, id: 8 }]].map(async (hooks) => {
			const { host } = account(hooks);
			const result = await lookAtHook(host.connection, wanted, { url: URL_HERE });
			return [result.ok && result.value.isInPlace, host.paths];
		}),
	);
	expect(answers).toEqual([true, false, false, false].map((value) => [value, ['/webhook/view']]));
});

test.each([
	[true, true],
	[false, false],
	[undefined, false],
])('a check tells whether the hook is disabled (%s)', async (disabled, isPaused) => {
	const { host } = account([{ ...right, disabled }]);
	for (const wakes of [true, false])
		expect(await lookAtHook(host.connection, { ...wanted, wakes }, { url: URL_HERE })).toMatchObject({
			ok: true,
			value: { isPaused },
		});
});

test('a check of no hook tells of none, and one that cannot read the list fails', async () => {
	expect(await lookAtHook(account([]).host.connection, wanted, { url: URL_HERE })).toEqual({
		ok: true,
		value: { isInPlace: false, isPaused: false },
	});
	const { host } = account([right], () => json(400, { data: { error: 'no' } }));
	expect(await lookAtHook(host.connection, wanted, { url: URL_HERE })).toMatchObject({
		ok: false,
		error: { message: 'no' },
	});
});
