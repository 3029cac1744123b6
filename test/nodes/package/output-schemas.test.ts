/**
 * The output schemas of the built package, which n8n shows before the first run, against what the nodes really give.
 * `npm test` builds first.
 */
/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeParameters } from 'n8n-workflow';
import {
	emailEvents,
	hasPickList,
	offeredResources,
	resources,
	smsEvents,
	type Field,
	type Operation,
} from '../../../api';
import { parameterName } from '../../../nodes/Smtp2go/parameters/names';
import { fits } from '../../contract/support/samples';
import { useAccount } from '../support/account';
import { Asking } from '../support/asking';
import { runNode } from '../support/engine';
import { Trigger } from '../support/trigger';

const folder = join(__dirname, '..', '..', '..', 'dist', 'nodes', 'Smtp2go', '__schema__');

interface Schema {
	type?: string | string[];
	properties?: Record<string, Schema>;
	items?: Schema;
	version?: number;
}

function schemaAt(path: string): Schema {
	return JSON.parse(readFileSync(join(folder, path), 'utf8')) as Schema;
}

const typesOf = ({ type }: Schema) => [type ?? []].flat();

function typeOf(value: unknown): string {
	return value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
}

/** What of a value the schema does not tell: a field that it does not know, or one of another type. */
function untold(value: unknown, schema: Schema, path = ''): string[] {
	const type = typeOf(value);
	const types = typesOf(schema);
	// A sample that holds nothing tells no type, and what is nothing now fits every type.
	if (types.length === 0 || types.join() === 'null' || type === 'null') return [];
	if (!types.includes(type)) return [`${path} is ${type}, not ${types.join(' or ')}`];
	if (Array.isArray(value)) return value.flatMap((entry) => untold(entry, schema.items ?? {}, `${path}[]`));
	if (typeof value !== 'object' || value === null || Object.keys(schema.properties ?? {}).length === 0) return [];
	return Object.entries(value).flatMap(([name, part]) => {
		const known = schema.properties?.[name];
		return known === undefined ? [`${path}.${name} is not told`] : untold(part, known, `${path}.${name}`);
	});
}

const account = useAccount({ probe: 'none' });

const byId = (value: unknown) => ({ __rl: true, mode: 'id', value });
const email = { sender: byId('shop@example.com'), to: 'jane@example.com', subject: 'Hello', textBody: 'Hello' };

/** Runs one operation in n8n's engine. */
function run(resource: string, operation: string, parameters: object) {
	return runNode({
		parameters: { resource, operation, ...parameters } as INodeParameters,
		credentials: account.credentials,
	});
}

/** What must be there before an operation can find it, and the parameters that name it. */
const finding: Record<string, () => Promise<object> | object> = {
	'email/sendBatch': () => ({
		emails: JSON.stringify([
			{ sender: 'shop@example.com', to: ['jane@example.com'], subject: 'Hello', text_body: 'Hello' },
		]),
	}),
	'email/searchScheduled': () => later().then(() => ({})),
	'email/cancelScheduled': async () => ({ scheduleId: await later() }),
	'activity/search': () => mailed().then(() => ({})),
	'archive/search': () => mailed().then(() => ({})),
	'archive/get': async () => ({ emailId: await mailed() }),
	'statistics/getHistory': () => mailed().then(() => ({})),
	'senderDomain/create': () => ({ newDomain: 'example.org' }),
	'senderDomain/updateReturnPath': () => ({
		...ownDomain(),
		oldSubdomain: account.simulator.state.account.domains[0]?.returnPath,
		newSubdomain: 'back',
	}),
	'senderDomain/updateTracking': () => ({
		...ownDomain(),
		oldSubdomain: account.simulator.state.account.domains[0]?.tracking,
		newSubdomain: 'link2',
	}),
	'senderDomain/updateSubaccountAccess': () => ({ ...ownDomain(), subaccounts: 'demo01' }),
	'singleSender/getAll': () => run('singleSender', 'create', { newSender: 'jo@example.net' }).then(() => ({})),
	'singleSender/delete': () =>
		run('singleSender', 'create', { newSender: 'jo@example.net' }).then(() => ({
			singleSender: byId('jo@example.net'),
		})),
	...Object.fromEntries(
		['update', 'delete'].map((key) => [
			`webhook/${key}`,
			async () => ({
				webhookId: byId(
					(await run('webhook', 'create', { url: 'https://example.com/hook', events: ['bounce'] })).items[0]
						?.json['id'],
				),
			}),
		]),
	),
	'webhook/getAll': () =>
		run('webhook', 'create', { url: 'https://example.com/hook', events: ['bounce'] }).then(() => ({})),
	...Object.fromEntries(
		['update', 'delete', 'replace'].map((key) => [`smtpUser/${key}`, () => ({ username: byId('shop.example') })]),
	),
	...Object.fromEntries(
		['update', 'delete', 'replace'].map((key) => [
			`apiKey/${key}`,
			async () => ({ apiKeyId: byId((await run('apiKey', 'create', {})).items[0]?.json['api_key']) }),
		]),
	),
	...Object.fromEntries(
		['update', 'close'].map((key) => [`subaccount/${key}`, () => ({ subaccount: byId('demo01') })]),
	),
	'subaccount/reopen': () => ({ subaccount: byId('demo02') }),
	...Object.fromEntries(['update', 'delete'].map((key) => [`ipAuth/${key}`, () => ({ ipAddress: '192.0.2.10' })])),
	...Object.fromEntries(
		['update', 'remove'].map((key) => [
			`ipAllowList/${key}`,
			() =>
				run('ipAllowList', 'add', { listType: 'smtp', ipAddress: '192.0.2.1' }).then(() => ({
					ipAddress: '192.0.2.1',
				})),
		]),
	),
	'suppression/getAll': () => run('suppression', 'add', { emailAddress: 'jane@example.com' }).then(() => ({})),
	'suppression/remove': () => run('suppression', 'add', { emailAddress: 'jane@example.com' }).then(() => ({})),
	'sms/getReceived': () => {
		account.simulator.receiveSms({ from: '+14155550123', content: 'Hello' });
		return {};
	},
	'sms/getSent': () => run('sms', 'send', { destination: '+14155550123', content: 'Hello' }).then(() => ({})),
};

const ownDomain = () => ({ domain: byId(account.simulator.state.account.domains[0]?.name) });

/** An email that is delivered; its ID. */
async function mailed(): Promise<string> {
	await run('email', 'send', email);
	await account.simulator.waitFor(({ events }) => events.some(({ event }) => event === 'delivered'));
	return account.simulator.state.emails[0]?.emailId ?? '';
}

/** An email that waits for its time; its schedule ID. */
async function later(): Promise<string> {
	await run('email', 'send', { ...email, options: { schedule: new Date(Date.now() + 86_400_000).toISOString() } });
	return account.simulator.state.scheduled[0]?.scheduleId ?? '';
}

/** The parameters of an operation: what it needs, by samples of each kind. */
function parametersOf(operation: Operation): object {
	const needed = (operation.needs ?? []).map(([name]) => name);
	const fields: readonly Field[] = operation.fields;
	return Object.fromEntries(
		fields
			.filter(({ required, name }) => required === true || needed.includes(name))
			.map((field) => {
				const value = fits(field);
				return [
					parameterName(field),
					hasPickList(field.kind)
						? byId(value)
						: Array.isArray(value) && field.kind !== 'choices'
							? value.join(', ')
							: value,
				];
			}),
	);
}

const operations = resources.flatMap((resource) =>
	resource.operations.map((operation) => ({
		name: `${resource.key}/${operation.key}`,
		resource: resource.key,
		operation,
	})),
);

test.each(operations)(
	"$name has one, and what the node makes of the simulator's answer fits it",
	async ({ name, resource, operation }) => {
		const schema = schemaAt(`v1.0.0/${name}.json`);
		expect([schema.type, schema.version]).toEqual(['object', 1]);
		expect(Object.keys(schema.properties ?? {}).length).toBeGreaterThan(0);
		const found = await finding[name]?.();
		const { items, error } = await run(resource, operation.key, {
			returnAll: true,
			...parametersOf(operation),
			...found,
		});
		expect(error?.message).toBeUndefined();
		expect([name, items.flatMap(({ json }) => untold(json, schema))]).toEqual([name, []]);
		expect(items.length).toBeGreaterThan(0);
	},
);

test('the trigger has one, and what it makes of every event of both channels fits it', async () => {
	const schema = schemaAt('v1.0.0.json');
	const trigger = new Trigger({
		credentials: account.credentials,
		parameters: { events: emailEvents.map(({ value }) => value), smsEvents: smsEvents.map(({ value }) => value) },
	});
	await trigger.activate();
	await mailed();
	for (const event of ['bounce', 'click', 'spam', 'unsubscribe'] as const)
		account.simulator.raise(event, { recipient: 'jane@example.com' });
	await run('sms', 'send', { destination: '+14155550123', content: 'Hello' });
	await account.simulator.waitFor(({ events }) => events.some(({ channel }) => channel === 'sms'));
	const { events } = account.simulator.state;
	expect(new Set(events.map(({ event }) => event)).size).toBeGreaterThan(5);
	for (const { payload } of events) {
		const { json = {} } =
			(await trigger.deliverSigned(JSON.stringify(payload))).result.workflowData?.[0]?.[0] ?? {};
		expect(Object.keys(json).sort()).toEqual(Object.keys(schema.properties ?? {}).sort());
		// `raw` is the delivery as it came: the schema tells some of what may be in it.
		expect([payload['event'], untold({ ...json, raw: {} }, schema)]).toEqual([payload['event'], []]);
	}
});

test.each([
	[{ answer: 'decline', comment: 'No' }, {}],
	[{ answer: '1' }, { responseType: 'choice', choices: 'Monday\nTuesday' }],
	[{ answer: 'text', text: 'Hello' }, { responseType: 'freeText' }],
])('the answer %j to a question fits its schema', async (answer, parameters) => {
	const asking = await new Asking(account, { parameters }).ask();
	const schema = schemaAt('v1.0.0/email/sendAndWait.json');
	expect(untold((await asking.post(answer)).output, schema)).toEqual([]);
	expect(untold(asking.unanswered, schema)).toEqual([]);
});

test('there is none that belongs to nothing, and all of them are small', () => {
	const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.json'));
	expect(files.map((path) => path.replaceAll('\\', '/')).sort()).toEqual(
		[
			'v1.0.0.json',
			...['email', 'sms'].map((resource) => `v1.0.0/${resource}/sendAndWait.json`),
			...offeredResources('n8n').flatMap(({ key, operations: list }) =>
				list.map((operation) => `v1.0.0/${key}/${operation.key}.json`),
			),
		].sort(),
	);
	expect(files.reduce((sum, path) => sum + statSync(join(folder, path)).size, 0)).toBeLessThan(40_000);
});
