// The pages that are made from the catalogue: docs/reference/*.md, one per resource, and docs/api-coverage.md.
// `npm run docs` writes them. `node scripts/build/reference.mjs --check` says which are out of date. Needs both builds.
import { createRequire } from 'node:module';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../tools.mjs';
import { coverage } from './coverage.mjs';

const require = createRequire(import.meta.url);
const FOLDER = join(root, 'docs', 'reference');
const COVERAGE = join(root, 'docs', 'api-coverage.md');

/** How a value of each kind is written, beside what the form of the host offers. A kind without words is an error. */
const kinds = {
	addressesOrDomains: 'email addresses and domains: a list, or separated by commas',
	addressOrDomain: 'an email address or a domain',
	apiKey: 'an API key of the account: chosen from the list, or its ID',
	attachments:
		'files: n8n binary data, a list of `{filename, fileblob, mimetype}` or `{filename, url}`; Node-RED also `{filename, content}` with a Buffer',
	boolean: '`true` or `false`',
	choice: 'one of the values named',
	choices: 'several of the values named: a list, or separated by commas',
	dateTime:
		'a date and time: ISO 8601 (without a zone: in that of the workflow in n8n, of the server in Node-RED), a Date, or milliseconds since 1970; sent in UTC',
	domain: 'a domain',
	emailAddress: 'an email address',
	emails: 'a list of emails as JSON, each with the API names of Send',
	headers: 'a list of `{header, value}`, an object, or a JSON text of either',
	html: 'HTML',
	inlines: 'images as attachments are written; the file name (or `cid`) is the Content-ID',
	ipAddress: 'an IP address, or a range as in `192.0.2.0/24`',
	ipPool: 'a dedicated IP pool: chosen from the list, or its ID',
	longText: 'text of several lines',
	mime: 'a whole message (RFC 5322): text, Base64, or a file',
	number: 'a whole number, also as text',
	object: 'a JSON object, also as text',
	phoneNumber: 'a phone number with country code, as in `+14155550123`',
	phoneNumbers: 'phone numbers with country code: a list, or separated by commas',
	recipients: 'addresses: a list, or separated by commas; `Name <address>` is understood',
	replyTo: 'addresses for answers, as recipients are written',
	schedule: 'a date and time at most 3 days ahead, written as any date and time',
	secret: 'a secret text; from an expression or a credential, never written into a flow that is shared',
	sender: 'one address of a verified sender; `Name <address>` is understood',
	senderDomain: 'a sender domain of the account: chosen from the list, or typed',
	singleSender: 'a verified sender address of the account: chosen from the list, or typed',
	smtpUser: 'an SMTP user of the account: chosen from the list, or typed',
	smtpUsers: 'names of SMTP users or API keys: a list, or separated by commas',
	subaccount: 'the ID of a subaccount: chosen from the list, or typed',
	subaccounts: 'IDs of subaccounts: a list, or separated by commas',
	template: 'a template: chosen from the list, or its ID',
	templateData: "the values of the template's variables: a form, or a JSON object",
	text: 'text',
	textList: 'texts: a list, or separated by commas',
	url: 'a full URL with http:// or https://',
	webhook: 'a webhook: chosen from the list, or its number',
};

const effects = {
	reads: 'reads only, and is repeated after a fault',
	writes: 'changes the account',
	destroys: 'cannot be undone',
	sends: 'sends; never repeated once it may have arrived',
};

/**
 * Text that is safe in a cell of a Markdown table. The catalogue writes `&lt;` for n8n, which GitHub shows as `<` too.
 */
const cell = (text) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

function bounds({ kind, min, max }) {
	const unit = ['number'].includes(kind)
		? ''
		: ['text', 'longText', 'html', 'template', 'secret'].includes(kind)
			? ' characters'
			: ' entries';
	if (min !== undefined && max !== undefined) return `${min} to ${max.toLocaleString('en-US')}${unit}`;
	if (max !== undefined) return `at most ${max.toLocaleString('en-US')}${unit}`;
	return min !== undefined && min > 1 ? `at least ${min}${unit}` : undefined;
}

function value(field) {
	const words = kinds[field.kind];
	if (words === undefined) throw new Error(`The kind "${field.kind}" has no words in scripts/build/reference.mjs`);
	const choices = (field.choices ?? []).map((choice) => `\`${choice.value || '""'}\``).join(', ');
	return [choices === '' ? words : `${field.kind === 'choices' ? 'several of' : 'one of'} ${choices}`, bounds(field)]
		.filter(Boolean)
		.join('; ');
}

function fieldRow(parameterName, field) {
	const needed = field.required ? ' **required**' : '';
	return `| ${cell(field.label)}${needed} | \`${field.name}\` | \`${parameterName(field)}\` | ${cell(field.help.replace('{place}', 'workflow (n8n) or server (Node-RED)'))} | ${cell(value(field))} |`;
}

/** What a node makes of SMTP2GO's sample answer: the client itself runs on it. */
async function resultOf(perform, operation) {
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
		{ operation, fields: {}, wishes: {}, encode: async () => ({ ok: true, value: '{}' }) },
	);
	if (!outcome.ok) throw new Error(`The sample of ${operation.path} is no good answer: ${outcome.error.message}`);
	return outcome.value.result;
}

/** The words over a result: what a person gets, and what n8n's Simplify leaves of it. */
function resultTitle({ is, simple }, made) {
	const what =
		is === 'list' && Array.isArray(made)
			? 'Each entry of the result'
			: is === 'batch'
				? 'The result, an entry for each mail'
				: 'The result';
	const kept = simple
		? `; n8n's *Simplify* keeps ${simple.map((name) => `\`${name.split('.').pop()}\``).join(', ')}`
		: '';
	return `${what}${kept}:`;
}

async function operationPart(parameterName, perform, operation) {
	const { label, key, help, path, method, effect, notice, fields, needs = [], paging, result } = operation;
	const made = await resultOf(perform, operation);
	return [
		`## ${label}`,
		`${help}. Operation \`${key}\`; permission \`${path}\`${method === 'POST' ? '' : ` (${method})`}; ${effects[effect]}.${paging ? ' Long lists are read page by page: *Return All* or *Limit*.' : ''}`,
		...(notice ? [`> **Note:** ${notice}`] : []),
		...(fields.length === 0
			? ['It has no fields.']
			: [
					[
						'| field | API, Node-RED | n8n | what it is | value |',
						'|---|---|---|---|---|',
						...fields.map((field) => fieldRow(parameterName, field)),
					].join('\n'),
				]),
		...needs.map(
			(names) => `At least one of these must be given: ${names.map((name) => `\`${name}\``).join(', ')}.`,
		),
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
			'Made from the catalogue by `npm run docs`; see [all resources](README.md).',
		].join('\n\n') + '\n'
	);
}

function index(nodeOf, pageOf, resources) {
	const count = resources.reduce((sum, { operations }) => sum + operations.length, 0);
	return (
		[
			'# Reference',
			`All ${count} operations of SMTP2GO's API, on n8n and on Node-RED. The *API* name of a field is what Node-RED reads from \`msg.payload\` where the dialog leaves the field alone; every value is also taken in its text form, as expressions and AI agents give it (in n8n, files and headers are added in the form, which has room for a list from an expression). The results are what the nodes give by default; SMTP2GO's own \`data\` is one choice away (n8n: *Simplify* off; Node-RED: *Output*).`,
			[
				'| resource | Node-RED | operations |',
				'|---|---|---|',
				...resources.map(
					(resource) =>
						`| [${resource.label}](${pageOf(resource)}) | \`${nodeOf(resource)}\` | ${resource.operations.map(({ label }) => label).join(', ')} |`,
				),
			].join('\n'),
			'Made from the catalogue by `npm run docs`.',
		].join('\n\n') + '\n'
	);
}

/** File name and text of every page. */
async function pages() {
	const { perform, resources } = require(join(root, 'dist', 'api'));
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
