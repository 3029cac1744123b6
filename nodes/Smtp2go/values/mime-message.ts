/** Reads a MIME message. */
import { companionName } from '../parameters/names';
import { readParameter } from '../parameters/read';
import { readSingleFile } from './binary';
import type { FieldReading } from './field-reading';

/** A whole message: the text of the form, or the content of a binary file. */
export async function readMessage(form: unknown, reading: FieldReading): Promise<unknown> {
	const { context, itemIndex, field } = reading;
	if (readParameter(context, companionName(field, 'Source'), itemIndex, 'text') !== 'binary') return form;
	const given = readParameter(context, companionName(field, 'Binary'), itemIndex, 'data');
	return (await readSingleFile(reading, given)).fileblob;
}
