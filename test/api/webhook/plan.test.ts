/** Which webhook is ours, which stays, and how the others are described: at the edges. */
import { alikeNote, Smtp2goError, type Ownership, type WantedHook } from '../../../api';
import { explainRefusal } from '../../../api/webhook/explain';
import { differs, endOfPath, oursAmong, planHook, readHook, secretOf, type FoundHook } from '../../../api/webhook/plan';
import { right, URL_HERE, wanted } from '../support/hooks';

const hook = (more: object = {}) => readHook({ ...right, ...more } as never) as FoundHook;
const ids = (hooks: readonly FoundHook[]) => hooks.map(({ id }) => id);

describe('an entry of the list', () => {
	test.each<[string, unknown]>([
		['nothing', null],
		['a text', 'x'],
		['one without an address', { ...right, url: undefined }],
		['one whose address is no text', { ...right, url: 7 }],
		['one without a number', { ...right, id: undefined }],
		['one with half a number', { ...right, id: 1.5 }],
		['one with a number of nothing', { ...right, id: 0 }],
		['one with a list for a number', { ...right, id: [7] }],
	])('that is %s is none', (_what, entry) => {
		expect(readHook(entry as never)).toBeUndefined();
	});

	test('is read with a single text as a list, and without what is no text', () => {
		expect(
			hook({
				id: '7',
				events: 'open',
				sms_events: '',
				headers: ['X', 7, null],
				usernames: null,
				output_format: 7,
			}),
		).toMatchObject({ id: 7, events: ['open'], smsEvents: [], headers: ['X'], usernames: [], outputFormat: '' });
	});
});

test.each([
	['https://a.example/x/y/z', 'y/z'],
	['https://a.example/z', '/z'],
	['https://a.example/w/x/y/z?q=/1/2', 'y/z'],
	['nonsense', undefined],
])('the end of the path of %s is %s', (url, end) => {
	expect(endOfPath(url)).toBe(end);
});

test.each<[string, string, boolean]>([
	['the same', URL_HERE, true],
	['with a port that goes without saying', URL_HERE.replace('.com', '.com:443'), true],
	['in capitals', URL_HERE.replace('n8n.example.com', 'N8N.Example.com'), true],
	['with a user', URL_HERE.replace('//', '//me:pass@'), true],
	['on another host', URL_HERE.replace('n8n', 'n9n'), false],
	['at another path', `${URL_HERE}2`, false],
	['with a query', `${URL_HERE}?a=1`, false],
	['that cannot be read', 'nonsense', false],
])('an address %s is ours: %s', (_what, url, isOurs) => {
	expect(oursAmong([hook({ url })], { url: URL_HERE })).toHaveLength(isOurs ? 1 : 0);
	expect(oursAmong([hook({ url })], { url: 'x', earlier: [URL_HERE] })).toHaveLength(isOurs ? 1 : 0);
	expect(oursAmong([hook({ url: URL_HERE })], { url })).toHaveLength(isOurs ? 1 : 0);
});

test('two addresses that cannot be read are the same if they are spelled alike', () => {
	expect(oursAmong([hook({ url: 'nonsense' })], { url: 'nonsense' })).toHaveLength(1);
	expect(oursAmong([hook({ url: 'nonsense' })], { url: 'other' })).toEqual([]);
	expect(differs(hook({ url: 'nonsense' }), { ...wanted, url: 'nonsense' })).toBe(false);
	expect(differs(hook({ url: 'nonsense' }), wanted)).toBe(true);
	expect(differs(hook(), { ...wanted, url: 'nonsense' })).toBe(true);
});

test.each<[string, object, Partial<WantedHook>, boolean]>([
	['nothing', {}, {}, false],
	['the order of its events', { events: ['bounce', 'spam'] }, {}, false],
	['a spelling of its address', { url: URL_HERE.replace('.com', '.com:443') }, {}, false],
	['a user in its address', { url: URL_HERE.replace('//', '//me@') }, {}, true],
	['an event more', { events: ['bounce', 'spam', 'open'] }, {}, true],
	['an event less', { events: ['bounce'] }, {}, true],
	['an SMS event', { sms_events: ['failed'] }, {}, true],
	['a header', { headers: [] }, {}, true],
	['a user', { usernames: ['x'] }, {}, true],
	['its format', { output_format: 'form' }, {}, true],
	['its kind of token', { auth_header_type: 'basic' }, {}, true],
	['its token', { auth_header_value: '' }, {}, true],
	['that it is disabled, if that must end', { disabled: true }, { wakes: true }, true],
	['that it is disabled, where that may be', { disabled: true }, { wakes: false }, false],
])('a webhook differs from the wanted one by %s: %s', (_what, found, more, isDifferent) => {
	expect(differs(hook(found), { ...wanted, ...more })).toBe(isDifferent);
});

test.each<[object, ((value: string) => boolean) | undefined, string | undefined]>([
	[{}, undefined, 'secret'],
	[{ auth_header_value: 'old' }, (value) => value === 'old', 'old'],
	[{ auth_header_value: 'old' }, () => false, undefined],
	[{ auth_header_value: 'old' }, undefined, undefined],
	[{ auth_header_type: 'basic' }, () => true, undefined],
])('the token of %j is kept or not', (found, accepts, secret) => {
	expect(secretOf(hook(found), { ...wanted.auth, ...(accepts ? { accepts } : {}) })).toBe(secret);
});

describe('of several of ours', () => {
	const old = 'https://old.example.com/webhook/abc/smtp2go';
	const all = [hook({ id: 3, url: old }), hook({ id: 4 }), hook({ id: 5 })];
	const plan = (ownership: Partial<Ownership>, found = all) =>
		planHook(wanted, found, { url: URL_HERE, earlier: [old], ...ownership });

	test.each<[string, Partial<Ownership>, number, number[]]>([
		['the first here stays', {}, 4, [3, 5]],
		['the one that was noted stays', { id: 5 }, 5, [3, 4]],
		['one that was noted elsewhere does not', { id: 3 }, 4, [3, 5]],
		['a number that nobody has changes nothing', { id: 9 }, 4, [3, 5]],
	])('%s', (_what, ownership, kept, removed) => {
		const { keep, remove } = plan(ownership);
		expect([keep?.id, ids(remove)]).toEqual([kept, removed]);
	});

	test('where none is here, the first elsewhere stays and is edited', () => {
		expect(plan({}, all.slice(0, 1))).toMatchObject({ keep: { id: 3 }, edit: true, remove: [] });
		expect(plan({}, [])).toEqual({ keep: undefined, edit: false, remove: [], alike: [] });
	});

	test('those of the same trigger elsewhere are only named', () => {
		const found = [
			hook({ id: 1, url: 'https://copy.example.com/red/smtp2go/acc' }),
			hook({ id: 2, url: 'https://copy.example.com/red/smtp2go/acc/secret' }),
			hook({ id: 3, url: 'https://copy.example.com/red/smtp2go/acc2' }),
			hook({ id: 4, url: 'nonsense/smtp2go/acc' }),
			hook({ id: 5 }),
		];
		expect(ids(plan({ pathEnd: '/smtp2go/acc' }, found).alike)).toEqual([1, 2]);
		expect(plan({}, found).alike).toEqual([]);
		expect(plan({}, [hook({ url: 'https://copy.example.com/undefined' })]).alike).toEqual([]);
	});
});

describe('what is said of webhooks in the way', () => {
	const refused = new Smtp2goError('refused', 'No more.', { httpStatus: 400 });
	const explain = (found: FoundHook[], alike: FoundHook[] = [], advice?: string, error = refused) =>
		explainRefusal(error, found, alike, wanted, () => advice);
	const crm = hook({ id: 1, url: 'https://crm.example.org/hook', events: ['open'], sms_events: ['failed'] });
	const here = hook({ id: 2, url: 'https://n8n.example.com/other', events: [] });

	test('names those on this host first, with their events, and keeps what is known', () => {
		const { message, type, details } = explain([crm, here]);
		expect([type, details]).toEqual(['refused', { httpStatus: 400 }]);
		expect(message).toMatch(
			/^No more\. .*\(2, 1 of them on this host\): no\. 2 to https:\/\/n8n\.example\.com\/other \(on this host; no events\); no\. 1 to https:\/\/crm\.example\.org\/hook \(open, sms failed\)\. Remove one/,
		);
	});

	test('says what the host advises, or that one may be the same trigger', () => {
		expect(explain([crm], [], 'Ask Ann').message).toMatch(/\. Ask Ann\.$/);
		expect(explain([crm], [crm]).message).toMatch(
			/same trigger.*no\. 1\. If this trigger moved here from that address, remove no\. 1 .* keep no\. 1\. The account/,
		);
		expect(explain([crm, here], [crm, here]).message).toMatch(
			/no\. 1, no\. 2\. If .* from those addresses, remove them .* keep them/,
		);
	});

	test.each<[string, FoundHook[], Smtp2goError]>([
		['where there is none', [], refused],
		[
			'of an address that cannot be reached',
			[crm],
			new Smtp2goError('refused', 'Must point to a valid destination'),
		],
		['of another mistake', [crm], new Smtp2goError('auth', 'No key')],
	])('says nothing more %s', (_what, found, error) => {
		expect(explain(found, [], undefined, error)).toBe(error);
	});

	test.each([
		['https://crm.example.org/a/0123456789012345678/b', 'https://crm.example.org/a/0123456789012345678/b'],
		['https://crm.example.org/a/01234567890123456789/b', 'https://crm.example.org/a/…/b'],
		['https://crm.example.org/01234567890123456789', 'https://crm.example.org/…'],
		['https://n8n.example.com/01234567890123456789', 'https://n8n.example.com/01234567890123456789'],
		['https://me:pass@crm.example.org/a?token=hidden', 'https://crm.example.org/a'],
		['nonsense', 'an unreadable URL'],
	])('shows %s as %s', (url, shown) => {
		expect(alikeNote([hook({ url })], URL_HERE)).toContain(` to ${shown} (`);
	});

	test('is nothing where there are none', () => {
		expect(alikeNote([], URL_HERE)).toBeUndefined();
	});
});
