import { deriveToken } from '../../../api';
import { DEMO_API_KEY, startSimulator, type Simulator } from '../../../simulator';
import { addHook, triggerFlow } from '../support/flows';
import {
	deleteAll,
	deploy,
	forgetAll,
	hookSettled,
	key,
	load,
	logged,
	loggedErrors,
	unload,
	until,
	Web,
} from '../support/node-red';

let [here, there]: Simulator[] = [];
let web: Web;
beforeAll(async () => {
	[here, there, web] = [
		await startSimulator({ eventDelayMs: 0 }),
		await startSimulator({ eventDelayMs: 0 }),
		await Web.start(),
	];
});
afterAll(async () => {
	await Promise.all([web.stop(), here?.stop(), there?.stop()]);
});
afterEach(async () => {
	await deleteAll();
	await unload();
	await forgetAll();
	for (const simulator of [here, there]) simulator?.reset();
});

const WARNING = 30;
const bounce = [{ id: 't', events: ['bounce'] }];
const flow = (
	simulator: Simulator | undefined,
	more: object = {},
	triggers: Parameters<typeof triggerFlow>[2] = bounce,
) => {
	if (simulator === undefined) throw new Error('There is no simulator');
	return triggerFlow(simulator, web.url, triggers, more);
};
const url = () => `${web.url}/smtp2go/account`;
const hooksOf = (simulator: Simulator | undefined) =>
	simulator?.state.hooks.map((hook) => [hook.url, hook.auth_header_value]);
const callsOf = (simulator: Simulator | undefined, from = 0) =>
	simulator?.state.requests.slice(from).map(({ path }) => path.replace('/webhook/', ''));
/** A hook of somebody else, so that numbers differ between the places. */
const addForeign = (simulator: Simulator | undefined) => {
	if (simulator) addHook(simulator, 'https://example.com/hook');
};

async function start(more: object = {}, credentials = key()) {
	await load(flow(here, more), credentials);
	await until(() => here?.state.hooks.some((hook) => hook.url === url()) === true);
	await hookSettled();
}

describe('the hook at the earlier place is removed when', () => {
	it.each([
		['the same number there and here', false],
		['another number', true],
	])('the region changes: %s', async (_what, isOther) => {
		await start();
		if (isOther) addForeign(there);
		await deploy(flow(there));
		await until(() => there?.state.hooks.some((hook) => hook.url === url()) === true);
		await until(() => here?.state.hooks.length === 0);
		expect(hooksOf(there)).toContainEqual([url(), deriveToken(DEMO_API_KEY, 'account')]);
		expect(hooksOf(there)).toHaveLength(isOther ? 2 : 1);
	});

	it('the key becomes one of another account', async () => {
		// The simulator keeps the hooks of a subaccount apart, as SMTP2GO does those of an account.
		await start({ subaccount: '' });
		addForeign(here);
		await deploy(flow(here, { subaccount: 'sub1' }), 'nodes');
		await until(
			() => here?.state.hooks.some((hook) => hook.url === url() && hook.subaccountId === 'sub1') === true,
		);
		await until(() => here?.state.hooks.length === 2);
		expect(here?.state.hooks.map((hook) => [hook.url, hook.subaccountId])).toEqual([
			['https://example.com/hook', undefined],
			[url(), 'sub1'],
		]);
	});

	it('the last trigger goes in the same deploy', async () => {
		await start();
		await deploy(flow(there, {}, []));
		await until(() => here?.state.hooks.length === 0);
		expect(callsOf(there)).toEqual([]);
	});
});

it('another key of the same account keeps the hook, without a look with the old key', async () => {
	await start();
	const before = here?.state.hooks[0]?.id;
	const from = here?.state.requests.length;
	const other = here?.addKey({ permissions: ['*'] }) ?? '';
	await deploy(flow(here, { credentials: { apiKey: other } }), 'nodes');
	await hookSettled();
	expect(callsOf(here, from)).toEqual(['view', 'edit']);
	expect(here?.state.hooks).toMatchObject([{ id: before, auth_header_value: deriveToken(other, 'account') }]);
});

it('a webhook that this process made stays its own with another key of the account, and moves with the public URL', async () => {
	await start();
	const before = here?.state.hooks[0]?.id;
	const other = here?.addKey({ permissions: ['*'] }) ?? '';
	await deploy(flow(here, { credentials: { apiKey: other } }), 'nodes');
	await until(() => here?.state.hooks[0]?.auth_header_value === deriveToken(other, 'account'));
	const publicUrl = web.url.replace('127.0.0.1', 'localhost');
	await deploy(flow(here, { credentials: { apiKey: other }, publicUrl }), 'nodes');
	await until(() => here?.state.hooks.some((hook) => hook.url.startsWith(publicUrl)) === true);
	expect(here?.state.hooks).toMatchObject([{ id: before, url: `${publicUrl}/smtp2go/account` }]);
});

it('a webhook that this process made moves even if key and public URL change together and only one fits', async () => {
	await start();
	const [hook] = here?.state.hooks ?? [];
	if (here) here.state.webhookLimit = 1;
	const publicUrl = web.url.replace('127.0.0.1', 'localhost');
	const other = here?.addKey({ permissions: ['*'] }) ?? '';
	await deploy(flow(here, { credentials: { apiKey: other }, publicUrl }), 'nodes');
	await until(() => here?.state.hooks.some(({ url: one }) => one.startsWith(publicUrl)) === true);
	await hookSettled();
	expect(here?.state.hooks).toMatchObject([
		{ id: hook?.id, url: `${publicUrl}/smtp2go/account`, auth_header_value: deriveToken(other, 'account') },
	]);
});

it('the key changes and changes back: the hook stays one, with the secret of the key', async () => {
	await start();
	const before = structuredClone(here?.state.hooks);
	const other = here?.addKey({ permissions: ['*'] }) ?? '';
	for (const apiKey of [other, DEMO_API_KEY]) {
		await deploy(flow(here, { credentials: { apiKey } }), 'nodes');
		await hookSettled();
	}
	expect(here?.state.hooks).toEqual(before);
	await deploy([{ id: 'tab', type: 'tab', label: 'Empty' }]);
	await until(() => here?.state.hooks.length === 0);
});

it('a key that is gone is reported, and the hook is there again once the account has a key', async () => {
	const gone = here?.addKey({ permissions: ['*'] }) ?? '';
	await start({}, key(gone));
	if (here) here.state.keys = here.state.keys.filter((one) => one.key !== gone);
	await deploy(flow(here, {}, [{ id: 't', events: ['bounce', 'open'] }]), 'nodes');
	await until(() => loggedErrors().length > 0);
	expect(loggedErrors().join()).toMatch(/not found|key/i);
	expect(loggedErrors().join()).not.toContain(gone);
	await deploy(flow(here, { credentials: { apiKey: DEMO_API_KEY } }), 'nodes');
	await until(() => here?.state.hooks[0]?.auth_header_value === deriveToken(DEMO_API_KEY, 'account'));
	await hookSettled();
	expect(here?.state.hooks).toHaveLength(1);
});

it('an earlier place that refuses is reported, and does not get in the way', async () => {
	await start();
	here?.setFault({
		path: '*',
		fault: 'error',
		message: "API key matching the passed 'api_key' was not found",
		times: 0,
	});
	await deploy(flow(there));
	await until(() => there?.state.hooks.length === 1);
	await until(() => logged(WARNING).some((text) => text.includes('oldWebhookNotRemoved')));
	const from = here?.state.requests.length;
	await deploy(flow(there));
	await hookSettled();
	expect(callsOf(here, from)).toEqual([]);
});

it('an earlier place that fails in passing is cleared at the next look', async () => {
	await load(flow(here), key(), { smtp2goTimes: { check: 150 } });
	await until(() => here?.state.hooks.length === 1);
	here?.setFault({ path: '/webhook/remove', fault: 'error', status: 400, message: 'Not now', times: 1 });
	await deploy(flow(there));
	await until(() => there?.state.hooks.length === 1);
	await until(() => here?.state.hooks.length === 0);
	expect(hooksOf(there)).toHaveLength(1);
});
