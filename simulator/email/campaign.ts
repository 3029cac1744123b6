// Makes events by the thousand, for tests and benchmarks of whoever reads them.
import { eventPayload } from '../events/email-event';
import { newEmailId, newEventId } from '../core/ids';
import type { JsonObject } from '../core/json';
import { seededRandom } from '../core/random';
import { secondsTime } from '../core/time';
import type { Email, EmailEventName, SimulatorEvent } from '../types';

/** How many events of how many emails are made, and when they happened. */
export interface CampaignPlan {
	/** How many events, all emails together. */
	events: number;
	/** How many emails, each to one recipient. At most as many as events. */
	emails: number;
	/** Milliseconds since 1970: the first email is processed then. */
	from: number;
	/** Milliseconds since 1970: everything happens before. */
	to: number;
	/** Whose key sent the emails: its first 16 characters. */
	username: string;
	subject: string;
	seed: number;
}

/** An event and when it happens: milliseconds since 1970, as the event's own time has whole seconds. */
export interface Happening {
	at: number;
	event: SimulatorEvent;
}

/** Events that were made, in the order of their times, with the emails that they are about. */
export interface Campaign {
	emails: Email[];
	happenings: Happening[];
}

interface Step {
	event: EmailEventName;
	bounce?: 'hard' | 'soft';
}

const SENDER = { name: 'Shop', address: 'shop@example.com', text: 'Shop <shop@example.com>' };
const NONE: never[] = [];

/** An event that works out its webhook body when it is asked for: a hundred thousand bodies would fill the memory. */
class CampaignEvent implements SimulatorEvent {
	readonly id = newEventId();
	readonly channel = 'email';
	readonly generated = true;
	readonly event: EmailEventName;
	readonly bounce?: 'hard' | 'soft';
	readonly emailId: string;
	readonly recipient?: string;
	readonly username: string;
	loggedAt?: number;
	readonly #email: Email;

	constructor(
		{ event, bounce }: Step,
		email: Email,
		readonly time: string,
	) {
		const recipient = email.to[0]?.address;
		this.event = event;
		if (bounce !== undefined) this.bounce = bounce;
		this.emailId = email.emailId;
		if (event !== 'processed' && recipient !== undefined) this.recipient = recipient;
		this.username = email.username;
		this.#email = email;
	}

	get payload(): JsonObject {
		const { id, event, bounce, time } = this;
		const recipients = this.#email.to.map(({ address }) => address);
		return { ...eventPayload(this.#email, event, recipients, { bounce }, new Date(time)), id };
	}

	toJSON(): object {
		return { ...this, payload: this.payload };
	}
}

/**
 * Makes a campaign: its emails are spread evenly over the period, and what happens to each follows within it. In a
 * hundred emails about three bounce and two end with a complaint or an unsubscription.
 */
export function makeCampaign(plan: CampaignPlan): Campaign {
	const random = seededRandom(plan.seed);
	const { emails: count, events: total } = plan;
	const emails: Email[] = [];
	const happenings: Happening[] = [];
	for (let index = 0; index < count; index++) {
		const sent = Math.floor(plan.from + (index * (plan.to - plan.from)) / count);
		const email = newEmail(plan, index, sent);
		emails.push(email);
		const steps = life(Math.floor(total / count) + (index < total % count ? 1 : 0), random);
		let at = sent;
		for (const step of steps) {
			happenings.push({ at, event: new CampaignEvent(step, email, secondsTime(new Date(at))) });
			at += random() * Math.min(60_000, (plan.to - at) / 2);
		}
	}
	return { emails, happenings: happenings.sort((a, b) => a.at - b.at) };
}

/** What happens to one email, as so many events. */
function life(length: number, random: () => number): Step[] {
	const chance = random();
	const bounces = length > 1 && chance < 0.03;
	const leaves = length > 2 && !bounces && chance < 0.05;
	return Array.from({ length }, (_, index): Step => {
		const isLast = index === length - 1;
		if (index === 0) return { event: 'processed' };
		if (bounces) return { event: 'bounce', bounce: isLast ? 'hard' : 'soft' };
		if (index === 1) return { event: 'delivered' };
		if (leaves && isLast) return { event: chance < 0.04 ? 'spam' : 'unsubscribe' };
		return { event: index % 2 === 0 ? 'open' : 'click' };
	});
}

/** An email without a body: nobody reads it, and 30,000 bodies would fill the memory. */
function newEmail({ username, subject }: CampaignPlan, index: number, sent: number): Email {
	const emailId = newEmailId(sent);
	const address = `recipient${index + 1}@example.org`;
	return {
		emailId,
		username,
		via: '/email/send',
		sender: SENDER,
		to: [{ name: '', address, text: address }],
		cc: NONE,
		bcc: NONE,
		subject,
		html: '',
		text: '',
		headers: [{ header: 'Message-Id', value: `<E${emailId}@message-id.smtpcorp.com>` }],
		attachments: NONE,
		inlines: NONE,
		receivedAt: new Date(sent).toISOString(),
	};
}
