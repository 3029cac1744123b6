/** The form of one operation: its parameters in the order a person fills them in. */
import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';
import type { Field, Operation } from '../../../api';
import {
	batchSize,
	binaryField,
	mainRecipients,
	oneRecipient,
	ownOptions,
	sendModeOf,
} from '../parameters/own-options';
import { canSimplify, hasLimit, isTopLevel, OPTIONS, parameterOf, SENDING } from '../parameters/names';
import { looks } from './kind-parameters';
import { toolDescription } from './tool-description';

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

/**
 * Both conditions together; what is asked first stands first, because n8n stops at the first value that is an
 * expression.
 */
export function bothDisplayed(outer: IDisplayOptions | undefined, inner: IDisplayOptions | undefined): IDisplayOptions {
	const show = { ...outer?.show, ...inner?.show };
	const hide = { ...outer?.hide, ...inner?.hide };
	return { ...(Object.keys(show).length > 0 ? { show } : {}), ...(Object.keys(hide).length > 0 ? { hide } : {}) };
}

/** Shown while the field that this one belongs to is filled, or the field that replaces it is empty. */
function conditionOf(field: Field, inForm: boolean, fields: readonly Field[]): IDisplayOptions {
	const other = fields.find(({ name }) => name === (field.unless ?? field.when));
	if (!other) return {};
	const path = !inForm && isTopLevel(other) ? `/${parameterOf(other)}` : parameterOf(other);
	if (field.unless === undefined) return { show: { [path]: [{ _cnd: { exists: true as const } }] } };
	// Hidden by a value, but not by an expression: both ways stay open until it is known, as n8n does by itself under
	// `show`.
	// Not by a regular expression: n8n runs one in a sandbox at every parameter of every item, which took most of the
	// time of a run.
	return { hide: { [path]: [{ _cnd: { between: { from: '!', to: '<~' } } }, { _cnd: { gte: '>' } }] } };
}

function withCondition(property: INodeProperties, condition: IDisplayOptions): INodeProperties {
	const displayOptions = bothDisplayed(condition, property.displayOptions);
	return Object.keys(displayOptions).length > 0 ? { ...property, displayOptions } : property;
}

/**
 * A collection of parameters that are added one by one, in the order of n8n's guidelines; nothing where there are none.
 */
function collection(
	displayName: string,
	name: string,
	placeholder: string,
	options: readonly INodeProperties[],
): INodeProperties[] {
	if (options.length === 0) return [];
	return [
		{
			displayName,
			name,
			type: 'collection',
			placeholder,
			default: {},
			options: [...options].sort((one, other) => one.displayName.localeCompare(other.displayName)),
		},
	];
}

/** How items are sent: the node's own options. */
function sendingOptions(operation: Operation): INodeProperties[] {
	return ownOptions(operation).flatMap((option) => {
		const condition: IDisplayOptions = option.name === batchSize.name ? { show: { '/sendMode': ['batch'] } } : {};
		return looks[option.kind](option).form.map((property) => withCondition(property, condition));
	});
}

/** The parameters of an operation, without the condition that it is the chosen one. */
export function formOf(operation: Operation): INodeProperties[] {
	const form: INodeProperties[] = [
		toolDescription(operation),
		...(operation.notice === undefined
			? []
			: [{ displayName: operation.notice, name: 'notice', type: 'notice' as const, default: '' }]),
	];
	const options: INodeProperties[] = [];
	for (const field of operation.fields) {
		const look = looks[field.kind](field);
		const inForm = isTopLevel(field);
		(inForm ? form : options).push(
			...look.form.map((property) => withCondition(property, conditionOf(field, inForm, operation.fields))),
		);
		if (field === mainRecipients(operation)) form.push(...looks[oneRecipient.kind](oneRecipient).form);
		options.push(
			...(look.extra ?? []).map((property) =>
				withCondition(property, conditionOf(field, false, operation.fields)),
			),
		);
	}
	const sendMode = sendModeOf(operation);
	if (sendMode) form.push(...looks[sendMode.kind](sendMode).form);
	const { file } = operation.result;
	if (file)
		options.push(
			...looks[binaryField.kind](binaryField).form.map((property) =>
				withCondition(property, { show: { [file.when]: [true] } }),
			),
		);
	if (hasLimit(operation)) form.push(...paging);
	if (canSimplify(operation)) form.push(simplify);
	return [
		...form,
		...collection('Options', OPTIONS, 'Add Option', options),
		...collection('Sending Options', SENDING, 'Add Sending Option', sendingOptions(operation)),
	];
}
