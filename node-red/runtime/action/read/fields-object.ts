/** Reads the object that "All Fields From" names. */
import type { NodeMessage } from 'node-red';
import { invalid, isRecord } from '../../../../api';
import { isOn, showSource, type FieldsFrom } from '../../../shared/saved-action';
import type { FieldsObject } from '../../../shared/unset';
import type { Runtime } from '../../platform/runtime';
import { evaluate, type Reader } from './evaluate';

/** The field that an error names. */
const NAME = 'fieldsFrom';

/** What was found instead of an object, in a word. */
function describe(RED: Runtime, value: unknown): string {
	const key =
		value === undefined || value === null
			? 'nothing'
			: Array.isArray(value)
				? 'list'
				: typeof value === 'string'
					? 'text'
					: 'other';
	return RED._(`errors.holds.${key}`);
}

/**
 * Reads the object for a message.
 * @returns undefined if "All Fields From" is off
 * @throws an `invalid` error if its source holds no object
 */
export async function readFieldsObject(
	reader: Reader & { readonly fieldsFrom?: FieldsFrom | undefined },
	msg: NodeMessage,
): Promise<FieldsObject | undefined> {
	const { RED, fieldsFrom } = reader;
	if (!isOn(fieldsFrom)) return undefined;
	const label = RED._('own.fieldsFrom');
	const value = await evaluate(reader, msg, { name: NAME, label }, fieldsFrom);
	if (isRecord(value)) return value;
	if (fieldsFrom.optional === true) return {};
	throw invalid(
		NAME,
		RED._('errors.notAnObject', { label, source: showSource(fieldsFrom), found: describe(RED, value) }),
	);
}
