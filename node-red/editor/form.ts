/** The fields of one operation: required and main ones as rows, the others as options that are added on demand. */
import type { FormField, FormOperation } from '../form';
import { FieldRow } from './field-row';
import { firstType, firstValue, LEFT_ALONE } from './input-types';
import type { DialogNode, TypedValue, Values } from './node';
import { common, fieldText } from './texts';

/** How many places to read from a form names: the help names all. */
const SHOWN = 5;

const leftAlone: TypedValue = { type: LEFT_ALONE, value: '' };

export class OperationForm {
	private readonly rows = new Map<string, FieldRow>();
	private readonly top: JQuery;
	private readonly options: JQuery;
	private readonly chooser: JQuery;
	private readonly rest: JQuery;

	/** @param resource key of the resource, under which the operation's texts stand */
	constructor(private readonly node: DialogNode, resource: string, private readonly operation: FormOperation, container: JQuery, values: Values) {
		if (operation.notice) $('<div class="form-tips">').text(node._(`${resource}.operations.${operation.key}.notice`)).appendTo(container);
		this.top = $('<div>').appendTo(container);
		const section = $('<div class="smtp2go-section">').appendTo(container);
		const head = $('<div class="form-row smtp2go-add">').append($('<label>').text(common('options'))).appendTo(section);
		this.chooser = $('<select>').attr('aria-label', common('addOption')).appendTo(head);
		this.options = $('<div>').appendTo(section);
		this.rest = $('<div class="smtp2go-rest">').appendTo(section);
		for (const field of operation.fields) {
			const value = values[field.name];
			if (this.isOption(field)) {
				if (value) this.add(field, this.options, value);
			} else {
				this.add(field, this.top, value ?? leftAlone);
			}
		}
		this.chooser.on('change', () => this.addChosen(String(this.chooser.val())));
		section.toggle(operation.fields.some((field) => this.isOption(field)));
		this.refresh();
	}

	/**
	 * What to save: what is not left alone, in the catalogue's order, so that nothing looks changed that is not. What is
	 * hidden for now is kept: whether it applies is decided when a message comes.
	 */
	get values(): Values {
		return Object.fromEntries(this.operation.fields.flatMap((field) => {
			const value = this.rows.get(field.name)?.value;
			return value === undefined ? [] : [[field.name, value]];
		}));
	}

	destroy(): void {
		for (const row of this.rows.values()) row.destroy();
		this.rows.clear();
	}

	private isOption({ required, main }: FormField): boolean {
		return !required && !main;
	}

	private isShown({ unless, when }: FormField): boolean {
		const row = (name: string | undefined) => (name === undefined ? undefined : this.rows.get(name));
		// Replaced only by a fixed value: what a message brings may be empty.
		return row(unless)?.isFixed !== true && (when === undefined || row(when)?.isEmpty === false);
	}

	private add(field: FormField, container: JQuery, value: TypedValue): FieldRow {
		const row = new FieldRow(this.node, field, container, value, () => this.refresh());
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

	/** Shows what belongs to the values as they are now, and offers the options that are still to be added. */
	private refresh(): void {
		for (const row of this.rows.values()) row.toggle(this.isShown(row.field));
		const free = this.operation.fields.filter((field) => this.isOption(field) && !this.rows.has(field.name) && this.isShown(field));
		this.chooser.empty().append($('<option value="">').text(common('addOption')));
		for (const field of free) $('<option>').val(field.name).text(fieldText(this.node, field, 'label')).appendTo(this.chooser);
		this.chooser.prop('disabled', free.length === 0);
		const sources = [...new Set(free.map(({ reads }) => reads).filter((reads) => reads !== ''))];
		const first = sources.slice(0, SHOWN).join(', ');
		const named = sources.length <= SHOWN ? first : common('optionsMore', { sources: first, count: String(sources.length - SHOWN) });
		this.rest.toggle(sources.length > 0).text(common('optionsLeftAlone', { sources: named }));
	}
}
