/** The built Node-RED package: its node sets, dialogs, help and size. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { basename, join } from 'node:path';
import { readdirSync, readFileSync } from 'node:fs';
import { firstOperation, resourcesAndCustom as resources } from '../../../api';
import { forms, generate, nodeSets } from '../../../node-red/generate';
import { buildForm, nodeTypeOf } from '../../../node-red/generate/forms';
import { nodeHtml, withSharedHtml } from '../../../node-red/generate/html';
import type { Messages } from '../../../node-red/generate/messages';
import { definitionIn } from '../support/definition';
import { looks } from '../../../node-red/editor/fields/kinds';

const root = join(__dirname, '../../..');
const locale = join(root, 'node-red/locales');
const files = generate(locale);
const handWritten = [
	'smtp2go-account',
	'smtp2go-ask',
	'smtp2go-health',
	'smtp2go-outcome',
	'smtp2go-sms-in',
	'smtp2go-trigger',
];
const types = resources.map(nodeTypeOf);
const text = (path: string) => files.get(path) ?? '';
const texts = (type: string) => JSON.parse(text(`node-red/nodes/locales/en-US/${type}.json`)) as Messages;
const editorTexts = JSON.parse(text('node-red/plugin/locales/en-US/smtp2go-editor.json')) as Messages;
const htmlOf = (type: string) =>
	handWritten.includes(type)
		? withSharedHtml(readFileSync(join(root, 'node-red/nodes', `${type}.html`), 'utf8'))
		: text(`node-red/nodes/${type}.html`);

function find(all: Messages, key: string): unknown {
	return key
		.split('.')
		.reduce<unknown>(
			(at, part) => (typeof at === 'object' && at !== null ? (at as Messages)[part] : undefined),
			all,
		);
}

/** A text by the key that the editor uses: `namespace:key` or a key of the set's own. */
function lookUp(type: string, key: string): unknown {
	return key.includes(':') ? find(editorTexts, key.split(':')[1] ?? '') : find(texts(type), key);
}

describe('each resource of the catalogue', () => {
	it.each(resources.map((resource) => [nodeTypeOf(resource), resource] as const))(
		'%s has runtime, dialog, texts and help',
		(type) => {
			for (const path of [
				`${type}.js`,
				`${type}.html`,
				`locales/en-US/${type}.json`,
				`locales/en-US/${type}.html`,
			])
				expect([...files.keys()]).toContain(`node-red/nodes/${path}`);
		},
	);

	it('has a node type with its own name', () => {
		expect(nodeTypeOf({ key: 'senderDomain', label: '', help: '', operations: [] })).toBe('smtp2go-sender-domain');
		expect(new Set(types).size).toBe(resources.length);
	});

	it('is there: eighteen of the API, beside what this host adds', () => {
		expect(types).toEqual(
			expect.arrayContaining(
				[
					'activity',
					'allowed-recipient',
					'allowed-sender',
					'api-key',
					'archive',
					'dedicated-ip',
					'email',
					'ip-allow-list',
					'ip-auth',
					'sender-domain',
					'single-sender',
					'sms',
					'smtp-user',
					'statistics',
					'subaccount',
					'suppression',
					'template',
					'webhook',
				].map((name) => `smtp2go-${name}`),
			),
		);
	});

	it('is sorted by use in the palette, which is the order of the manifest', () => {
		const listed = Object.keys(nodeSets(handWritten).nodes);
		expect(listed.filter((type) => type !== 'smtp2go-account').slice(0, 6)).toEqual([
			'smtp2go-email',
			'smtp2go-sms',
			'smtp2go-template',
			'smtp2go-ask',
			'smtp2go-trigger',
			'smtp2go-outcome',
		]);
		expect([...listed].sort()).toEqual([...handWritten, ...types].sort());
	});

	it('has words of this host in its texts', () => {
		const all = [...files]
			.filter(([path]) => path.includes('locales/'))
			.map(([, content]) => content)
			.join('');
		expect(all).not.toMatch(/n8n|\{place\}|\bworkflow\b/);
		expect(all).toContain('the default time zone is that of the server');
		expect(text('node-red/nodes/locales/en-US/smtp2go-sms.html')).not.toMatch(/\bmails?\b/i);
	});
});

describe.each([...handWritten, ...types])('the dialog of %s', (type) => {
	const html = htmlOf(type);
	const isConfig = type === 'smtp2go-account';

	it('starts a list with a visible limit, because an account can hold more entries than anyone would wait for', () => {
		const first = resources.filter((resource) => nodeTypeOf(resource) === type).map(firstOperation)[0];
		const isList = first?.result.is === 'list' && first.effect === 'reads';
		if (!handWritten.includes(type))
			expect(html.includes("fields: { value: { $limit: { type: 'num', value: '1000' } },")).toBe(isList);
	});

	it('is a literal that a tool can read without running it', () => {
		expect(definitionIn(html).type).toBe(type);
	});

	it('has an element for each saved property that Node-RED itself fills in', () => {
		const { defaults } = definitionIn(html);
		const ours = [
			'fields',
			'fieldsFrom',
			'resultTo',
			'events',
			'smsEvents',
			'source',
			'filters',
			'outputMode',
			'skipRepeated',
			'watch',
			'texts',
			'sent',
			'version',
		];
		expect(defaults.length).toBeGreaterThan(3);
		for (const name of defaults.filter((one) => !ours.includes(one)))
			expect(html).toContain(`id="node-${isConfig ? 'config-' : ''}input-${name}"`);
	});

	it('names only texts that are there', () => {
		const keys = [...html.matchAll(/data-i18n="([^"]+)"/g)].flatMap(([, all = '']) =>
			all.split(';').map((key) => key.replace(/^\[[\w-]+\]/, '')),
		);
		expect(keys.length).toBeGreaterThan(2);
		for (const key of keys) expect([key, typeof lookUp(type, key)]).toEqual([key, 'string']);
	});

	it('contains no text itself', () => {
		const template = /<script type="text\/html"[^>]*>([\s\S]*?)<\/script>/.exec(html)?.[1] ?? '';
		expect(
			template
				.replace(/<!--.*?-->/g, '')
				.replace(/<[^>]*>/g, '')
				.replace(/[()/\s]/g, ''),
		).toBe('');
	});

	it('leaves nothing behind, whichever button closes it', () => {
		if (handWritten.includes(type)) return;
		for (const [event, method] of [
			['oneditsave', 'save'],
			['oneditcancel', 'close'],
			['oneditdelete', 'close'],
		])
			expect(html).toMatch(new RegExp(`${event}: function \\(\\) \\{ .*action\\.${method}\\(this\\); \\}`));
	});

	it('uses only colours of the theme', () => {
		expect(html.replace(/color: '#\w+'/, '')).not.toMatch(/#[0-9a-f]{3,6}\b|rgb\(/i);
	});

	it('has help whose first line says what the node does', () => {
		const help = text(`node-red/nodes/locales/en-US/${type}.html`);
		expect(help).toMatch(
			new RegExp(
				`<script type="text/(markdown|html)" data-help-name="${type}">\\n(<p>)?[A-Z][^\\n]+\\.(</p>)?\\n`,
			),
		);
	});

	it("has help that Node-RED's Markdown does not mistake for a list of properties, which would cut it off", () => {
		const help = text(`node-red/nodes/locales/en-US/${type}.html`);
		if (help.includes('type="text/html"')) return;
		// The rules of editor-client (utils.js, descriptionList and description), held against each line wherever they
		// may begin.
		for (const line of help.split('\n')) expect(line).not.toMatch(/^:[^:\n]+:|:[^:\n]+\([^:\n]+\).*?:/);
	});

	it('has its own icon: white lines on a transparent background, two to three', () => {
		if (isConfig) return;
		const icon = /icon: '([\w-]+\.svg)'/.exec(html)?.[1] ?? '';
		const svg = readFileSync(join(root, 'icons/node-red', icon), 'utf8');
		expect(icon).toBe(`${type}.svg`);
		expect(svg).toContain('width="40" height="60" viewBox="0 0 40 60"');
		expect(svg).toMatch(/<g fill="none" stroke="#fff"/);
		expect([...svg.matchAll(/#\w+/g)].map(String)).toEqual(['#fff']);
		expect(svg.length).toBeLessThan(500);
	});
});

describe('the forms', () => {
	it('have texts for each field, and for each choice', () => {
		for (const form of forms()) {
			for (const field of form.operations.flatMap(({ fields }) => fields)) {
				const at = (part: string) =>
					field.text.startsWith('common.')
						? find(editorTexts, `${field.text}.${part}`)
						: find(texts(form.type), `${field.text}.${part}`);
				expect([field.text, typeof at('label'), typeof at('help'), typeof at('placeholder')]).toEqual([
					field.text,
					'string',
					'string',
					field.placeholder ? 'string' : 'undefined',
				]);
				for (const choice of field.choices ?? [])
					expect([field.text, choice, typeof at(`choices.${choice || '_none'}`)]).toEqual([
						field.text,
						choice,
						'string',
					]);
			}
		}
	});

	it('know a look for each kind', () => {
		for (const { kind } of forms()
			.flatMap(({ operations }) => operations)
			.flatMap(({ fields }) => fields))
			expect(Object.keys(looks)).toContain(kind);
	});

	it('show no markup of the other host', () => {
		expect([...files.values()].filter((content) => content.startsWith('{')).join('')).not.toMatch(/&[lg]t;|&amp;/);
	});
});

describe('a resource that does not exist yet', () => {
	const resource = {
		key: 'allowedSender',
		label: 'Allowed Sender',
		help: 'Who may send',
		operations: [
			{
				key: 'add',
				label: 'Add',
				action: 'Add allowed sender',
				help: 'Let an address send',
				method: 'POST',
				path: '/allowed_senders/add',
				effect: 'writes',
				fields: [
					{ name: 'id', label: 'ID', kind: 'text', required: true, help: 'The ID' },
					{
						name: 'type',
						label: 'Type',
						kind: 'choice',
						choices: [{ value: '', label: 'None' }],
						help: 'The type',
					},
				],
				result: { is: 'record' },
				sample: {},
			},
		],
	} as const;

	it('gets its dialog from the record alone', () => {
		expect(nodeHtml(resource)).toContain("RED.nodes.registerType('smtp2go-allowed-sender'");
		expect(buildForm(resource)).toMatchObject({
			type: 'smtp2go-allowed-sender',
			operations: [
				{
					key: 'add',
					fields: [
						{ name: 'id', text: 'allowedSender.add.id', reads: 'msg.payload.id' },
						{ name: 'type', text: 'allowedSender.add.type' },
						{ name: '$dryRun', text: 'common.own.dryRun' },
					],
				},
			],
		});
	});
});

describe('no line of the Node-RED side names an operation or a field', () => {
	const allowed = ['core-email.ts'];
	const sources = readdirSync(join(root, 'node-red'), { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.ts') && !allowed.includes(basename(file)))
		.map((file) => [file, readFileSync(join(root, 'node-red', file), 'utf8')] as const);
	const names = new Set(
		resources
			.flatMap(({ operations }) => operations.flatMap(({ fields }) => fields.map(({ name }) => name)))
			.filter((name) => name.includes('_')),
	);

	it.each(sources)('%s', (_file, source) => {
		const code = source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\/\/.*/g, '');
		expect([...names].filter((name) => new RegExp(`\\b${name}\\b`).test(code))).toEqual([]);
		expect(code).not.toMatch(/operationOf\('|findOperation\('\w+', '\w+'/);
	});
});
