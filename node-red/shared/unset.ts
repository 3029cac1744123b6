/**
 * Where an unset field is read, which a saved node says nothing about: from the source that its row in a new dialog
 * shows, or from the object that "All Fields From" names. Nothing else of a message counts, because a message can be a
 * stranger's web form.
 */
import type { NodeMessage } from 'node-red';
import { isRecord, type Field } from '../../api';
import { coreEmailSource, type MessageSource } from './core-email/core-email';

/** An object whose properties are values of fields, by their API names. */
export type FieldsObject = Readonly<Record<string, unknown>>;

/** The part of a field that says where it is read. */
type Named = Pick<Field, 'name' | 'required' | 'alias'>;

/** The value of an object's own property; undefined for an inherited one. */
function ownProperty(value: unknown, name: string): unknown {
	return isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** The source that the dialog shows for an unset field; undefined for a field that is not sent if unset. */
export function unsetSource(resource: string, { name, required }: Named): MessageSource | undefined {
	const core = coreEmailSource(resource, name);
	if (core !== undefined || !required) return core;
	return { shows: `msg.payload.${name}`, read: ({ payload }) => ownProperty(payload, name) };
}

/** The value of a field in the object that "All Fields From" names. */
export function fieldIn(fields: FieldsObject, { name, alias }: Named): unknown {
	return ownProperty(fields, name) ?? (alias === undefined ? undefined : ownProperty(fields, alias));
}

/**
 * The value of an unset field; undefined if there is none.
 * @param fields the object of "All Fields From"; undefined if that is off
 */
export function readUnset(resource: string, field: Named, msg: NodeMessage, fields: FieldsObject | undefined): unknown {
	if (fields === undefined) return unsetSource(resource, field)?.read(msg);
	// An email keeps the properties that its rows show. Everything else comes from the one object that the dialog
	// names.
	return coreEmailSource(resource, field.name)?.read(msg) ?? fieldIn(fields, field);
}
