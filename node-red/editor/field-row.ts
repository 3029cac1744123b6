/** One field of a form: its label with help, its TypedInput, and a code editor below it for long texts. */
import type { FormField } from '../form';
import { addHelpIcon } from './help-icon';
import { firstType, firstValue, inputTypes, LEFT_ALONE } from './input-types';
import { editorModes, looks } from './kinds';
import { LongText } from './long-text';
import type { DialogNode, TypedValue } from './node';
import { common, fieldText } from './texts';

export class FieldRow {
	readonly element: JQuery;
	private readonly input: JQuery;
	private readonly tip: JQuery;
	/** The type that was chosen last. */
	private type: string;
	/** Only for a field whose fixed text has several lines. */
	private readonly longText: LongText | undefined;

	/** @param onChange told whenever the value may have changed */
	constructor(node: DialogNode, readonly field: FormField, container: JQuery, start: TypedValue, onChange: () => void) {
		const id = `smtp2go-field-${field.name.replace(/\W/g, '-')}`;
		const look = looks[field.kind];
		this.element = $('<div class="form-row">').appendTo(container);
		this.addLabel(node, id);
		this.input = $('<input type="text">').attr({ id, 'data-kind': field.kind, placeholder: field.placeholder ? fieldText(node, field, 'placeholder') : '' }).appendTo(this.element);
		this.tip = $('<div class="form-tips smtp2go-wide">').appendTo(this.element).hide();
		if (look === 'secret') this.tip.text(common('secretTip')).show();
		const mode = editorModes[look];
		this.longText = mode === undefined ? undefined : new LongText(`${id}-editor`, this.element, mode, start.type === 'str' ? start.value : '');
		const types = inputTypes(node, field, (message) => this.tip.text(message).show());
		this.input.typedInput({ types, default: start.type });
		this.input.typedInput('type', start.type);
		this.input.typedInput('value', start.value);
		this.type = start.type;
		this.input.on('change', () => {
			this.startFixed();
			this.refresh();
			onChange();
		});
		if (field.listed) this.offerList();
		this.refresh();
	}

	/** The value to save; undefined for a field that is left alone. */
	get value(): TypedValue | undefined {
		const type = this.input.typedInput('type');
		if (type === LEFT_ALONE) return undefined;
		return { type, value: this.longText && type === 'str' ? this.longText.value : this.input.typedInput('value') };
	}

	/** True where the form would call the field empty; what is read at run time counts as filled. */
	get isEmpty(): boolean {
		const { value } = this;
		return value === undefined || (value.type === 'str' && value.value === '');
	}

	/** True where the form holds a text of its own, whatever a message brings. */
	get isFixed(): boolean {
		return this.value?.type === 'str' && !this.isEmpty;
	}

	/** A button beside the input. */
	addButton(icon: string, text: string, press: () => void): void {
		const button = $('<button type="button" class="red-ui-button red-ui-button-small">').append(`<i class="fa fa-${icon}"></i>`).attr('aria-label', text);
		RED.popover.tooltip(button, text);
		button.on('click', press).insertBefore(this.tip);
	}

	/** Shows or hides the row. */
	toggle(shown: boolean): void {
		this.element.toggle(shown);
		this.refresh();
	}

	destroy(): void {
		this.longText?.hide();
		this.input.typedInput('destroy');
		this.element.remove();
	}

	private addLabel(node: DialogNode, id: string): void {
		const label = $('<label>').attr('for', id).text(fieldText(node, this.field, 'label')).appendTo(this.element);
		if (this.field.required) label.append('<span class="smtp2go-required" aria-hidden="true">*</span>');
		addHelpIcon(label, fieldText(node, this.field, 'help'));
	}

	/** Node-RED suggests while somebody types; a click into an empty field shows all there is. */
	private offerList(): void {
		this.element.on('click', '.red-ui-typedInput-input', ({ currentTarget }: { currentTarget: HTMLElement }) => {
			if (this.input.typedInput('type') === 'str' && this.isEmpty) $(currentTarget).trigger('keyup');
		});
	}

	/** A field that was left alone and gets a fixed value starts with its default. */
	private startFixed(): void {
		const before = this.type;
		this.type = this.input.typedInput('type');
		if (before === LEFT_ALONE && this.type === firstType(this.field) && firstValue(this.field) !== '') this.input.typedInput('value', firstValue(this.field));
	}

	private refresh(): void {
		if (this.input.typedInput('type') === 'str') this.longText?.show();
		else this.longText?.hide();
	}
}
