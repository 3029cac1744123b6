import type { IExecuteFunctions } from 'n8n-workflow';
import type { Field } from '../../../api';

/** What a reader of a kind may ask for. */
export interface Source {
	readonly context: IExecuteFunctions;
	readonly itemIndex: number;
	readonly field: Field;
	/** The optional fields that were added. */
	readonly options: Readonly<Record<string, unknown>>;
	/** What was read of the fields before it, by API field name. */
	readonly values: Readonly<Record<string, unknown>>;
	/** Shows a sentence beside the output, once a run. */
	readonly hint: (message: string) => void;
}
