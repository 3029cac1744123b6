// The rooms of node-red/, for layers.mjs.

/** @type {Record<string, import('./layers.mjs').Room>} */
export const nodeRedRooms = {
	shared: {
		uses: [],
		packages: ['node-red'],
		why: 'Read by the runtime, by the browser and by the build, so it imports none of them. Of Node-RED, types only.',
	},
	editor: {
		uses: ['shared'],
		houses: ['api/catalogue', 'api/kinds', 'api/pick-lists', 'api/template'],
		packages: ['smtp2go:*'],
		why: 'Runs in a browser. It imports single files of api/, since the script of the dialogs must stay small.',
	},
	generate: {
		uses: ['shared'],
		packages: ['node:fs', 'node:path'],
		why: 'Makes dialogs and texts from the catalogue. It runs in the build only.',
	},
	nodes: {
		uses: ['runtime/register'],
		why: 'The files that Node-RED loads. They hold no code of their own.',
	},
	'runtime/platform': {
		uses: ['shared'],
		why: "Node-RED's API as we use it: types, errors, timing. It knows nothing of accounts.",
	},
	'runtime/connection': {
		uses: ['runtime/platform'],
		why: 'Node-RED as the host of the client: HTTP, proxies, the queue of calls.',
	},
	'runtime/events': {
		uses: ['runtime/platform'],
		why: 'Which trigger gets which event, and which event is a duplicate.',
	},
	'runtime/hook': {
		uses: ['runtime/platform', 'runtime/connection', 'runtime/events'],
		why: 'The one webhook of an account: where it is, and that it is as wanted.',
	},
	'runtime/feed': {
		uses: ['runtime/platform', 'runtime/events'],
		why: 'Reads the logs of an account: one reader for all its nodes.',
	},
	'runtime/waiting': {
		uses: ['runtime/platform'],
		why: 'Messages that wait for something, kept across deploys and restarts.',
	},
	'runtime/approval': {
		uses: ['shared', 'runtime/platform', 'runtime/feed', 'runtime/waiting', 'runtime/action/read/evaluate'],
		why: 'The questions of an account: asked, kept, answered. It knows the account only as what it needs of it.',
	},
	'runtime/approval/route': {
		uses: ['runtime/platform', 'runtime/account', 'runtime/state', 'runtime/deliveries/body', 'runtime/approval'],
		why: 'The pages behind the links of questions.',
	},
	'runtime/outcome': {
		uses: [
			'shared',
			'runtime/platform',
			'runtime/events',
			'runtime/feed',
			'runtime/waiting',
			'runtime/action/read/evaluate',
			'runtime/action/result/result-path',
		],
		why: 'The emails whose outcome an account waits for. It knows the account only as what it needs of it.',
	},
	'runtime/account': {
		uses: [
			'runtime/platform',
			'runtime/connection',
			'runtime/events',
			'runtime/hook',
			'runtime/feed',
			'runtime/health',
			'runtime/approval',
			'runtime/outcome',
		],
		why: 'What the nodes of one account share.',
	},
	'runtime/state': {
		uses: ['runtime/platform', 'runtime/connection', 'runtime/events', 'runtime/outcome', 'runtime/account'],
		why: 'Everything that outlives a deploy. No other module keeps anything.',
	},
	'runtime/leftover-hooks': {
		uses: ['runtime/platform', 'runtime/hook', 'runtime/state'],
		why: 'Removes webhooks whose account is gone.',
	},
	'runtime/deliveries/body': {
		uses: [],
		why: 'Reads the body of a request, whoever has read it before.',
	},
	'runtime/deliveries': {
		uses: ['runtime/deliveries/body', 'runtime/platform', 'runtime/events', 'runtime/account', 'runtime/state'],
		why: 'The route that SMTP2GO posts to.',
	},
	'runtime/dialogs': {
		uses: [
			'shared',
			'runtime/platform',
			'runtime/connection',
			'runtime/account',
			'runtime/state',
			'runtime/action',
			'runtime/action/read/evaluate',
			'runtime/sidebar',
		],
		why: 'Answers the questions of the dialogs. It reads their values as the action nodes do.',
	},
	'runtime/sidebar': {
		uses: ['shared', 'runtime/platform', 'runtime/events', 'runtime/account', 'runtime/state'],
		why: 'What the side bar shows of an account, and the sample events that it sends.',
	},
	'runtime/action/read/evaluate': {
		uses: ['shared', 'runtime/platform'],
		why: 'Evaluates a value that a dialog saves, for any node.',
	},
	'runtime/action/result/result-path': {
		uses: ['shared', 'runtime/platform'],
		why: 'Sets a value in a message, without changing what other messages hold.',
	},
	'runtime/action': {
		uses: [
			'shared',
			'runtime/platform',
			'runtime/connection',
			'runtime/account',
			'runtime/action/read/evaluate',
			'runtime/action/result/result-path',
		],
		why: 'From a message to calls, and from results to a message.',
	},
	'runtime/health': {
		uses: ['runtime/platform'],
		why: "Looks at an account's health at intervals.",
	},
	'runtime/account-node': {
		uses: [
			'shared',
			'runtime/platform',
			'runtime/account',
			'runtime/state',
			'runtime/approval/route',
			'runtime/deliveries',
			'runtime/leftover-hooks',
		],
		why: 'The account node: starts and ends an account.',
	},
	'runtime/action-node': {
		uses: ['shared', 'runtime/platform', 'runtime/account', 'runtime/action'],
		why: 'The action nodes.',
	},
	'runtime/trigger-node': {
		uses: ['shared', 'runtime/platform', 'runtime/events', 'runtime/feed', 'runtime/account', 'runtime/trigger'],
		why: 'The trigger node.',
	},
	'runtime/trigger': {
		uses: ['runtime/platform', 'runtime/events', 'runtime/feed'],
		why: 'What the nodes that start flows have in common: their status.',
	},
	'runtime/sms-in-node': {
		uses: ['shared', 'runtime/platform', 'runtime/events', 'runtime/feed', 'runtime/account', 'runtime/trigger'],
		why: 'The node for received text messages.',
	},
	'runtime/ask-node': {
		uses: ['shared', 'runtime/platform', 'runtime/feed', 'runtime/waiting', 'runtime/account', 'runtime/approval'],
		why: 'The node that asks people.',
	},
	'runtime/outcome-node': {
		uses: ['shared', 'runtime/platform', 'runtime/events', 'runtime/waiting', 'runtime/account', 'runtime/outcome'],
		why: 'The node that waits for the outcome of emails.',
	},
	'runtime/health-node': {
		uses: ['shared', 'runtime/platform', 'runtime/account', 'runtime/health', 'runtime/state'],
		why: 'The health node.',
	},
	'runtime/register': {
		uses: [
			'runtime/platform',
			'runtime/account',
			'runtime/dialogs',
			'runtime/account-node',
			'runtime/action-node',
			'runtime/trigger-node',
			'runtime/sms-in-node',
			'runtime/ask-node',
			'runtime/outcome-node',
			'runtime/health-node',
		],
		why: 'The door: every node type is registered here.',
	},
};
