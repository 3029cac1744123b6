/** The forms of the action node, as n8n shows them. */
import { NodeHelpers, type INodeProperties } from 'n8n-workflow';
import { resources } from '../../../api';
import { Smtp2go } from '../../../nodes/Smtp2go/Smtp2go.node';

const { description } = new Smtp2go();
export const { properties } = description;

/** Every operation, with its resource. */
export const operations = resources.flatMap((resource) =>
	resource.operations.map((operation) => ({ name: `${resource.key}.${operation.key}`, resource, operation })),
);

/** The parameters that n8n shows for an operation whose other values are these. */
export function shown(resource: string, operation: string, values = {}): INodeProperties[] {
	const parameters = { returnAll: false, mimeEmailSource: 'text', ...values, resource, operation };
	return properties.filter((property) =>
		NodeHelpers.displayParameter(parameters, property, { typeVersion: 1 }, description),
	);
}

/** The options of a collection. */
export const addedTo = (list: readonly INodeProperties[], collection: string) =>
	(list.find(({ name }) => name === collection)?.options ?? []) as INodeProperties[];
