/** Rows with plain values: what a node watches or filters, and never takes from a message. */
import type { PlainField } from '../../shared/form';
import type { HeaderValue, PlainValue, PlainValues } from '../dialog/dialog-node';
import { addHelpIcon } from '../dialog/help-icon';
import { choiceKey, common, eventText } from '../dialog/messages';

/** The fields of a form, and where their messages are in the editor's own catalogue, as in `filters`. */
export interface PlainForm {
	readonly fields: readonly PlainField[];
	readonly texts: string;
}

type TextOf = (field: PlainField, part: string) => string;

function idOf({ name }: PlainField): string {
	return `smtp2go-${name}`;
}

function row(field: PlainField, text: TextOf): JQuery {
	const label = $('<label>').attr('for', idOf(field)).text(text(field, 'label'));
	const help = text(field, 'help');
	if (help !== '') addHelpIcon(label, help);
	return $('<div class="form-row">').append(label);
}

/** Adds two inputs, and a button that removes them. */
function addPair(list: JQuery, { header, value }: HeaderValue): void {
	const remove = $(
		'<button type="button" class="red-ui-button red-ui-button-small"><i class="fa fa-remove"></i></button>',
	).attr('aria-label', common('removeHeader'));
	RED.popover.tooltip(remove, common('removeHeader'));
	const input = (name: 'header' | 'value', text: string) => {
		const label = common(`filter.${name}`);
		return $('<input type="text">')
			.addClass(`smtp2go-${name}`)
			.attr({ placeholder: label, 'aria-label': label })
			.val(text);
	};
	const pair = $('<div class="smtp2go-pair">')
		.append(input('header', header), input('value', value), remove)
		.appendTo(list);
	remove.on('click', () => {
		pair.remove();
	});
}

/** The saved pairs. Anything else that a flow can hold there is skipped. */
function pairsIn(saved: PlainValue | undefined): readonly HeaderValue[] {
	return Array.isArray(saved) ? saved.filter((one): one is HeaderValue => typeof one === 'object') : [];
}

/** Header names and values: as many rows as there are pairs. */
function addPairs(field: PlainField, place: JQuery, saved: PlainValue | undefined): void {
	const list = $('<div class="smtp2go-pairs">').attr('id', idOf(field)).appendTo(place);
	const add = $('<button type="button" class="red-ui-button red-ui-button-small">')
		.append('<i class="fa fa-plus"></i> ', $('<span>').text(common('addHeader')))
		.appendTo(list);
	const pairs = $('<div>').insertBefore(add);
	for (const pair of pairsIn(saved)) addPair(pairs, pair);
	add.on('click', () => addPair(pairs, { header: '', value: '' }));
}

/** A checkbox for each choice, with its label and its help. */
export function addChecks(
	list: JQuery,
	prefix: string,
	choices: readonly { readonly value: string; readonly label: string; readonly help: string }[],
	chosen: readonly string[],
): void {
	for (const { value, label, help } of choices) {
		const id = `${prefix}-${value}`;
		$('<label>')
			.attr('for', id)
			.append(
				$('<input type="checkbox">').attr({ id, value }).prop('checked', chosen.includes(value)),
				$('<span>').text(label),
				$('<span class="smtp2go-what">').text(help),
			)
			.appendTo(list);
	}
}

/** The values of the checkboxes that are on. */
export function checkedIn(list: JQuery): string[] {
	return list
		.find('input[type="checkbox"]:checked')
		.toArray()
		.map((box) => String($(box).val()));
}

function addChoices(field: PlainField, container: JQuery, saved: PlainValue | undefined, text: TextOf): void {
	const chosen = Array.isArray(saved) ? saved.map(String) : (field.default ?? '').split(',');
	const list = $('<div class="smtp2go-list">').attr('id', idOf(field)).appendTo(container);
	const choices = (field.choices ?? []).map((value) => ({
		value,
		label: text(field, `choices.${choiceKey(value)}`),
		help: text(field, `choiceHelp.${choiceKey(value)}`),
	}));
	addChecks(list, idOf(field), choices, chosen);
}

function addRow(field: PlainField, container: JQuery, saved: PlainValue | undefined, text: TextOf): void {
	if (field.kind === 'choices') return addChoices(field, container, saved, text);
	const place = row(field, text).appendTo(container);
	if (field.kind === 'headers') return addPairs(field, place, saved);
	const id = idOf(field);
	const value = typeof saved === 'string' || typeof saved === 'number' ? String(saved) : (field.default ?? '');
	if (field.kind === 'choice') {
		const options = (field.choices ?? []).map((choice) =>
			$('<option>')
				.val(choice)
				.text(text(field, `choices.${choiceKey(choice)}`)),
		);
		$('<select>').attr('id', id).append(options).val(value).appendTo(place);
		return;
	}
	const input = $(field.kind === 'number' ? '<input type="number" step="any">' : '<input type="text">');
	const { min, max, placeholder } = field;
	input.attr({ id, ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) });
	if (placeholder) input.attr('placeholder', text(field, 'placeholder'));
	input.val(value).appendTo(place);
}

/** Shows the rows. */
export function showRows({ fields, texts }: PlainForm, container: JQuery, saved: PlainValues = {}): void {
	const text: TextOf = (field, part) => eventText(`${texts}.${field.name}.${part}`);
	for (const field of fields) addRow(field, container, saved[field.name], text);
}

function pairsOf(place: JQuery): readonly HeaderValue[] {
	const text = (pair: HTMLElement, part: string) => String($(pair).find(`.smtp2go-${part}`).val() ?? '').trim();
	return place
		.find('.smtp2go-pair')
		.toArray()
		.map((pair) => ({ header: text(pair, 'header'), value: text(pair, 'value') }))
		.filter(({ header }) => header !== '');
}

/** The values of the rows. A value that is the default is not saved, and neither is one that is empty. */
export function readRows({ fields }: PlainForm): PlainValues {
	return Object.fromEntries(
		fields.flatMap((field): [string, PlainValue][] => {
			const place = $(`#${idOf(field)}`);
			if (field.kind === 'headers') {
				const pairs = pairsOf(place);
				return pairs.length === 0 ? [] : [[field.name, pairs]];
			}
			const isList = field.kind === 'choices';
			const value = isList ? checkedIn(place) : String(place.val() ?? '').trim();
			const isDefault = (isList ? value.toString() : value) === (field.default ?? '');
			return isDefault || value === '' ? [] : [[field.name, value]];
		}),
	);
}
