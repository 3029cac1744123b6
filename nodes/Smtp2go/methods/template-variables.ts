/** The form of a template's variables. */
import type { FieldType, ILoadOptionsFunctions, ResourceMapperField, ResourceMapperFields } from 'n8n-workflow';
import {
	findOperation,
	isJsonObject,
	readTemplate,
	run,
	startOf,
	templateReader,
	variablesOf,
	type TemplateVariable,
} from '../../../api';
import { isBlank, unwrapLocator } from '../parameters/form-values';
import { parameterName } from '../parameters/names';
import { callFromEditor } from './editor-call';

/** The types of n8n's form. Text stays as typed: a number field would lose zeros and digits. */
const fieldTypes: Readonly<Record<TemplateVariable['form'], FieldType>> = {
	text: 'string',
	list: 'array',
	object: 'object',
};

/** The name of a variable, with the names inside a list or an object. */
function variableLabel({ name, form, names, isOnlyTested }: TemplateVariable): string {
	const inside = names.length === 0 ? '' : ` of ${names.join(', ')}`;
	if (form === 'text') return isOnlyTested ? `${name} (empty means false)` : name;
	return `${name} (${form}${inside})`;
}

/** The template that is chosen for the current operation. */
function chosenTemplate(context: ILoadOptionsFunctions): unknown {
	const { resource, operation } = context.getCurrentNodeParameters() ?? {};
	const field = findOperation(String(resource), String(operation))?.fields.find(({ kind }) => kind === 'template');
	return field === undefined ? undefined : unwrapLocator(context.getCurrentNodeParameter(parameterName(field)));
}

/** Reads the variables of the chosen template: those that its subject and bodies use, and those of its examples. */
export async function templateVariables(context: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	const id = chosenTemplate(context);
	if (isBlank(id)) return { fields: [], emptyFieldsNotice: 'Select a template to see its variables' };
	const { result } = await callFromEditor(context, (connection) => run(connection, templateReader, { id }));
	const variables = isJsonObject(result) ? variablesOf(readTemplate(result)) : [];
	return {
		fields: variables.map(
			(variable): ResourceMapperField => ({
				id: variable.name,
				displayName: variableLabel(variable),
				type: fieldTypes[variable.form],
				defaultValue: startOf(variable) ?? null,
				required: false,
				defaultMatch: false,
				display: true,
				canBeUsedToMatch: false,
			}),
		),
	};
}
