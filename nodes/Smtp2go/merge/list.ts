/**
 * The input items as the rows of a list: their columns are read by their names, without an expression for each item.
 */
import type { IExecuteFunctions } from 'n8n-workflow';
import { mergedValues, RowReader, rowRecipients, type Columns, type Operation, type ReadRow } from '../../../api';
import { ROW_FIELD } from '../parameters/merge-options';
import { readValues, type Hint } from '../values/read-values';

/** The maximum number of columns that the hint about unused ones names. */
const MAX_NAMED = 5;

/** The rows of one run. */
export class ItemList {
	private readonly reader: RowReader;
	private readonly unused = new Set<string>();
	/** The operation as the form shows it: without the field that the rows set. */
	private inForm: Operation | undefined;

	constructor(
		private readonly context: IExecuteFunctions,
		readonly columns: Columns,
	) {
		this.reader = new RowReader(columns);
	}

	private row(itemIndex: number): ReadRow {
		return this.reader.read(this.context.getInputData()[itemIndex]?.json ?? {});
	}

	/** The recipients of an item, as they are in its row. */
	recipients(itemIndex: number): unknown {
		const row = this.row(itemIndex);
		if (this.unused.size < MAX_NAMED) for (const column of row.unused) this.unused.add(column);
		return rowRecipients(row);
	}

	/**
	 * Reads the values of an item, by API field name: the form applies to all items, and the row adds its own. n8n
	 * evaluates the form once, unless a field has an expression.
	 * @throws NodeOperationError if a binary field or an expression of the form cannot be read
	 */
	async values(operation: Operation, itemIndex: number, hint: Hint): Promise<Record<string, unknown>> {
		this.inForm ??= { ...operation, fields: operation.fields.filter(({ name }) => name !== ROW_FIELD) };
		return mergedValues(await readValues(this.context, this.inForm, itemIndex, hint), this.row(itemIndex));
	}

	/** Names the columns that were recognized but not used; undefined if there were none. */
	get unusedHint(): string | undefined {
		const names = [...this.unused].slice(0, MAX_NAMED).map((name) => `"${name}"`);
		return names.length === 0
			? undefined
			: `These columns were not used: ${names.join(', ')}. ` +
					'To use them, select All Known Columns under Columns > Columns to Use, or assign them there.';
	}
}
