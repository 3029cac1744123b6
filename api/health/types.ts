/** What a check of the account's health is told, and what it finds. */
import type { Json, JsonObject } from '../core/json';

/** The limits of the checks, by the names of `healthLimits`. */
export interface HealthLimits {
	/** Percent of the monthly emails. */
	readonly quota_used: number;
	/** A number of emails. */
	readonly quota_left: number;
	/** Percent of the emails of the last 30 days. */
	readonly hard_bounce_rate: number;
	readonly spam_rate: number;
	readonly unsubscribe_rate: number;
	/** Below this number of emails in 30 days, no rate is reported. */
	readonly min_emails: number;
}

/** What a check is told. */
export interface CheckInput {
	readonly limits: HealthLimits;
	/** The endpoints that the key must be able to call, as in `/email/send`. */
	readonly permissions: readonly string[];
	/** The webhooks that existed at an earlier look, without secrets. */
	readonly webhooks: readonly string[];
}

/** One thing that is wrong now. */
export interface Finding {
	/** What it is about, if a check can find several things: a domain, a key, a webhook, an endpoint. */
	readonly subject?: string;
	/** A few words, as for the subject of a message. */
	readonly title: string;
	/** What is wrong, in a sentence. */
	readonly message: string;
	readonly whatToDo: string;
	readonly value: Json;
	/** The limit that is crossed; null for a check without one. */
	readonly limit: number | null;
	/** The numbers or the record behind it, by SMTP2GO's names. */
	readonly details: JsonObject;
}

/** Judges the result of an operation: everything that is wrong now, or undefined if the result does not say. */
export type Find = (result: Json, input: CheckInput) => Finding[] | undefined;
