// The output schemas of the n8n package: what each operation and the trigger give, shown in n8n's panes before the
// first
// run. n8n looks for `__schema__/v<version>/<resource>/<operation>.json` beside the node, and for
// `__schema__/v<version>.json`
// where a node has neither (output-schema-resolver.js of n8n-core 2.41.1). Needs dist/: the client and the node
// themselves
// make the items, out of the catalogue's sample responses.
import { createRequire } from 'node:module';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../tools.mjs';

const require = createRequire(import.meta.url);
const FOLDER = join(root, 'dist', 'nodes', 'Smtp2go', '__schema__');
/** The nodes' `version`, as n8n writes it in paths. */
const VERSION = 'v1.0.0';

const email = {
	sender: 'shop@example.com',
	to: ['jane@example.com'],
	cc: ['joe@example.com'],
	bcc: ['team@example.com'],
	subject: 'Hello',
	text_body: 'Hello',
};

/** What is sent, where the result tells of it. */
const sent = {
	...email,
	emails: [email, email],
	destination: ['+14155550123'],
	content: 'Hello',
	mime_email: 'From: shop@example.com\r\nTo: jane@example.com\r\nCc: joe@example.com\r\nSubject: Hello\r\n\r\nHello',
};

/** SMTP2GO's response to a scheduled email. */
const scheduled = { succeeded: 1, failed: 0, failures: [], schedule_id: '4d3b03a7-8663-4592-899a-b479ba6fcba9' };

/** What the two channels deliver. Of email a bounce and a click, which have what no other event has. */
const said = {
	id: '76f25fdc',
	time: '2026-11-30T09:00:00Z',
	sendtime: '2026-11-30T08:59:58Z',
	email_id: '1u0SwL-B9zBpi9ffUq-JAB2',
	'message-id': '<1@example.com>',
	subject: 'Hello',
	from: 'shop@example.com',
	from_address: 'shop@example.com',
	from_name: '',
	sender: 'shop@example.com',
	auth: 'api-5BFDE1E62529',
	rcpt: 'jane@example.com',
};
const deliveries = [
	{
		...said,
		event: 'bounce',
		bounce: 'hard',
		host: 'mail.example.com [203.0.113.22]',
		message: '550 5.1.1 user unknown',
		context: 'RCPT TO:<jane@example.com>',
	},
	{
		...said,
		event: 'click',
		url: 'https://example.com/',
		'user-agent': 'Mozilla/5.0',
		'geoip-country': 'NZ',
		srchost: '192.0.2.10',
	},
	{
		id: '58074694',
		event: 'sms_failed',
		destination_number: '+14155550123',
		source_number: '+14155550100',
		message_id: '4c1d0952-1c91-48ab-9a72-5221281c0c95',
		message_content: 'Hello',
		status_code: 'failed',
		region: 'US',
		retry_count: '0',
		received_timestamp: '2026-11-30T09:00:00Z',
		submitted_timestamp: '2026-11-30T08:59:58Z',
	},
];

/** What "Send and Wait for Response" gives: each field is null where it does not apply. */
const nothing = { approved: null, choice: null, text: null, comment: null };
const answer = { respondedBy: 'jane@example.com', respondedAt: '2026-11-30T09:00:00.000Z', channel: 'email' };
const answers = [
	{ data: { approved: true, choice: 'Monday', text: 'Thank you', comment: 'Fine', ...answer } },
	{ data: { ...nothing, ...answer } },
	{ data: { timedOut: true } },
];

const typesOf = ({ type }) => [type].flat().filter((one) => one !== undefined);

/** One schema for what fits either; what may be null says so last, since n8n shows the first type. */
function merged(one, other) {
	if (one === undefined) return other;
	const all = [...new Set([...typesOf(one), ...typesOf(other)])];
	// An object or list that may also be null is shown with its fields all the same: n8n looks into no union.
	const nested = all.find((type) => type === 'object' || type === 'array');
	const types =
		nested === undefined
			? [...all.filter((type) => type !== 'null'), ...all.filter((type) => type === 'null')]
			: [nested];
	const names = [...new Set([one, other].flatMap(({ properties = {} }) => Object.keys(properties)))];
	const items = [one, other].flatMap((schema) => schema.items ?? []).reduce(merged, undefined);
	return {
		...(types.length === 0 ? {} : { type: types.length === 1 ? types[0] : types }),
		...(nested === 'object'
			? {
					properties: Object.fromEntries(
						names.map((name) => [
							name,
							[one, other]
								.flatMap(({ properties = {} }) => properties[name] ?? [])
								.reduce(merged, undefined),
						]),
					),
				}
			: {}),
		...(nested === 'array' && items ? { items } : {}),
	};
}

/** Objects whose names are the user's own: those of a sample would stand for nobody else's. */
const open = ['custom_headers', 'template_variables'];

/** The schema of a JSON value. */
function schemaOf(value) {
	if (value === null) return { type: 'null' };
	if (Array.isArray(value))
		return { type: 'array', ...(value.length > 0 ? { items: value.map(schemaOf).reduce(merged) } : {}) };
	if (typeof value === 'object')
		return {
			type: 'object',
			properties: Object.fromEntries(
				Object.entries(value).map(([name, part]) => [
					name,
					schemaOf(open.includes(name) && !Array.isArray(part) ? {} : part),
				]),
			),
		};
	return { type: typeof value };
}

/** The schema of items, as n8n reads it. */
function schemaOfAll(items) {
	return { ...items.map(schemaOf).reduce(merged, undefined), version: 1 };
}

/** The items that the node makes of one response of SMTP2GO. */
async function itemsFrom({ buildRequest, perform }, { toItems }, operation, data) {
	const text = JSON.stringify({ request_id: '', data });
	const host = {
		send: async () => ({ answered: true, status: 200, headers: {}, text }),
		sleep: async () => {},
		now: Date.now,
		monotonic: () => performance.now(),
		random: Math.random,
	};
	const values = Object.fromEntries(
		operation.fields
			.filter(({ name, kind, required, main }) => name in sent && (required || main || kind === 'recipients'))
			.map(({ name }) => [name, sent[name]]),
	);
	const request =
		operation.effect === 'sends'
			? buildRequest(operation, values, Date.now())
			: {
					ok: true,
					value: {
						operation,
						fields: {},
						responseOptions: {},
						encode: async () => ({ ok: true, value: '{}' }),
					},
				};
	if (!request.ok) throw new Error(`${operation.path}: ${request.error.message}`);
	const outcome = await perform({ host, baseUrl: '' }, request.value);
	if (!outcome.ok)
		throw new Error(`The sample of ${operation.path} is not a valid response: ${outcome.error.message}`);
	const made = toItems(operation, outcome.value, { node: {}, itemIndex: 0, continueOnFail: true, simplify: true });
	return made.items.map(({ json }) => json);
}

/** The schemas of all operations, and the trigger's, by their path below `__schema__`. */
async function schemas() {
	const api = require(join(root, 'dist', 'api'));
	const results = require(join(root, 'dist', 'nodes', 'Smtp2go', 'run', 'output.js'));
	const made = new Map([[`${VERSION}.json`, schemaOfAll(deliveries.map((raw) => api.readDelivery(raw, []).event))]]);
	for (const { key, operations } of api.resources) {
		for (const operation of operations) {
			const responses = [operation.sample, ...(operation.result.is === 'sent' ? [scheduled] : [])];
			const items = (await Promise.all(responses.map((data) => itemsFrom(api, results, operation, data)))).flat();
			made.set(`${VERSION}/${key}/${operation.key}.json`, schemaOfAll(items));
		}
	}
	for (const { key, operations } of api.offeredResources('n8n'))
		for (const operation of operations.filter(api.isCompound))
			made.set(`${VERSION}/${key}/${operation.key}.json`, schemaOfAll([operation.sample].flat()));
	for (const resource of ['email', 'sms']) made.set(`${VERSION}/${resource}/sendAndWait.json`, schemaOfAll(answers));
	return made;
}

/** Writes the schemas into dist/. */
export async function writeSchemas() {
	for (const [path, schema] of await schemas()) {
		const file = join(FOLDER, path);
		mkdirSync(dirname(file), { recursive: true });
		writeFileSync(file, JSON.stringify(schema));
	}
}
