/**
 * The texts of the dialogs, from the catalogue: one file for each node set, keyed so that a translator can work on it.
 */
import * as common from '../../api/catalogue/common';
import { inWordsOf, type Field, type Operation, type Resource } from '../../api';

/** Nested texts, as Node-RED's locales are written. */
export interface Messages {
	[key: string]: string | Messages;
}

/**
 * The catalogue writes `&lt;` for n8n, which shows texts as HTML, and leaves a place for the host's words; here they
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

/** The texts of one field. */
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

/** Fields whose texts all resources share. */
const shared: readonly Field[] = Object.values(common).filter(
	(entry): entry is Extract<typeof entry, Field> => 'kind' in entry,
);

/** The texts of the shared fields, for the editor's own catalogue (`common.fields`). */
export function sharedMessages(): Messages {
	return Object.fromEntries(shared.map((field) => [field.name, fieldMessages(field)]));
}

/** True where several operations of a resource have this field with the same words. */
function isRepeated({ operations }: Resource, field: Field): boolean {
	const alike = operations.flatMap(({ fields }) => fields.filter(({ name }) => name === field.name));
	const first = alike.find((one) => alike.filter((other) => same(one, other)).length > 1);
	return first !== undefined && same(first, field);
}

/** The key under which a field's texts are found. */
export function messageKey(resource: Resource, operation: Operation, field: Field): string {
	if (shared.some((one) => one.name === field.name && same(one, field))) return `common.fields.${field.name}`;
	return `${resource.key}.${isRepeated(resource, field) ? 'common' : operation.key}.${field.name}`;
}

/** The texts of one resource's node set. */
export function resourceMessages(resource: Resource): Messages {
	const texts: Messages = {
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
			const there = texts[group];
			texts[group] = { ...(typeof there === 'object' ? there : {}), [field.name]: fieldMessages(field) };
		}
	}
	return { [resource.key]: { ...texts, operations } };
}

/** The text at a key, as `t('email.send.to.label')`; a key without a text is an error of the build. */
export function reader(texts: Messages): (key: string) => string {
	return (key) => {
		const found = key
			.split('.')
			.reduce<
				string | Messages | undefined
			>((at, part) => (typeof at === 'object' ? at[part] : undefined), texts);
		if (typeof found !== 'string') throw new Error(`There is no text "${key}"`);
		return found;
	};
}
