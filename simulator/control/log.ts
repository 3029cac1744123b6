// What tests and the page can do to the activity log: make it slow, limit its history, fill it.
import { Refusal } from '../core/refusal';
import { usernameOf } from '../core/ids';
import type { LogSettings, SimulatorEvent } from '../types';
import type { World } from '../world';

/** Changes of the activity log's settings. */
export type LogChanges = { [K in keyof LogSettings]?: LogSettings[K] | undefined };

/** What is to be generated. */
export interface Generation {
	/** How many events, all emails together. At most 200,000. */
	events: number;
	/** How many emails. Default: a third of `events`, so that most are processed, delivered and opened. */
	emails?: number | undefined;
	/** ISO time of the first event. Default: an hour before `to`. */
	from?: string | undefined;
	/** ISO time: everything happens before. Default now. */
	to?: string | undefined;
	/** The events happen from now on, about so many a second, in place of a period that is over. */
	perSecond?: number | undefined;
	/** Whether webhooks get them too. Default: only those that happen from now on. */
	webhooks?: boolean | undefined;
	/** Whether the email history counts them. Default false. */
	statistics?: boolean | undefined;
	/** Whose key sent them: its first 16 characters. Default the demo key. */
	username?: string | undefined;
	/** Default `Campaign`. */
	subject?: string | undefined;
	/** What repeats the same events (with other IDs). Default the simulator's. */
	seed?: number | undefined;
}

/** What was generated. */
export interface Generated {
	emails: number;
	/** Oldest first. If they happen from now on, most of them have not happened yet. */
	events: SimulatorEvent[];
}

const HOUR = 3_600_000;
const MOST = 200_000;

/**
 * Changes how late entries show up and how far back the log goes. Entries that are there keep their delay.
 * @throws Refusal a minimum above the maximum
 */
export function setLog({ state }: World, changes: LogChanges): LogSettings {
	const { logSettings: before } = state;
	const maxDelayMs = changes.maxDelayMs ?? Math.max(before.maxDelayMs, changes.minDelayMs ?? 0);
	const minDelayMs = changes.minDelayMs ?? Math.min(before.minDelayMs, maxDelayMs);
	const { historyDays = before.historyDays } = changes;
	if (minDelayMs > maxDelayMs) throw new Refusal(400, 'The shortest delay is longer than the longest');
	state.logSettings = { minDelayMs, maxDelayMs, historyDays };
	state.changed();
	return state.logSettings;
}

/**
 * Makes events of emails that were never sent. They are in the activity log and, if asked for, go to webhooks. They
 * are in no archive, no quota and, unless asked for, no statistic, and a restart forgets them.
 * @throws Refusal too many, more emails than events, a period that ends before it begins
 */
export function generate({ generator, settings }: World, wanted: Generation): Generated {
	const { events, perSecond, username = usernameOf(settings.apiKey), subject = 'Campaign' } = wanted;
	const emails = wanted.emails ?? Math.ceil(events / 3);
	if (events < 1 || events > MOST) throw new Refusal(400, `Generate 1 to ${MOST} events`);
	if (emails < 1 || emails > events) throw new Refusal(400, 'Generate at least one email and at most one per event');
	const { from, to } = periodOf(wanted);
	const plan = { events, emails, from, to, username, subject, seed: wanted.seed ?? settings.seed };
	const { webhooks = perSecond !== undefined, statistics = false } = wanted;
	const { happenings } = generator.generate(plan, { perSecond, webhooks, statistics });
	return { emails, events: happenings.map(({ event }) => event) };
}

function periodOf({ from, to, perSecond, events }: Generation): { from: number; to: number } {
	const now = Date.now();
	if (perSecond !== undefined) return { from: now, to: now + (events / perSecond) * 1_000 };
	const end = to === undefined ? now : Date.parse(to);
	const start = from === undefined ? end - HOUR : Date.parse(from);
	if (!(start < end)) throw new Refusal(400, 'The period ends before it begins, or a time is not valid');
	return { from: start, to: end };
}
