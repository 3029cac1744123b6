/** The English messages of all node sets and of the editor plugin, from the catalog and the hand-written files. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
	countries,
	emailEvents,
	filterFields,
	healthFields,
	offeredResources,
	smsEvents,
	textNames,
	type Choice,
	type Field,
} from '../../api';
import { nodeTypeOf } from './forms';
import { fieldMessages, plain, resourceMessages, sharedMessages, type Messages } from './messages';
import { ENGLISH } from './translate';

/** The fields of the health node: what a node with two outputs does anyway needs none. */
export const healthRows: readonly Field[] = healthFields.filter(({ name }) => name !== 'report_recovery');

/** The sentences of questions that the ask node can replace. */
export const askRows: readonly Field[] = textNames.map(({ name, label, help, example }) => ({
	name,
	label,
	help,
	kind: 'text',
	placeholder: example,
}));

/** All messages in one language. */
export interface Catalogs {
	/** What the node sets share: the catalog of the editor plugin, which the runtime reads, too. */
	readonly shared: Messages;
	/** The statuses, which every node set holds: the editor translates them with the catalog of the node. */
	readonly status: Messages;
	/** The words that only the help contains. */
	readonly help: Messages;
	/** The messages of each node set alone, by its name. */
	readonly sets: ReadonlyMap<string, Messages>;
}

/** A part of nested messages; empty if there is none. */
export function part(messages: Messages, key: string): Messages {
	const found = messages[key];
	return typeof found === 'object' ? found : {};
}

function choiceTexts(choices: readonly Choice[]): Messages {
	return Object.fromEntries(
		choices.map(({ value, label, help }) => [value, { label: plain(label), help: plain(help ?? '') }]),
	);
}

/** The messages of fields with plain values. */
function plainTexts(fields: readonly Field[]): Messages {
	return Object.fromEntries(
		fields.map((field) => {
			const { choices = [] } = field;
			const help = choices.filter((choice) => choice.help !== undefined);
			const choiceHelp = Object.fromEntries(help.map((choice) => [choice.value, plain(choice.help ?? '')]));
			return [field.name, { ...fieldMessages(field), ...(help.length === 0 ? {} : { choiceHelp }) }];
		}),
	);
}

/** The labels of our own options, for errors of the runtime. */
function ownLabels(common: Messages): Messages {
	const { own, limit, fieldsFrom } = common;
	const fields = { ...(typeof own === 'object' ? own : {}), limit: limit ?? '', fieldsFrom: fieldsFrom ?? '' };
	return Object.fromEntries(
		Object.entries(fields).map(([name, messages]) => [
			name,
			typeof messages === 'object' ? (messages['label'] ?? '') : messages,
		]),
	);
}

function readMessages(folder: string, name: string): Messages {
	return JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as Messages;
}

/** The names of the node sets whose dialog is hand-written. */
export function handWrittenSets(locales: string): string[] {
	return readdirSync(join(locales, ENGLISH))
		.filter((name) => name.startsWith('smtp2go-') && name.endsWith('.json'))
		.map((name) => name.slice(0, -'.json'.length));
}

/** The messages in English. `locales`: the folder of all languages. */
export function englishCatalogs(locales: string): Catalogs {
	const folder = join(locales, ENGLISH);
	const { common: all, status, errors } = readMessages(folder, 'common');
	const { help, ...common } = typeof all === 'object' ? all : {};
	const shared: Messages = {
		common: { ...common, fields: sharedMessages() },
		events: choiceTexts(emailEvents),
		smsEvents: choiceTexts(smsEvents),
		filters: plainTexts(filterFields),
		health: plainTexts(healthRows),
		ask: plainTexts(askRows),
		own: ownLabels(common),
		errors: errors ?? {},
	};
	return {
		shared,
		status: { status: status ?? {} },
		help: { common: { help: help ?? {} } },
		sets: new Map([
			...offeredResources('node-red').map((resource): [string, Messages] => [
				nodeTypeOf(resource),
				resourceMessages(resource),
			]),
			...handWrittenSets(locales).map((set): [string, Messages] => [set, readMessages(folder, set)]),
		]),
	};
}

/** The labels and choices in another language, by the English ones: errors name a field by its label. */
export function labelsOf(english: Messages, translated: Messages, isChoice = false): [string, string][] {
	return Object.entries(english).flatMap(([key, message]): [string, string][] => {
		const other = translated[key];
		if (typeof message === 'object')
			return typeof other === 'object' ? labelsOf(message, other, key === 'choices') : [];
		return (isChoice || key === 'label') && typeof other === 'string' && message !== '' ? [[message, other]] : [];
	});
}

/**
 * The messages with the countries that can be the default country, as in `New Zealand (+64)`. In other languages the
 * names come from JavaScript's own data, so nobody needs to translate them. The runtime learns its language here, too.
 */
export function withCountries(shared: Messages, language: string): Messages {
	const names = language === ENGLISH ? undefined : new Intl.DisplayNames([language], { type: 'region' });
	const choices = Object.fromEntries(
		countries.map(({ value, name, code }) => [value, `${names?.of(value) ?? name} (+${code})`]),
	);
	const common = part(shared, 'common');
	const own = part(common, 'own');
	return {
		...shared,
		own: { ...part(shared, 'own'), language },
		common: { ...common, own: { ...own, defaultCountry: { ...part(own, 'defaultCountry'), choices } } },
	};
}
