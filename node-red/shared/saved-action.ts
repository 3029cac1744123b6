/** What an action node saves about where it reads and writes. */

/** One value of a form, as a TypedInput saves it: `{ type: 'msg', value: 'to' }`. */
export interface TypedValue {
	readonly type: string;
	readonly value: unknown;
}

/** The type of a field that is not sent, whatever a message contains. */
export const NOT_SET = 'none';

/** The type of template variables with a row each: `{ type: 'variables', value: { name: { type, value } } }`. */
export const VARIABLES = 'variables';

/** Where "All Fields From" reads. */
export interface FieldsFrom extends TypedValue {
	/** True if a message without an object there is not an error. */
	readonly optional?: boolean;
}

/** The part of a saved action node that says where it reads and writes in a message. */
export interface SavedAction {
	/** The object that all unset fields are read from; absent or of the type `none` if there is none. */
	readonly fieldsFrom?: FieldsFrom | undefined;
	/** The property of the message that the result goes to; `msg.payload` if nothing is saved. */
	readonly resultTo?: TypedValue | undefined;
	readonly version?: number;
}

/** True if "All fields from" is on. */
export function isOn(fieldsFrom: FieldsFrom | undefined): fieldsFrom is FieldsFrom {
	return typeof fieldsFrom?.type === 'string' && fieldsFrom.type !== NOT_SET;
}

/** How a dialog and an error name the object, or one of its properties, as in `msg.order` and `msg.order.to`. */
export function showSource({ type, value }: FieldsFrom, property?: string): string {
	const source = type === 'jsonata' ? `(${String(value)})` : `${type}.${String(value)}`;
	return property === undefined ? source : `${source}.${property}`;
}

/** The `version` of a new action node. */
export const ACTION_VERSION = 2;

/** The property that the result goes to by default. */
export const RESULT_TO: TypedValue = { type: 'msg', value: 'payload' };

/**
 * The steps from each version to the next. Version 1 read every unset field from `msg.payload`, if that was an object.
 */
export const actionSteps = {
	1: <T extends SavedAction>(def: T): T => ({
		...def,
		fieldsFrom: { type: 'msg', value: 'payload', optional: true },
	}),
};
