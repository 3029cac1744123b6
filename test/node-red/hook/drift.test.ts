import { deriveToken } from '../../../api';
import { DEMO_API_KEY, startSimulator, type Hook, type Simulator } from '../../../simulator';
import { triggerFlow } from '../support/flows';
import { deleteAll, deploy, hookSettled, key, load, until, type Web } from '../support/node-red';
import { useNodeRed } from '../support/use-node-red';

let simulator: Simulator;
let web: Web;
useNodeRed(
	(started) => {
		({ simulator, web } = started);
	},
	{ deletesAll: true },
);

const wanted = () => ({
	url: `${web.url}/smtp2go/account`,
	events: ['bounce', 'spam'],
	sms_events: ['failed'],
	headers: ['X-Order'],
	usernames: ['shop'],
	output_format: 'json',
	auth_header_type: 'bearer',
	auth_header_value: deriveToken(DEMO_API_KEY, 'account'),
	disabled: false,
});
const calls = (from = 0) => simulator.state.requests.slice(from).map(({ path }) => path.replace('/webhook/', ''));
const start = async (times: object) => {
	await load(
		triggerFlow(simulator, web.url, [{ id: 't', events: ['bounce', 'spam'], smsEvents: ['failed'] }], {
			headers: 'X-Order',
			usernames: 'shop',
		}),
		key(),
		{ smtp2goTimes: times },
	);
	await until(() => simulator.state.hooks.length === 1);
	await hookSettled();
};

describe('a hook that changed at SMTP2GO is repaired without a deploy:', () => {
	it.each<[string, (hook: Hook) => void, string[]]>([
		[
			'it is gone',
			() => {
				simulator.state.hooks.length = 0;
			},
			['view', 'add'],
		],
		[
			'it has more events',
			(hook) => {
				hook.events = ['bounce', 'spam', 'open'];
			},
			['view', 'edit'],
		],
		[
			'it has fewer events',
			(hook) => {
				hook.events = [];
			},
			['view', 'edit'],
		],
		[
			'it has other events of text messages',
			(hook) => {
				hook.sms_events = ['delivered'];
			},
			['view', 'edit'],
		],
		[
			'it writes forms',
			(hook) => {
				hook.output_format = 'form';
			},
			['view', 'edit'],
		],
		[
			'it shows no token',
			(hook) => {
				hook.auth_header_type = '';
				hook.auth_header_value = '';
			},
			['view', 'edit'],
		],
		[
			'it shows another token',
			(hook) => {
				hook.auth_header_value = 'another';
			},
			['view', 'edit'],
		],
		[
			'it reports on all users',
			(hook) => {
				hook.usernames = [];
			},
			['view', 'edit'],
		],
		[
			'it echoes no header',
			(hook) => {
				hook.headers = [];
			},
			['view', 'edit'],
		],
		[
			'it is there twice',
			(hook) => {
				simulator.state.hooks.push({ ...hook, id: hook.id + 100 });
			},
			['view', 'remove'],
		],
	])('%s', async (_what, spoil, expected) => {
		await start({ check: 400 });
		const [hook] = simulator.state.hooks;
		const from = simulator.state.requests.length;
		if (hook) spoil(hook);
		await until(() => calls(from).length >= expected.length);
		await hookSettled();
		expect(calls(from)).toEqual(expected);
		expect(simulator.state.hooks).toMatchObject([wanted()]);
	});
});

it('a hook as it should be is looked at again and again, by one read each time', async () => {
	await start({ check: 60 });
	await until(() => calls().length >= 6);
	expect(calls().slice(0, 6)).toEqual(['view', 'add', 'view', 'view', 'view', 'view']);
});

it('nobody looks any more once the last trigger is gone', async () => {
	const other = await startSimulator({ eventDelayMs: 0 });
	const otherFlow = triggerFlow(other, web.url, [{ id: 'u', events: ['bounce'] }])
		.filter(({ type }) => type !== 'tab')
		.map((one) => ({ ...one, ...(one.id === 'account' ? { id: 'other' } : { account: 'other' }) }));
	const flow = (triggers: Parameters<typeof triggerFlow>[2]) => [
		...triggerFlow(simulator, web.url, triggers),
		...otherFlow,
	];
	await load(
		flow([{ id: 't', events: ['bounce'] }]),
		{ ...key(), other: { apiKey: DEMO_API_KEY } },
		{ smtp2goTimes: { check: 60 } },
	);
	await until(() => simulator.state.hooks.length === 1 && other.state.hooks.length === 1);
	await deploy(flow([]));
	await until(() => simulator.state.hooks.length === 0);
	await hookSettled();
	const [from, otherFrom] = [simulator.state.requests.length, other.state.requests.length];
	// The other account looks four more times meanwhile.
	await until(() => other.state.requests.length >= otherFrom + 4);
	expect(calls(from)).toEqual([]);
	await deleteAll();
	await other.stop();
});
