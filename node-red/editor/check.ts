/** What a dialog and the canvas say about saved values: `true`, or why they cannot work. */
import type { FormField } from '../form';
import { FROM_MESSAGE, formOf, operationOf } from './action';
import type { ActionNode, TypedValue, Values } from './node';
import { common, fieldText } from './texts';

export function checkOperation(node: ActionNode, operation: string): true | string {
	const isKnown = operation === FROM_MESSAGE || formOf(node) === undefined || operationOf(node, operation) !== undefined;
	return isKnown || common('unknownOperation', { operation });
}

function checkField(node: ActionNode, field: FormField, { type, value }: TypedValue): true | string {
	const label = fieldText(node, field, 'label');
	if (type === 'str') return !field.required || value !== '' || common('required', { label });
	if (type === 'num' && value.trim() === '') return common('required', { label });
	if (type === 'bool' || type === 'env') return true;
	return RED.utils.validateTypedProperty(value, type, { label });
}

/** Checks the fixed values; what a message brings is checked when it comes. */
export function checkFields(node: ActionNode, values: Values = {}): true | string[] {
	const operation = operationOf(node, node.operation);
	const flaws = (operation?.fields ?? []).flatMap((field) => {
		const value = values[field.name];
		const verdict = value === undefined ? true : checkField(node, field, value);
		return verdict === true ? [] : [verdict];
	});
	return flaws.length === 0 || flaws;
}
