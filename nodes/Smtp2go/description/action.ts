/**
 * All parameters of the node SMTP2GO, made from the catalogue. The build puts the finished list in this file's place.
 * Resources and operations keep the catalogue's order, by use: the list of actions in n8n's editor follows it.
 */
import type { INodeProperties } from 'n8n-workflow';
import { firstOperation, resources, type Resource, type ResourceKey } from '../../../api';
import { formOf } from './operation-form';
import { mergeForms } from './merge-forms';

/** What a new node starts with; saved workflows leave it out, so it never changes. */
const FIRST_RESOURCE: ResourceKey = 'email';

const resourceChoice: INodeProperties = {
	displayName: 'Resource',
	name: 'resource',
	type: 'options',
	noDataExpression: true,
	default: FIRST_RESOURCE,
	options: resources.map(({ key, label, help }) => ({ name: label, value: key, description: help })),
};

function operationChoice(resource: Resource): INodeProperties {
	const { key, operations } = resource;
	const first = firstOperation(resource)?.key ?? '';
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		default: first,
		displayOptions: { show: { resource: [key] } },
		options: operations.map(({ key: value, label, action, help }) => ({
			name: label,
			value,
			action,
			description: help,
		})),
	};
}

const forms = resources.flatMap(({ key, operations }) =>
	operations.map((operation) => ({ resource: key, operation: operation.key, form: formOf(operation) })),
);

export const properties: INodeProperties[] = [resourceChoice, ...resources.map(operationChoice), ...mergeForms(forms)];
