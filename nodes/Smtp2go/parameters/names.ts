/** How a field of the catalogue appears in a node: the name of its parameter, and where it is found. */
import type { Field, Kind, Operation } from '../../../api';

/** The collection that holds an operation's optional fields. */
export const OPTIONS = 'options';
/**
 * The collection of what is this node's own: how items are sent. Apart from the fields of the email, which are wanted
 * more often.
 */
export const SENDING = 'sendingOptions';

/**
 * Kinds whose parameter can be left blank. A number or a choice always shows a value, so an optional one is added from
 * the collection.
 */
const CANNOT_BE_BLANK: readonly Kind[] = ['boolean', 'choice', 'number'];

/** The names that were asked for: each item asks for that of every field. */
const names = new WeakMap<Field, string>();

/**
 * The n8n parameter of a field: the record's own name for it, or the API's in camelCase (`html_body` is `htmlBody`).
 */
export function parameterOf(field: Field): string {
	const name =
		names.get(field) ??
		field.param ??
		field.name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
	names.set(field, name);
	return name;
}

/** True for a field in the form itself; the others are added from the collection of options. */
export function isTopLevel({ kind, required, main, default: initial }: Field): boolean {
	return required === true || (main === true && (initial !== undefined || !CANNOT_BE_BLANK.includes(kind)));
}

/** True where the user says how many entries of a list to read. */
export function hasLimit({ paging, result }: Operation): boolean {
	return paging !== undefined && result.is === 'list';
}

/** True where SMTP2GO's `data` says more than the result made of it. */
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

/** The name of a further parameter of a field whose kind has more than one, as in `templateDataJson`. */
export function companionOf(field: Field, suffix: 'Source' | 'Binary' | 'Json'): string {
	return `${parameterOf(field)}${suffix}`;
}
