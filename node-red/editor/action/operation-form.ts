/**
 * The form of one operation: required and main fields, and fields with a source of their own, as rows; the others as
 * options that you add.
 */
import type { FormField, FormOperation } from '../../shared/form';
import { FieldRow } from '../fields/field-row';
import { firstType, firstValue } from '../fields/input-types';
import { isOn, showSource, type FieldsFrom } from '../../shared/saved-action';
import type { DialogNode, TypedValue, Values } from '../dialog/dialog-node';
import { readingOf, type Reading } from '../fields/unset-sources';
import { common, fieldText } from '../dialog/messages';

export class OperationForm {
	private readonly rows = new Map<string, FieldRow>();
	private readonly top: JQuery;
	private readonly options: JQuery;
	private readonly chooser: JQuery;
	private readonly rest: JQuery;
	private reading: Reading;

	/**
	 * @param resource key of the resource, which the operation's messages are under
	 * @param fieldsFrom where "All Fields From" reads now
	 */
	constructor(
		private readonly node: DialogNode,
		resource: string,
		private readonly operation: FormOperation,
		container: JQuery,
		values: Values,
		private readonly fieldsFrom: () => FieldsFrom | undefined,
	) {
		this.reading = readingOf(fieldsFrom(), values);
		if (operation.notice)
			$('<div class="form-tips">')
				.text(node._(`${resource}.operations.${operation.key}.notice`))
				.appendTo(container);
		this.top = $('<div>').appendTo(container);
		const section = $('<div class="smtp2go-section">').appendTo(container);
		const head = $('<div class="form-row smtp2go-add">')
			.append($('<label>').text(common('options')))
			.appendTo(section);
		this.chooser = $('<select>').attr('aria-label', common('addOption')).appendTo(head);
		this.options = $('<div>').appendTo(section);
		this.rest = $('<div class="smtp2go-rest">').appendTo(section);
		for (const field of operation.fields) {
			const value = values[field.name];
			if (this.isOption(field)) {
				if (value) this.add(field, this.options, value);
			} else {
				this.add(field, this.top, value);
			}
		}
		this.chooser.on('change', () => this.addChosen(String(this.chooser.val())));
		section.toggle(operation.fields.some((field) => this.isOption(field)));
		this.refresh();
	}

	/**
	 * The values to save, without unset fields, in the catalogue's order, so that nothing looks changed that is not.
	 * The values of hidden rows are kept: whether they apply is decided when a message arrives.
	 */
	get values(): Values {
		return Object.fromEntries(
			this.operation.fields.flatMap((field) => {
				const value = this.rows.get(field.name)?.value;
				return value === undefined ? [] : [[field.name, value]];
			}),
		);
	}

	destroy(): void {
		for (const row of this.rows.values()) row.destroy();
		this.rows.clear();
	}

	private isOption({ required, main, reads }: FormField): boolean {
		return !required && !main && reads === undefined;
	}

	private isShown({ hiddenBy, shownWith }: FormField): boolean {
		const row = (name: string | undefined) => (name === undefined ? undefined : this.rows.get(name));
		// Only a fixed value replaces it: a value from a message can be empty.
		return row(hiddenBy)?.isFixed !== true && (shownWith === undefined || row(shownWith)?.isEmpty === false);
	}

	private add(field: FormField, container: JQuery, value: TypedValue | undefined): FieldRow {
		const row = new FieldRow(this.node, field, container, value, this.reading, () => this.refresh());
		this.rows.set(field.name, row);
		if (this.isOption(field)) row.addButton('remove', common('removeOption'), () => this.remove(field.name));
		return row;
	}

	private addChosen(name: string): void {
		const field = this.operation.fields.find((one) => one.name === name);
		if (field) this.add(field, this.options, { type: firstType(field), value: firstValue(field) });
		this.refresh();
	}

	private remove(name: string): void {
		this.rows.get(name)?.destroy();
		this.rows.delete(name);
		this.refresh();
	}

	/** Shows the rows that fit the current values, and offers the options that can be added. */
	refresh(): void {
		this.refreshUnset();
		for (const row of this.rows.values()) row.toggle(this.isShown(row.field));
		const free = this.operation.fields.filter(
			(field) => this.isOption(field) && !this.rows.has(field.name) && this.isShown(field),
		);
		this.chooser.empty().append($('<option value="">').text(common('addOption')));
		for (const field of free)
			$('<option>')
				.val(field.name)
				.text(fieldText(this.node, field, 'label'))
				.appendTo(this.chooser);
		this.chooser.prop('disabled', free.length === 0);
		this.showRest(free.filter(({ ours }) => !ours));
	}

	/** Updates where unset rows are read, if that has changed. */
	private refreshUnset(): void {
		const reading = readingOf(this.fieldsFrom(), this.values);
		if (JSON.stringify(reading) === JSON.stringify(this.reading)) return;
		this.reading = reading;
		for (const row of this.rows.values()) row.read(reading);
	}

	/** Says where options without a row are read. */
	private showRest(free: readonly FormField[]): void {
		const { fieldsFrom } = this.reading;
		this.rest.toggle(isOn(fieldsFrom) && free.length > 0);
		if (isOn(fieldsFrom))
			this.rest.text(
				common('optionsFrom', {
					place: showSource(fieldsFrom),
					names: free.map(({ name }) => name).join(', '),
				}),
			);
	}
}
