/** How a field of the catalogue appears in a node: the name of its parameter, and where the form has it. */
import { kindRecord, type Field, type OperationBase } from '../../../api';
import { parameterNames } from '../state/process-state';

/** The collection with an operation's optional fields. */
export const OPTIONS = 'options';
/**
 * The collection with the node's own options, which say how items are sent. It is separate because CC, BCC and the like
 * are needed more often.
 */
export const SENDING_OPTIONS = 'sendingOptions';

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

/**
 * True for a field whose n8n element always has a value: a checkbox, a number, a menu. A list of the account's own
 * entries can be left empty, even if their IDs are numbers.
 */
export function isNeverEmpty({ kind, choices }: Field): boolean {
	const { json, pickList } = kindRecord(kind);
	return json === 'boolean' || (json === 'integer' && !pickList) || (json === 'string' && choices !== undefined);
}

/**
 * True for a field in the form itself. The others are added from the collection of options, and so is a main field that
 * is never empty and has no default: in the form, it would always be sent.
 */
export function isTopLevel(field: Field): boolean {
	const { required, main, default: initial } = field;
	return required === true || (main === true && (initial !== undefined || !isNeverEmpty(field)));
}

/** True if the form asks how many results to return. */
export function hasLimit({ paging, result }: OperationBase): boolean {
	return paging !== undefined && result.is === 'list';
}

/** True if SMTP2GO's `data` holds more than the simplified output. */
export function canSimplify({ result }: OperationBase): boolean {
	const { is, at, simple, numbers, dates } = result;
	return (
		is === 'deleted' ||
		is === 'sent' ||
		is === 'batch' ||
		(is === 'list' && Boolean(at)) ||
		[simple, numbers, dates].some((part) => part !== undefined)
	);
}
