/** Merges the forms of all operations into one list: each parameter once, with the operations that show it. */
import type { INodeProperties } from 'n8n-workflow';
import { bothConditions } from './conditions';

/** The operation that shows a parameter. */
export interface ShownIn {
	readonly resource: string;
	readonly operation: string;
}

/** The form of one operation. */
export interface OperationForm extends ShownIn {
	readonly form: readonly INodeProperties[];
}

interface Shared {
	readonly property: INodeProperties;
	readonly text: string;
	readonly places: ShownIn[];
}

/** n8n shows a parameter for every pair of the resources and operations in its condition. */
interface Block {
	readonly resources: string[];
	readonly operations: string[];
}

/** One list that contains every form in its own order. Equal parameters become one if the orders allow it. */
function superimpose(forms: readonly OperationForm[]): Shared[] {
	const list: Shared[] = [];
	for (const { resource, operation, form } of forms) {
		const texts = form.map((property) => JSON.stringify(property));
		let last = -1;
		const find = (text: string) => list.findIndex((shared, index) => index > last && shared.text === text);
		for (const [at, property] of form.entries()) {
			const found = find(texts[at] ?? '');
			// A new one goes before the next one that exists already, or else to the end.
			const next =
				texts
					.slice(at + 1)
					.map(find)
					.find((index) => index !== -1) ?? list.length;
			if (found === -1) list.splice(next, 0, { property, text: texts[at] ?? '', places: [] });
			last = found === -1 ? next : found;
			list[last]?.places.push({ resource, operation });
		}
	}
	return list;
}

/** As few blocks as a greedy search finds that cover exactly these places, and no other one that exists. */
function cover(places: readonly ShownIn[], all: readonly ShownIn[]): Block[] {
	const has = (list: readonly ShownIn[], resource: string, operation: string) =>
		list.some((place) => place.resource === resource && place.operation === operation);
	const blocks: Block[] = [];
	for (const resource of new Set(places.map((place) => place.resource))) {
		const own = places.filter((place) => place.resource === resource).map(({ operation }) => operation);
		const block = blocks.find((candidate) => {
			const operations = [...new Set([...candidate.operations, ...own])];
			return [...candidate.resources, resource].every((one) =>
				operations.every((other) => !has(all, one, other) || has(places, one, other)),
			);
		});
		if (!block) blocks.push({ resources: [resource], operations: own });
		else {
			block.resources.push(resource);
			block.operations.push(...own.filter((operation) => !block.operations.includes(operation)));
		}
	}
	return blocks;
}

/** All parameters of the node except resource and operation. */
export function mergeForms(forms: readonly OperationForm[]): INodeProperties[] {
	return superimpose(forms).flatMap(({ property, places }) =>
		cover(places, forms).map(({ resources, operations }) => {
			const { displayOptions, ...rest } = property;
			const chosen = { show: { resource: [...resources].sort(), operation: [...operations].sort() } };
			return { ...rest, displayOptions: bothConditions(chosen, displayOptions) };
		}),
	);
}
