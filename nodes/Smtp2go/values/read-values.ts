/** Reads the values of the chosen operation's fields for one item. Fields that the form does not show are not read. */
import type { IExecuteFunctions } from 'n8n-workflow';
import { inZone, isRecord, type Field, type Kind, type Operation } from '../../../api';
import { isTopLevel, OPTIONS, parameterOf } from '../parameters/names';
import { readAttachments, readInlines } from './files';
import { bare, isBlank } from '../parameters/form-values';
import { readHeaderEntries } from '../parameters/header-entries';
import { readMessage } from './mime-message';
import { parameter } from '../parameters/read';
import type { Source } from './source';
import { readTemplateData } from './template-data';

/** Kinds whose form is not yet the value; every other form is the value itself. */
const readers: Readonly<Partial<Record<Kind, (form: unknown, source: Source) => unknown>>> = {
	attachments: readAttachments,
	dateTime: readMoment,
	headers: readHeaderEntries,
	inlines: readInlines,
	mime: readMessage,
	schedule: readMoment,
	templateData: readTemplateData,
};

/** n8n's date picker writes no zone: the workflow's is meant, as in n8n's own nodes. */
function readMoment(form: unknown, { context }: Source): unknown {
	return inZone(form, context.getTimezone());
}

/** The value of a field as the form holds it; undefined where nothing was entered. */
function formOf({ context, itemIndex, field, options }: Source): unknown {
	const name = parameterOf(field);
	if (!isTopLevel(field)) return Object.hasOwn(options, name) ? bare(options[name]) : undefined;
	const value = bare(parameter(context, name, itemIndex, ''));
	// A list that the form always shows and nobody ticked anything in: nothing was entered.
	const isEmpty = isBlank(value) || (Array.isArray(value) && value.length === 0);
	return isEmpty && !field.required ? undefined : value;
}

/** True where the form shows a field: the one it belongs to is filled, the one that replaces it is empty. */
function isAskedFor(source: Source, fields: readonly Field[]): boolean {
	const { unless, when } = source.field;
	const other = fields.find(({ name }) => name === (unless ?? when));
	if (!other) return true;
	return isBlank(formOf({ ...source, field: other })) === (unless !== undefined);
}

/**
 * The values by API field name, for `run`.
 * @param hint shows a sentence beside the output
 * @throws NodeOperationError where a binary field or an expression cannot be read
 */
export async function readValues(
	context: IExecuteFunctions,
	{ fields }: Operation,
	itemIndex: number,
	hint: Source['hint'],
): Promise<Record<string, unknown>> {
	const added = parameter(context, OPTIONS, itemIndex, {});
	const options = isRecord(added) ? added : {};
	const values: Record<string, unknown> = {};
	for (const field of fields) {
		const source = { context, itemIndex, field, options, values, hint };
		if (!isAskedFor(source, fields)) continue;
		const read = readers[field.kind];
		const form = formOf(source);
		values[field.name] = read ? await read(form, source) : form;
	}
	return values;
}
