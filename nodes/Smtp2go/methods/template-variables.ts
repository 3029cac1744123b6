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
import { parameterOf } from '../parameters/names';
import { bare, isBlank } from '../parameters/form-values';
import { ask } from './editor-call';

/** The types of n8n's form. Text keeps whatever is typed: a number field would lose zeros and digits. */
const types: Readonly<Record<TemplateVariable['form'], FieldType>> = {
	text: 'string',
	list: 'array',
	object: 'object',
};

/** A variable's name, with what a list or an object holds. */
function labelOf({ name, form, names, isOnlyTested }: TemplateVariable): string {
	const inside = names.length === 0 ? '' : ` of ${names.join(', ')}`;
	if (form === 'text') return isOnlyTested ? `${name} (empty means no)` : name;
	return `${name} (${form}${inside})`;
}

/** The template chosen in the form of the current operation. */
function chosenTemplate(context: ILoadOptionsFunctions): unknown {
	const { resource, operation } = context.getCurrentNodeParameters() ?? {};
	const field = findOperation(String(resource), String(operation))?.fields.find(({ kind }) => kind === 'template');
	return field === undefined ? undefined : bare(context.getCurrentNodeParameter(parameterOf(field)));
}

/**
 * The variables of the chosen template, as a form: those that its subject and bodies use, and those of its examples.
 */
export async function templateVariables(context: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	const id = chosenTemplate(context);
	if (isBlank(id)) return { fields: [], emptyFieldsNotice: 'Choose a template first' };
	const { result } = await ask(context, (connection) => run(connection, templateReader, { id }));
	const variables = isJsonObject(result) ? variablesOf(readTemplate(result)) : [];
	return {
		fields: variables.map(
			(variable): ResourceMapperField => ({
				id: variable.name,
				displayName: labelOf(variable),
				type: types[variable.form],
				defaultValue: startOf(variable) ?? null,
				required: false,
				defaultMatch: false,
				display: true,
				canBeUsedToMatch: false,
			}),
		),
	};
}
