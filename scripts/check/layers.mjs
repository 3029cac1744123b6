// Who can import whom. This is the whole architecture as a table: `npm run lint` checks every import against it, types
// included, and docs/architecture.md draws it.
//
// A house is a top folder. Its files can import the houses that it `uses`, and the `packages` that it names (`*` stands
// for anything).
// A room is a folder or a file of a house. Its files can import each other and the rooms that it `uses`. With its own
// `houses` and `packages`, it can narrow what its house allows. A file belongs to the room with the longest name that
// fits. A house with `rooms` has no file outside a room: to add a folder, add a row.
// `why` is what you read if an import is not allowed.

import { nodeRedRooms } from './layers-node-red.mjs';

/**
 * @typedef {object} Room
 * @property {string} why what the room is for, and why it is placed here
 * @property {string[]} uses rooms of the same house
 * @property {string[]} [houses] other houses, or their rooms (`api/index`), that replace the house's `uses`
 * @property {string[]} [packages] packages that replace those of the house
 *
 * @typedef {object} House
 * @property {string} why
 * @property {string[]} uses
 * @property {string[]} packages
 * @property {Record<string, Room>} [rooms]
 */

/** @type {Record<string, House>} */
export const houses = {
	api: {
		why: 'Everything about SMTP2GO that both hosts share. It knows no host and no process, so both can use it.',
		uses: [],
		packages: ['node:crypto'],
		rooms: {
			core: { uses: [], why: 'Results, errors, JSON and text. It knows nothing of SMTP2GO.' },
			formats: {
				uses: ['core'],
				why: 'Grammars of text, such as addresses, phone numbers and dates. They know no field and no request.',
			},
			files: {
				uses: ['core', 'formats'],
				why: 'Contents of files. They know no field and no request.',
			},
			kinds: {
				uses: ['core', 'formats', 'files'],
				why: 'The kinds of fields and their readers. The catalogue builds on them, so they do not know it.',
			},
			catalogue: {
				uses: ['core', 'files', 'kinds'],
				why: 'The API as data. It knows no request and no call, so any room above can read it.',
			},
			request: {
				uses: ['core', 'formats', 'files', 'kinds', 'catalogue'],
				why: 'From values to the body of a call. It makes no call.',
			},
			client: {
				uses: ['core', 'formats', 'files', 'catalogue', 'request'],
				why: 'Makes one call. What is built from calls belongs in the rooms above.',
			},
			account: {
				uses: ['core', 'formats'],
				why: 'What responses about the account say: keys, quota, DNS records, webhooks. It makes no call.',
			},
			bulk: {
				uses: ['core', 'files', 'catalogue', 'request', 'client'],
				why: 'Many emails or text messages. Rooms above the client do not know each other.',
			},
			'pick-lists': {
				uses: ['core', 'formats', 'kinds', 'catalogue', 'client'],
				why: 'Values to choose from. Rooms above the client do not know each other.',
			},
			template: {
				uses: ['core', 'files', 'catalogue', 'request', 'client'],
				why: 'The variables of a template. Rooms above the client do not know each other.',
			},
			merge: {
				uses: ['core', 'formats', 'files', 'kinds', 'catalogue', 'request'],
				why: 'A row of a list becomes an email. It makes no call: the host has the addresses looked up.',
			},
			webhook: {
				uses: ['core', 'formats', 'kinds', 'catalogue', 'request', 'client'],
				why: 'The webhook and its events. Rooms above the client do not know each other.',
			},
			feed: {
				uses: ['core', 'formats', 'files', 'kinds', 'catalogue', 'request', 'client', 'webhook'],
				why: 'The activity log as a source of events, in the shape that the webhook gives them.',
			},
			outcome: {
				uses: ['core', 'formats', 'files', 'kinds', 'catalogue', 'request', 'client', 'webhook', 'feed'],
				why: 'What became of emails, from the events of the webhook and of the log. It stands above both.',
			},
			health: {
				uses: ['core', 'formats', 'catalogue', 'client', 'account'],
				why: "The account's health. Rooms above the client do not know each other.",
			},
			approval: {
				uses: ['core', 'formats', 'files', 'kinds', 'catalogue', 'request', 'client', 'account'],
				why: 'Questions that people answer. Rooms above the client do not know each other.',
			},
			check: {
				uses: ['core', 'formats', 'files', 'catalogue', 'client', 'account'],
				why: 'Checks before sending: the addresses of a list, and the set-up of the account.',
			},
			report: {
				uses: ['core', 'formats', 'files', 'kinds', 'catalogue', 'request', 'client', 'webhook', 'feed'],
				why: 'Statistics and the activity log as data, text and HTML. It reads the log as the feed does.',
			},
			compound: {
				uses: ['core', 'files', 'catalogue', 'request', 'client', 'check', 'outcome', 'report'],
				why: 'Carries out the operations that make several calls. It knows the rooms that do the work; they do not know it.',
			},
			index: {
				uses: [
					'core',
					'formats',
					'files',
					'kinds',
					'catalogue',
					'request',
					'client',
					'account',
					'approval',
					'bulk',
					'check',
					'compound',
					'feed',
					'merge',
					'outcome',
					'pick-lists',
					'report',
					'template',
					'webhook',
					'health',
				],
				why: 'The door for both hosts.',
			},
		},
	},
	credentials: {
		why: 'The credential of n8n. It uses api/ and n8n only.',
		uses: ['api'],
		packages: ['n8n-workflow'],
	},
	nodes: {
		why: 'The n8n nodes: thin adapters over api/. They use api/ and n8n only.',
		// Single files of api/ where a type is enough, or where the whole of api/ would be loaded for little.
		uses: ['api/index', 'api/core', 'api/pick-lists'],
		packages: ['n8n-workflow'],
		rooms: {
			'Smtp2go/state': {
				uses: [],
				why: 'Everything that outlives a run or a delivery. All rooms can use it, so it uses none.',
			},
			'Smtp2go/parameters': {
				uses: ['Smtp2go/state'],
				why: 'How a field appears in n8n and how a parameter is read. It makes no calls.',
			},
			'Smtp2go/connection': {
				uses: [],
				why: 'How a call reaches SMTP2GO, and how its error looks. It knows no form.',
			},
			'Smtp2go/description': {
				uses: ['Smtp2go/parameters'],
				why: 'What the editor shows. It runs when the package is built, so no run can depend on it.',
			},
			'Smtp2go/values': {
				uses: ['Smtp2go/parameters'],
				why: 'Reads the values of one item. It makes no calls, so an invalid item costs none.',
			},
			'Smtp2go/methods': {
				uses: ['Smtp2go/parameters', 'Smtp2go/connection'],
				why: 'What the editor asks SMTP2GO for. A run does not need it.',
			},
			'Smtp2go/merge': {
				uses: ['Smtp2go/parameters', 'Smtp2go/values'],
				why: 'Reads the items as rows of a list. It makes no calls, like the values that it reads.',
			},
			'Smtp2go/run': {
				uses: ['Smtp2go/state', 'Smtp2go/parameters', 'Smtp2go/connection', 'Smtp2go/values', 'Smtp2go/merge'],
				why: 'A run of the action node.',
			},
			'Smtp2go/approval': {
				uses: ['Smtp2go/state', 'Smtp2go/parameters', 'Smtp2go/connection', 'Smtp2go/run'],
				why: 'Asks people and takes their answers. A question is asked in a session of a run; a run knows no question.',
			},
			'Smtp2go/trigger': {
				uses: ['Smtp2go/state', 'Smtp2go/parameters', 'Smtp2go/connection'],
				why: 'The webhook and its deliveries. It shares nothing with a run.',
			},
			'Smtp2go/polling': {
				uses: ['Smtp2go/state', 'Smtp2go/parameters', 'Smtp2go/connection'],
				why: 'What SMTP2GO tells when it is asked. It shares nothing with a run or a delivery.',
			},
			'Smtp2go/Smtp2go.node': {
				uses: [
					'Smtp2go/parameters',
					'Smtp2go/description',
					'Smtp2go/methods',
					'Smtp2go/run',
					'Smtp2go/approval',
				],
				houses: [],
				why: 'The action node. n8n loads it at every start, so it loads what a run needs on demand.',
			},
			'Smtp2go/Smtp2goTrigger.node': {
				uses: ['Smtp2go/description', 'Smtp2go/methods', 'Smtp2go/trigger'],
				houses: [],
				why: 'The trigger. n8n loads it at every start, so it loads what a delivery needs on demand.',
			},
			'Smtp2go/Smtp2goPollingTrigger.node': {
				uses: ['Smtp2go/description', 'Smtp2go/methods', 'Smtp2go/polling'],
				houses: [],
				why: 'The polling trigger. n8n loads it at every start, so it loads what a poll needs on demand.',
			},
		},
	},
	'node-red': {
		why: 'The Node-RED nodes: thin adapters over api/. They use api/ and Node-RED only.',
		uses: ['api'],
		packages: ['express', 'node-red', 'node:*'],
		rooms: nodeRedRooms,
	},
	simulator: {
		why: 'SMTP2GO on your own machine, written from the contract. A mistake in api/ must not hide in it.',
		uses: [],
		packages: ['fastify', 'handlebars', 'node:*', 'postal-mime'],
		rooms: {
			core: { uses: [], why: 'JSON, times, IDs, timers and outgoing requests. Knows nothing of an account.' },
			types: { uses: ['core'], why: 'What is stored. Shapes only.' },
			options: { uses: ['core', 'types'], why: 'How a simulator can be set up.' },
			schema: { uses: ['core', 'types'], why: 'Checks values against the contract. Looks nothing up.' },
			account: { uses: ['core', 'types', 'schema'], why: 'Rules about senders, keys and settings.' },
			state: { uses: ['core', 'types', 'options', 'account'], why: 'Everything that is kept.' },
			events: { uses: ['core', 'types', 'schema'], why: 'Bodies of events. Delivers nothing.' },
			faults: { uses: ['core', 'schema'], why: 'Which fault hits which call. The server plays it.' },
			hooks: { uses: ['core', 'types', 'options', 'state', 'events'], why: 'Delivers events to webhooks.' },
			email: {
				uses: ['core', 'types', 'options', 'schema', 'account', 'state', 'events', 'hooks'],
				why: 'The way of an email from a request to its events.',
			},
			sms: {
				uses: ['core', 'types', 'options', 'state', 'events', 'hooks'],
				why: 'The way of a text message from a request to its events.',
			},
			world: {
				uses: ['core', 'options', 'state', 'faults', 'hooks', 'email', 'sms'],
				why: 'Puts the parts of one simulator together.',
			},
			routes: {
				uses: ['core', 'types', 'options', 'schema', 'account', 'state', 'email', 'world'],
				why: "SMTP2GO's endpoints. They know nothing of HTTP.",
			},
			control: {
				uses: ['core', 'types', 'schema', 'account', 'state', 'events', 'faults', 'hooks', 'email', 'world'],
				why: 'What tests and the page can see and do.',
			},
			http: {
				uses: ['core', 'types', 'schema', 'account', 'email', 'faults', 'world', 'routes', 'control'],
				why: 'The server: the API, the control API and the page.',
			},
			index: {
				uses: ['core', 'options', 'types', 'state', 'faults', 'world', 'control', 'http'],
				why: 'The front door: starts a simulator.',
			},
			main: { uses: ['index'], why: 'The simulator as a program.' },
			page: { uses: [], packages: [], why: 'Runs in a browser.' },
		},
	},
	scripts: {
		why: 'The tools of the developer. They load what was built, never the sources.',
		uses: [],
		packages: ['*'],
		rooms: {
			cache: {
				uses: [],
				why: 'Where big downloads live. Runs before anything is installed.',
				packages: ['node:*'],
			},
			run: {
				uses: ['cache'],
				why: 'Starts a command with Node 24. Runs before anything is installed.',
				packages: ['node:*'],
			},
			'install-once': {
				uses: ['cache'],
				why: 'Installs packages into the cache.',
				packages: ['node:*'],
			},
			tools: { uses: [], why: 'What build and checks share: run a tool, compile a part of the tree.' },
			build: { uses: ['tools'], why: 'Makes both packages, the simulator and the generated docs.' },
			start: {
				uses: ['tools', 'cache', 'install-once', 'build'],
				why: 'Runs the simulator and a host: `npm start` and `npm run dev`.',
			},
			check: { uses: ['tools', 'install-once', 'build'], why: 'Lint, tests, and the checks of the hosts.' },
			measure: { uses: ['tools', 'start'], why: 'Figures and speed.' },
			pictures: {
				uses: ['tools', 'build', 'install-once', 'start'],
				why: 'The pictures of the docs, from real hosts. Nothing needs them to build or to test.',
			},
		},
	},
	test: {
		why: 'Tests can import everything.',
		uses: ['*'],
		packages: ['*'],
	},
};

/** Files that n8n names by their class. Every other file and folder is in kebab-case. */
export const namedByHost = [
	'Smtp2go',
	'Smtp2go.node',
	'Smtp2goTrigger.node',
	'Smtp2goPollingTrigger.node',
	'Smtp2goApi.credentials',
];
