// Sending: `/email/send`, `/email/mime` and `/email/batch`.
import { compose } from '../../email/compose';
import { batchAnswer, type IntakeOptions, sendAnswer, takeIn } from './intake';
import { draftFromMime } from '../../email/mime';
import { sendRequest } from '../../email/request';
import { listOf, object, optional, otherwise, yesNo } from '../../schema/readers';
import { base64, schedule } from '../../schema/values';
import { type Call, type Route, route } from '../shared/route';

const BATCH = 1_000;

const fastaccept = otherwise(yesNo, false);

function intakeOptions({ key, clientIp }: Call, at: Date | undefined, fast = false): IntakeOptions {
	return { key, clientIp, schedule: at, fastaccept: fast };
}

/** Sending email. */
export const emailRoutes: Route[] = [
	route(
		'POST',
		'/email/send',
		(value, field) => ({ ...sendRequest(value, field), ...object({ fastaccept })(value, field) }),
		async (input, call) => {
			const draft = await compose(input, '/email/send', call.world);
			return sendAnswer(
				takeIn(call.world, draft, intakeOptions(call, input.schedule, input.fastaccept)),
				input.fastaccept,
			);
		},
	),
	route(
		'POST',
		'/email/mime',
		object({ mime_email: base64, schedule: optional(schedule), fastaccept }),
		async (input, call) => {
			const draft = await draftFromMime(input.mime_email);
			return sendAnswer(
				takeIn(call.world, draft, intakeOptions(call, input.schedule, input.fastaccept)),
				input.fastaccept,
			);
		},
	),
	route(
		'POST',
		'/email/batch',
		object({ emails: listOf(sendRequest, { min: 1, max: BATCH }) }),
		async ({ emails }, call) => {
			// All are composed before the first is taken in: an email that cannot be composed fails the whole call, not
			// half of it.
			const drafts = await Promise.all(emails.map((email) => compose(email, '/email/batch', call.world)));
			return drafts.map((draft, index) =>
				batchAnswer(takeIn(call.world, draft, intakeOptions(call, emails[index]?.schedule))),
			);
		},
	),
];
