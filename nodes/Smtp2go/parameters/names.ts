/** How a field of the catalogue appears in a node: the name of its parameter, and where the form has it. */
import type { Field, Kind, Operation } from '../../../api';
import { parameterNames } from '../state/process-state';

/** The collection with an operation's optional fields. */
export const OPTIONS = 'options';
/**
 * The collection with the node's own options, which say how items are sent. It is separate because CC, BCC and the like
 * are needed more often.
 */
export const SENDING_OPTIONS = 'sendingOptions';

/** Kinds whose parameter always has a value. An optional field of these kinds is added from the collection. */
const NEVER_EMPTY: readonly Kind[] = ['boolean', 'choice', 'number'];

/** The n8n parameter of a field: the name in its record, or the API's in camelCase (`html_body` is `htmlBody`). */
export function parameterName(field: Field): string {
	const name =
		parameterNames.get(field) ??
		field.param ??
		field.name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
	parameterNames.set(field, name);
	return name;
}

/** The name of a further parameter, for a kind that has several: `templateDataJson`. */
export function companionName(field: Field, suffix: 'Source' | 'Binary' | 'Json'): string {
	return `${parameterName(field)}${suffix}`;
}

/** True for a field in the form itself. The others are added from the collection of options. */
export function isTopLevel({ kind, required, main, default: initial }: Field): boolean {
	return required === true || (main === true && (initial !== undefined || !NEVER_EMPTY.includes(kind)));
}

/** True if the form asks how many results to return. */
export function hasLimit({ paging, result }: Operation): boolean {
	return paging !== undefined && result.is === 'list';
}

/** True if SMTP2GO's `data` holds more than the simplified output. */
export function canSimplify({ result }: Operation): boolean {
	const { is, at, simple, numbers, dates } = result;
	return (
		is === 'deleted' ||
		is === 'sent' ||
		is === 'batch' ||
		(is === 'list' && Boolean(at)) ||
		[simple, numbers, dates].some((part) => part !== undefined)
	);
}
