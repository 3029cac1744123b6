/** Builds the test of an email: the same email, to one address that a person typed. */
import { operationOf } from '../catalogue';
import { invalid } from '../core/errors';
import { failure, success, type Result } from '../core/result';
import { wireEntries } from '../files/wire';
import { buildRequest, type BuiltRequest } from './build';

const send = operationOf('email', 'send');

/** What the subject of a test starts with. The subject of a template is the template's own. */
export const TEST_PREFIX = '[Test] ';

/** A test that can be sent. */
export interface TestEmail {
	readonly request: BuiltRequest;
	/** False if the subject is the template's own, and has no mark. */
	readonly isMarked: boolean;
}

/**
 * Builds a test. It goes to no other recipient, and not later: To, CC, BCC and the schedule are left out. Custom
 * headers cannot name recipients.
 * @param values of Send, by API field name
 * @param to address of the test
 * @param now milliseconds since 1970
 * @returns an `invalid` error for an invalid value, or for anything but one address
 */
export function buildTestEmail(values: Readonly<Record<string, unknown>>, to: string, now: number): Result<TestEmail> {
	const { sender, subject, html_body, text_body, template_id, template_data } = values;
	const { attachments, inlines, reply_to, custom_headers } = values;
	const isSubject = (typeof subject === 'string' || typeof subject === 'number') && subject !== '';
	const built = buildRequest(
		send,
		{
			...{
				sender,
				html_body,
				text_body,
				template_id,
				template_data,
				attachments,
				inlines,
				reply_to,
				custom_headers,
			},
			to,
			subject: isSubject ? `${TEST_PREFIX}${subject}` : subject,
		},
		now,
	);
	if (!built.ok) return built;
	return wireEntries(built.value.fields['to']).length === 1
		? success({ request: built.value, isMarked: built.value.fields['template_id'] === undefined })
		: failure(invalid('to', 'A test is sent to one address. Enter one, such as ann@example.com'));
}
