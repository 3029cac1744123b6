/** What the dialogs know about the catalogue: records without any message. Made at build time, read in the browser. */
import type { Kind } from '../../api/kinds';

/** One field of a form. */
export interface FormField {
	/** The API's name, under which a flow saves it. */
	readonly name: string;
	readonly kind: Kind;
	readonly required?: true;
	readonly main?: true;
	/** The default, as the text of a TypedInput. */
	readonly default?: string;
	readonly choices?: readonly string[];
	readonly hiddenBy?: string;
	readonly shownWith?: string;
	/**
	 * Key of its messages: `<resource>.<operation>.<field>`, or `common.fields.<field>` in the editor's own catalogue.
	 */
	readonly text: string;
	/**
	 * The source of the unset field, as in `msg.payload.email_address`; absent for a field that is not sent if unset.
	 */
	readonly reads?: string;
	/** True if `reads` takes precedence over "All Fields From". */
	readonly first?: true;
	/** True if an entry of a list of emails never takes it from the message that holds the list. */
	readonly perEntry?: true;
	/** Another name of the value in the object of "All Fields From". */
	readonly alias?: string;
	/** True for an option of ours: see own-options.ts. */
	readonly ours?: true;
	/** True for an option of ours whose value cannot come from a message. */
	readonly fixed?: true;
	/** Minimum and maximum of a number, if the dialog knows them. */
	readonly min?: number;
	readonly max?: number;
	/** True if a list of values can be fetched. */
	readonly listed?: true;
	/** True if its messages contain a placeholder. */
	readonly placeholder?: true;
}

/** One operation. */
export interface FormOperation {
	readonly key: string;
	readonly fields: readonly FormField[];
	/** True if the response is a list, so that a maximum number of entries makes sense. */
	readonly list?: true;
	readonly notice?: true;
	/** True for an operation that sends one email made of fields, which can be shown and sent as a test. */
	readonly preview?: true;
}

/** The form of a node type. */
export interface Form {
	readonly type: string;
	readonly resource: string;
	readonly operations: readonly FormOperation[];
	/** True if it sends email. */
	readonly sendsEmail?: true;
}

/**
 * One field that takes plain values, never those of a message. Its messages are in the editor's own catalogue, as in
 * `filters.<name>`.
 */
export type PlainField = Pick<FormField, 'name' | 'kind' | 'default' | 'choices' | 'min' | 'max' | 'placeholder'>;
