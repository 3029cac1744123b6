/** Reads what the forms of both triggers share: lists and filters of events. */
import { filterFields } from '../../../api';
import { readHeaderEntries } from './header-entries';
import { parameterName } from './names';

/** A list from a list, or from text with commas or line breaks. */
export function toList(value: unknown): string[] {
	const parts = Array.isArray(value) ? value.map(String) : typeof value === 'string' ? value.split(/[,\n]/) : [];
	return parts.map((part) => part.trim()).filter((part) => part !== '');
}

/** What the form holds for each filter. The form of headers has parts of its own. */
export function filterValues(options: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
	return Object.fromEntries(
		filterFields.map((field) => {
			const entered = options[parameterName(field)];
			return [field.name, field.kind === 'headers' ? readHeaderEntries(entered) : entered];
		}),
	);
}
