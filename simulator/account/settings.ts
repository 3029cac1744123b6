// The settings that API keys, SMTP users and IP authentications share.
import { choice, FieldFailure, optional, type Reader, type ReadAs, text, wholeNumber, yesNo } from '../schema/readers';
import { address } from '../schema/names';
import { type JsonObject, present } from '../core/json';
import type { SenderSettings } from '../types';

/** What a new key or user has, and what a POST edit puts back if the request has no value. */
export const DEFAULT_SETTINGS: SenderSettings = {
	description: '',
	custom_ratelimit: false,
	custom_ratelimit_value: null,
	custom_ratelimit_period: '0:00:00',
	ip_pool: null,
	feedback_enabled: false,
	feedback_html: '',
	feedback_text: '',
	open_tracking_enabled: false,
	click_tracking_enabled: false,
	archive_enabled: false,
	audit_email: null,
	bounce_notifications: 'from',
};

/** `1 hour`, `0:30:00`, `4 months 5:00:00`; some pages of the contract write a comma between. */
const PERIOD = /^(?:\d+ (?:hour|day|week|month)s?(?:[ ,] ?\d{1,2}:\d{2}(?::\d{2})?)?|\d{1,2}:\d{2}(?::\d{2})?)$/;

/** The contract's int32. */
const MAX_INT32 = 2_147_483_647;

const period: Reader<string> = (value, field) => {
	const read = text()(value, field);
	if (!PERIOD.test(read))
		throw new FieldFailure(
			field,
			`The field '${field}' was expecting a period such as '0:30:00' or '2 days' but found '${read}'`,
		);
	return read;
};

/** A bare address; '' takes it back. */
const auditEmail: Reader<string | null> = (value, field) => {
	return value === '' ? null : address(value, field);
};

const bounceNotifications: Reader<string> = (value, field) => {
	return value === 'from' || value === 'drop' ? value : address(value, field);
};

/** The fields in which settings come. */
export const settingsFields = {
	description: optional(text()),
	custom_ratelimit: optional(yesNo),
	custom_ratelimit_value: optional(wholeNumber({ min: 1, max: MAX_INT32 })),
	custom_ratelimit_period: optional(period),
	ip_pool: optional(wholeNumber()),
	feedback_enabled: optional(yesNo),
	feedback_html: optional(text()),
	feedback_text: optional(text()),
	open_tracking_enabled: optional(yesNo),
	click_tracking_enabled: optional(yesNo),
	archive_enabled: optional(yesNo),
	audit_email: optional(auditEmail),
	bounce_notifications: optional(bounceNotifications),
};

/** Whether a key or user can send. */
export const statusField = optional(choice('allowed', 'blocked', 'sandbox'));

/**
 * Settings with the changes a request asks for.
 * @param before what stays if the request has no value: the old settings, or the defaults
 */
export function changedSettings(before: SenderSettings, given: ReadAs<typeof settingsFields>): SenderSettings {
	const { custom_ratelimit_value, custom_ratelimit_period, ...rest } = given;
	const limited = given.custom_ratelimit ?? before.custom_ratelimit;
	// By the contract the two are only stored while the limit is on.
	return {
		...before,
		...present(rest),
		...(limited ? present({ custom_ratelimit_value, custom_ratelimit_period }) : {}),
	};
}

/** Settings as the API shows them; `ip_pool` is called `ippool` in answers, and left out where there is none. */
export function settingsView({ ip_pool, ...settings }: SenderSettings): JsonObject {
	return { ...settings, ...(ip_pool === null ? {} : { ippool: ip_pool }) };
}

/**
 * The same for keys and PATCH answers, which write `custom_rate_limit` and repeat the account's own limit in every row.
 */
export function keySettingsView(settings: SenderSettings): JsonObject {
	const { custom_ratelimit, ...rest } = settingsView(settings);
	return { ...rest, custom_rate_limit: custom_ratelimit ?? false, ...NO_DEFAULT_LIMIT };
}

/** The account's own limit for all who have none: none. */
export const NO_DEFAULT_LIMIT = { default_ratelimit_value: 0, default_ratelimit_period: 'unlimited' };
