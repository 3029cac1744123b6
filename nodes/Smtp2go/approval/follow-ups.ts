/** The reminder and the escalation: emails that SMTP2GO schedules, and that the answer cancels. */
import { scheduleReminder, type Connection, type LinkedRecipient, type Recipient } from '../../../api';
import type { AskingForm, FollowUp } from './form';

/** What was scheduled, and what could not be. */
export interface Scheduled {
	readonly ids: readonly string[];
	readonly problems: readonly string[];
}

/**
 * Schedules the reminder and the escalation of a question that was sent. Failures are only reported, because
 * the question was already sent.
 * @param link makes the link of a recipient
 */
export async function scheduleFollowUps(
	connection: Connection,
	{ question, sending, reminder, escalation }: AskingForm,
	link: (recipient: Recipient) => LinkedRecipient,
): Promise<Scheduled> {
	const ids: string[] = [];
	const problems: string[] = [];
	const schedule = async (name: string, kind: 'reminder' | 'question', followUp: FollowUp | undefined) => {
		for (const recipient of followUp?.recipients ?? []) {
			const scheduled = await scheduleReminder(
				connection,
				question,
				link(recipient),
				followUp?.at ?? 0,
				sending,
				kind,
			);
			if (scheduled.ok) ids.push(scheduled.value.scheduleId);
			else problems.push(`The ${name} to ${recipient.address} was not scheduled: ${scheduled.error.message}`);
		}
	};
	await schedule('reminder', 'reminder', reminder);
	await schedule('escalation', 'question', escalation);
	return { ids, problems };
}
