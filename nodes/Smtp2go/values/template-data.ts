/** Reads the variables of a template: from the form, from the input item, or from JSON. */
import { NodeOperationError } from 'n8n-workflow';
import { isRecord, parseExactJson } from '../../../api';
import { isBlank } from '../parameters/form-values';
import { companionName, parameterName } from '../parameters/names';
import { readParameter } from '../parameters/read';
import type { FieldReading } from './field-reading';

/** The names and types of the variables, as n8n saved them when it last read the template. */
function savedVariables(schema: unknown): { id: unknown; type: unknown }[] {
	return (Array.isArray(schema) ? schema : [])
		.filter((entry) => isRecord(entry) && entry['removed'] !== true)
		.map(({ id, type }: { id?: unknown; type?: unknown }) => ({ id, type }));
}

/** The input item's fields that the template has variables for, or all of them if its variables are not known. */
function fromItem({ context, itemIndex }: FieldReading, schema: unknown): Record<string, unknown> {
	const json = context.getInputData()[itemIndex]?.json ?? {};
	const names = savedVariables(schema).map(({ id }) => id);
	return Object.fromEntries(Object.entries(json).filter(([name]) => names.length === 0 || names.includes(name)));
}

/** True for the empty structure that the form offers: nobody entered anything in it. */
function isUntouched(value: unknown): boolean {
	return isBlank(value) || (typeof value === 'object' && value !== null && Object.values(value).every(isUntouched));
}

/**
 * The value of one variable. Text is sent as typed: n8n's own validation would turn some of it into numbers and lose
 * zeros and digits. For the same reason JSON of a list or an object is parsed here. n8n parses it only if this fails.
 */
function variableValue(reading: FieldReading, id: string, type: unknown, entered: unknown): unknown {
	if ((type !== 'array' && type !== 'object') || typeof entered !== 'string') return entered;
	const parsed = parseExactJson(entered);
	if (type === 'array' ? Array.isArray(parsed) : isRecord(parsed)) return isUntouched(parsed) ? undefined : parsed;
	const validated = readParameter(reading.context, `${parameterName(reading.field)}.value`, reading.itemIndex, {});
	return isRecord(validated) ? validated[id] : undefined;
}

/** The values of the form: entered one by one, taken from the item, or as an expression gives them. */
function readForm(form: unknown, reading: FieldReading): unknown {
	if (!isRecord(form) || !('mappingMode' in form)) return form;
	if (form['mappingMode'] === 'autoMapInputData') return fromItem(reading, form['schema']);
	const { context, field, itemIndex } = reading;
	const entered = readParameter(context, `${parameterName(field)}.value`, itemIndex, {}, { skipValidation: true });
	if (!isRecord(entered)) return entered;
	const types = new Map(savedVariables(form['schema']).map(({ id, type }) => [id, type]));
	// An empty variable is not sent, so that the template's own default applies.
	const values = Object.entries(entered).map(([id, value]): [string, unknown] => [
		id,
		isBlank(value) ? undefined : variableValue(reading, id, types.get(id), value),
	]);
	return Object.fromEntries(values.filter(([, value]) => !isBlank(value)));
}

/**
 * Reads the variables of a template. Those given as JSON, under the options, override those of the form.
 * @throws NodeOperationError if the JSON is not an object
 */
export function readTemplateData(form: unknown, reading: FieldReading): unknown {
	const values = readForm(form, reading);
	const given = reading.options[companionName(reading.field, 'Json')];
	if (isBlank(given)) return isRecord(values) && Object.keys(values).length === 0 ? undefined : values;
	const overrides = typeof given === 'string' ? parseExactJson(given) : given;
	if (!isRecord(overrides)) {
		throw new NodeOperationError(reading.context.getNode(), `${reading.field.label} (JSON) must be a JSON object`, {
			itemIndex: reading.itemIndex,
			description: 'Enter an object of variable names and values, such as { "name": "Jane" }.',
		});
	}
	return { ...(isRecord(values) ? values : {}), ...overrides };
}
