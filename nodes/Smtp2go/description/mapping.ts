/** The form of "Auto-Map Input Data", in which each input item is a row of a list. */
import type { INodeProperties } from 'n8n-workflow';
import type { Field } from '../../../api';
import {
	AUTO_MAP,
	AUTO_MAP_NOTICE,
	columnFields,
	COLUMNS,
	columnsToUse,
	dataMode,
	ROW_FIELD,
} from '../parameters/merge-options';
import { collection } from './collection';
import { withCondition } from './conditions';
import { fieldParameters } from './kind-parameters';

/** A parameter that can be left empty. */
function asOptional(property: INodeProperties): INodeProperties {
	const copy = { ...property };
	delete copy.required;
	return copy;
}

/** The choice of the mode, and what only the list has. */
export function mappingMode(): INodeProperties[] {
	return [
		// An agent's arguments are not a list: as a tool, the node has only the other mode.
		...fieldParameters(dataMode).form.map(
			(property): INodeProperties => ({
				...asOptional(property),
				noDataExpression: true,
				displayOptions: { hide: { '@tool': [true] } },
			}),
		),
		{
			displayName: AUTO_MAP_NOTICE,
			name: 'autoMapNotice',
			type: 'notice',
			default: '',
			displayOptions: { show: { [dataMode.name]: [AUTO_MAP] } },
		},
		...collection(
			'Columns',
			COLUMNS,
			'Add Column',
			[...columnFields.map(([, field]) => field), columnsToUse].flatMap((field) => fieldParameters(field).form),
		).map((property) => withCondition(property, { show: { [dataMode.name]: [AUTO_MAP] } })),
	];
}

/** A field of the form in both modes: the rows set the recipients, and can set another required field. */
export function inBothModes(field: Field, parameters: readonly INodeProperties[]): INodeProperties[] {
	const inForm = parameters.map((property) => withCondition(property, { hide: { [dataMode.name]: [AUTO_MAP] } }));
	if (field.name === ROW_FIELD) return inForm;
	if (field.required !== true) return [...parameters];
	return [
		...inForm,
		...parameters.map((property) => withCondition(asOptional(property), { show: { [dataMode.name]: [AUTO_MAP] } })),
	];
}
