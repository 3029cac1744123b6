import { NodeOperationError } from 'n8n-workflow';
import { companionOf, parameterOf } from '../parameters/names';
import { isRecord, parseExactJson } from '../../../api';
import { isBlank } from '../parameters/form-values';
import { parameter } from '../parameters/read';
import type { Source } from './source';

/** The variables of the form, as n8n saved them when it last read the template: their names and types. */
function variablesIn(schema: unknown): { id: unknown; type: unknown }[] {
	return (Array.isArray(schema) ? schema : [])
		.filter((entry) => isRecord(entry) && entry['removed'] !== true)
		.map(({ id, type }: { id?: unknown; type?: unknown }) => ({ id, type }));
}

/** The item's own fields that the template has variables for; all of them where its variables are not known. */
function fromItem({ context, itemIndex }: Source, schema: unknown): Record<string, unknown> {
	const json = context.getInputData()[itemIndex]?.json ?? {};
	const names = variablesIn(schema).map(({ id }) => id);
	return Object.fromEntries(Object.entries(json).filter(([name]) => names.length === 0 || names.includes(name)));
}

/** True where a form of empty texts stands as it was when it was made: nobody entered anything. */
function isHollow(value: unknown): boolean {
	return isBlank(value) || (typeof value === 'object' && value !== null && Object.values(value).every(isHollow));
}

/**
 * The value of one variable. A text goes as it was typed: n8n's own check would make a number of one, and lose zeros
 * and
 * digits. JSON of a list or an object is read here for the same reason; n8n reads it only where this cannot.
 */
function valueOf(source: Source, id: string, type: unknown, entered: unknown): unknown {
	if ((type !== 'array' && type !== 'object') || typeof entered !== 'string') return entered;
	const read = parseExactJson(entered);
	if (type === 'array' ? Array.isArray(read) : isRecord(read)) return isHollow(read) ? undefined : read;
	const checked = parameter(source.context, `${parameterOf(source.field)}.value`, source.itemIndex, {});
	return isRecord(checked) ? checked[id] : undefined;
}

/** The values of the form: one by one, from the item, or, from an expression, as they are. */
function mapped(form: unknown, source: Source): unknown {
	if (!isRecord(form) || !('mappingMode' in form)) return form;
	if (form['mappingMode'] === 'autoMapInputData') return fromItem(source, form['schema']);
	const { context, field, itemIndex } = source;
	const entered = parameter(context, `${parameterOf(field)}.value`, itemIndex, {}, { skipValidation: true });
	if (!isRecord(entered)) return entered;
	const types = new Map(variablesIn(form['schema']).map(({ id, type }) => [id, type]));
	// A variable that was left empty is not sent, so that the template's own default stands.
	const values = Object.entries(entered).map(([id, value]): [string, unknown] => [
		id,
		isBlank(value) ? undefined : valueOf(source, id, types.get(id), value),
	]);
	return Object.fromEntries(values.filter(([, value]) => !isBlank(value)));
}

/**
 * The variables of a template. Variables given as JSON under the options override those of the form.
 * @throws NodeOperationError if the JSON is not an object
 */
export function readTemplateData(form: unknown, source: Source): unknown {
	const values = mapped(form, source);
	const given = source.options[companionOf(source.field, 'Json')];
	if (isBlank(given)) return isRecord(values) && Object.keys(values).length === 0 ? undefined : values;
	const top = typeof given === 'string' ? parseExactJson(given) : given;
	if (!isRecord(top)) {
		throw new NodeOperationError(source.context.getNode(), `${source.field.label} (JSON) must be a JSON object`, {
			itemIndex: source.itemIndex,
		});
	}
	return { ...(isRecord(values) ? values : {}), ...top };
}
