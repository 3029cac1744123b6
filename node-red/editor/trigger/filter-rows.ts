/** The filter of a trigger: one row for each of its fields, with plain values. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports, import-x/no-unresolved */
import filterFields from 'smtp2go:filters';
import type { FilterField } from '../../shared/form';
import type { Filters, HeaderValue } from '../dialog/dialog-node';
import { addHelpIcon } from '../dialog/help-icon';
import { choiceKey, common, eventText } from '../dialog/messages';

function filterText(field: FilterField, part: string): string {
	return eventText(`filters.${field.name}.${part}`);
}

function labelled(field: FilterField, id: string): JQuery {
	const label = $('<label>').attr('for', id).text(filterText(field, 'label'));
	addHelpIcon(label, filterText(field, 'help'));
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
function pairsIn(saved: Filters[string] | undefined): readonly HeaderValue[] {
	return Array.isArray(saved) ? (saved as readonly HeaderValue[]) : [];
}

function addRow(field: FilterField, container: JQuery, saved: Filters[string] | undefined): void {
	const id = `smtp2go-${field.name}`;
	const row = labelled(field, id).appendTo(container);
	if (field.kind === 'headers') {
		const list = $('<div class="smtp2go-pairs">').attr('id', id).appendTo(row);
		const add = $('<button type="button" class="red-ui-button red-ui-button-small">')
			.append('<i class="fa fa-plus"></i> ', $('<span>').text(common('addHeader')))
			.appendTo(list);
		const pairs = $('<div>').insertBefore(add);
		for (const pair of pairsIn(saved)) addPair(pairs, pair);
		add.on('click', () => addPair(pairs, { header: '', value: '' }));
		return;
	}
	const value = typeof saved === 'string' ? saved : '';
	if (field.kind === 'choice') {
		const options = (field.choices ?? []).map((choice) =>
			$('<option>')
				.val(choice)
				.text(filterText(field, `choices.${choiceKey(choice)}`)),
		);
		$('<select>').attr('id', id).append(options).val(value).appendTo(row);
	} else {
		$('<input type="text">')
			.attr({ id, placeholder: filterText(field, 'placeholder') })
			.val(value)
			.appendTo(row);
	}
}

/** Shows the rows. */
export function showFilters(container: JQuery, saved: Filters = {}): void {
	for (const field of filterFields) addRow(field, container, saved[field.name]);
}

/** The values of the rows. */
export function readFilters(): Filters {
	return Object.fromEntries(
		filterFields.flatMap(({ name, kind }): [string, Filters[string]][] => {
			const place = $(`#smtp2go-${name}`);
			if (kind !== 'headers') {
				const value = String(place.val() ?? '').trim();
				return value === '' ? [] : [[name, value]];
			}
			const text = (pair: HTMLElement, part: string) =>
				String($(pair).find(`.smtp2go-${part}`).val() ?? '').trim();
			const pairs = place
				.find('.smtp2go-pair')
				.toArray()
				.map((pair) => ({ header: text(pair, 'header'), value: text(pair, 'value') }))
				.filter(({ header }) => header !== '');
			return pairs.length === 0 ? [] : [[name, pairs]];
		}),
	);
}
