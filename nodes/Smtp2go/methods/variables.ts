import type { FieldType, ILoadOptionsFunctions, ResourceMapperField, ResourceMapperFields } from 'n8n-workflow';
import { findOperation, isJsonObject, run, templateReader, type Json } from '../../../api';
import { parameterOf } from '../parameters';
import { bare, isBlank } from '../values/forms';
import { ask } from './ask';

/** What a form takes for a variable, by its example value. */
function typeOf(example: Json): FieldType {
	if (Array.isArray(example)) return 'array';
	if (typeof example === 'object' && example !== null) return 'object';
	return typeof example === 'number' ? 'number' : typeof example === 'boolean' ? 'boolean' : 'string';
}

/** The template chosen in the form of the current operation. */
function chosenTemplate(context: ILoadOptionsFunctions): unknown {
	const { resource, operation } = context.getCurrentNodeParameters() ?? {};
	const field = findOperation(String(resource), String(operation))?.fields.find(({ kind }) => kind === 'template');
	return field === undefined ? undefined : bare(context.getCurrentNodeParameter(parameterOf(field)));
}

/** The variables for which the template gives example values (SMTP2GO's `template_variables`), as a form. */
export async function templateVariables(context: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	const id = chosenTemplate(context);
	if (isBlank(id)) return { fields: [], emptyFieldsNotice: 'Choose a template first' };
	const { result } = await ask(context, (connection) => run(connection, templateReader, { id }));
	const variables = isJsonObject(result) ? result['template_variables'] : undefined;
	const fields = Object.entries(isJsonObject(variables) ? variables : {}).map(([name, example]): ResourceMapperField => ({
		id: name, displayName: name, type: typeOf(example), defaultValue: null, required: false, defaultMatch: false, display: true, canBeUsedToMatch: false,
	}));
	return { fields };
}
