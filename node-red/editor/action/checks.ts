/** Checks saved values for the dialogs and the canvas: `true`, or what is wrong. */
import type { FormField } from '../../shared/form';
import { FROM_MESSAGE } from '../../shared/own-options';
import { formFor, operationFor } from './action-dialog';
import {
	isOn,
	NOT_SET,
	RESULT_TO,
	VARIABLES,
	type FieldsFrom,
	type TypedValue as SavedValue,
} from '../../shared/saved-action';
import {
	variableRows,
	valueText,
	type ActionNode,
	type DialogNode,
	type TypedValue,
	type VariableRows,
	type Values,
} from '../dialog/dialog-node';
import { problemWith } from '../fields/fixed-values';
import { readingOf } from '../fields/unset-sources';
import { common, fieldText } from '../dialog/messages';

export function checkOperation(node: ActionNode, operation: string): true | string {
	const isKnown =
		operation === FROM_MESSAGE || formFor(node) === undefined || operationFor(node, operation) !== undefined;
	return isKnown || common('unknownOperation', { operation });
}

/** Checks the rows of a template's variables. */
function checkRows(label: string, rows: VariableRows): true | string {
	for (const [name, { type, value }] of Object.entries(rows)) {
		if (['str', 'bool', 'env'].includes(type)) continue;
		const verdict = RED.utils.validateTypedProperty(value, type, { label: `${label}: ${name}` });
		if (verdict !== true) return verdict;
	}
	return true;
}

/**
 * Checks the fixed value of one field.
 * @param country the default country of phone numbers
 */
export function checkField(node: DialogNode, field: FormField, saved: TypedValue, country?: string): true | string {
	const label = fieldText(node, field, 'label');
	const { type } = saved;
	if (type === VARIABLES) return checkRows(label, variableRows(saved));
	const value = valueText(saved);
	if (type === NOT_SET) return !field.required || common('required', { label });
	if (type === 'str' && field.required && value === '') return common('required', { label });
	if (type === 'num' && value.trim() === '') return common('required', { label });
	if (type === 'str' || type === 'num') return problemWith(field, label, value, country) ?? true;
	if (type === 'bool' || type === 'env') return true;
	return RED.utils.validateTypedProperty(value, type, { label });
}

/** Checks the fixed values. Values from a message are checked when it arrives. */
export function checkFields(node: ActionNode, values: Values = {}): true | string[] {
	const operation = operationFor(node, node.operation);
	const { country } = readingOf(undefined, values);
	const flaws = (operation?.fields ?? []).flatMap((field) => {
		const value = values[field.name];
		const verdict = value === undefined ? true : checkField(node, field, value, country);
		return verdict === true ? [] : [verdict];
	});
	return flaws.length === 0 || flaws;
}

/** Checks where "All Fields From" reads. */
export function checkFieldsFrom(fieldsFrom: FieldsFrom | undefined): true | string {
	if (!isOn(fieldsFrom)) return true;
	const label = common('fieldsFrom.label');
	const value = String(fieldsFrom.value);
	return value.trim() === ''
		? common('required', { label })
		: RED.utils.validateTypedProperty(value, fieldsFrom.type, { label });
}

/** Checks where the result goes. */
export function checkResultTo(resultTo: SavedValue | undefined): true | string {
	const label = common('resultTo.label');
	const value = String((resultTo ?? RESULT_TO).value);
	return value.trim() === ''
		? common('required', { label })
		: RED.utils.validateTypedProperty(value, RESULT_TO.type, { label });
}

/**
 * True for a whole number from 1, or an empty value, as in an account that an earlier version saved.
 */
export function isCount(value: unknown, most = Number.MAX_SAFE_INTEGER): boolean {
	const text = String(value ?? '').trim();
	return text === '' || (/^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= most);
}
