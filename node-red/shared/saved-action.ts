/** What an action node saves of where it reads and writes, for the runtime and the dialog. */

/** One value of a form, as a TypedInput saves it: `{ type: 'msg', value: 'to' }`. */
export interface TypedValue {
	readonly type: string;
	readonly value: unknown;
}

/** The type of a field that is not to be sent, whatever a message brings. */
export const NOT_SET = 'none';

/** The type of a template's values that stand one by one: `{ type: 'variables', value: { name: { type, value } } }`. */
export const VARIABLES = 'variables';

/** Where "All Fields From" reads. */
export interface FieldsFrom extends TypedValue {
	/** True where a message without an object there is run without it; else that is an error. */
	readonly optional?: boolean;
}

/** The part of a saved action node that has to do with its place in the message. */
export interface SavedAction {
	/**
	 * The object that gives all fields of which the node says nothing; absent or of the type `none` where there is no
	 * such object.
	 */
	readonly fieldsFrom?: FieldsFrom | undefined;
	/** The property of the message that the result goes to; `msg.payload` where nothing is saved. */
	readonly resultTo?: TypedValue | undefined;
	readonly version?: number;
}

/** True where an object is to be read. */
export function isOn(fieldsFrom: FieldsFrom | undefined): fieldsFrom is FieldsFrom {
	return typeof fieldsFrom?.type === 'string' && fieldsFrom.type !== NOT_SET;
}

/** How a dialog and an error name the object, or one of its properties, as in `msg.order` and `msg.order.to`. */
export function showSource({ type, value }: FieldsFrom, property?: string): string {
	const place = type === 'jsonata' ? `(${String(value)})` : `${type}.${String(value)}`;
	return property === undefined ? place : `${place}.${property}`;
}

/** What `version` a newly added action node gets. */
export const ACTION_VERSION = 2;

/** The property that the result goes to where nothing is saved. */
export const RESULT_TO: TypedValue = { type: 'msg', value: 'payload' };

/**
 * The steps from each version to the next. Version 1 read every field without a saved value from `msg.payload`, if that
 * was an object.
 */
export const actionSteps = {
	1: <T extends SavedAction>(def: T): T => ({
		...def,
		fieldsFrom: { type: 'msg', value: 'payload', optional: true },
	}),
};
