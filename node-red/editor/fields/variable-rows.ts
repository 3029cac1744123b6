/**
 * The variables of the chosen template, one row each. They are read from the account while the dialog is open, and only
 * their values are saved.
 */
/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { startOf, type TemplateVariable } from '../../../api/template/variable';
import { ask, type Answer } from '../dialog/ask';
import { addHelpIcon } from '../dialog/help-icon';
import { nameInput } from '../dialog/name-input';
import { valueText, type TypedValue, type VariableRows } from '../dialog/dialog-node';
import { common } from '../dialog/messages';

/** Milliseconds after the last key until the template that was typed is read. */
const PAUSE = 500;
/** Minimum length of a template's ID. */
const MIN_ID_LENGTH = 5;
/** The sources that a variable can have. */
const TYPES = ['str', 'num', 'bool', 'json', 'msg', 'flow', 'global', 'env', 'jsonata'] as const;

/** The value of a row that was added by name. */
const EMPTY: TypedValue = { type: 'str', value: '' };

/** The variables that were read, by account and template, until the dialog closes. */
const fetched = new Map<string, Promise<Answer<TemplateVariable[]>>>();

/** Forgets what was read, so that the next dialog reads it again. */
export function forgetVariables(): void {
	fetched.clear();
}

function fetchVariables(account: string, id: string): Promise<Answer<TemplateVariable[]>> {
	const key = JSON.stringify([account, id]);
	const answer = fetched.get(key) ?? ask<TemplateVariable[]>('variables', { account, id });
	fetched.set(key, answer);
	return answer;
}

/** One row. */
interface Row {
	readonly element: JQuery;
	readonly input: JQuery;
	/** The row's initial value: until it changes, nothing was entered. */
	readonly start: TypedValue;
	/** True if it was saved or added by name: only the user removes it. */
	readonly isOwn: boolean;
}

function valueOf({ input }: Row): { type: string; value: string } {
	return { type: input.typedInput('type'), value: input.typedInput('value') };
}

/** True for a row of a template that nothing was entered into. */
function isUntouched(row: Row): boolean {
	const { type, value } = valueOf(row);
	return !row.isOwn && type === row.start.type && value === row.start.value;
}

/** True while the cursor is in a row. */
function isInUse({ element: [element] }: Row): boolean {
	return element?.contains(document.activeElement) === true;
}

/** The first value of a row: text, or JSON in the form that the template uses. */
function firstValue(variable: TemplateVariable): TypedValue {
	const json = startOf(variable);
	return json === undefined ? EMPTY : { type: 'json', value: json };
}

/** The help for a variable. */
function helpFor({ form, names, isOnlyTested }: TemplateVariable): string {
	if (form === 'text') return common(isOnlyTested ? 'variables.tested' : 'variables.text');
	return common(names.length === 0 ? `variables.${form}` : `variables.${form}Of`, { names: names.join(', ') });
}

export class Variables {
	private readonly element: JQuery;
	private readonly list: JQuery;
	private readonly tip: JQuery;
	private readonly rows = new Map<string, Row>();
	private timer: ReturnType<typeof setTimeout> | undefined;
	/** The account and the template whose variables are shown; empty for none. */
	private shown = '';

	/**
	 * @param container to which the rows are added
	 * @param onChange called when a value may have changed
	 */
	constructor(
		container: JQuery,
		saved: VariableRows,
		private readonly onChange: () => void,
	) {
		this.element = $('<div class="smtp2go-wide smtp2go-variables">').appendTo(container).hide();
		this.list = $('<div>').appendTo(this.element);
		this.tip = $('<div class="smtp2go-what">').appendTo(this.element);
		this.addByName();
		for (const [name, value] of Object.entries(saved)) this.add(name, value);
	}

	/** The values that were entered. Unchanged and empty rows are skipped. */
	get values(): VariableRows {
		return Object.fromEntries(
			[...this.rows].flatMap(([name, row]): [string, { type: string; value: string }][] => {
				const value = valueOf(row);
				const isEmpty = value.value === '' && value.type !== 'bool';
				return isEmpty || isUntouched(row) ? [] : [[name, value]];
			}),
		);
	}

	/** Shows the rows of the template that is chosen now. */
	show(): void {
		this.element.show();
		const account = String($('#node-input-account').val() ?? '');
		const template = $('#dialog-form [data-kind="template"]');
		const isTyped = template.length > 0 && template.typedInput('type') === 'str';
		const id = isTyped ? String(template.typedInput('value')).trim() : '';
		if (`${account} ${id}` === this.shown) return;
		this.shown = `${account} ${id}`;
		clearTimeout(this.timer);
		if (id.length < MIN_ID_LENGTH)
			return this.tell(common(isTyped ? 'variables.noTemplate' : 'variables.fromElsewhere'));
		this.tell(common('variables.reading'));
		this.timer = setTimeout(
			() =>
				void fetchVariables(account, id).then((answer) => {
					if (this.shown === `${account} ${id}`) this.fill(answer);
				}),
			PAUSE,
		);
	}

	hide(): void {
		this.element.hide();
	}

	destroy(): void {
		clearTimeout(this.timer);
		// A response that arrives later no longer belongs to a dialog.
		this.shown = '';
		for (const { input } of this.rows.values()) input.typedInput('destroy');
		this.element.remove();
	}

	private tell(text: string): void {
		this.tip.text(text).toggle(text !== '');
	}

	/**
	 * Adds rows for the template's variables, and removes those of a template that was chosen before. Meanwhile the
	 * user may have entered something: such a row stays, and so does the one with the cursor.
	 */
	private fill(answer: Answer<TemplateVariable[]>): void {
		if (!answer.ok) return this.tell(common('variables.unread', { message: answer.message }));
		const { value: variables } = answer;
		for (const [name, row] of this.rows)
			if (isUntouched(row) && !isInUse(row) && !variables.some((one) => one.name === name)) this.remove(name);
		for (const variable of variables) {
			const row = this.rows.get(variable.name);
			if (row) this.explain(row, variable);
			else this.add(variable.name, firstValue(variable), variable);
		}
		for (const [name, { element }] of this.rows)
			element.toggleClass('smtp2go-unused', !variables.some((one) => one.name === name));
		this.tell(variables.length === 0 ? common('variables.none') : '');
	}

	private explain({ element }: Row, variable: TemplateVariable): void {
		const label = element.find('label');
		if (label.find('.smtp2go-help').length === 0) addHelpIcon(label, helpFor(variable));
	}

	/** @param variable undefined for a row of the user's own */
	private add(name: string, start: TypedValue, variable?: TemplateVariable): void {
		const id = `smtp2go-variable-${name.replace(/\W/g, '-')}`;
		const element = $('<div class="form-row">').appendTo(this.list);
		$('<label>').attr({ for: id, title: name }).text(name).appendTo(element);
		const input = $('<input type="text">').attr({ id, 'data-variable': name }).appendTo(element);
		input.typedInput({ types: TYPES, default: start.type });
		nameInput(input, name);
		input.typedInput('type', start.type);
		input.typedInput('value', valueText(start));
		input.on('change', this.onChange);
		const button = $(
			'<button type="button" class="red-ui-button red-ui-button-small smtp2go-remove"><i class="fa fa-remove"></i></button>',
		)
			.attr('aria-label', common('variables.remove'))
			.appendTo(element);
		RED.popover.tooltip(button, common('variables.remove'));
		button.on('click', () => {
			this.remove(name);
			this.onChange();
		});
		const row = { element, input, start, isOwn: variable === undefined };
		this.rows.set(name, row);
		if (variable) this.explain(row, variable);
	}

	private remove(name: string): void {
		const row = this.rows.get(name);
		this.rows.delete(name);
		row?.input.typedInput('destroy');
		row?.element.remove();
	}

	/** Adds the input for a variable by name: one that could not be read, or of a template that the message chooses. */
	private addByName(): void {
		const line = $('<div class="form-row smtp2go-add">').appendTo(this.element);
		const name = $('<input type="text">')
			.attr({ placeholder: common('variables.name'), 'aria-label': common('variables.name') })
			.appendTo(line);
		const button = $('<button type="button" class="red-ui-button">')
			.append('<i class="fa fa-plus"></i> ', $('<span>').text(common('variables.add')))
			.appendTo(line);
		const press = () => {
			const typed = String(name.val() ?? '').trim();
			if (typed !== '' && !this.rows.has(typed)) this.add(typed, EMPTY);
			name.val('');
		};
		button.on('click', press);
		name.on('keydown', (event) => {
			if (event.key !== 'Enter') return;
			event.preventDefault();
			press();
		});
	}
}
