/** The result of a send, the same for an email, a batch, a MIME message, and a scheduled email: IDs and recipients. */
import { Smtp2goError } from '../core/errors';
import type { Json, JsonObject } from '../core/json';
import { FileContent } from '../files/content';
import { readMimeHead, type MimeHead } from '../files/mime-head';
import { wireEntries, type Wire, type WireObject } from '../files/wire';
import type { BuiltRequest } from '../request/build';

/** The recipients, sender, and subject of an email. */
type Email = MimeHead;

const strings = (value: Wire | undefined): string[] => wireEntries(value).filter((one) => typeof one === 'string');

/** Reads the recipients, sender, and subject of an email. The subject of a template is not known here. */
export function emailIn({ to, cc, bcc, subject, sender, template_id: template }: WireObject): Email {
	return {
		to: strings(to),
		cc: strings(cc),
		bcc: strings(bcc),
		subject: typeof subject === 'string' && (template === undefined || template === '') ? subject : null,
		sender: typeof sender === 'string' ? sender : null,
	};
}

/** The same for a request, whose email may be a MIME message. */
async function emailOf({ fields }: BuiltRequest): Promise<Email> {
	const { mime_email: mime } = fields;
	return mime instanceof FileContent ? readMimeHead(mime) : emailIn(fields);
}

function idIn(value: Json | undefined): string | null {
	return typeof value === 'string' && value !== '' ? value : null;
}

/**
 * Returns the result for an accepted email.
 * @param response SMTP2GO's own entry for it
 */
export function sentEmail({ to, cc, bcc, subject, sender }: Email, response: JsonObject): JsonObject {
	const { email_id: id, schedule_id: scheduled, found_in_activity: found } = response;
	return {
		emailId: idIn(id),
		scheduleId: idIn(scheduled),
		to: [...to],
		cc: [...cc],
		bcc: [...bcc],
		subject,
		sender,
		...(found === true ? { foundInActivity: true } : {}),
	};
}

/** The same for the one email of a request. */
export async function sentOf(request: BuiltRequest, response: JsonObject): Promise<JsonObject> {
	return sentEmail(await emailOf(request), response);
}

/** Adds the recipients and subject of an email to its error. */
export function withEmail({ type, message, details }: Smtp2goError, fields: WireObject): Smtp2goError {
	const { to, subject } = emailIn(fields);
	return new Smtp2goError(type, message, { ...details, to, ...(subject === null ? {} : { subject }) });
}
