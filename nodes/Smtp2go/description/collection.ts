/** Collections of optional parameters. */
import type { INodeProperties } from 'n8n-workflow';

/** A collection of parameters that are added one by one, sorted as n8n's guidelines ask; none if it would be empty. */
export function collection(
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
