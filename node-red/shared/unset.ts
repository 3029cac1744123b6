/**
 * What stands for a field of which a saved node says nothing: the source that its row in a new dialog shows, and the
 * object that "All fields from" names. Nothing else of a message counts: it may be a stranger's web form.
 */
import type { NodeMessage } from 'node-red';
import { isRecord, type Field } from '../../api';
import { coreEmailSource, type Source } from './core-email/core-email';
import type { Whole } from '../runtime/action/read/fields-object';

/** What of a field tells where it is read. */
type Told = Pick<Field, 'name' | 'required' | 'also'>;

/** The value of an object's own property; undefined for an inherited one. */
function ownProperty(value: unknown, name: string): unknown {
	return isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/**
 * The source that the dialog shows for a field of which nothing is saved; undefined for a field that is not sent then.
 */
export function impliedSource(resource: string, { name, required }: Told): Source | undefined {
	const core = coreEmailSource(resource, name);
	if (core !== undefined || !required) return core;
	return { shows: `msg.payload.${name}`, read: ({ payload }) => ownProperty(payload, name) };
}

/** The value of a field in the object that "All fields from" names. */
export function fromWhole({ name, also }: Told, whole: Whole): unknown {
	return ownProperty(whole, name) ?? (also === undefined ? undefined : ownProperty(whole, also));
}

/**
 * The value of a field of which nothing is saved; undefined where there is none.
 * @param whole what "All fields from" gives; undefined where it is off
 */
export function readLeftAlone(resource: string, field: Told, msg: NodeMessage, whole: Whole | undefined): unknown {
	if (whole === undefined) return impliedSource(resource, field)?.read(msg);
	// An email keeps the properties that its rows show; all else comes from the one object that the dialog names.
	return coreEmailSource(resource, field.name)?.read(msg) ?? fromWhole(field, whole);
}
