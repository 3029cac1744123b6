/** A stored template: its texts, the variables that they use, and its example values. */
import { isJsonObject, stringOrEmpty, type Json, type JsonObject } from '../core/json';
import { shapeOf, type Shape } from './shape';
import { readTree, type Tree } from './tree';
import type { TemplateVariable } from './variable';

/** A template that was read. */
export interface Template {
	readonly id: string;
	/** Subject, HTML body and text body. */
	readonly trees: readonly Tree[];
	/** SMTP2GO's `template_variables`: an example value for each variable that its author listed. */
	readonly examples: JsonObject;
}

/** The maximum number of variables in a form. */
const MOST = 500;

/** Reads the response of `template/view`. Any part of it may be missing. */
export function readTemplate(record: JsonObject): Template {
	const examples = record['template_variables'];
	return {
		id: stringOrEmpty(record['id']),
		trees: [record['subject'], record['html_body'], record['text_body']].map((text) =>
			readTree(stringOrEmpty(text)),
		),
		examples: isJsonObject(examples) ? examples : {},
	};
}

function formOf(shape: Shape | undefined, example: Json | undefined): TemplateVariable['form'] {
	if (Array.isArray(example) || shape?.isList) return 'list';
	return isJsonObject(example) || (shape !== undefined && shape.names.length > 0) ? 'object' : 'text';
}

function fits(form: TemplateVariable['form'], example: Json | undefined): boolean {
	return form === 'list'
		? Array.isArray(example)
		: form === 'object'
			? isJsonObject(example)
			: example !== undefined && example !== null;
}

function variableOf(name: string, shape: Shape | undefined, given: Json | undefined): TemplateVariable {
	const form = formOf(shape, given);
	const made = form === 'text' ? undefined : shape?.example;
	return {
		name,
		form,
		example: fits(form, given) ? given : made,
		names: form === 'text' ? [] : (shape?.names ?? []),
		isOnlyTested: shape !== undefined && shape.isTested && !shape.isUsed && form === 'text',
	};
}

/** Returns the variables of a template: first those with examples, then those that only the texts use, in order. */
export function variablesOf({ trees, examples }: Template): TemplateVariable[] {
	const isPlain = (name: string) => Object.hasOwn(examples, name) && typeof examples[name] !== 'object';
	const { fields } = shapeOf(
		trees.map(({ parts }) => parts),
		isPlain,
	);
	const names = [...new Set([...Object.keys(examples), ...fields.keys()])].slice(0, MOST);
	return names.map((name) =>
		variableOf(name, fields.get(name), Object.hasOwn(examples, name) ? examples[name] : undefined),
	);
}
