/** Puts the forms of all operations into one list, each parameter once with the operations that show it. */
import type { INodeProperties } from 'n8n-workflow';
import { bothDisplayed } from './operation-form';

/** Which operation shows a parameter. */
export interface Place {
	readonly resource: string;
	readonly operation: string;
}

/** One operation's form and its place. */
export interface PlacedForm extends Place {
	readonly form: readonly INodeProperties[];
}

interface Shared {
	readonly property: INodeProperties;
	readonly text: string;
	readonly places: Place[];
}

/** n8n shows a parameter for every pair of the resources and operations in its condition. */
interface Block {
	readonly resources: string[];
	readonly operations: string[];
}

/**
 * One list that holds every form in its own order; equal parameters of several forms become one where the orders allow.
 */
function superimpose(forms: readonly PlacedForm[]): Shared[] {
	const list: Shared[] = [];
	for (const { resource, operation, form } of forms) {
		const texts = form.map((property) => JSON.stringify(property));
		let last = -1;
		const find = (text: string) => list.findIndex((shared, index) => index > last && shared.text === text);
		for (const [at, property] of form.entries()) {
			const found = find(texts[at] ?? '');
			// A new one stands before the next that is there already, or else at the end.
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

/** The fewest blocks, greedily, that cover these places and no other one that exists. */
function cover(places: readonly Place[], all: readonly Place[]): Block[] {
	const has = (list: readonly Place[], resource: string, operation: string) =>
		list.some((place) => place.resource === resource && place.operation === operation);
	const blocks: Block[] = [];
	for (const resource of new Set(places.map((place) => place.resource))) {
		const own = places.filter((place) => place.resource === resource).map(({ operation }) => operation);
		const fitting = blocks.find((block) => {
			const operations = [...new Set([...block.operations, ...own])];
			return [...block.resources, resource].every((one) =>
				operations.every((other) => !has(all, one, other) || has(places, one, other)),
			);
		});
		if (!fitting) blocks.push({ resources: [resource], operations: own });
		else {
			fitting.resources.push(resource);
			fitting.operations.push(...own.filter((operation) => !fitting.operations.includes(operation)));
		}
	}
	return blocks;
}

/** All parameters of the node below resource and operation. */
export function mergeForms(forms: readonly PlacedForm[]): INodeProperties[] {
	return superimpose(forms).flatMap(({ property, places }) =>
		cover(places, forms).map(({ resources, operations }) => {
			const { displayOptions, ...rest } = property;
			const chosen = { show: { resource: [...resources].sort(), operation: [...operations].sort() } };
			return { ...rest, displayOptions: bothDisplayed(chosen, displayOptions) };
		}),
	);
}
