/**
 * The messages of the dialogs, from the catalogue: one file for each node set, with keys that a translator can work
 * with.
 */
import * as common from '../../api/catalogue/common';
import { inWordsOf, type Field, type OperationBase, type OfferedResource } from '../../api';

/** Nested messages, as in Node-RED's locales. */
export interface Messages {
	[key: string]: string | Messages;
}

/**
 * The catalogue writes `&lt;` for n8n, which shows messages as HTML, and leaves a place for the host's words; here they
 * are plain.
 */
export function plain(text: string): string {
	return inWordsOf('server', text)
		.replace(/&lt;/g, '<')
		.replace(/&gt;/g, '>')
		.replace(/&quot;/g, '"')
		.replace(/&amp;/g, '&');
}

/** The key of a choice. The empty value gets a special name, because a key cannot be empty. */
export function choiceKey(value: string): string {
	return value === '' ? '_none' : value;
}

/** The messages of one field. */
export function fieldMessages({ label, help, placeholder, choices = [] }: Field): Messages {
	return {
		label: plain(label),
		help: plain(help),
		...(placeholder === undefined ? {} : { placeholder: plain(placeholder) }),
		...(choices.length === 0
			? {}
			: { choices: Object.fromEntries(choices.map((choice) => [choiceKey(choice.value), plain(choice.label)])) }),
	};
}

function same(one: Field, other: Field): boolean {
	return JSON.stringify(fieldMessages(one)) === JSON.stringify(fieldMessages(other));
}

/** Fields whose messages all resources share. */
const shared: readonly Field[] = Object.values(common).filter(
	(entry): entry is Extract<typeof entry, Field> => 'kind' in entry,
);

/** The messages of the shared fields, for the editor plugin (`common.fields`). */
export function sharedMessages(): Messages {
	return Object.fromEntries(shared.map((field) => [field.name, fieldMessages(field)]));
}

/** True if several operations of a resource have this field with the same messages. */
function isRepeated({ operations }: OfferedResource, field: Field): boolean {
	const alike = operations.flatMap(({ fields }) => fields.filter(({ name }) => name === field.name));
	const first = alike.find((one) => alike.filter((other) => same(one, other)).length > 1);
	return first !== undefined && same(first, field);
}

/** The key of a field's messages. */
export function messageKey(resource: OfferedResource, operation: OperationBase, field: Field): string {
	if (shared.some((one) => one.name === field.name && same(one, field))) return `common.fields.${field.name}`;
	return `${resource.key}.${isRepeated(resource, field) ? 'common' : operation.key}.${field.name}`;
}

/** The messages of one resource's node set. */
export function resourceMessages(resource: OfferedResource): Messages {
	const messages: Messages = {
		label: plain(resource.nodeLabel ?? resource.label),
		help: plain(resource.help),
		operations: {},
	};
	const operations: Messages = {};
	for (const operation of resource.operations) {
		const { key, label, action, help, notice } = operation;
		operations[key] = {
			label: plain(label),
			action: plain(action),
			help: plain(help),
			...(notice === undefined ? {} : { notice: plain(notice) }),
		};
		for (const field of operation.fields) {
			const [place, group] = messageKey(resource, operation, field).split('.');
			if (place !== resource.key || group === undefined) continue;
			const there = messages[group];
			messages[group] = { ...(typeof there === 'object' ? there : {}), [field.name]: fieldMessages(field) };
		}
	}
	return { [resource.key]: { ...messages, operations } };
}

/** Reads a message by its key, as in `t('email.send.to.label')`. A missing message is an error of the build. */
export function reader(messages: Messages): (key: string) => string {
	return (key) => {
		const found = key
			.split('.')
			.reduce<
				string | Messages | undefined
			>((at, part) => (typeof at === 'object' ? at[part] : undefined), messages);
		if (typeof found !== 'string') throw new Error(`There is no message "${key}"`);
		return found;
	};
}
