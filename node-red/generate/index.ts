/**
 * Generates the files of the package that come from the catalogue: their paths below the package's root, and their
 * text.
 */
/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filterFields, offeredResources } from '../../api';
import type { Form, PlainField } from '../shared/form';
import { paletteTypes } from '../shared/palette';
import {
	askRows,
	englishCatalogs,
	handWrittenSets,
	healthRows,
	labelsOf,
	part,
	withCountries,
	type Catalogs,
} from './catalogs';
import { buildForm, nodeTypeOf, plainField } from './forms';
import { helpHtml } from './help';
import { EDITOR, nodeHtml } from './html';
import { reader, type Messages } from './messages';
import { ENGLISH, languagesIn, translationIn, type Translation } from './translate';

const resources = offeredResources('node-red');

/** The folder of the node sets in the package. */
export const NODES = 'node-red/nodes';
/** The one node set that is not in the palette. */
const ACCOUNT = 'smtp2go-account';
/** The folder of the texts of `api/` in each language. */
const TEXTS = 'node-red/runtime/texts';
/** The folder of the editor plugin. */
export const PLUGIN = 'node-red/plugin';

/** The forms of all dialogs, for the editor's code. */
export function forms(): readonly Form[] {
	return resources.map(buildForm);
}

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
	const made = [...resources.map(nodeTypeOf), ...handWritten];
	const types = [ACCOUNT, ...paletteTypes].filter((type) => made.includes(type));
	return {
		nodes: Object.fromEntries(types.map((type) => [type, `${NODES}/${type}.js`])),
		plugins: { [EDITOR]: `${PLUGIN}/${EDITOR}.html` },
	};
}

function json(value: unknown): string {
	return `${JSON.stringify(value, undefined, '\t')}\n`;
}

/** The runtime and the dialog of each resource. */
function resourceFiles(): [string, string][] {
	return resources.flatMap((resource): [string, string][] => {
		const type = nodeTypeOf(resource);
		return [
			[
				`${NODES}/${type}.js`,
				`'use strict';\nconst { actionNode } = require('../runtime/register');\nmodule.exports = actionNode('${resource.key}', '${type}');\n`,
			],
			[`${NODES}/${type}.html`, nodeHtml(resource)],
		];
	});
}

/** The catalogs in another language. */
function translated({ shared, status, help, sets }: Catalogs, into: Translation): Catalogs {
	return {
		shared: into.translated(EDITOR, shared),
		status: into.translated(EDITOR, status),
		help: into.translated(EDITOR, help),
		sets: new Map([...sets].map(([set, messages]) => [set, into.translated(set, messages)])),
	};
}

/** The files of a language: messages, and the generated help. */
function messageFiles(language: string, { shared, status, help, sets }: Catalogs): [string, string][] {
	const editor = withCountries(shared, language);
	const common = { ...part(editor, 'common'), ...part(help, 'common') };
	return [
		[`${PLUGIN}/locales/${language}/${EDITOR}.json`, json(editor)],
		...[...sets].map(([set, own]): [string, string] => [
			`${NODES}/locales/${language}/${set}.json`,
			json({ ...own, ...status }),
		]),
		...resources.map((resource): [string, string] => {
			const type = nodeTypeOf(resource);
			const t = reader({ common, ...sets.get(type) });
			return [`${NODES}/locales/${language}/${type}.html`, helpHtml(t, resource)];
		}),
	];
}

/** A language of the package. */
export interface Language {
	readonly translation: Translation;
	/** Its files: their paths below the package's root, and their text. */
	readonly files: ReadonlyMap<string, string>;
}

/**
 * The files of all languages but English.
 * @param locales the folder with a folder for each language. For its files, see translate.ts
 */
export function generateLanguages(locales: string): readonly Language[] {
	const english = englishCatalogs(locales);
	return languagesIn(locales).map((language) => {
		const translation = translationIn(locales, language);
		const catalogs = translated(english, translation);
		const files = messageFiles(language, catalogs);
		if (translation.api !== undefined) {
			const sets: [string, Messages][] = [[EDITOR, english.shared], ...english.sets];
			const labels = sets.flatMap(([set, messages]) =>
				labelsOf(messages, set === EDITOR ? catalogs.shared : (catalogs.sets.get(set) ?? {})),
			);
			// The first of several translations of a label counts, and what the file says comes before all.
			const texts = { ...Object.fromEntries(labels.reverse()), ...translation.api };
			files.push([`${TEXTS}/${language}.json`, json(texts)]);
		}
		for (const set of handWrittenSets(locales)) {
			const help = translation.help(set);
			if (help !== undefined) files.push([`${NODES}/locales/${language}/${set}.html`, help]);
		}
		return { translation, files: new Map(files) };
	});
}

/**
 * All generated files.
 * @param locales the folder with a folder for each language. That of English holds `common.json`, and one `.json` and
 * `.html` for each hand-written node set
 */
export function generate(locales: string): ReadonlyMap<string, string> {
	return new Map([
		...resourceFiles(),
		...messageFiles(ENGLISH, englishCatalogs(locales)),
		...handWrittenSets(locales).map((set): [string, string] => [
			`${NODES}/locales/${ENGLISH}/${set}.html`,
			readFileSync(join(locales, ENGLISH, `${set}.html`), 'utf8'),
		]),
		...generateLanguages(locales).flatMap(({ files }) => [...files]),
	]);
}
