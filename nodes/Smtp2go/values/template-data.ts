import { NodeOperationError } from 'n8n-workflow';
import { companionOf, parameterOf } from '../parameters';
import { isRecord } from '../../../api';
import { isBlank, parsedJson } from './forms';
import { parameter } from './parameter';
import type { Source } from './index';

/** The item's own fields that the template has variables for; all of them where its variables are not known. */
function fromItem({ context, itemIndex }: Source, schema: unknown): Record<string, unknown> {
	const json = context.getInputData()[itemIndex]?.json ?? {};
	const names = (Array.isArray(schema) ? schema : []).filter((entry) => isRecord(entry) && entry['removed'] !== true).map((entry: { id?: unknown }) => entry.id);
	return Object.fromEntries(Object.entries(json).filter(([name]) => names.length === 0 || names.includes(name)));
}

/** The values of the form: one by one, from the item, or, from an expression, as they are. n8n checks each against its variable's type. */
function mapped(form: unknown, source: Source): unknown {
	if (!isRecord(form) || !('mappingMode' in form)) return form;
	if (form['mappingMode'] === 'autoMapInputData') return fromItem(source, form['schema']);
	const { context, field, itemIndex } = source;
	const name = `${parameterOf(field)}.value`;
	const values = parameter(context, name, itemIndex, {});
	if (!isRecord(values)) return values;
	// A variable that was left empty is not sent, so that the template's own default stands. Looked for before n8n's
	// check, which makes 0 or false of an empty text.
	const entered = parameter(context, name, itemIndex, {}, { skipValidation: true });
	const isLeftEmpty = (name: string) => isRecord(entered) && isBlank(entered[name]);
	return Object.fromEntries(Object.entries(values).filter(([name, value]) => !isBlank(value) && !isLeftEmpty(name)));
}

/**
 * The variables of a template. Those given as JSON under the options go on top of those of the form.
 * @throws NodeOperationError where the JSON is no object
 */
export function readTemplateData(form: unknown, source: Source): unknown {
	const values = mapped(form, source);
	const given = source.options[companionOf(source.field, 'Json')];
	if (isBlank(given)) return isRecord(values) && Object.keys(values).length === 0 ? undefined : values;
	const top = parsedJson(given);
	if (!isRecord(top)) {
		throw new NodeOperationError(source.context.getNode(), `${source.field.label} (JSON) must be a JSON object`, { itemIndex: source.itemIndex });
	}
	return { ...(isRecord(values) ? values : {}), ...top };
}
