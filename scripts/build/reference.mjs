// The pages that are made from the catalogue: docs/reference/*.md, one per resource, and docs/api-coverage.md.
// `npm run docs` writes them. `node scripts/build/reference.mjs --check` says which are out of date. Needs both builds.
import { createRequire } from 'node:module';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../tools.mjs';
import { coverage } from './coverage.mjs';

const require = createRequire(import.meta.url);
/** The built api/: loaded when the pages are made, not when this file is read. */
const api = () => require(join(root, 'dist', 'api'));
const FOLDER = join(root, 'docs', 'reference');
const COVERAGE = join(root, 'docs', 'api-coverage.md');

/** What a host takes beside what a kind's record says. */
const onHosts = {
	attachments: '; in n8n also binary data, in Node-RED also `{filename, content}` with a Buffer',
	dateTime: ' (without a time zone, in that of the workflow in n8n or of the server in Node-RED)',
	templateData: '; in n8n also a form, in Node-RED also rows',
};

const effects = {
	reads: 'reads only, and is retried if it fails',
	writes: 'changes the account',
	destroys: 'cannot be undone',
	sends: 'sends; not retried once it may have arrived',
};

/**
 * Text that is safe in a cell of a Markdown table. The catalogue writes `&lt;` for n8n, which GitHub shows as `<` too.
 */
const cell = (text) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

function bounds({ kind, min, max }) {
	const { counts } = api().kinds[kind];
	const unit = counts === 'characters' || counts === 'entries' ? ` ${counts}` : '';
	if (min !== undefined && max !== undefined) return `${min} to ${max.toLocaleString('en-US')}${unit}`;
	if (max !== undefined) return `at most ${max.toLocaleString('en-US')}${unit}`;
	return min !== undefined && min > 1 ? `at least ${min}${unit}` : undefined;
}

function value(field) {
	const words = api().kinds[field.kind].written + (onHosts[field.kind] ?? '');
	const choices = (field.choices ?? []).map((choice) => `\`${choice.value || '""'}\``).join(', ');
	return [choices === '' ? words : `${field.kind === 'choices' ? 'several of' : 'one of'} ${choices}`, bounds(field)]
		.filter(Boolean)
		.join('; ');
}

function fieldRow(parameterName, field) {
	const needed = field.required ? ' **required**' : '';
	return (
		`| ${cell(field.label)}${needed} | \`${field.name}\` | \`${parameterName(field)}\` | ` +
		`${cell(field.help.replace('{place}', 'workflow (n8n) or server (Node-RED)'))} | ${cell(value(field))} |`
	);
}

/** What a node makes of SMTP2GO's sample response: the client itself runs on it. */
async function resultOf(perform, operation) {
	if (api().isCompound(operation)) return operation.sample;
	const text = JSON.stringify({ request_id: '', data: operation.sample });
	const host = {
		send: async () => ({ answered: true, status: 200, headers: {}, text }),
		sleep: async () => {},
		now: Date.now,
		monotonic: () => performance.now(),
		random: Math.random,
	};
	const outcome = await perform(
		{ host, baseUrl: '' },
		{ operation, fields: {}, responseOptions: {}, encode: async () => ({ ok: true, value: '{}' }) },
	);
	if (!outcome.ok)
		throw new Error(`The sample of ${operation.path} is not a valid response: ${outcome.error.message}`);
	return outcome.value.result;
}

/** The words over a result: what a person gets, and what n8n's Simplify leaves of it. */
function resultTitle({ is, simple }, made) {
	const what =
		is === 'list' && Array.isArray(made)
			? 'Each entry of the result'
			: is === 'batch'
				? 'The result, with one entry per email'
				: 'The result';
	const kept = simple
		? `; n8n's *Simplify* keeps ${simple.map((name) => `\`${name.split('.').pop()}\``).join(', ')}`
		: '';
	return `${what}${kept}:`;
}

/** The permissions that an operation needs, and which host has it if not both do. */
function permissionWords(operation) {
	const { method, host, optionalCalls = [] } = operation;
	const list = (paths) => paths.map((path) => `\`${path}\``).join(', ');
	const needed = api().permissionsOf(operation);
	return [
		`${needed.length === 1 ? 'permission' : 'permissions'} ${list(needed)}${method === 'PATCH' ? ' (PATCH)' : ''}`,
		...(optionalCalls.length > 0 ? [`more with ${list(optionalCalls)}`] : []),
		...(api().isCompound(operation) ? ['makes several calls'] : []),
		...(host === undefined ? [] : [`only in ${host === 'n8n' ? 'n8n' : 'Node-RED'}`]),
	].join('; ');
}

async function operationPart(parameterName, perform, operation) {
	const { label, key, help, effect, notice, fields, needs = [], paging, result } = operation;
	const made = await resultOf(perform, operation);
	return [
		`## ${label}`,
		`${help}. Operation \`${key}\`; ${permissionWords(operation)}; ${effects[effect]}.${paging ? ' Long lists are read page by page, up to *Limit* or with *Return All*.' : ''}`,
		...(notice ? [`> **Note:** ${notice}`] : []),
		...(fields.length === 0
			? ['This operation has no fields.']
			: [
					[
						'| Field | API, Node-RED | n8n | Description | Value |',
						'|---|---|---|---|---|',
						...fields.map((field) => fieldRow(parameterName, field)),
					].join('\n'),
				]),
		...needs.map((names) => `At least one of these is required: ${names.map((name) => `\`${name}\``).join(', ')}.`),
		resultTitle(result, made),
		`\`\`\`json\n${JSON.stringify(result.is === 'list' && Array.isArray(made) ? made[0] : made, null, 2)}\n\`\`\``,
	].join('\n\n');
}

async function page(parameterName, perform, nodeOf, resource) {
	const { label, help, operations } = resource;
	return (
		[
			`# ${label}`,
			`${help}. n8n: node **SMTP2GO**, resource *${label}*. Node-RED: node \`${nodeOf(resource)}\`.`,
			operations
				.map(
					(operation) =>
						`- [${operation.label}](#${operation.label
							.toLowerCase()
							.replace(/[^a-z0-9 -]/g, '')
							.replaceAll(' ', '-')}): ${operation.help}`,
				)
				.join('\n'),
			...(await Promise.all(operations.map((operation) => operationPart(parameterName, perform, operation)))),
			'Generated from the catalog by `npm run docs`. See [all resources](README.md).',
		].join('\n\n') + '\n'
	);
}

function index(nodeOf, pageOf, resources) {
	const count = api().resources.reduce((sum, { operations }) => sum + operations.length, 0);
	return (
		[
			'# Reference',
			`All ${count} operations of SMTP2GO's API in n8n and Node-RED. In Node-RED, the required fields of a new node read the properties of \`msg.payload\` with their *API* names, except in the email node. Every value can also be text, as from an expression or an AI agent. In n8n, you add files and headers in the form, which also accepts a list from an expression. The results are those that the nodes return by default. For SMTP2GO's own \`data\`, turn off *Simplify* (n8n) or change *Output* (Node-RED).`,
			[
				'| Resource | Node-RED | Operations |',
				'|---|---|---|',
				...resources.map(
					(resource) =>
						`| [${resource.label}](${pageOf(resource)}) | \`${nodeOf(resource)}\` | ${resource.operations.map(({ label }) => label).join(', ')} |`,
				),
			].join('\n'),
			'Generated from the catalog by `npm run docs`.',
		].join('\n\n') + '\n'
	);
}

/** File name and text of every page. */
async function pages() {
	const { perform, offeredResources } = api();
	const resources = offeredResources();
	const { parameterName } = require(join(root, 'dist', 'nodes', 'Smtp2go', 'parameters', 'names.js'));
	const dashed = (key) => key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
	const nodeOf = ({ key }) => `smtp2go-${dashed(key)}`;
	const pageOf = ({ key }) => `${dashed(key)}.md`;
	return new Map([
		['README.md', index(nodeOf, pageOf, resources)],
		...(await Promise.all(
			resources.map(async (resource) => [pageOf(resource), await page(parameterName, perform, nodeOf, resource)]),
		)),
	]);
}

/** Writes the pages, and takes away what is no page of them. */
export async function reference() {
	const made = await pages();
	mkdirSync(FOLDER, { recursive: true });
	for (const name of readdirSync(FOLDER)) if (!made.has(name)) rmSync(join(FOLDER, name));
	for (const [name, text] of made) writeFileSync(join(FOLDER, name), text);
	writeFileSync(COVERAGE, coverage());
}

if (import.meta.url === pathToFileURL(process.argv[1]).href && process.argv.includes('--check')) {
	const made = await pages();
	const there = existsSync(FOLDER) ? readdirSync(FOLDER) : [];
	const stale = [...made.keys()].filter(
		(name) => !there.includes(name) || readFileSync(join(FOLDER, name), 'utf8') !== made.get(name),
	);
	const left = there.filter((name) => !made.has(name));
	const wrong = [...stale, ...left].map((name) => `docs/reference/${name}`);
	if (!existsSync(COVERAGE) || readFileSync(COVERAGE, 'utf8') !== coverage()) wrong.push('docs/api-coverage.md');
	if (wrong.length > 0) {
		console.error(`Run "npm run docs": ${wrong.join(', ')}`);
		process.exit(1);
	}
}
