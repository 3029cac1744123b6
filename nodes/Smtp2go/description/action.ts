/**
 * All parameters of the node SMTP2GO, made from the catalogue. The build replaces this file with the finished list.
 * Resources and operations keep the catalogue's order, by use: the editor's list of actions follows it.
 */
import type { INodeProperties } from 'n8n-workflow';
import { firstOperation, offeredResources, type OfferedResource, type ResourceKey } from '../../../api';
import { SEND_AND_WAIT } from '../parameters/send-and-wait';
import { askingForm, askingOption, askingResources } from './approval';
import { mergeForms } from './merge-forms';
import { operationForm } from './operation-form';

/** The resource of a new node. Saved workflows leave the default out, so it never changes. */
const FIRST_RESOURCE: ResourceKey = 'email';

const resources = offeredResources('n8n');

const resourceParameter: INodeProperties = {
	displayName: 'Resource',
	name: 'resource',
	type: 'options',
	noDataExpression: true,
	default: FIRST_RESOURCE,
	options: resources.map(({ key, label, help }) => ({ name: label, value: key, description: help })),
};

function operationParameter(resource: OfferedResource): INodeProperties {
	const { key, operations } = resource;
	const first = firstOperation(resource)?.key ?? '';
	const listed = operations.map(({ key: value, label, action, help }) => ({
		name: label,
		value,
		action,
		description: help,
	}));
	const asking = askingResources.filter((name) => name === key).map(askingOption);
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		default: first,
		displayOptions: { show: { resource: [key] } },
		// The operation that asks is listed after the one that sends.
		options: [...listed.slice(0, 1), ...asking, ...listed.slice(1)],
	};
}

const forms = resources.flatMap(({ key, operations }) => [
	...operations.map((operation) => ({ resource: key, operation: operation.key, form: operationForm(operation) })),
	...askingResources
		.filter((name) => name === key)
		.map((name) => ({ resource: key, operation: SEND_AND_WAIT, form: askingForm(name) })),
]);

export const properties: INodeProperties[] = [
	resourceParameter,
	...resources.map(operationParameter),
	...mergeForms(forms),
];
