/** The object that "All fields from" names. */
import type { NodeMessage } from 'node-red';
import { invalid, isRecord } from '../../../../api';
import { isOn, showPlace, type FieldsFrom } from '../../../shared/saved-action';
import { evaluate, type Reader } from './evaluate';
import type { Runtime } from '../../platform/types';

/** An object whose properties are values of fields, by their API names. */
export type Whole = Readonly<Record<string, unknown>>;

/** The name under which an error tells it. */
const NAME = 'fieldsFrom';

/** The kind of value found instead of an object, in a word. */
function kindOf(RED: Runtime, value: unknown): string {
	const kind =
		value === undefined || value === null
			? 'nothing'
			: Array.isArray(value)
				? 'list'
				: typeof value === 'string'
					? 'text'
					: 'other';
	return RED._(`errors.holds.${kind}`);
}

/**
 * Reads it for a message.
 * @returns undefined where "All fields from" is off
 * @throws an `invalid` error where no object is there
 */
export async function readWhole(
	reader: Reader & { readonly fieldsFrom?: FieldsFrom | undefined },
	msg: NodeMessage,
): Promise<Whole | undefined> {
	const { RED, fieldsFrom } = reader;
	if (!isOn(fieldsFrom)) return undefined;
	const label = RED._('own.fieldsFrom');
	const value = await evaluate(reader, msg, { name: NAME, label }, fieldsFrom);
	if (isRecord(value)) return value;
	if (fieldsFrom.optional === true) return {};
	throw invalid(
		NAME,
		RED._('errors.notAnObject', { label, source: showPlace(fieldsFrom), found: kindOf(RED, value) }),
	);
}
