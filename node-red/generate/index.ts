/**
 * Generates the files of the package that come from the catalogue: their paths below the package's root, and their
 * text.
 */
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
import type { Form, PlainField } from '../shared/form';
import { BEFORE_TRIGGER, HAND_WRITTEN } from '../shared/palette';
import { buildForm, nodeTypeOf, plainField } from './forms';
import { helpHtml } from './help';
import { EDITOR, nodeHtml } from './html';
import { fieldMessages, plain, reader, resourceMessages, sharedMessages, type Messages } from './messages';

const resources = offeredResources('node-red');

/** The folder of the node sets in the package. */
export const NODES = 'node-red/nodes';
/** The folder of the editor plugin. */
export const PLUGIN = 'node-red/plugin';

/** The forms of all dialogs, for the editor's code. */
export function forms(): readonly Form[] {
	return resources.map(buildForm);
}

/** The fields of the health node: what a node with two outputs does anyway needs none. */
const healthRows: readonly Field[] = healthFields.filter(({ name }) => name !== 'report_recovery');

/** The sentences of questions that the ask node can replace. */
const askRows: readonly Field[] = textNames.map(({ name, label, help, example }) => ({
	name,
	label,
	help,
	kind: 'text',
	placeholder: example,
}));

/** The fields with plain values, for the editor's code. */
export function plainForms(): Readonly<Record<'ask' | 'filters' | 'health', readonly PlainField[]>> {
	return {
		ask: askRows.map(plainField),
		filters: filterFields.map(plainField),
		health: healthRows.map(plainField),
	};
}

/**
 * Name and file of each node set, then of the plugin, as the package's manifest lists them: that order is the
 * palette's.
 */
export function nodeSets(handWritten: readonly string[]): {
	nodes: Record<string, string>;
	plugins: Record<string, string>;
} {
	const all = resources.map(nodeTypeOf);
	const byHand = HAND_WRITTEN.filter((type) => handWritten.includes(type));
	const types = [...all.slice(0, BEFORE_TRIGGER), ...byHand, ...all.slice(BEFORE_TRIGGER)];
	return {
		nodes: Object.fromEntries(types.map((type) => [type, `${NODES}/${type}.js`])),
		plugins: { [EDITOR]: `${PLUGIN}/${EDITOR}.html` },
	};
}

function readTexts(folder: string, name: string): Messages {
	return JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as Messages;
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

function part(messages: Messages, key: string): Messages {
	const found = messages[key];
	return typeof found === 'object' ? found : {};
}

function json(value: unknown): string {
	return `${JSON.stringify(value, undefined, '\t')}\n`;
}

/** The messages with the countries that can be the default country: `New Zealand (+64)`. */
function withCountries(common: Messages): Messages {
	const own = part(common, 'own');
	const choices = Object.fromEntries(countries.map(({ value, name, code }) => [value, `${name} (+${code})`]));
	return { ...common, own: { ...own, defaultCountry: { ...part(own, 'defaultCountry'), choices } } };
}

/** The labels of our own options, for errors of the runtime. */
function ownLabels(common: Messages): Messages {
	const { own, limit, fieldsFrom } = part(common, 'common');
	const fields = { ...(typeof own === 'object' ? own : {}), limit: limit ?? '', fieldsFrom: fieldsFrom ?? '' };
	return Object.fromEntries(
		Object.entries(fields).map(([name, messages]) => [
			name,
			typeof messages === 'object' ? (messages['label'] ?? '') : messages,
		]),
	);
}

/** The files of the resources: runtime, dialog, messages, and help. */
function resourceFiles(common: Messages): [string, string][] {
	const { status, errors } = common;
	return resources.flatMap((resource) => {
		const type = nodeTypeOf(resource);
		const own = resourceMessages(resource);
		const t = reader({ ...common, ...own });
		return [
			[
				`${NODES}/${type}.js`,
				`'use strict';\nconst { actionNode } = require('../runtime/register');\nmodule.exports = actionNode('${resource.key}', '${type}');\n`,
			],
			[`${NODES}/${type}.html`, nodeHtml(resource)],
			[`${NODES}/locales/en-US/${type}.json`, json({ ...own, own: ownLabels(common), status, errors })],
			[`${NODES}/locales/en-US/${type}.html`, helpHtml(t, resource)],
		] satisfies [string, string][];
	});
}

/**
 * All generated files.
 * @param locale folder with the hand-written messages of a language: `common.json`, and one `.json` and `.html` for
 * each hand-written node set
 */
export function generate(locale: string): ReadonlyMap<string, string> {
	const common = readTexts(locale, 'common');
	const { status, errors } = common;
	const editor = { common: { ...withCountries(part(common, 'common')), fields: sharedMessages() } };
	const withFields = { ...common, ...editor };
	const events = {
		events: choiceTexts(emailEvents),
		smsEvents: choiceTexts(smsEvents),
		filters: plainTexts(filterFields),
		health: plainTexts(healthRows),
		ask: plainTexts(askRows),
	};
	const handWritten = readdirSync(locale)
		.filter((name) => name.startsWith('smtp2go-') && name.endsWith('.json'))
		.map((name) => name.slice(0, -'.json'.length));
	return new Map([
		...resourceFiles(withFields),
		[`${PLUGIN}/locales/en-US/${EDITOR}.json`, json({ ...editor, ...events })],
		...handWritten.flatMap((type): [string, string][] => [
			[`${NODES}/locales/en-US/${type}.json`, json({ ...readTexts(locale, type), status, errors })],
			[`${NODES}/locales/en-US/${type}.html`, readFileSync(join(locale, `${type}.html`), 'utf8')],
		]),
	]);
}
