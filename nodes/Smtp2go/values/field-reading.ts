/** What a reader of a field can ask for. */
import type { IExecuteFunctions } from 'n8n-workflow';
import type { Field } from '../../../api';

/** One field of one item, while it is read. */
export interface FieldReading {
	readonly context: IExecuteFunctions;
	readonly itemIndex: number;
	readonly field: Field;
	/** The optional fields that were added, by parameter name. */
	readonly options: Readonly<Record<string, unknown>>;
	/** The values of the fields before it, by API name. */
	readonly values: Readonly<Record<string, unknown>>;
	/** Shows a hint below the output, once per run. */
	readonly hint: (message: string) => void;
}

/** The item alone. */
export type ItemReading = Pick<FieldReading, 'context' | 'itemIndex'>;
