/** The form of one operation: its parameters in the order in which a user fills them in. */
import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';
import type { Field, OperationBase } from '../../../api';
import { AUTO_MAP, dataMode, mergeSendingOptions } from '../parameters/merge-options';
import { canSimplify, hasLimit, isTopLevel, OPTIONS, parameterName, SENDING_OPTIONS } from '../parameters/names';
import {
	batchSize,
	binaryField,
	oneRecipient,
	ownOptions,
	recipientField,
	sendModeField,
} from '../parameters/own-options';
import { collection } from './collection';
import { withCondition } from './conditions';
import { fieldParameters } from './kind-parameters';
import { inBothModes, mappingMode } from './mapping';
import { toolDescription } from './tool-description';

// n8n's lint demands these texts word for word.
const paging: readonly INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		default: 50,
		typeOptions: { minValue: 1 },
		description: 'Max number of results to return',
		displayOptions: { show: { returnAll: [false] } },
	},
];

const simplify: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

/** Shows a field while the field that it belongs to is filled, or the one that replaces it is empty. */
function fieldCondition(field: Field, inForm: boolean, fields: readonly Field[]): IDisplayOptions {
	const other = fields.find(({ name }) => name === (field.hiddenBy ?? field.shownWith));
	if (!other) return {};
	const path = !inForm && isTopLevel(other) ? `/${parameterName(other)}` : parameterName(other);
	if (field.hiddenBy === undefined) return { show: { [path]: [{ _cnd: { exists: true as const } }] } };
	// A value hides the field, but an expression does not: until it is known, both are shown, as n8n itself does under
	// `show`. Not a regular expression: n8n runs one in a sandbox for every parameter of every item, which took most of
	// the time of a run.
	return { hide: { [path]: [{ _cnd: { between: { from: '!', to: '<~' } } }, { _cnd: { gte: '>' } }] } };
}

/** The node's own options. */
function sendingOptions(operation: OperationBase): INodeProperties[] {
	const conditionOf = (option: Field): IDisplayOptions => {
		if (option.name === batchSize.name) return { show: { '/sendMode': ['batch'] } };
		return mergeSendingOptions.includes(option) ? { show: { [`/${dataMode.name}`]: [AUTO_MAP] } } : {};
	};
	return ownOptions(operation).flatMap((option) =>
		fieldParameters(option).form.map((property) => withCondition(property, conditionOf(option))),
	);
}

/** The parameters of an operation, without the condition that it is selected. */
export function operationForm(operation: OperationBase): INodeProperties[] {
	const form: INodeProperties[] = [
		toolDescription(operation),
		...(operation.notice === undefined
			? []
			: [{ displayName: operation.notice, name: 'notice', type: 'notice' as const, default: '' }]),
	];
	const options: INodeProperties[] = [];
	const isMapped = operation.together === 'emails';
	if (isMapped) form.push(...mappingMode());
	for (const field of operation.fields) {
		const parameters = fieldParameters(field);
		const inForm = isTopLevel(field);
		const own = parameters.form.map((property) =>
			withCondition(property, fieldCondition(field, inForm, operation.fields)),
		);
		(inForm ? form : options).push(...(isMapped && inForm ? inBothModes(field, own) : own));
		if (field === recipientField(operation)) form.push(...fieldParameters(oneRecipient).form);
		options.push(
			...(parameters.options ?? []).map((property) =>
				withCondition(property, fieldCondition(field, false, operation.fields)),
			),
		);
	}
	const sendMode = sendModeField(operation);
	if (sendMode) form.push(...fieldParameters(sendMode).form);
	const { file } = operation.result;
	if (file)
		options.push(
			...fieldParameters(binaryField).form.map((property) =>
				withCondition(property, { show: { [file.wantedBy]: [true] } }),
			),
		);
	if (hasLimit(operation)) form.push(...paging);
	if (canSimplify(operation)) form.push(simplify);
	return [
		...form,
		...collection('Options', OPTIONS, 'Add Option', options),
		...collection('Sending Options', SENDING_OPTIONS, 'Add Sending Option', sendingOptions(operation)),
	];
}
