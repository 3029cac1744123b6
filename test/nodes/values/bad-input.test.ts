/**
 * Every field of every operation, with values that are wrong or hostile. The answer is an error that names the field,
 * or
 * the value sent exactly as understood; never a crash, a forged header or a value that silently went missing.
 */
import type { INodeParameters } from 'n8n-workflow';
import { hasPickList, resources, type Field, type Json, type Operation } from '../../../api';
import { isTopLevel, parameterName } from '../../../nodes/Smtp2go/parameters/names';
import { useAccount } from '../support/account';
import { runNode } from '../support/engine';

const account = useAccount({ probe: 'none' });
// Known limits would make the node wait for minutes; the simulator has none.
for (const operation of resources.flatMap(({ operations }) => operations))
	Object.assign(operation, { rate: undefined });

const hostile: Record<string, Json> = {
	'a number': 5,
	'a boolean': true,
	null: null,
	'an object': { a: 1 },
	'an object with __proto__': JSON.parse('{"__proto__": {"polluted": true}}') as Json,
	'a nested list': [[1], { a: 1 }],
	'text with CRLF': 'a@example.com\r\nBcc: evil@example.com',
	'a lone surrogate': '\ud800',
	'a megabyte of text': 'x'.repeat(1_000_000),
	'text that looks like JSON': '{"a": ',
	'a control character': 'a\u0000b',
};

/** How a value is given to a field of each kind whose form is not the value itself. */
const formsByKind: Partial<Record<Field['kind'], (value: string) => object>> = {
	attachments: (value) => ({ json: [{ files: value }] }),
	inlines: (value) => ({ json: [{ files: value }] }),
	headers: (value) => ({ json: [{ headers: value }] }),
};

/** A thing by its ID, as the form holds what can be chosen from a list. */
const byId = (value: string) => ({ __rl: true, mode: 'id', value });

/**
 * Values that fit every required field, so that only the one under test can be at fault: by parameter, else by kind.
 */
const fitting: Record<string, unknown> = {
	sender: 'shop@example.com',
	to: 'jane@example.com',
	subject: 'Hi',
	htmlBody: '<p>Hi</p>',
	textBody: 'Hi',
	mimeEmail: 'From: shop@example.com\r\nTo: jane@example.com\r\n\r\nHi',
	emails: JSON.stringify([{ sender: 'shop@example.com', to: 'jane@example.com', subject: 'Hi', text_body: 'Hi' }]),
	scheduleId: 'caa928f4-24ec-4a68-bcfc-1fd2596342f0',
	templateId: byId('welcome'),
	templateName: 'Name',
	newTemplateId: 'new-id',
	url: 'https://example.com/hook',
	webhookId: byId('4001'),
	emailAddress: 'jane@example.com',
	reasons: ['manual'],
	newDomain: byId('example.org'),
	newUsername: 'shop-two',
};
const fittingKind: Partial<Record<Field['kind'], unknown>> = {
	addressesOrDomains: 'jane@example.com',
	apiKey: byId('api-000000000000'),
	boolean: false,
	emailAddress: 'jane@example.com',
	ipAddress: '192.0.2.1',
	phoneNumbers: '+14155550123',
	domain: 'example.com',
	senderDomain: byId('example.com'),
	singleSender: byId('jane@example.com'),
	smtpUser: byId('shop-user'),
	subaccount: byId('34l8oj'),
	subaccounts: '34l8oj',
	text: 'some text',
	longText: 'some text',
};

function fittingFor(field: Field): unknown {
	return fitting[parameterName(field)] ?? fittingKind[field.kind] ?? field.default;
}

function parametersFor(resource: string, operation: Operation, field: Field): INodeParameters {
	const required = operation.fields.filter((one) => one.required).map((one) => [parameterName(one), fittingFor(one)]);
	const needed = (operation.needs ?? [])
		.flat()
		.map((name) => operation.fields.find((one) => one.name === name))
		.filter((one) => one !== undefined && one.kind !== 'template')
		.map((one) => [parameterName(one as Field), fitting[parameterName(one as Field)]]);
	const chosen = field.shownWith ? [['templateId', fitting['templateId']]] : [];
	const value = (formsByKind[field.kind] ?? (hasPickList(field.kind) ? byId : (given: string) => given))(
		'={{ $json.value }}',
	);
	const own =
		field.kind === 'templateData'
			? { options: { templateDataJson: '={{ $json.value }}' } }
			: isTopLevel(field)
				? { [parameterName(field)]: value }
				: { options: { [parameterName(field)]: value } };
	return {
		resource,
		operation: operation.key,
		...Object.fromEntries([...required, ...needed, ...chosen]),
		...own,
	} as INodeParameters;
}

/**
 * What of a value must be found in the request: nothing of null; the lines of a text that stands for a list; the names
 * and values of headers.
 */
function partsOf(value: Json, { kind }: Field): string[] {
	if (value === null) return [];
	if (kind === 'headers' && typeof value === 'object' && !Array.isArray(value))
		return Object.entries(value).map(([header, text]) => JSON.stringify({ header, value: String(text) }));
	if (typeof value === 'object') return [JSON.stringify(value)];
	// Half of a character travels as U+FFFD, and what names a thing without the blanks around it (decisions 20 and 22).
	const text = String(value)
		.replace(/[\ud800-\udfff]/gu, '\ufffd')
		.trim();
	return ['smtpUsers', 'subaccounts', 'textList'].includes(kind)
		? text.split(/[,\n]/).map((part) => part.trim())
		: [text];
}

const cases = resources.flatMap(({ key, operations }) =>
	operations.flatMap((operation) =>
		operation.fields
			.filter((field) => !field.local)
			.map((field) => ({ name: `${key}.${operation.key}.${field.name}`, resource: key, operation, field })),
	),
);

test.each(cases)('$name', async ({ resource, operation, field }) => {
	const parameters = parametersFor(resource, operation, field);
	const values = Object.entries(hostile);
	const { items, error } = await runNode({
		parameters,
		credentials: account.credentials,
		items: values.map(([, value]) => ({ json: { value } })),
		onError: 'continueRegularOutput',
	});
	expect(error).toBeUndefined();
	const bodies = account.bodies(operation.path);
	for (const [index, [what, value]] of values.entries()) {
		const own = items.filter(({ pairedItem }) => JSON.stringify(pairedItem) === JSON.stringify({ item: index }));
		const message = String(own[0]?.json['error'] ?? '');
		const named = message.includes(field.label) || message.includes(field.name);
		if (named) continue;
		// Nobody complained about the field: what was sent must hold the value, unless it stands for nothing.
		const sent = bodies.map((body) => JSON.stringify(body));
		const found = partsOf(value, field).every((part) =>
			sent.some((body) => body.includes(JSON.stringify(part).slice(1, -1)) || body.includes(part)),
		);
		expect([what, found || message]).toEqual([what, true]);
	}
	expect(bodies.every((body) => !JSON.stringify(body['custom_headers'] ?? '').includes('\\r'))).toBe(true);
	expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});
