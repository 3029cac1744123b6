/**
 * A stranger's web form meets flows that set only what is required: nothing of it may travel. The form has every name
 * there is: fields of every operation by the API's name and n8n's, options of ours, properties of Node-RED's own nodes.
 */
/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { resourcesAndCustom, withoutKeys, type Operation, type Resource } from '../../../../api';
import { ownOptions, LIMIT } from '../../../../node-red/shared/own-options';
import { nodeTypeOf } from '../../../../node-red/generate/forms';
import { unsetSource } from '../../../../node-red/shared/unset';
import { parameterName } from '../../../../nodes/Smtp2go/parameters/names';
import { Recorder, type Call } from '../../../contract/support/hosts';
import { inbox, key, load, node, unload } from '../../support/node-red';
import { isNeeded, required, valueFor } from '../../support/required';

const recorder = new Recorder();
beforeAll(() => recorder.start());
afterAll(() => recorder.stop());
afterEach(() => unload());

const all = resourcesAndCustom.flatMap((resource) =>
	resource.operations.map((operation) => [`${resource.key}.${operation.key}`, resource, operation] as const),
);

/** Names that say something to a node of this kind, whoever reads them. */
const properties = [
	'operation',
	'from',
	'to',
	'cc',
	'bcc',
	'replyTo',
	'topic',
	'title',
	'payload',
	'plaintext',
	'description',
	'filename',
	'attachments',
	'headers',
	'inReplyTo',
	'references',
	'priority',
	'batch',
	'dryRun',
	'checkFirst',
	'fields',
	'fieldsFrom',
	'resultTo',
	'output',
	'account',
	'version',
	'region',
	'baseUrl',
	'apiKey',
	'api_key',
	'simplify',
	'returnAll',
	'limit',
	'options',
	'values',
	'__proto__',
	'constructor',
	'prototype',
];

/**
 * One property of the form for each name, with the value that fits the operation under test where it is one of its
 * fields.
 */
function form({ fields }: Operation): Record<string, unknown> {
	const others = resourcesAndCustom.flatMap(({ operations }) => operations.flatMap((operation) => operation.fields));
	const named = [...others, ...fields].flatMap((field) =>
		[field.name, field.alias, parameterName(field)]
			.filter((name) => name !== undefined)
			.map((name) => [name, valueFor(field)] as const),
	);
	const options = [...ownOptions.map(({ form: { name } }) => name), LIMIT].flatMap(
		(name) =>
			[
				[name, 'true'],
				[name.slice(1), 'true'],
			] as const,
	);
	const entries = [...properties.map((name) => [name, 'eve@example.com'] as const), ...named, ...options];
	// Not by assignment: `__proto__` would be lost.
	return JSON.parse(
		`{${entries.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(',')}}`,
	) as Record<string, unknown>;
}

/** Each node has its own key: SMTP2GO accepts some calls only a few times per minute. */
let keys = 0;

/** A node of the operation, its required fields set, and all that comes of the messages it gets. */
async function start(resource: Resource, operation: Operation, more: object = {}) {
	recorder.answer = operation.sample;
	await load(
		[
			{ id: 'tab', type: 'tab', label: 'Test' },
			{ id: 'account', type: 'smtp2go-account', name: '', region: 'custom', baseUrl: recorder.url, version: 1 },
			{
				id: 'n',
				z: 'tab',
				type: nodeTypeOf(resource),
				name: '',
				account: 'account',
				operation: operation.key,
				fields: required(operation),
				version: 2,
				wires: [['out']],
				...more,
			},
			{ id: 'out', z: 'tab', type: 'helper' },
			{ id: 'catcher', z: 'tab', type: 'catch', scope: null, uncaught: false, wires: [['caught']] },
			{ id: 'caught', z: 'tab', type: 'helper' },
		],
		key(`api-${String(++keys).padStart(32, '0')}`),
	);
	const [out, caught] = [inbox('out'), inbox('caught')];
	let count = 0;
	return async (msg: object): Promise<{ calls: Pick<Call, 'method' | 'path' | 'body'>[]; error: unknown }> => {
		const failures = caught.messages.length;
		node('n').receive({ ...msg });
		count++;
		while (out.messages.length + caught.messages.length < count)
			await new Promise((resolve) => {
				setImmediate(resolve);
			});
		const calls = recorder.take().map(({ method, path, body }) => ({ method, path, body: withoutKeys(body) }));
		return {
			calls,
			error: caught.messages.length > failures ? caught.messages.at(-1)?.error?.['message'] : undefined,
		};
	};
}

/** A form as the core `http in` node passes it on, and the other forms in which a stranger's words come. */
function posts(operation: Operation): [string, object][] {
	const body = form(operation);
	const req = {
		body,
		query: body,
		params: body,
		headers: body,
		cookies: body,
		files: [{ originalname: 'eve.txt', buffer: Buffer.from('eve'), mimetype: 'text/plain' }],
	};
	return [
		['a form', { payload: body, req, res: {} }],
		['JSON with its own payload', { payload: { ...body, payload: body }, req }],
		['a list', { payload: [body, body], req }],
		['a list in a payload', { payload: { payload: [body] }, req }],
		['a form without a request', { payload: body }],
	];
}

it('there is a form for each of the operations and the custom call', () => {
	expect(all).toHaveLength(resourcesAndCustom.reduce((sum, { operations }) => sum + operations.length, 0));
	expect(all.length).toBeGreaterThanOrEqual(74);
});

describe.each(all)('%s', (_name, resource, operation) => {
	it("sends what the flow sets, and nothing of a stranger's form", async () => {
		const alone = await (await start(resource, operation))({ payload: {} });
		expect([alone.error, alone.calls.length > 0]).toEqual([undefined, true]);
		for (const [what, msg] of posts(operation)) {
			await unload();
			expect([what, await (await start(resource, operation))(msg)]).toEqual([what, alone]);
		}
	});
});

describe('an operation that the message chooses', () => {
	it.each(all)(
		'%s is chosen by msg.operation alone, and of a form only the sources of a new node are read',
		async (_name, resource, operation) => {
			const chosen = { operation: 'msg.operation' };
			const fields = operation.fields.filter((field) =>
				unsetSource(resource.key, field)?.shows.startsWith('msg.payload.'),
			);
			const payload = Object.fromEntries(fields.map((field) => [field.name, valueFor(field)]));
			const shown = await (await start(resource, operation, chosen))({ operation: operation.key, payload });
			await unload();
			const run = await start(resource, operation, chosen);
			expect(
				await run({ operation: operation.key, payload: { ...form(operation), ...payload }, req: {} }),
			).toEqual(shown);
			expect((await run({ payload: { ...form(operation), operation: operation.key } })).calls).toEqual([]);
		},
	);
});

/** True where a message changes what is sent, or whether. */
async function changes(resource: Resource, operation: Operation, alone: string, msg: object): Promise<boolean> {
	const run = await start(resource, operation);
	const changed = JSON.stringify(await run(msg)) !== alone;
	await unload();
	return changed;
}

it('no field and no option of any operation can be set by a message without a word of the dialog', async () => {
	const settable: string[] = [];
	for (const [name, resource, operation] of all) {
		const alone = JSON.stringify(await (await start(resource, operation))({ payload: {} }));
		await unload();
		for (const field of operation.fields.filter((one) => !one.required && !isNeeded(operation, one))) {
			if (
				await changes(resource, operation, alone, {
					payload: Object.fromEntries(
						[field.name, field.alias ?? field.name, parameterName(field)].map((one) => [
							one,
							valueFor(field),
						]),
					),
				})
			)
				settable.push(`${name}.${field.name}`);
		}
		for (const {
			form: { name: option, choices },
		} of ownOptions.filter(({ of }) => of(operation))) {
			const value = choices?.[0] ?? 'true';
			if (
				await changes(resource, operation, alone, {
					payload: { [option]: value, [option.slice(1)]: value },
					[option]: value,
					[option.slice(1)]: value,
				})
			)
				settable.push(`${name}.${option}`);
		}
	}
	expect(settable).toEqual([]);
}, 120_000);
