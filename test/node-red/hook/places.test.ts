/** Where webhooks of ours can be, without a Node-RED around it: each rule by itself. */
import { readFilter, Smtp2goError, type EnsuredHook } from '../../../api';
import {
	forgetFound,
	locationFor,
	ownershipAt,
	removeElsewhere,
	removeEverywhere,
	type HookLocation,
} from '../../../node-red/runtime/hook/location';
import { wantedHook } from '../../../node-red/runtime/hook/wanted-hook';
import type { HookOwner } from '../../../node-red/runtime/hook/hook-owner';
import type { HookSettings } from '../../../node-red/runtime/hook/hook-settings';
import type { Subscriber } from '../../../node-red/runtime/events/subscriber';
import type { Runtime } from '../../../node-red/runtime/platform/runtime';
import { DEMO_API_KEY, startSimulator, type Simulator } from '../../../simulator';
import { addHook } from '../support/flows';

const runtime = (settings: object = {}) => ({ settings, _: (key: string) => key }) as unknown as Runtime;
const RED = runtime();
const OURS = 'https://flows.example.com/smtp2go/account';
const OTHER = 'https://old.example.com/smtp2go/account';
const FOREIGN = 'https://example.com/hook';
const key = { apiKey: 'api-1', region: 'api', baseUrl: '' };
const never = new AbortController().signal;

let locations: Map<string, HookLocation>;
beforeEach(() => {
	locations = new Map();
});

describe('a location', () => {
	it.each([
		['API key', { ...key, apiKey: 'api-2' }, 'sub1'],
		['region', { ...key, region: 'eu-api' }, 'sub1'],
		['base URL', { ...key, baseUrl: 'http://127.0.0.1:8025/v3' }, 'sub1'],
		['subaccount', key, 'sub2'],
		['subaccount, which is not set', key, undefined],
	])('is another one with another %s', (_what, settings, subaccount) => {
		const one = locationFor(locations, key, 'sub1');
		const other = locationFor(locations, settings, subaccount);
		expect(other).not.toBe(one);
		expect(other).toEqual({ settings, subaccount, urls: new Map(), hookId: undefined });
		expect([...locations.values()]).toEqual([one, other]);
	});

	it('is the same one with the same settings, whatever the proxy', () => {
		const one = locationFor(locations, key, undefined);
		expect(locationFor(locations, { ...key, proxy: 'p' }, undefined)).toBe(one);
		expect(locationFor(locations, key, '')).toBe(one);
		expect(locations.size).toBe(1);
	});
});

/** A location by the number of its key, with URLs of ours: true means that this process created the webhook. */
function locationWith(number: number, urls: Record<string, boolean>, hookId?: number): HookLocation {
	const location = locationFor(locations, { ...key, apiKey: `api-${number}` }, undefined);
	return Object.assign(location, { urls: new Map(Object.entries(urls)), hookId });
}

it('a webhook counts as ours at its URL, and at the earlier URLs where this process created one', () => {
	const here = locationWith(1, { [OURS]: true, [OTHER]: true, 'https://found.example.com': false }, 7);
	locationWith(2, { 'https://third.example.com': true, 'https://also-found.example.com': false }, 8);
	expect(ownershipAt(locations, here, OURS, '/smtp2go/account')).toEqual({
		url: OURS,
		id: 7,
		earlier: [OTHER, 'https://third.example.com'],
		pathEnd: '/smtp2go/account',
	});
});

it('a webhook that was only found, at a URL that is no longer the account’s, is forgotten', () => {
	const here = locationWith(1, { [OURS]: false, [OTHER]: true, 'https://found.example.com': false });
	const there = locationWith(2, { [OURS]: false, [OTHER]: true, 'https://also-found.example.com': false });
	expect(forgetFound(locations, here, OURS)).toEqual(['https://also-found.example.com']);
	for (const { urls } of [here, there])
		expect([...urls]).toEqual([
			[OURS, false],
			[OTHER, true],
		]);
});

describe('at SMTP2GO', () => {
	let simulator: Simulator;
	beforeAll(async () => {
		simulator = await startSimulator();
	});
	afterEach(() => simulator.reset());
	afterAll(() => simulator.stop());

	/** A location with a webhook of ours: a subaccount each, because the simulator keeps their webhooks apart. */
	function place(subaccount: string, urls: Record<string, boolean> = { [OURS]: true }): HookLocation {
		const settings = { apiKey: DEMO_API_KEY, region: 'custom', baseUrl: simulator.apiUrl };
		for (const url of Object.keys(urls)) {
			addHook(simulator, url);
			Object.assign(simulator.state.hooks.at(-1) ?? {}, { subaccountId: subaccount });
		}
		const location = locationFor(locations, settings, subaccount);
		const hookId = simulator.state.hooks.at(-1)?.id;
		return Object.assign(location, { urls: new Map(Object.entries(urls)), hookId });
	}
	const hooks = () => simulator.state.hooks.map(({ url, subaccountId }) => [url, subaccountId]);
	const calls = () => simulator.state.requests.map(({ path }) => path.replace('/webhook/', ''));
	const fail = (message: string, times = 1) =>
		simulator.setFault({ path: '*', fault: 'error', status: 400, message, times });
	const ensured = (more: Partial<EnsuredHook>): EnsuredHook => ({
		id: undefined,
		done: 'kept',
		removed: 0,
		secret: 's',
		isPaused: false,
		alike: [],
		...more,
	});
	const removeBut = (here: HookLocation, more: Partial<EnsuredHook>) =>
		removeElsewhere(RED, locations, here, ensured(more), never);

	it('all webhooks of ours are removed, at each URL of each location', async () => {
		addHook(simulator, FOREIGN);
		place('a', { [OURS]: true, [OTHER]: false });
		place('b');
		expect(await removeEverywhere(RED, locations, never)).toEqual({ ok: true, value: 3 });
		expect(hooks()).toEqual([[FOREIGN, undefined]]);
		expect(locations.size).toBe(0);
	});

	it('a location without a URL of ours needs no call', async () => {
		place('a', {});
		expect(await removeEverywhere(RED, locations, never)).toEqual({ ok: true, value: 0 });
		expect(calls()).toEqual([]);
		expect(locations.size).toBe(0);
	});

	it('a location that fails is remembered, the others are cleared, and the first failure is returned', async () => {
		const failed = [place('a'), place('b')];
		place('c');
		fail('First');
		fail('Second');
		const outcome = await removeEverywhere(RED, locations, never);
		expect(outcome).toMatchObject({ ok: false, error: { message: expect.stringContaining('First') } });
		expect([...locations.values()]).toEqual(failed);
		expect(hooks()).toEqual([
			[OURS, 'a'],
			[OURS, 'b'],
		]);
	});

	it('a location whose settings are unusable fails without a call', async () => {
		Object.assign(place('a'), { settings: { ...key, apiKey: ' ' } });
		expect(await removeEverywhere(RED, locations, never)).toMatchObject({
			ok: false,
			error: { type: 'auth', message: 'errors.noKey' },
		});
		expect(calls()).toEqual([]);
	});

	it('a webhook without an ID leads to no removal elsewhere', async () => {
		const here = place('a');
		place('b');
		expect(await removeBut(here, { done: 'added' })).toStrictEqual([]);
		expect(calls()).toEqual([]);
		expect(locations.size).toBe(2);
	});

	it('a webhook that was added here is removed elsewhere, even if both have the same ID', async () => {
		const here = place('a');
		const there = place('b');
		expect(await removeBut(here, { id: there.hookId, done: 'added' })).toStrictEqual([]);
		expect(hooks()).toEqual([[OURS, 'a']]);
		expect([...locations.values()]).toEqual([here]);
	});

	it('a webhook that both locations list stays, because it is the one that was ensured', async () => {
		const here = place('a');
		place('b');
		const listed = place('b');
		const id = listed.hookId;
		listed.hookId = undefined;
		expect(await removeBut(here, { id, done: 'edited' })).toStrictEqual([]);
		expect(simulator.state.hooks).toMatchObject([{ subaccountId: 'a' }, { id, subaccountId: 'b' }]);
		expect([...locations.values()]).toEqual([here]);
	});

	it.each([
		['created, which then counts for this location, too', true],
		['only found', false],
	])(
		'a webhook that another key of the account kept is the one that this process had %s',
		async (_what, isCreated) => {
			const here = place('a', { [OURS]: false, [OTHER]: false });
			const there = place('b', { [OURS]: isCreated, [FOREIGN]: false });
			expect(await removeBut(here, { id: there.hookId, done: 'edited' })).toStrictEqual([]);
			expect(calls()).toEqual([]);
			expect([...here.urls.values()]).toEqual([isCreated, isCreated]);
			expect([...locations.values()]).toEqual([here]);
		},
	);

	it('a webhook of another ID does not count as created here', async () => {
		const here = place('a', { [OURS]: false });
		place('b');
		expect(await removeBut(here, { id: here.hookId })).toStrictEqual([]);
		expect([...here.urls]).toEqual([[OURS, false]]);
		expect(hooks()).toEqual([[OURS, 'a']]);
	});

	it.each([
		['the key is unknown', "API key matching the passed 'api_key' was not found", 'auth', false],
		['the permission is missing', 'You do not have permission to access this API endpoint', 'permission', false],
		['the removal failed for another reason', 'Not now', 'refused', true],
	])('a location is checked again only if that can help: %s', async (_what, message, type, isKept) => {
		const here = place('a');
		const there = place('b');
		fail(message);
		expect(await removeBut(here, { id: here.hookId, done: 'added' })).toMatchObject([{ type }]);
		expect([...locations.values()]).toEqual(isKept ? [here, there] : [here]);
		expect(hooks()).toHaveLength(2);
	});
});

describe('the webhook that the triggers need', () => {
	const trigger = (more: Partial<Subscriber>) =>
		({ events: [], smsEvents: [], filter: readFilter({}), ...more }) as unknown as Subscriber;
	const settings: HookSettings = {
		path: '/smtp2go/account',
		address: OURS,
		callbackUrl: OURS,
		auth: { type: 'bearer', value: 'v', secret: 's' },
		headers: ['X-Order'],
		users: ['ann'],
		subaccount: 'sub1',
	};
	const wanted = (triggers: Subscriber[], more: Partial<HookSettings> = {}, region = 'api', hosts: object = {}) =>
		wantedHook(
			runtime(hosts),
			{ settings: { ...key, region }, hookSettings: { ...settings, ...more } } as unknown as HookOwner,
			triggers,
		);
	const bounce = trigger({ events: ['bounce'] });

	it('has the events of all triggers, each once and in the order of the API', () => {
		const triggers = [
			trigger({ events: ['unsubscribe', 'open'], smsEvents: ['failed'] }),
			trigger({
				events: ['open', 'delivered'],
				smsEvents: ['delivered', 'failed'],
				filter: readFilter({ filter_headers: [{ header: 'X-Shop', value: '1' }] }),
			}),
		];
		expect(wanted(triggers)).toEqual({
			url: OURS,
			events: ['delivered', 'open', 'unsubscribe'],
			smsEvents: ['delivered', 'failed'],
			headers: ['X-Order', 'X-Shop'],
			usernames: ['ann'],
			auth: { type: 'bearer', value: 'v' },
			subaccountId: 'sub1',
			wakes: false,
		});
	});

	it('is none if no trigger asks for an event, even if it could not be reached', () => {
		expect(wanted([])).toBeUndefined();
		expect(wanted([trigger({})], { callbackUrl: undefined })).toBeUndefined();
	});

	it.each([
		['SMS events alone', []],
		['as many events of one channel as of the other', ['bounce'] as const],
	])('is there for %s', (_what, events) => {
		expect(wanted([trigger({ events, smsEvents: ['failed'] })])).toMatchObject({ events, smsEvents: ['failed'] });
	});

	it.each([
		['noHttpNodes', {}, { httpNodeRoot: false }],
		['noPublicUrl', { callbackUrl: undefined }, {}],
		['noKey', { auth: undefined }, {}],
		['httpNodeAuth', {}, { httpNodeAuth: { user: 'u', pass: 'p' } }],
	])('is refused with the error %s', (error, more, hosts) => {
		expect(wanted([bounce], more, 'api', hosts)).toMatchObject({ type: 'invalid', message: `errors.${error}` });
	});

	it("passes Node-RED's own login with a user and a password", () => {
		const auth = { type: 'basic', value: 'v', secret: 's' } as const;
		const hosts = { httpNodeAuth: { user: 'u', pass: 'p' }, httpNodeRoot: '/' };
		expect(wanted([bounce], { auth }, 'api', hosts)).toMatchObject({
			url: OURS,
			auth: { type: 'basic', value: 'v' },
		});
	});

	it('has a public URL, unless the region is a simulator’s', () => {
		const callbackUrl = 'http://127.0.0.1:1880/smtp2go/account';
		const refusal = wanted([bounce], { callbackUrl });
		expect(refusal).toBeInstanceOf(Smtp2goError);
		expect(refusal).toMatchObject({ details: { hint: 'errors.publicUrlHint' } });
		expect(wanted([bounce], { callbackUrl }, 'custom')).toMatchObject({ url: callbackUrl });
	});
});
