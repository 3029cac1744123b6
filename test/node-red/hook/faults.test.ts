import { DEMO_API_KEY, type FaultType, type Simulator } from '../../../simulator';
import { triggerFlow } from '../support/flows';
import { deploy, hookSettled, inbox, key, load, loggedErrors, until, type Web } from '../support/node-red';
import { useNodeRed } from '../support/use-node-red';

/** How many calls the simulator is going to leave without an answer, of those to a path that ends so. */
const mockSilent = { path: '', left: 0 };

/** The real way to SMTP2GO with short pauses, and with less patience for a call that gets no answer. */
jest.mock('../../../node-red/runtime/connection/host', () => {
	const real = jest.requireActual<typeof import('../../../node-red/runtime/connection/host')>(
		'../../../node-red/runtime/connection/host',
	);
	return {
		...real,
		createHost: (settings: Parameters<typeof real.createHost>[0]): ReturnType<typeof real.createHost> => {
			const host = real.createHost(settings);
			return {
				...host,
				send: (request) => {
					const isSilent = mockSilent.left > 0 && request.url.endsWith(mockSilent.path);
					if (isSilent) mockSilent.left--;
					return host.send({ ...request, timeoutMs: isSilent ? 300 : 15_000 });
				},
				sleep: (milliseconds, signal) => host.sleep(Math.min(20, milliseconds / 100), signal),
			};
		},
	};
});

let simulator: Simulator;
let web: Web;
useNodeRed(
	(started) => {
		({ simulator, web } = started);
	},
	{ deletesAll: true },
);

const faults: readonly FaultType[] = ['timeout', 'reset', 'rate-limit', 'server-error', 'error', 'not-json'];
/** How many calls are spoilt: all tries of the client, where it tries again by itself. */
const tries = (fault: FaultType, call: string) =>
	fault === 'rate-limit' ? 6 : call === 'view' && fault !== 'error' ? 4 : 1;
const table = faults.flatMap((fault) => (['before', 'after'] as const).map((when) => [fault, when] as const));
const times = { firstRetry: 60, lastRetry: 200 };

const watch = [
	{ id: 'watcher', z: 'tab', type: 'status', scope: ['t'], wires: [['states']] },
	{ id: 'states', z: 'tab', type: 'helper' },
];
const flow = (events: readonly string[]) => [
	...triggerFlow(simulator, web.url, events.length > 0 ? [{ id: 't', events }] : []),
	...(events.length > 0 ? watch : []),
];
const url = () => `${web.url}/smtp2go/account`;
const hooks = () => simulator.state.hooks.map((hook) => [hook.url, ...hook.events]);
/** A foreign hook that must come through everything. */
const foreign = {
	id: 999_999,
	url: 'https://example.com/hook',
	events: ['open'],
	sms_events: [],
	headers: [],
	usernames: [],
	output_format: 'json',
	auth_header_type: '',
	auth_header_value: '',
	disabled: false,
} as const;
const spoil = (call: string, fault: FaultType, when: 'before' | 'after') => {
	const path = `/webhook/${call}`;
	const calls = tries(fault, call);
	if (fault === 'timeout') Object.assign(mockSilent, { path, left: calls });
	simulator.setFault({ path, fault, when, times: calls });
};
const isGreen = (states: ReturnType<typeof inbox>) => states.messages.at(-1)?.status?.['fill'] === 'green';

/** Waits until all is as it should be. The next deploy, of the same flow, leaves it so. */
async function settled(expected: unknown[], same: object[]): Promise<void> {
	await until(() => JSON.stringify(hooks()) === JSON.stringify(expected) && simulator.state.requests.length > 0);
	await hookSettled();
	await deploy(same as never);
	await hookSettled();
	expect(hooks()).toEqual(expected);
}

beforeEach(() => {
	mockSilent.left = 0;
	simulator.state.hooks.push({ ...foreign, events: ['open'], sms_events: [], headers: [], usernames: [] });
});
const others = [foreign.url, 'open'];

/**
 * A change that took effect, whatever was answered, is found by a look at the list in the same go: nothing is amiss
 * then, and nobody is told.
 */
const isSilent = (call: string, when: string) => call !== 'view' && when === 'after';

describe.each(['view', 'add'])('the first deploy, where webhook/%s fails', (call) => {
	it.each(table)(
		'by "%s" %s it took effect: one hook in the end, and the user is told what was not repaired right away',
		async (fault, when) => {
			spoil(call, fault, when);
			await load(flow(['bounce']), key(), { smtp2goTimes: times });
			const states = inbox('states');
			await until(() => isGreen(states));
			await settled([others, [url(), 'bounce']], flow(['bounce']));
			expect(loggedErrors().length > 0).toBe(!isSilent(call, when));
			expect(loggedErrors().join()).not.toContain(DEMO_API_KEY);
		},
	);
});

describe('a deploy with another event, where webhook/edit fails', () => {
	it.each(table)(
		'by "%s" %s it took effect: the webhook is right in the end, and the log names what was not repaired at once',
		async (fault, when) => {
			await load(flow(['bounce']), key(), { smtp2goTimes: times });
			await until(() => simulator.state.hooks.length === 2);
			spoil('edit', fault, when);
			await deploy(flow(['bounce', 'spam']), 'nodes');
			await settled([others, [url(), 'bounce', 'spam']], flow(['bounce', 'spam']));
			expect(loggedErrors().length > 0).toBe(!isSilent('edit', when));
		},
	);
});

describe('the last trigger goes, where webhook/remove fails', () => {
	it.each(table)(
		'by "%s" %s it took effect: no hook in the end, and the user is told what was not repaired right away',
		async (fault, when) => {
			await load(flow(['bounce']), key(), { smtp2goTimes: times });
			await until(() => simulator.state.hooks.length === 2);
			spoil('remove', fault, when);
			await deploy(flow([]));
			await settled([others], flow([]));
			expect(loggedErrors().length > 0).toBe(!isSilent('remove', when));
		},
	);
});

describe('the account goes, where webhook/remove fails', () => {
	it.each(table)(
		'by "%s" %s it took effect: no hook in the end, and the user is told what was not repaired right away',
		async (fault, when) => {
			await load(flow(['bounce']), key(), { smtp2goTimes: times });
			await until(() => simulator.state.hooks.length === 2);
			spoil('remove', fault, when);
			await deploy([{ id: 'tab', type: 'tab', label: 'Empty' }]);
			await settled([others], [{ id: 'tab', type: 'tab', label: 'Empty' }]);
			expect(loggedErrors().length > 0).toBe(!isSilent('remove', when));
		},
	);
});

it('a lasting failure is logged once, and shown in the status until it is over', async () => {
	simulator.setFault({ path: '/webhook/add', fault: 'error', message: 'Out of order', times: 0 });
	await load(flow(['bounce']), key(), { smtp2goTimes: times });
	const states = inbox('states');
	await until(() => simulator.state.requests.filter(({ path }) => path === '/webhook/add').length >= 4);
	expect(loggedErrors().filter((text) => text.includes('Out of order'))).toHaveLength(1);
	expect(states.messages.at(-1)?.status).toMatchObject({ fill: 'red' });
	simulator.clearFaults();
	await until(() => isGreen(states));
	expect(hooks()).toEqual([others, [url(), 'bounce']]);
});
