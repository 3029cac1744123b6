/** Helpers for the values that n8n saves for its form elements. */
import { isRecord, parseJson } from '../../../api';

/** The value inside a resource locator. Any other value is returned unchanged. */
export function unwrapLocator(value: unknown): unknown {
	return isRecord(value) && '__rl' in value ? value['value'] : value;
}

/** True if nothing was entered. */
export function isBlank(value: unknown): boolean {
	return value === undefined || value === null || value === '';
}

/** Parses JSON text. Any other value or text is returned unchanged, and the field's own reader reports it. */
export function parseIfJson(value: unknown): unknown {
	return typeof value === 'string' ? (parseJson(value) ?? value) : value;
}

/** The entries with a given name in a fixed collection. */
export function collectionEntries(form: unknown, name: string): Record<string, unknown>[] {
	const entries = isRecord(form) ? form[name] : undefined;
	return (Array.isArray(entries) ? entries : [entries]).filter(isRecord);
}
