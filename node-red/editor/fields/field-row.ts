/** One field of a form: its label with help, its TypedInput, and a code editor below it for long texts. */
import type { FormField } from '../../shared/form';
import { NOT_SET, VARIABLES } from '../../shared/saved-action';
import { addHelpIcon } from '../dialog/help-icon';
import { nameInput } from '../dialog/name-input';
import { firstType, firstValue, inputTypes, UNSET, typeOfUnsaved } from './input-types';
import { editorModes, looks } from './kinds';
import { LongText } from './long-text';
import { variableRows, valueText, type DialogNode, type TypedValue } from '../dialog/dialog-node';
import type { Reading } from './unset-sources';
import { common, fieldText } from '../dialog/messages';
import { Variables } from './variable-rows';

export class FieldRow {
	readonly element: JQuery;
	private readonly input: JQuery;
	private readonly tip: JQuery;
	/** The last type. */
	private type: string;
	/** Only for a field whose fixed text can have several lines. */
	private readonly longText: LongText | undefined;
	/** Only for template variables. */
	private readonly variables: Variables | undefined;

	/**
	 * @param saved undefined for an unset field
	 * @param onChange called when the value may have changed
	 */
	constructor(
		private readonly node: DialogNode,
		readonly field: FormField,
		container: JQuery,
		private readonly saved: TypedValue | undefined,
		private reading: Reading,
		onChange: () => void,
	) {
		const start = saved ?? { type: typeOfUnsaved(node, field, reading), value: '' };
		const id = `smtp2go-field-${field.name.replace(/\W/g, '-')}`;
		const look = looks[field.kind];
		this.element = $('<div class="form-row">').appendTo(container);
		this.addLabel(id);
		this.input = $('<input type="text">')
			.attr({
				id,
				'data-kind': field.kind,
				placeholder: field.placeholder ? fieldText(node, field, 'placeholder') : '',
			})
			.appendTo(this.element);
		this.tip = $('<div class="form-tips smtp2go-wide">').appendTo(this.element).hide();
		if (look === 'secret') this.tip.text(common('secretTip')).show();
		const mode = editorModes[look];
		this.longText =
			mode === undefined
				? undefined
				: new LongText(`${id}-editor`, this.element, mode, start.type === 'str' ? valueText(start) : '');
		this.variables = look === 'variables' ? new Variables(this.element, variableRows(saved), onChange) : undefined;
		this.input.typedInput({ types: this.types(), default: start.type });
		nameInput(this.input, fieldText(node, field, 'label'));
		this.input.typedInput('type', start.type);
		this.input.typedInput('value', valueText(start));
		this.type = start.type;
		this.input.on('change', () => {
			this.startFixed();
			this.refresh();
			onChange();
		});
		if (field.listed) this.offerList();
		this.refresh();
	}

	/** The value to save; undefined for a field that is still unset. */
	get value(): TypedValue | undefined {
		const type = this.input.typedInput('type');
		if (type === UNSET) return undefined;
		if (type === NOT_SET)
			return this.saved?.type !== NOT_SET && typeOfUnsaved(this.node, this.field, this.reading) === NOT_SET
				? undefined
				: { type, value: '' };
		if (this.variables && type === VARIABLES) return this.rows(this.variables);
		return { type, value: this.longText && type === 'str' ? this.longText.value : this.input.typedInput('value') };
	}

	/** The rows that are filled in; undefined if there are none. */
	private rows(variables: Variables): TypedValue | undefined {
		const { values } = variables;
		return Object.keys(values).length === 0 ? undefined : { type: VARIABLES, value: values };
	}

	/** True if the field is empty. A value that is read at run time counts as filled in. */
	get isEmpty(): boolean {
		const type = this.input.typedInput('type');
		if (type === UNSET) return this.field.ours === true;
		return type === NOT_SET || (type === 'str' && this.value?.value === '');
	}

	/** True if the form itself has a value, whatever a message contains. */
	get isFixed(): boolean {
		return this.value?.type === 'str' && !this.isEmpty;
	}

	/** Adds a button beside the input. */
	addButton(icon: string, text: string, press: () => void): void {
		const button = $('<button type="button" class="red-ui-button red-ui-button-small">')
			.append(`<i class="fa fa-${icon}"></i>`)
			.attr('aria-label', text);
		RED.popover.tooltip(button, text);
		button.on('click', press).insertBefore(this.tip);
	}

	/** Updates where the unset field is read. */
	read(reading: Reading): void {
		const { value } = this;
		this.reading = reading;
		this.input.typedInput('types', this.types());
		this.input.typedInput('type', value?.type ?? typeOfUnsaved(this.node, this.field, reading));
		if (value !== undefined) this.input.typedInput('value', valueText(value));
	}

	/** Shows or hides the row. */
	toggle(shown: boolean): void {
		this.element.toggle(shown);
		this.refresh();
	}

	destroy(): void {
		this.longText?.hide();
		this.variables?.destroy();
		this.input.typedInput('destroy');
		this.element.remove();
	}

	private types(): readonly InputType[] {
		return inputTypes(this.node, this.field, this.reading, (message) => this.tip.text(message).show());
	}

	private addLabel(id: string): void {
		const label = $('<label>')
			.attr('for', id)
			.text(fieldText(this.node, this.field, 'label'))
			.appendTo(this.element);
		if (this.field.required) label.append('<span class="smtp2go-required" aria-hidden="true">*</span>');
		addHelpIcon(label, fieldText(this.node, this.field, 'help'));
	}

	/** Shows all suggestions when an empty field is clicked. Node-RED suggests only while somebody types. */
	private offerList(): void {
		this.element.on('click', '.red-ui-typedInput-input', ({ currentTarget }: { currentTarget: HTMLElement }) => {
			if (this.input.typedInput('type') === 'str' && this.isEmpty) $(currentTarget).trigger('keyup');
		});
	}

	/** A field that gets a fixed value for the first time starts with its default. */
	private startFixed(): void {
		const before = this.type;
		this.type = this.input.typedInput('type');
		if ([UNSET, NOT_SET].includes(before) && this.type === firstType(this.field) && firstValue(this.field) !== '')
			this.input.typedInput('value', firstValue(this.field));
	}

	private refresh(): void {
		if (this.input.typedInput('type') === VARIABLES && this.element.is(':visible')) this.variables?.show();
		else this.variables?.hide();
		if (this.input.typedInput('type') === 'str') this.longText?.show();
		else this.longText?.hide();
	}
}
