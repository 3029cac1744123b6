/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
/**
 * Compares the catalogue with the provider's own contract, where that lies beside the checkout. Each deliberate
 * difference is listed here with its reason, and a difference that is gone fails too.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { resources, type Field } from '../../api';

const file = join(__dirname, '../../../shared/reference/smtp2go-openapi-3.0.4.yml');

interface Property { type?: string; description?: string; enum?: string[]; items?: { enum?: string[] } }
interface Schema { properties?: Record<string, Property>; required?: string[] | null }
interface Contract { paths: Record<string, Record<string, { requestBody?: { content: { 'application/json': { schema: Schema } } } }>> }

/** What differs on purpose: `<resource>.<operation>: <difference>` and why. */
const deliberate: Record<string, string> = {
	'email.send: adds reply_to': 'the API has no such field; it travels as the custom header Reply-To',
	'email.send: template_data is object, not string': 'every client of SMTP2GO sends an object',
	'webhook.getAll: url is not required': 'the contract requires url without declaring it; the live service takes none',
	'webhook.update: adds disabled': 'newer than this version of the contract',
};

/** The JSON types a field of this kind travels as. */
function typeOf({ kind }: Field): string {
	if (['boolean'].includes(kind)) return 'boolean';
	if (['number', 'webhook'].includes(kind)) return 'integer';
	if (['object', 'templateData'].includes(kind)) return 'object';
	return ['attachments', 'choices', 'emails', 'headers', 'inlines', 'recipients', 'replyTo', 'smtpUsers', 'textList'].includes(kind) ? 'array' : 'string';
}

function differences(contract: Contract): string[] {
	return resources.flatMap(({ key, operations }) => operations.flatMap((operation) => {
		const name = `${key}.${operation.key}`;
		const found = contract.paths[operation.path]?.[operation.method.toLowerCase()];
		if (!found) return [`${name}: ${operation.method} ${operation.path} is not in the contract`];
		const { properties = {}, required } = found.requestBody?.content['application/json'].schema ?? {};
		const fields: readonly Field[] = operation.fields;
		const said = (text: string) => `${name}: ${text}`;
		return [
			...Object.keys(properties).filter((property) => !fields.some((field) => field.name === property)).map((property) => said(`lacks ${property}`)),
			...fields.filter((field) => !(field.name in properties)).map((field) => said(`adds ${field.name}`)),
			...fields.filter((field) => properties[field.name] && properties[field.name]?.type !== typeOf(field)).map((field) => said(`${field.name} is ${typeOf(field)}, not ${properties[field.name]?.type}`)),
			...(required ?? []).filter((property) => !fields.some((field) => field.name === property && field.required)).map((property) => said(`${property} is not required`)),
			...fields.filter((field) => field.required && !(required ?? []).includes(field.name)).map((field) => said(`${field.name} is required`)),
			...fields.flatMap((field) => wordsMissing(field, properties[field.name])).map(said),
		];
	}));
}

/** Choices that the contract's own words on the field do not hold. */
function wordsMissing(field: Field, property: Property | undefined): string[] {
	const text = `${property?.description ?? ''} ${JSON.stringify(property?.enum ?? property?.items?.enum ?? [])}`;
	if (!property?.description || field.name === 'reasons') return [];
	return (field.choices ?? []).filter(({ value }) => value !== '' && !text.includes(value)).map(({ value }) => `${field.name} offers ${value}`);
}

(existsSync(file) ? test : test.skip)('the catalogue says what the contract says (skipped where the contract is not beside the checkout)', () => {
	const found = differences(parse(readFileSync(file, 'utf8')) as Contract);
	expect(found.sort()).toEqual(Object.keys(deliberate).sort());
});
