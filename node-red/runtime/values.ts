/** The values of an operation's fields for one message: what the dialog sets, and what was left alone. */
import type { Node, NodeMessage } from 'node-red';
import { inZone, invalid, type Field, type Operation } from '../../api';
import { evaluate } from './evaluate';
import { readLeftAlone } from './left-alone';
import type { Runtime, TypedValue } from './types';

/** The name, among `fields`, of the greatest number of entries of a list. No API field starts with a dollar sign. */
export const LIMIT = '$limit';

/** Values by API field name; no prototype, so that a field may have any name. */
export type Values = Record<string, unknown>;

/** Where the values come from. */
export interface Source {
	readonly RED: Runtime;
	readonly node: Node;
	readonly resource: string;
	readonly operation: Operation;
	/** As saved; empty where the message chooses the operation. */
	readonly fields: Readonly<Record<string, TypedValue>>;
}

function isEmpty(value: unknown): boolean {
	return value === undefined || value === null || value === '';
}

/** True where a form would show the field: see `unless` and `when` in the catalogue. */
function isShown({ unless, when }: Field, values: Values): boolean {
	return (unless === undefined || isEmpty(values[unless])) && (when === undefined || !isEmpty(values[when]));
}

async function readField({ RED, node, resource, fields }: Source, field: Field, msg: NodeMessage): Promise<unknown> {
	const set = Object.hasOwn(fields, field.name) ? fields[field.name] : undefined;
	const value = set === undefined ? readLeftAlone(resource, field.name, msg, field.also) : await evaluate(RED, node, msg, field, set);
	// A moment without a zone is one of the server's, as in Node-RED's own nodes.
	return field.kind === 'dateTime' || field.kind === 'schedule' ? inZone(value, Intl.DateTimeFormat().resolvedOptions().timeZone) : value;
}

/**
 * Reads the fields of an operation; those that a form would not show are not read.
 * @throws an `invalid` error that names the field
 */
export async function readValues(source: Source, msg: NodeMessage): Promise<Values> {
	const values: Values = Object.create(null) as Values;
	const { fields } = source.operation;
	const depends = ({ unless, when }: Field) => unless !== undefined || when !== undefined;
	for (const field of [...fields.filter((one) => !depends(one)), ...fields.filter(depends)]) {
		if (isShown(field, values)) values[field.name] = await readField(source, field, msg);
	}
	return values;
}

/**
 * How many entries of a list are wanted; Infinity where the dialog says nothing.
 * @throws an `invalid` error for anything but a whole number above 0
 */
export async function readLimit({ RED, node, fields }: Source, msg: NodeMessage): Promise<number> {
	const set = Object.hasOwn(fields, LIMIT) ? fields[LIMIT] : undefined;
	if (set === undefined) return Infinity;
	const label = { name: LIMIT, label: RED._('errors.limitLabel') };
	const limit = Number(await evaluate(RED, node, msg, label, set));
	if (!Number.isSafeInteger(limit) || limit < 1) throw invalid(LIMIT, RED._('errors.limit'));
	return limit;
}
