/**
 * Reads the values of an operation's fields for one message: from what the dialog sets, or for an unset field from the
 * source that the dialog shows.
 */
import type { NodeMessage } from 'node-red';
import { inZone, kindRecord, type Field, type OfferedOperation } from '../../../../api';
import { evaluate, readJson, type Reader } from './evaluate';
import { placeInlines } from '../../../shared/core-email/core-email';
import { readUnset } from '../../../shared/unset';
import { asFiles } from '../../../shared/core-email/email-files';
import { NOT_SET, VARIABLES, type FieldsFrom, type TypedValue } from '../../../shared/saved-action';
import { readVariables } from './variable-rows';
import { readFieldsObject } from './fields-object';

/** Values by API field name. Without a prototype, so that a field can have any name. */
export type Values = Record<string, unknown>;

/** Where the values come from. */
export interface Source extends Reader {
	readonly resource: string;
	readonly operation: OfferedOperation;
	/** As saved; empty if the message chooses the operation. */
	readonly fields: Readonly<Record<string, TypedValue>>;
	/** Where unset fields are read, if "All Fields From" is on. */
	readonly fieldsFrom?: FieldsFrom | undefined;
}

function isEmpty(value: unknown): boolean {
	return value === undefined || value === null || value === '';
}

/** True if a form would show the field: see `hiddenBy` and `shownWith` in the catalogue. */
function isShown({ hiddenBy, shownWith }: Field, values: Values): boolean {
	return (
		(hiddenBy === undefined || isEmpty(values[hiddenBy])) &&
		(shownWith === undefined || !isEmpty(values[shownWith]))
	);
}

/** Reads an unset field. */
type ReadUnset = (field: Field) => unknown;

/** Reads unset fields from the message itself. */
async function unsetReader(source: Source, msg: NodeMessage): Promise<ReadUnset> {
	const fieldsObject = await readFieldsObject(source, msg);
	return (field) => readUnset(source.resource, field, msg, fieldsObject);
}

/** What the node saves for a field; undefined for an unset field. */
export function savedFor({ fields }: Pick<Source, 'fields'>, name: string): TypedValue | undefined {
	return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

/**
 * The value that the dialog sets. In JSON of template variables and of whole emails, numbers keep every digit, so that
 * a long ID is not rounded.
 */
function readSaved(source: Source, field: Field, msg: NodeMessage, saved: TypedValue): unknown {
	if (saved.type === VARIABLES && field.kind === 'templateData')
		return readVariables(source, msg, field, saved.value);
	const isExact = saved.type === 'json' && typeof saved.value === 'string' && kindRecord(field.kind).isExact === true;
	return isExact ? readJson(field, String(saved.value)) : evaluate(source, msg, field, saved);
}

async function readField(source: Source, field: Field, msg: NodeMessage, unset: ReadUnset): Promise<unknown> {
	const saved = savedFor(source, field.name);
	if (saved?.type === NOT_SET) return undefined;
	const value = saved === undefined ? unset(field) : await readSaved(source, field, msg, saved);
	const kind = kindRecord(field.kind);
	if (kind.isFiles) return asFiles(value);
	// A time without a zone is in the server's zone, as in Node-RED's own nodes. Asking for the zone is slow.
	return !isEmpty(value) && kind.isDate ? inZone(value, Intl.DateTimeFormat().resolvedOptions().timeZone) : value;
}

/**
 * Reads the fields of an operation; those that a form would not show are not read.
 * @param unset reads unset fields, for an entry of a list
 * @throws an `invalid` error that names the field
 */
export async function readValues(source: Source, msg: NodeMessage, unset?: ReadUnset): Promise<Values> {
	const values: Values = Object.create(null) as Values;
	const readUnsetField = unset ?? (await unsetReader(source, msg));
	const { fields } = source.operation;
	const depends = ({ hiddenBy, shownWith }: Field) => hiddenBy !== undefined || shownWith !== undefined;
	for (const field of [...fields.filter((one) => !depends(one)), ...fields.filter(depends)]) {
		if (isShown(field, values)) values[field.name] = await readField(source, field, msg, readUnsetField);
	}
	placeInlines(source.resource, values);
	return values;
}
