/** One variable of a template, as forms ask for it. Needs nothing else: the browser loads it too. */
import type { Json } from '../core/json';

/** One variable. */
export interface TemplateVariable {
	readonly name: string;
	readonly form: 'text' | 'list' | 'object';
	/**
	 * The example that stands with the template, or one of the names that are used inside; undefined for a text without
	 * one.
	 */
	readonly example: Json | undefined;
	/** The names used inside a list or an object. */
	readonly names: readonly string[];
	/** True where the template only asks whether it is there. */
	readonly isOnlyTested: boolean;
}

function hollow(example: Json): Json {
	if (Array.isArray(example)) return example.slice(0, 1).map(hollow);
	return typeof example === 'object' && example !== null
		? Object.fromEntries(Object.entries(example).map(([name, part]) => [name, hollow(part)]))
		: '';
}

/**
 * What a form starts with: the JSON of a list or an object with its texts left empty, since the example of somebody's
 * last
 * order must not reach the next customer; undefined for a text.
 */
export function startOf({ form, example }: TemplateVariable): string | undefined {
	return form === 'text' ? undefined : JSON.stringify(hollow(example ?? (form === 'list' ? [] : {})));
}
