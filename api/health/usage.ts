/** Checks of numbers: the quota of the billing period, and the rates of the last 30 days. */
import { numberAt, percentText, QUOTA_ADVICE, quotaDetails } from '../account/quota';
import { formatNumber } from '../core/format';
import { isJsonObject } from '../core/json';
import type { Find, HealthLimits } from './types';

/** Finds that more of the quota is used than the limit. An account without a quota has none to use up. */
export const quotaUsed: Find = (result, { limits: { quota_used: limit } }) => {
	const [used, max] = [numberAt(result, 'cycle_used'), numberAt(result, 'cycle_max')];
	if (Number.isNaN(used) || Number.isNaN(max)) return undefined;
	const percent = (100 * used) / max;
	if (max <= 0 || percent <= limit) return [];
	return [
		{
			title: `${percentText(percent)} of the quota used`,
			message: `${formatNumber(used)} of the ${formatNumber(max)} emails of this billing period are used.`,
			whatToDo: QUOTA_ADVICE,
			value: percent,
			limit,
			details: quotaDetails(result),
		},
	];
};

/** Finds that fewer emails are left than the limit. */
export const quotaLeft: Find = (result, { limits: { quota_left: limit } }) => {
	const [left, max] = [numberAt(result, 'cycle_remaining'), numberAt(result, 'cycle_max')];
	if (Number.isNaN(left) || Number.isNaN(max)) return undefined;
	if (left >= limit || max <= 0) return [];
	return [
		{
			title: `${formatNumber(left)} emails left`,
			message: `${formatNumber(left)} of the ${formatNumber(max)} emails of this billing period are left.`,
			whatToDo: QUOTA_ADVICE,
			value: left,
			limit,
			details: quotaDetails(result),
		},
	];
};

/**
 * How far below its limit a rate must fall until it is over, or a rate at its limit would be reported at every look.
 */
const EASE = 0.9;

/** Returns the limits for a problem that was reported. Only rates go up and down within a billing period. */
export function easedLimits(limits: HealthLimits): HealthLimits {
	return {
		...limits,
		hard_bounce_rate: limits.hard_bounce_rate * EASE,
		spam_rate: limits.spam_rate * EASE,
		unsubscribe_rate: limits.unsubscribe_rate * EASE,
		min_emails: limits.min_emails * EASE,
	};
}

/** What is said about a rate. */
interface Rate {
	readonly limit: keyof HealthLimits;
	/** The name of the count in the result. */
	readonly count: string;
	/** What is counted, as in `Hard bounces`. */
	readonly label: string;
	readonly whatToDo: string;
}

/**
 * Finds that a rate is above its limit. It is computed from the counts: SMTP2GO's own `bounce_percent` counts soft
 * bounces too, and rates are rounded to two places.
 */
function rateAbove({ limit: name, count: counted, label, whatToDo }: Rate): Find {
	return (result, { limits }) => {
		const [emails, count] = [numberAt(result, 'emails'), numberAt(result, counted)];
		if (Number.isNaN(emails) || Number.isNaN(count)) return undefined;
		const percent = (100 * count) / emails;
		const limit = limits[name];
		if (emails <= 0 || emails < limits.min_emails || percent <= limit) return [];
		return [
			{
				title: `${label} at ${percentText(percent)}`,
				message: `${label} in the last 30 days: ${formatNumber(count)} of ${formatNumber(emails)} emails. The limit that you set is ${percentText(limit)}.`,
				whatToDo,
				value: percent,
				limit,
				details: isJsonObject(result) ? result : {},
			},
		];
	};
}

export const hardBounces = rateAbove({
	limit: 'hard_bounce_rate',
	count: 'hardbounces',
	label: 'Hard bounces',
	whatToDo:
		'Remove addresses that bounce from your lists, and find out where they come from. SMTP2GO can suspend an account with many bounces.',
});

export const spamComplaints = rateAbove({
	limit: 'spam_rate',
	count: 'spams',
	label: 'Spam complaints',
	whatToDo:
		'Send only to people who asked for your emails, and make it easy to unsubscribe. Mailbox providers block senders with many complaints.',
});

export const unsubscribes = rateAbove({
	limit: 'unsubscribe_rate',
	count: 'unsubscribes',
	label: 'Unsubscribes',
	whatToDo: 'Check what you send, to whom, and how often.',
});
