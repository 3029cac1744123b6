/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
/** The kinds of fields whose values a dialog offers as a list, and where the list comes from. */
import { operationOf, run, type Connection, type Json, type Kind, type Operation, type Result } from '../../api';

/** One entry of a list: what the field takes, and how a person tells it from others. */
export interface ListEntry {
	readonly value: string;
	readonly label: string;
}

interface ListSource {
	readonly operation: Operation;
	/** Fields of an entry: the value, then what describes it. */
	readonly value: string;
	readonly label: string;
}

/** Read by the dialog's list of suggestions, at most so many entries. */
const MOST = 500;

/** By kind; a kind that is not here has no list. */
const sources: Partial<Record<Kind, ListSource>> = {
	template: { operation: operationOf('template', 'getAll'), value: 'id', label: 'name' },
	webhook: { operation: operationOf('webhook', 'getAll'), value: 'id', label: 'url' },
};

/** The kinds that have a list. */
export const listedKinds: readonly string[] = Object.keys(sources);

function textOf(entry: Json, key: string): string {
	const value = typeof entry === 'object' && entry !== null && !Array.isArray(entry) ? entry[key] : undefined;
	return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/**
 * Reads the list of a kind.
 * @returns undefined for a kind without a list; an error of the kind `permission` when the key may not read it
 */
export async function readEntries(connection: Connection, kind: string): Promise<Result<ListEntry[]> | undefined> {
	const source = Object.hasOwn(sources, kind) ? sources[kind as Kind] : undefined;
	if (source === undefined) return undefined;
	const outcome = await run(connection, source.operation, {}, { limit: MOST });
	if (!outcome.ok) return outcome;
	const entries = Array.isArray(outcome.value.result) ? outcome.value.result : [];
	return { ok: true, value: entries.map((entry) => ({ value: textOf(entry, source.value), label: textOf(entry, source.label) })) };
}
