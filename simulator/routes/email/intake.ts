// Accepts, schedules or refuses one email of a call.
import { senderRefusal } from '../../account/senders';
import { Refusal } from '../../core/refusal';
import { newUuid } from '../../core/ids';
import type { JsonObject } from '../../core/json';
import type { ApiKey } from '../../types';
import type { World } from '../../world';
import { type Draft, finish } from '../../email/compose';

/** The maximum number of scheduled emails. */
const MAX_SCHEDULED = 50_000;

/** What is asked for besides the email itself. */
export interface IntakeOptions {
	key: ApiKey;
	clientIp: string;
	schedule: Date | undefined;
	fastaccept: boolean;
}

/** The outcome of an email. */
export type Intake = { emailId: string } | { scheduleId: string } | { failure: string };

/**
 * Accepts, queues or refuses one email. A sender that is not allowed to send is a failure, except with fastaccept: then
 * only an event reports it.
 */
export function takeIn(world: World, draft: Draft, { key, clientIp, schedule, fastaccept }: IntakeOptions): Intake {
	const sandbox = key.status === 'sandbox';
	const refused = senderRefusal(world.state.account, draft.sender.address, key.subaccountId);
	if (refused && !fastaccept) return { failure: refused.answer };
	if (!schedule) {
		const email = finish(draft, key);
		world.postman.accept(email, { sandbox });
		return { emailId: email.emailId };
	}
	if (world.state.scheduled.length >= MAX_SCHEDULED)
		throw new Refusal(400, `You can have at most ${MAX_SCHEDULED} scheduled emails`);
	const scheduleId = newUuid();
	const headers = [...draft.headers, { header: 'X-Smtp2go-Schedule-Id', value: scheduleId }];
	const email = finish({ ...draft, headers, scheduleId }, key);
	world.scheduler.add({ scheduleId, due: schedule.toISOString(), clientIp, email, sandbox });
	return { scheduleId };
}

/** `data` of /email/send and /email/mime. An email counts as one, however many recipients it has. */
export function sendAnswer(intake: Intake, fastaccept: boolean): JsonObject {
	if ('failure' in intake) return { succeeded: 0, failed: 1, failures: [intake.failure] };
	if ('scheduleId' in intake) return { schedule_id: intake.scheduleId };
	if (fastaccept) return { email_id: intake.emailId };
	return { succeeded: 1, failed: 0, failures: [], email_id: intake.emailId };
}

/** An entry in `data` of /email/batch. */
export function batchAnswer(intake: Intake): JsonObject {
	if ('failure' in intake) return { error: intake.failure };
	return 'scheduleId' in intake ? { schedule_id: intake.scheduleId } : { email_id: intake.emailId };
}
