/** Reads the template variables that the dialog shows as rows, each with a source. */
import type { NodeMessage } from 'node-red';
import { exactNumber, isRecord, type Field } from '../../../../api';
import { NOT_SET, type TypedValue } from '../../../shared/saved-action';
import { evaluate, readJson, type Reader } from './evaluate';

/** True for a row as the dialog saves it. */
function isTyped(value: unknown): value is TypedValue {
	return isRecord(value) && typeof value['type'] === 'string' && 'value' in value;
}

/** The value of one row. A text stays as it was typed, and so does a number with more digits than JavaScript keeps. */
async function readRow(
	reader: Reader,
	msg: NodeMessage,
	field: Pick<Field, 'name' | 'label'>,
	row: TypedValue,
): Promise<unknown> {
	const { type, value } = row;
	if (type === 'json' && typeof value === 'string') return value.trim() === '' ? undefined : readJson(field, value);
	if (type === 'num' && typeof value === 'string' && typeof exactNumber(value) === 'string')
		return exactNumber(value);
	return evaluate(reader, msg, field, row);
}

/**
 * The values of the rows, by the names of the variables. A row without a value is skipped, so the variable is missing:
 * "Missing Variables" decides what happens.
 * @param rows as saved: `{ name: { type, value } }`
 * @throws an `invalid` error that names the variable if its row cannot be read
 */
export async function readVariables(
	reader: Reader,
	msg: NodeMessage,
	field: Pick<Field, 'name' | 'label'>,
	rows: unknown,
): Promise<Record<string, unknown>> {
	const values: [string, unknown][] = [];
	for (const [name, row] of isRecord(rows) ? Object.entries(rows) : []) {
		if (!isTyped(row) || row.type === NOT_SET) continue;
		const value = await readRow(reader, msg, { name: field.name, label: `${field.label}: ${name}` }, row);
		if (value !== undefined && value !== null && value !== '') values.push([name, value]);
	}
	return Object.fromEntries(values);
}
