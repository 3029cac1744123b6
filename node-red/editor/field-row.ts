/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
/** One field of a form: its label with help, its TypedInput, and a code editor below it for long texts. */
import type { FormField } from '../form';
import { inputTypes, LEFT_ALONE } from './input-types';
import { editorModes, looks } from './kinds';
import type { DialogNode, TypedValue } from './node';
import { common, fieldText } from './texts';

export class FieldRow {
	readonly element: JQuery;
	private readonly input: JQuery;
	private readonly box: JQuery;
	private readonly tip: JQuery;
	private editor: CodeEditor | undefined;

	/** @param onChange told whenever the value may have changed */
	constructor(node: DialogNode, readonly field: FormField, container: JQuery, private start: TypedValue, onChange: () => void) {
		const id = `smtp2go-field-${field.name.replace(/\W/g, '-')}`;
		this.element = $('<div class="form-row">').appendTo(container);
		const label = $('<label>').attr('for', id).text(fieldText(node, field, 'label')).appendTo(this.element);
		if (field.required) label.append('<span class="smtp2go-required" aria-hidden="true">*</span>');
		const icon = $('<i class="fa fa-question-circle-o smtp2go-help">').appendTo(label);
		const help = fieldText(node, field, 'help');
		icon.attr('aria-label', help);
		RED.popover.tooltip(icon, help);
		this.input = $('<input type="text">').attr({ id, placeholder: field.placeholder ? fieldText(node, field, 'placeholder') : '' }).appendTo(this.element);
		this.box = $('<div class="node-text-editor smtp2go-editor smtp2go-wide">').attr('id', `${id}-editor`).appendTo(this.element).hide();
		this.tip = $('<div class="form-tips smtp2go-wide">').appendTo(this.element).hide();
		if (looks[field.kind] === 'secret') this.tip.text(common('secretTip')).show();
		const types = inputTypes(node, field, (message) => this.tip.text(message).show());
		this.input.val(start.value);
		this.input.typedInput({ types, default: start.type });
		this.input.typedInput('type', start.type);
		this.input.typedInput('value', start.value);
		this.input.on('change', () => {
			this.showEditor();
			onChange();
		});
		this.showEditor();
	}

	/** The value to save; undefined for a field that is left alone. */
	get value(): TypedValue | undefined {
		const type = this.input.typedInput('type');
		if (type === LEFT_ALONE) return undefined;
		return { type, value: this.editor ? this.editor.getValue() : this.isLong(type) ? this.start.value : this.input.typedInput('value') };
	}

	/** True where the form would call the field empty; what is read at run time counts as filled. */
	get isEmpty(): boolean {
		const { value } = this;
		return value === undefined || (value.type === 'str' && value.value === '');
	}

	/** A button at the end of the row. */
	addButton(icon: string, text: string, press: () => void): void {
		const button = $('<button type="button" class="red-ui-button red-ui-button-small">').append(`<i class="fa fa-${icon}"></i>`).attr('aria-label', text);
		RED.popover.tooltip(button, text);
		button.on('click', press).insertBefore(this.box);
	}

	/** Shows or hides the row; a code editor cannot measure itself while it is hidden, so it is made when it is seen. */
	toggle(shown: boolean): void {
		this.element.toggle(shown);
		if (shown) this.showEditor();
	}

	destroy(): void {
		this.editor?.destroy();
		this.input.typedInput('destroy');
		this.element.remove();
	}

	private isLong(type: string): boolean {
		return type === 'str' && editorModes[looks[this.field.kind]] !== undefined;
	}

	private showEditor(): void {
		const mode = editorModes[looks[this.field.kind]];
		const wanted = this.isLong(this.input.typedInput('type'));
		this.box.toggle(wanted);
		if (!wanted) {
			// What was typed stays, should the type be chosen again.
			this.start = { type: 'str', value: this.editor?.getValue() ?? this.start.value };
			this.editor?.destroy();
			this.editor = undefined;
		} else if (mode !== undefined && this.editor === undefined && this.element.is(':visible')) {
			this.editor = RED.editor.createEditor({ id: this.box.attr('id') ?? '', mode, value: this.start.type === 'str' ? this.start.value : '' });
		}
	}
}
