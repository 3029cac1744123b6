/**
 * What a send answers, alike for one email, a batch, a MIME message and one that is scheduled: IDs, and to whom it
 * went.
 */
import { Smtp2goError } from '../core/errors';
import type { Json, JsonObject } from '../core/json';
import { FileContent } from '../files/content';
import { readMimeHead, type MimeHead } from '../files/mime-head';
import { wireEntries, type Wire, type WireObject } from '../files/wire';
import type { BuiltRequest } from '../request/build';

/** Who an email goes to, from whom, and what it is about. */
type Email = MimeHead;

const texts = (value: Wire | undefined): string[] => wireEntries(value).filter((one) => typeof one === 'string');

/** What an email of a request says of itself; a subject that its template gives is not known here. */
export function emailIn({ to, cc, bcc, subject, sender, template_id: template }: WireObject): Email {
	return {
		to: texts(to),
		cc: texts(cc),
		bcc: texts(bcc),
		subject: typeof subject === 'string' && (template === undefined || template === '') ? subject : null,
		sender: typeof sender === 'string' ? sender : null,
	};
}

/** The same of a whole request, whose email may be a MIME message. */
async function emailOf({ fields }: BuiltRequest): Promise<Email> {
	const { mime_email: mime } = fields;
	return mime instanceof FileContent ? readMimeHead(mime) : emailIn(fields);
}

function idIn(value: Json | undefined): string | null {
	return typeof value === 'string' && value !== '' ? value : null;
}

/**
 * What a user gets of an email that was accepted.
 * @param answer SMTP2GO's own entry for it
 */
export function sentEmail({ to, cc, bcc, subject, sender }: Email, answer: JsonObject): JsonObject {
	const { email_id: id, schedule_id: scheduled, found_in_activity: found } = answer;
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
export async function sentOf(request: BuiltRequest, answer: JsonObject): Promise<JsonObject> {
	return sentEmail(await emailOf(request), answer);
}

/** The error of an email among others, with whom it was for. */
export function withEmail({ type, message, details }: Smtp2goError, fields: WireObject): Smtp2goError {
	const { to, subject } = emailIn(fields);
	return new Smtp2goError(type, message, { ...details, to, ...(subject === null ? {} : { subject }) });
}
