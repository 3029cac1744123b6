/**
 * Compares the catalogue with the provider's own contract, where that lies beside the checkout. Each deliberate
 * difference is listed here with its reason, and a difference that is gone fails too.
 */
/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { kindRecord, resources, type Field } from '../../api';
import gaps from '../../scripts/build/api-gaps.json';
import { additions, differencesOf } from './support/additions';

const file = join(__dirname, '../../../shared/reference/smtp2go-openapi-3.0.4.yml');

interface Property {
	type?: string;
	description?: string;
	enum?: string[];
	items?: { enum?: string[] };
}
interface Schema {
	properties?: Record<string, Property>;
	required?: string[] | null;
}
interface Contract {
	paths: Record<string, Record<string, { requestBody?: { content: { 'application/json': { schema: Schema } } } }>>;
}

const KEY_IN_BODY = "the host puts the account's key in when it sends: no field may hold it";
const POINTLESS = 'a call without it would say nothing';

/** What differs on purpose: `<resource>.<operation>: <difference>` and why. */
const deliberate: Record<string, string> = {
	...Object.fromEntries(
		additions.flatMap((addition) =>
			differencesOf(addition).map((difference) => [
				difference,
				`newer than this version of the contract: ${addition.since}`,
			]),
		),
	),
	'archive.get: adds download': 'does not travel: the node itself fetches the file that the answer points to',
	'email.send: adds reply_to': 'the API has no such field; it travels as the custom header Reply-To',
	'email.send: template_data is object, not string': 'every client of SMTP2GO sends an object',
	...Object.fromEntries(
		['add', 'get', 'remove', 'setEnabled', 'update'].map((key) => [
			`ipAllowList.${key}: api_key is not required`,
			KEY_IN_BODY,
		]),
	),
	'ipAllowList.add: ip_address is required': POINTLESS,
	'ipAllowList.remove: ip_address is required': POINTLESS,
	'ipAllowList.setEnabled: enabled is required': POINTLESS,
	'ipAllowList.update: ip_address is required': POINTLESS,
	...Object.fromEntries(
		gaps.fields.flatMap(({ operations, field, reason }) =>
			operations.map((operation) => [`${operation}: lacks ${field}`, reason]),
		),
	),
	'smtpUser.getAll: adds include_passwords': 'a wish about the answer, which does not travel',
	'webhook.getAll: url is not required':
		'the contract requires url without declaring it; the live service takes none',
};

function typeOf({ kind }: Field): string {
	return kindRecord(kind).json;
}

/** Methods and paths on either side. */
function callsOf(contract: Contract): { told: string[]; made: string[] } {
	const told = Object.entries(contract.paths).flatMap(([path, methods]) =>
		Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
	);
	return {
		told: told.sort(),
		made: resources.flatMap(({ operations }) => operations.map(({ method, path }) => `${method} ${path}`)).sort(),
	};
}

function differences(contract: Contract): string[] {
	return resources.flatMap(({ key, operations }) =>
		operations.flatMap((operation) => {
			const { properties = {}, required } =
				contract.paths[operation.path]?.[operation.method.toLowerCase()]?.requestBody?.content[
					'application/json'
				].schema ?? {};
			const fields: readonly Field[] = operation.fields;
			const said = (text: string) => `${key}.${operation.key}: ${text}`;
			return [
				...Object.keys(properties)
					.filter((property) => !fields.some((field) => field.name === property))
					.map((property) => said(`lacks ${property}`)),
				...fields.filter((field) => !(field.name in properties)).map((field) => said(`adds ${field.name}`)),
				...fields
					.filter((field) => properties[field.name] && properties[field.name]?.type !== typeOf(field))
					.map((field) => said(`${field.name} is ${typeOf(field)}, not ${properties[field.name]?.type}`)),
				...(required ?? [])
					.filter((property) => !fields.some((field) => field.name === property && field.required))
					.map((property) => said(`${property} is not required`)),
				...fields
					.filter((field) => field.required && !(required ?? []).includes(field.name))
					.map((field) => said(`${field.name} is required`)),
				...fields.flatMap((field) => wordsMissing(field, properties[field.name])).map(said),
				...fields.flatMap((field) => choicesMissing(field, properties[field.name])).map(said),
			];
		}),
	);
}

/** Values that the contract lists for a field and that the catalogue does not offer. */
function choicesMissing({ name, choices }: Field, property: Property | undefined): string[] {
	const listed = property?.enum ?? property?.items?.enum ?? [];
	return choices
		? listed.filter((word) => !choices.some(({ value }) => value === word)).map((word) => `${name} lacks ${word}`)
		: [];
}

/** Choices that the contract's own words on the field do not hold. */
function wordsMissing(field: Field, property: Property | undefined): string[] {
	const text = `${property?.description ?? ''} ${JSON.stringify(property?.enum ?? property?.items?.enum ?? [])}`;
	if (!property?.description || field.name === 'reasons') return [];
	return (field.choices ?? [])
		.filter(({ value }) => value !== '' && !text.includes(value))
		.map(({ value }) => `${field.name} offers ${value}`);
}

const found = existsSync(file) ? (parse(readFileSync(file, 'utf8')) as Contract) : undefined;
const compare = found ? test : test.skip;

compare('all operations are there, by method and path (skipped where the contract is not beside the checkout)', () => {
	const { told, made } = callsOf(found as Contract);
	const missing = gaps.endpoints.map(({ endpoint }: { endpoint: string }) => endpoint);
	expect([...made, ...missing].sort()).toEqual(told);
});

compare('the catalogue says what the contract says (skipped where the contract is not beside the checkout)', () => {
	expect(differences(found as Contract).sort()).toEqual(Object.keys(deliberate).sort());
	process.stdout.write(
		`Deliberate differences from the contract:\n${Object.entries(deliberate)
			.map(([difference, reason]) => `  ${difference} (${reason})`)
			.join('\n')}\n`,
	);
});
