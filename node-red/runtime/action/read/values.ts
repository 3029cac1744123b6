/**
 * The values of an operation's fields for one message: what the dialog sets, and what it shows for a field of which
 * nothing is saved.
 */
import type { NodeMessage } from 'node-red';
import { inZone, type Field, type Operation } from '../../../../api';
import { evaluate, readJson, type Reader } from './evaluate';
import { placeInlines } from '../../../shared/core-email/core-email';
import { readLeftAlone } from '../../../shared/unset';
import { asFiles } from '../../../shared/core-email/email-files';
import { NOT_SET, VARIABLES, type FieldsFrom, type TypedValue } from '../../../shared/saved-action';
import { readVariables } from './variable-rows';
import { readWhole } from './fields-object';

/** Values by API field name; no prototype, so that a field may have any name. */
export type Values = Record<string, unknown>;

/** Where the values come from. */
export interface Source extends Reader {
	readonly resource: string;
	readonly operation: Operation;
	/** As saved; empty where the message chooses the operation. */
	readonly fields: Readonly<Record<string, TypedValue>>;
	/** The object that gives the fields of which nothing is saved. */
	readonly fieldsFrom?: FieldsFrom | undefined;
}

function isEmpty(value: unknown): boolean {
	return value === undefined || value === null || value === '';
}

/** True where a form would show the field: see `unless` and `when` in the catalogue. */
function isShown({ unless, when }: Field, values: Values): boolean {
	return (unless === undefined || isEmpty(values[unless])) && (when === undefined || !isEmpty(values[when]));
}

/** Reads a field of which nothing is saved. */
type LeftAlone = (field: Field) => unknown;

/** How the message itself gives those fields. */
async function fromMessage(source: Source, msg: NodeMessage): Promise<LeftAlone> {
	const whole = await readWhole(source, msg);
	return (field) => readLeftAlone(source.resource, field, msg, whole);
}

/** What the node saves for a field; undefined where it says nothing. */
export function savedFor({ fields }: Pick<Source, 'fields'>, name: string): TypedValue | undefined {
	return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

/**
 * The value that the dialog specifies. JSON of variables and of whole emails keeps every digit of its numbers, so that
 * a long ID is not rounded.
 */
function readSaved(source: Source, field: Field, msg: NodeMessage, saved: TypedValue): unknown {
	if (saved.type === VARIABLES && field.kind === 'templateData')
		return readVariables(source, msg, field, saved.value);
	const isExact =
		saved.type === 'json' &&
		typeof saved.value === 'string' &&
		(field.kind === 'templateData' || field.kind === 'emails');
	return isExact ? readJson(field, String(saved.value)) : evaluate(source, msg, field, saved);
}

async function readField(source: Source, field: Field, msg: NodeMessage, leftAlone: LeftAlone): Promise<unknown> {
	const saved = savedFor(source, field.name);
	if (saved?.type === NOT_SET) return undefined;
	const value = saved === undefined ? leftAlone(field) : await readSaved(source, field, msg, saved);
	if (field.kind === 'attachments' || field.kind === 'inlines') return asFiles(value);
	// A moment without a zone is one of the server's, as in Node-RED's own nodes. To ask for the zone is slow.
	return !isEmpty(value) && (field.kind === 'dateTime' || field.kind === 'schedule')
		? inZone(value, Intl.DateTimeFormat().resolvedOptions().timeZone)
		: value;
}

/**
 * Reads the fields of an operation; those that a form would not show are not read.
 * @param leftAlone reads fields without a saved value, for a message that is only an entry of a list
 * @throws an `invalid` error that names the field
 */
export async function readValues(source: Source, msg: NodeMessage, leftAlone?: LeftAlone): Promise<Values> {
	const values: Values = Object.create(null) as Values;
	const unsaid = leftAlone ?? (await fromMessage(source, msg));
	const { fields } = source.operation;
	const depends = ({ unless, when }: Field) => unless !== undefined || when !== undefined;
	for (const field of [...fields.filter((one) => !depends(one)), ...fields.filter(depends)]) {
		if (isShown(field, values)) values[field.name] = await readField(source, field, msg, unsaid);
	}
	placeInlines(source.resource, values);
	return values;
}
