/** One variable of a template, as forms show it. This file imports nothing, because the browser loads it, too. */
import type { Json } from '../core/json';

/** One variable. */
export interface TemplateVariable {
	readonly name: string;
	readonly form: 'text' | 'list' | 'object';
	/**
	 * The example stored with the template, or one built from the names used inside. Undefined for text without an
	 * example.
	 */
	readonly example: Json | undefined;
	/** The names used inside a list or an object. */
	readonly names: readonly string[];
	/** True if the template only tests whether it has a value. */
	readonly isOnlyTested: boolean;
}

function hollow(example: Json): Json {
	if (Array.isArray(example)) return example.slice(0, 1).map(hollow);
	return typeof example === 'object' && example !== null
		? Object.fromEntries(Object.entries(example).map(([name, part]) => [name, hollow(part)]))
		: '';
}

/**
 * Returns the initial value in a form: the JSON of a list or an object with empty text, because an example from a past
 * order must not reach the next customer. Undefined for text.
 */
export function startOf({ form, example }: TemplateVariable): string | undefined {
	return form === 'text' ? undefined : JSON.stringify(hollow(example ?? (form === 'list' ? [] : {})));
}
