/** Our nodes, as the editor holds them while their dialog is open. */
import type { FieldsFrom, TypedValue as SavedValue } from '../../shared/saved-action';
import type { SavedAsk } from '../../shared/saved-ask';
import type { SavedOutcome } from '../../shared/saved-outcome';

/** A node as the editor holds it while its dialog is open. */
export interface DialogNode {
	readonly id: string;
	readonly type: string;
	/** The tab or subflow that contains it; empty for a global configuration node. */
	readonly z?: string;
	name: string;
	readonly changed?: boolean;
	/** Looks up a message of the node's own set. */
	_(key: string, words?: Readonly<Record<string, string>>): string;
}

/** The variables of a template, each with its source. */
export type VariableRows = Readonly<Record<string, { readonly type: string; readonly value: string }>>;

/**
 * One value of a form; see TypedValue in the runtime. The value is a text but for the rows of a template's variables.
 */
export interface TypedValue {
	readonly type: string;
	readonly value: string | VariableRows;
}

/** The text of a value; empty for rows. */
export function valueText({ value }: TypedValue): string {
	return typeof value === 'string' ? value : '';
}

/** The rows of a value; empty for a text. */
export function variableRows(value: TypedValue | undefined): VariableRows {
	return value === undefined || typeof value.value === 'string' ? {} : value.value;
}

/** Values by API field name. */
export type Values = Record<string, TypedValue>;

export interface ActionNode extends DialogNode {
	operation: string;
	fields: Values;
	fieldsFrom?: FieldsFrom | undefined;
	output: string;
	resultTo?: SavedValue | undefined;
	version?: number;
}

/** A header and the value that it must have. */
export interface HeaderValue {
	readonly header: string;
	readonly value: string;
}

/** A value of a row that never takes it from a message. */
export type PlainValue = string | number | readonly string[] | readonly HeaderValue[];

/** Values of such rows, by the names of their fields. A field that is not there has its default. */
export type PlainValues = Record<string, PlainValue>;

export interface TriggerNode extends DialogNode {
	events: string[];
	smsEvents: string[];
	source?: string;
	outputMode?: string;
	skipRepeated?: boolean;
	filters?: PlainValues;
}

export interface HealthNode extends DialogNode {
	watch?: PlainValues;
}

export interface AskNode extends DialogNode, Omit<SavedAsk, 'fields' | 'texts'> {
	fields?: Values;
	texts?: PlainValues;
}

export interface OutcomeNode extends DialogNode, Omit<SavedOutcome, 'sent'> {
	sent?: TypedValue;
}

export interface SmsInNode extends DialogNode {
	readonly filter?: string;
	readonly matchReplies?: boolean;
}

export interface AccountNode extends DialogNode {
	region: string;
	/** What the type was registered with. */
	readonly _def: { readonly defaults: Readonly<Record<string, { readonly value: string }>> };
}
