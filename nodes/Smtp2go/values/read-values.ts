/** Reads the fields of the chosen operation for one item. A field that the form does not show is not read. */
import type { IExecuteFunctions } from 'n8n-workflow';
import { inZone, isRecord, type Field, type Kind, type OperationBase } from '../../../api';
import { isBlank, unwrapLocator } from '../parameters/form-values';
import { readHeaderEntries } from '../parameters/header-entries';
import { isTopLevel, OPTIONS, parameterName } from '../parameters/names';
import { readParameter } from '../parameters/read';
import type { FieldReading } from './field-reading';
import { readAttachments, readInlines } from './files';
import { readMessage } from './mime-message';
import { readTemplateData } from './template-data';

/** Shows a hint below the output. */
export type Hint = FieldReading['hint'];

type Reader = (form: unknown, reading: FieldReading) => unknown;

/** The form holds the value itself. */
const asEntered: Reader = (form) => form;

/** How a field of each kind is read. A kind without a reader does not compile. */
const readers: Readonly<Record<Kind, Reader>> = {
	addressList: asEntered,
	addressesOrDomains: asEntered,
	addressOrDomain: asEntered,
	apiKey: asEntered,
	attachments: readAttachments,
	boolean: asEntered,
	choice: asEntered,
	choices: asEntered,
	dateTime: readDateTime,
	domain: asEntered,
	emailAddress: asEntered,
	emails: asEntered,
	headers: readHeaderEntries,
	html: asEntered,
	inlines: readInlines,
	ipAddress: asEntered,
	ipPool: asEntered,
	longText: asEntered,
	mime: readMessage,
	number: asEntered,
	object: asEntered,
	phoneNumber: asEntered,
	phoneNumbers: asEntered,
	recipients: asEntered,
	replyTo: asEntered,
	schedule: readDateTime,
	secret: asEntered,
	sender: asEntered,
	senderDomain: asEntered,
	singleSender: asEntered,
	smtpUser: asEntered,
	smtpUsers: asEntered,
	subaccount: asEntered,
	subaccounts: asEntered,
	template: asEntered,
	templateData: readTemplateData,
	text: asEntered,
	textList: asEntered,
	url: asEntered,
	webhook: asEntered,
};

/** n8n's date picker gives no time zone. As in n8n's own nodes, the workflow's applies. */
function readDateTime(form: unknown, { context }: FieldReading): unknown {
	return inZone(form, context.getTimezone());
}

/** What the form holds for a field; undefined if nothing was entered. */
function formValue({ context, itemIndex, field, options }: FieldReading): unknown {
	const name = parameterName(field);
	if (!isTopLevel(field)) return Object.hasOwn(options, name) ? unwrapLocator(options[name]) : undefined;
	const value = unwrapLocator(readParameter(context, name, itemIndex, ''));
	// The form always shows a list of choices. If none is selected, nothing was entered.
	const isEmpty = isBlank(value) || (Array.isArray(value) && value.length === 0);
	return isEmpty && !field.required ? undefined : value;
}

/** True if the form shows a field: the field that it belongs to is filled, or the one that replaces it is empty. */
function isShown(reading: FieldReading, fields: readonly Field[]): boolean {
	const { hiddenBy, shownWith } = reading.field;
	const other = fields.find(({ name }) => name === (hiddenBy ?? shownWith));
	if (!other) return true;
	return isBlank(formValue({ ...reading, field: other })) === (hiddenBy !== undefined);
}

/**
 * Reads the values of an item, by API field name.
 * @param hint shows a hint below the output
 * @throws NodeOperationError if a binary field or an expression cannot be read
 */
export async function readValues(
	context: IExecuteFunctions,
	{ fields }: OperationBase,
	itemIndex: number,
	hint: Hint,
): Promise<Record<string, unknown>> {
	const added = readParameter(context, OPTIONS, itemIndex, {});
	const options = isRecord(added) ? added : {};
	const values: Record<string, unknown> = {};
	for (const field of fields) {
		const reading = { context, itemIndex, field, options, values, hint };
		if (!isShown(reading, fields)) continue;
		const value = readers[field.kind](formValue(reading), reading);
		// Only files take time. An await for every field of every item would slow a long run down.
		values[field.name] = value instanceof Promise ? await value : value;
	}
	return values;
}
