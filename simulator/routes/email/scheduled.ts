// Scheduled emails: `/email/scheduled/*`.
import { Refusal } from '../../core/refusal';
import { recipientsOf } from '../../email/postman';
import { object, optional, otherwise, text, wholeNumber } from '../../schema/readers';
import { secondsTime } from '../../core/time';
import { type Route, route } from '../shared/route';

const searched = object({
	schedule_id: optional(text()),
	search_subject: optional(text()),
	search_recipient: optional(text()),
	search_sender: optional(text()),
	limit: otherwise(wholeNumber({ min: 1 }), 1_000),
	page: otherwise(wholeNumber({ min: 1 }), 1),
});

function contains(value: string, term: string | undefined): boolean {
	return term === undefined || value.toLowerCase().includes(term.toLowerCase());
}

/** Scheduled email. */
export const scheduledRoutes: Route[] = [
	route('POST', '/email/scheduled/search', searched, ({ limit, page, ...query }, { world: { state } }) => {
		const rows = state.scheduled.map(({ scheduleId, due, clientIp, email }) => ({
			schedule_id: scheduleId,
			schedule: secondsTime(new Date(due)),
			sender: email.sender.address,
			subject: email.subject,
			recipients: recipientsOf(email).join(', '),
			client_ip: clientIp,
		}));
		return rows
			.filter(({ schedule_id }) => query.schedule_id === undefined || schedule_id === query.schedule_id)
			.filter(({ subject }) => contains(subject, query.search_subject))
			.filter(({ recipients }) => contains(recipients, query.search_recipient))
			.filter(({ sender }) => contains(sender, query.search_sender))
			.slice((page - 1) * limit, page * limit);
	}),
	route(
		'POST',
		'/email/scheduled/remove',
		object({ schedule_id: text({ min: 1 }) }),
		({ schedule_id }, { world: { state } }) => {
			const kept = state.scheduled.filter(({ scheduleId }) => scheduleId !== schedule_id);
			if (kept.length === state.scheduled.length)
				throw new Refusal(400, `A scheduled email with id '${schedule_id}' was not found`);
			state.scheduled = kept;
			return undefined;
		},
	),
];
