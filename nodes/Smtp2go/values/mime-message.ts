import { companionOf } from '../parameters/names';
import { readOneFile } from './binary';
import { parameter } from '../parameters/read';
import type { Source } from './source';

/** A whole message: the text of the form, or the content of a file of the workflow. */
export async function readMessage(form: unknown, source: Source): Promise<unknown> {
	const { context, itemIndex, field } = source;
	if (parameter(context, companionOf(field, 'Source'), itemIndex, 'text') !== 'binary') return form;
	const pointer = parameter(context, companionOf(field, 'Binary'), itemIndex, 'data');
	return (await readOneFile(source, pointer)).fileblob;
}
