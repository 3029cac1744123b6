/** What the dialogs know of the catalogue: records without a single text. Made at build time, read in the browser. */
import type { Kind } from '../../api/kinds';

/** One field of a form. */
export interface FormField {
	/** The API's name, under which a flow saves it. */
	readonly name: string;
	readonly kind: Kind;
	readonly required?: true;
	readonly main?: true;
	/** What the form starts with, as a TypedInput's text. */
	readonly default?: string;
	readonly choices?: readonly string[];
	readonly hiddenBy?: string;
	readonly shownWith?: string;
	/** Key of its texts: `<resource>.<operation>.<field>`, or `common.fields.<field>` in the editor's own catalogue. */
	readonly text: string;
	/**
	 * What is read where nothing is saved, as in `msg.payload.email_address`; absent for a field that is not sent then.
	 */
	readonly reads?: string;
	/** True if `reads` takes precedence over "All Fields From". */
	readonly first?: true;
	/** True where an entry of a list of emails never has it from the message that holds the list. */
	readonly perEntry?: true;
	/** Another name of the value in the object of "All Fields From". */
	readonly alias?: string;
	/** True for a field of ours, which says how a node calls. */
	readonly ours?: true;
	/** True for a field of ours whose value cannot come from a message. */
	readonly fixed?: true;
	/** Bounds of a number, where the dialog knows them. */
	readonly min?: number;
	readonly max?: number;
	/** True where a list of values can be fetched. */
	readonly listed?: true;
	/** True where its texts hold a placeholder. */
	readonly placeholder?: true;
}

/** One operation. */
export interface FormOperation {
	readonly key: string;
	readonly fields: readonly FormField[];
	/** True if the response is a list, so that a maximum number of entries makes sense. */
	readonly list?: true;
	readonly notice?: true;
}

/** The form of a node type. */
export interface Form {
	readonly type: string;
	readonly resource: string;
	readonly operations: readonly FormOperation[];
	/** True where it sends email. */
	readonly mails?: true;
}

/**
 * One field of the trigger's filter, which takes plain values; its texts stand under `filters.<name>` in the editor's
 * own catalogue.
 */
export type FilterField = Pick<FormField, 'name' | 'kind' | 'choices'>;
