// The body of `/email/send`, field by field.
import { anyObject, FieldFailure, listOf, object, optional, otherwise, type Reader, text } from '../schema/readers';
import { base64, mailbox, schedule, webUrl } from '../schema/values';

const RECIPIENTS = 100;
const FORBIDDEN = ['content-type', 'content-transfer-encoding', 'mime-version'];

const plainFile = object({
	filename: text({ min: 1 }),
	fileblob: optional(base64),
	url: optional(webUrl),
	mimetype: optional(text()),
});

/** An attachment or inline image: its bytes or where they are, never both. */
const file: typeof plainFile = (value, field) => {
	const read = plainFile(value, field);
	if ((read.fileblob === undefined) === (read.url === undefined)) {
		throw new FieldFailure(field, `The field '${field}' needs exactly one of 'fileblob' and 'url'`);
	}
	return read;
};

const plainHeader = object({ header: text({ min: 1 }), value: text() });

const customHeader: typeof plainHeader = (value, field) => {
	const read = plainHeader(value, field);
	if (FORBIDDEN.includes(read.header.toLowerCase()))
		throw new FieldFailure(field, `The header '${read.header}' is not allowed`);
	if (!/^[!-9;-~]+$/.test(read.header) || /[\r\n]/.test(read.value))
		throw new FieldFailure(field, `The field '${field}' is not a valid header`);
	return read;
};

const shape = {
	sender: mailbox,
	to: listOf(mailbox, { min: 1, max: RECIPIENTS }),
	cc: otherwise(listOf(mailbox, { max: RECIPIENTS }), []),
	bcc: otherwise(listOf(mailbox, { max: RECIPIENTS }), []),
	subject: optional(text()),
	html_body: optional(text()),
	text_body: optional(text()),
	custom_headers: otherwise(listOf(customHeader), []),
	attachments: otherwise(listOf(file), []),
	inlines: otherwise(listOf(file), []),
	template_id: optional(text({ min: 1 })),
	// The contract calls this a string of JSON; every client that works sends an object.
	template_data: optional(anyObject),
	schedule: optional(schedule),
};

const plainSend = object(shape);

/** A checked attachment. */
export type FileRequest = ReturnType<typeof plainFile>;

/** A checked request to send one email. */
export type SendRequest = ReturnType<typeof plainSend>;

/** One mail: subject and a body are needed unless a template brings them. */
export const sendRequest: Reader<SendRequest> = (value, field) => {
	const read = plainSend(value, field);
	const prefix = field === '' ? '' : `${field}.`;
	if (read.template_id !== undefined) return read;
	if (read.subject === undefined)
		throw new FieldFailure(`${prefix}subject`, `The field '${prefix}subject' is required but was not passed`);
	if (!read.html_body && !read.text_body) {
		throw new FieldFailure(
			`${prefix}text_body`,
			`Either 'html_body' or 'text_body' is required unless 'template_id' is passed`,
		);
	}
	return read;
};
