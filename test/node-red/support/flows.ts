import type { Simulator } from '../../../simulator';
import { account } from './node-red';

/** One action node with everything that can watch it: its output, a Catch, a Complete and a Status node. */
export function actionFlow(simulator: Simulator, type: string, def: object = {}) {
	return [
		{ id: 'tab', type: 'tab', label: 'Test' },
		account(simulator),
		{
			id: 'n',
			z: 'tab',
			type,
			name: '',
			account: 'account',
			operation: '',
			fields: {},
			output: 'result',
			version: 2,
			wires: [['out']],
			...def,
		},
		{ id: 'out', z: 'tab', type: 'helper' },
		{ id: 'catcher', z: 'tab', type: 'catch', scope: null, uncaught: false, wires: [['caught']] },
		{ id: 'caught', z: 'tab', type: 'helper' },
		{ id: 'completer', z: 'tab', type: 'complete', scope: ['n'], wires: [['completed']] },
		{ id: 'completed', z: 'tab', type: 'helper' },
		{ id: 'watcher', z: 'tab', type: 'status', scope: ['n'], wires: [['statuses']] },
		{ id: 'statuses', z: 'tab', type: 'helper' },
	];
}

/** Triggers of one account, each with its own output `out-<id>`. */
export function triggerFlow(
	simulator: Simulator,
	publicUrl: string,
	triggers: readonly { id: string; events?: readonly string[]; smsEvents?: readonly string[]; d?: boolean }[],
	more: object = {},
) {
	return [
		{ id: 'tab', type: 'tab', label: 'Test' },
		account(simulator, { publicUrl, ...more }),
		...triggers.flatMap(({ id, ...trigger }) => [
			{
				id,
				z: 'tab',
				type: 'smtp2go-trigger',
				name: '',
				account: 'account',
				events: [],
				smsEvents: [],
				version: 1,
				wires: [[`out-${id}`]],
				...trigger,
			},
			{ id: `out-${id}`, z: 'tab', type: 'helper' },
		]),
	];
}

/** A hook that somebody else registered, or an earlier run of ours. */
export function addHook({ state }: Simulator, url: string): void {
	state.hooks.push({
		id: state.nextId(),
		url,
		events: ['open'],
		sms_events: [],
		headers: [],
		usernames: [],
		output_format: 'json',
		auth_header_type: '',
		auth_header_value: '',
		disabled: false,
	});
}
