/** Small readers of what n8n's forms hold. */
import { isRecord, parseJson } from '../../../api';

/** The value inside a resource locator; any other value is returned unchanged. */
export function bare(value: unknown): unknown {
	return isRecord(value) && '__rl' in value ? value['value'] : value;
}

/** True where nothing was entered. */
export function isBlank(value: unknown): boolean {
	return value === undefined || value === null || value === '';
}

/**
 * Parses JSON text into its value. Any other value, and text that is not JSON, is returned unchanged: the field's own
 * reader refuses it by name.
 */
export function parsedJson(value: unknown): unknown {
	return typeof value === 'string' ? (parseJson(value) ?? value) : value;
}

/** The entries of one sort in a form of entries (n8n's fixedCollection). */
export function entriesOf(form: unknown, name: string): Record<string, unknown>[] {
	const entries = isRecord(form) ? form[name] : undefined;
	return (Array.isArray(entries) ? entries : [entries]).filter(isRecord);
}
