/**
 * Reads the emails of a list in `msg.payload`. Each entry is read like a message, from the same properties (`to`,
 * `topic`, `payload`, …), then like a row of a list: by the names that people's lists have. From, CC, BCC and Reply To
 * are read by other names only if "All Fields From" says so. What an entry leaves out comes from the message that holds
 * the list, except recipients and content.
 */
import type { NodeMessage } from 'node-red';
import {
	failure,
	invalid,
	isRecord,
	RowReader,
	rowRecipients,
	rowVariables,
	Smtp2goError,
	success,
	type Field,
	type Result,
} from '../../../../api';
import { mainRecipients, OWN } from '../../../shared/own-options';
import { fieldIn, unsetSource } from '../../../shared/unset';
import { UnreadableValue } from './evaluate';
import { readFieldsObject } from './fields-object';
import { readValues, type Source, type Values } from './values';

/** Properties of an entry that are an email's own in Node-RED, and never variables of a template. */
const NOT_VARIABLES: readonly string[] = [
	'_msgid',
	'payload',
	'topic',
	'parts',
	'attachments',
	'headers',
	'inReplyTo',
	'references',
	'priority',
];

/** The variables of an entry: all its columns that are nothing else of an email; undefined if there are none. */
function variablesOf(row: ReturnType<RowReader['read']>): Record<string, unknown> | undefined {
	const variables = Object.entries(rowVariables(row)).filter(([name]) => !NOT_VARIABLES.includes(name));
	return variables.length === 0 ? undefined : Object.fromEntries(variables);
}

async function readEntry(
	source: Source,
	reader: RowReader,
	entry: Readonly<Record<string, unknown>>,
	msg: NodeMessage,
): Promise<Values> {
	const payload = Object.hasOwn(entry, 'payload') ? entry['payload'] : undefined;
	const own: NodeMessage = { ...entry, payload };
	const shared: NodeMessage = { ...msg, payload: undefined };
	// "All Fields From msg.payload" means the entry. Its own payload takes precedence over its other properties.
	const fields =
		(await readFieldsObject(source, {
			...msg,
			...entry,
			payload: isRecord(payload) ? { ...entry, ...payload } : entry,
		})) ?? {};
	const row = reader.read(entry);
	const inRow = (field: Field) =>
		field.kind === 'templateData' ? (fieldIn(fields, field) ?? variablesOf(row)) : row.named.get(field.name);
	const readUnset = (field: Field) => {
		const implied = unsetSource(source.resource, field);
		// A recipient has its name in another column.
		if (field === mainRecipients(source.operation) && rowRecipients(row) !== undefined) return rowRecipients(row);
		return (
			implied?.read(own) ??
			inRow(field) ??
			fieldIn(fields, field) ??
			(implied?.perEntry ? undefined : implied?.read(shared))
		);
	};
	return readValues(source, { ...msg, ...entry, payload: payload ?? entry }, readUnset);
}

/**
 * Reads the values of each email of a list.
 * @returns one result for each entry, in order: its values, or why it is not an email
 * @throws an `invalid` error if the payload is not a list
 */
export async function readEntries(source: Source, msg: NodeMessage): Promise<Result<Values>[]> {
	const { RED } = source;
	const { payload } = msg;
	if (!Array.isArray(payload)) throw invalid(OWN.batch, RED._('errors.noEmailList'));
	const values: Result<Values>[] = [];
	const reader = new RowReader({ assigned: {}, all: false });
	let timedOut: UnreadableValue | undefined;
	for (const [index, entry] of payload.entries()) {
		// If a source timed out for one entry, it would for each: a thousand entries would wait a thousand times.
		if (timedOut !== undefined) values.push(failure(timedOut));
		else if (!isRecord(entry))
			values.push(failure(invalid(OWN.batch, RED._('errors.entryNotAnObject', { place: String(index + 1) }))));
		else {
			const read = await readEntry(source, reader, entry, msg).then(success, (thrown: unknown) =>
				failure(asError(thrown)),
			);
			if (!read.ok && read.error instanceof UnreadableValue && read.error.isTimeout) timedOut = read.error;
			values.push(read);
		}
	}
	return values;
}

function asError(thrown: unknown): Smtp2goError {
	return thrown instanceof Smtp2goError ? thrown : new Smtp2goError('invalid', String(thrown));
}
