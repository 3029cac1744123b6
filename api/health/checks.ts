/** The checks of an account's health as records, and the fields that set them. Both hosts' forms follow from these. */
import { operationOf } from '../catalogue';
import type { Choice, Field, Operation } from '../catalogue/types';
import { isRecord } from '../core/json';
import { textList } from '../formats/lists';
import { blockedKeys, missingPermissions } from './access';
import { unverifiedDomains } from './domains';
import type { Find, HealthLimits } from './types';
import { hardBounces, quotaLeft, quotaUsed, spamComplaints, unsubscribes } from './usage';
import { brokenWebhooks, webhookReader } from './webhooks';

/** One check: a choice of the forms, the operation that it reads, and its judgment of the result. */
export interface HealthCheck extends Choice {
	/** Checks that read the same operation share its call. */
	readonly reads: Operation;
	readonly find: Find;
}

/** All checks, in the order of the forms. */
export const healthChecks = [
	{
		value: 'quotaUsed',
		label: 'Quota Used',
		help: 'More of the quota is used than a percentage that you set',
		reads: operationOf('statistics', 'getQuota'),
		find: quotaUsed,
	},
	{
		value: 'quotaLeft',
		label: 'Quota Left',
		help: 'Fewer emails are left than a number that you set',
		reads: operationOf('statistics', 'getQuota'),
		find: quotaLeft,
	},
	{
		value: 'hardBounceRate',
		label: 'Hard Bounce Rate',
		help: 'The rate of hard bounces in the last 30 days is too high',
		reads: operationOf('statistics', 'getBounces'),
		find: hardBounces,
	},
	{
		value: 'spamRate',
		label: 'Spam Complaint Rate',
		help: 'The rate of spam complaints in the last 30 days is too high',
		reads: operationOf('statistics', 'getSpam'),
		find: spamComplaints,
	},
	{
		value: 'unsubscribeRate',
		label: 'Unsubscribe Rate',
		help: 'The rate of unsubscribes in the last 30 days is too high',
		reads: operationOf('statistics', 'getUnsubscribes'),
		find: unsubscribes,
	},
	{
		value: 'sendingBlocked',
		label: 'Sending Blocked',
		help: 'SMTP2GO blocked an API key of the account from sending',
		reads: operationOf('apiKey', 'getAll'),
		find: blockedKeys,
	},
	{
		value: 'senderDomain',
		label: 'Sender Domain',
		help: 'A DNS record of a sender domain is not verified',
		reads: operationOf('senderDomain', 'getAll'),
		find: unverifiedDomains,
	},
	{
		value: 'webhook',
		label: 'Webhook',
		help: 'A webhook of the account was disabled or removed',
		reads: webhookReader,
		find: brokenWebhooks,
	},
	{
		value: 'permission',
		label: 'Permission',
		help: 'The API key of this node lacks a permission that you require',
		reads: operationOf('apiKey', 'getPermissions'),
		find: missingPermissions,
	},
] as const satisfies readonly HealthCheck[];

/** The name of a check. */
export type HealthCheckName = (typeof healthChecks)[number]['value'];

/** The checks that are made if nothing else is chosen: those that need no more than a key that can read. */
const DEFAULT_CHECKS = ['quotaUsed', 'hardBounceRate', 'spamRate', 'sendingBlocked', 'senderDomain'] as const;

function limit(name: keyof HealthLimits, label: string, initial: number, max: number | undefined, help: string) {
	return {
		name,
		label,
		kind: 'number',
		default: initial,
		min: 0,
		...(max === undefined ? {} : { max }),
		help,
	} as const;
}

/** The fields of the limits. Percentages can have decimals. */
const limitFields = [
	limit('quota_used', 'Quota Used Above (%)', 80, 100, 'Report that more of the quota is used than this percentage'),
	limit('quota_left', 'Quota Left Below', 500, undefined, 'Report that fewer emails are left than this number'),
	limit(
		'hard_bounce_rate',
		'Hard Bounce Rate Above (%)',
		2,
		100,
		'Report a rate of hard bounces above this percentage of the emails of the last 30 days',
	),
	limit(
		'spam_rate',
		'Spam Complaint Rate Above (%)',
		0.1,
		100,
		'Report a rate of spam complaints above this percentage of the emails of the last 30 days',
	),
	limit(
		'unsubscribe_rate',
		'Unsubscribe Rate Above (%)',
		2,
		100,
		'Report a rate of unsubscribes above this percentage of the emails of the last 30 days',
	),
	limit(
		'min_emails',
		'Minimum Emails for Rates',
		100,
		undefined,
		'Report no rate while the last 30 days have fewer emails than this, because a single bounce would be a high rate',
	),
] as const satisfies readonly Field[];

/** The fields of both hosts' forms. */
export const healthFields = [
	{
		name: 'checks',
		label: 'Checks',
		kind: 'choices',
		main: true,
		default: DEFAULT_CHECKS,
		choices: healthChecks.map(({ value, label, help }) => ({ value, label, help })),
		help: 'What to watch; each check needs the permission to read what it checks',
	},
	...limitFields,
	{
		name: 'permissions',
		label: 'Required Permissions',
		kind: 'textList',
		placeholder: 'e.g. /email/send, /sms/send',
		help: 'Endpoints that the API key must be able to call, separated by commas, for the check Permission',
	},
	{
		name: 'report_recovery',
		label: 'Report Recovery',
		kind: 'boolean',
		default: false,
		help: 'Whether to also report when a problem is over',
	},
] as const satisfies readonly Field[];

/** What to watch. */
export interface HealthWatch {
	readonly checks: readonly HealthCheck[];
	readonly limits: HealthLimits;
	readonly permissions: readonly string[];
	/** True if the end of a problem is reported, too. */
	readonly reportRecovery: boolean;
}

/** A limit as a form gives it, also as text. One that is empty or no number is the default. */
function readLimit(value: unknown, { default: initial, min, max }: { default: number; min: number; max?: number }) {
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	if (typeof number !== 'number' || !Number.isFinite(number)) return initial;
	return Math.min(Math.max(number, min), max ?? Infinity);
}

/**
 * Reads the fields as a form gives them, the same on both hosts.
 * @param values by the names of `healthFields`; what is missing has its default
 */
export function readHealthWatch(values: unknown): HealthWatch {
	const given = isRecord(values) ? values : {};
	const chosen = given['checks'] === undefined ? [...DEFAULT_CHECKS] : textList(given['checks']);
	return {
		checks: healthChecks.filter(({ value }) => chosen.includes(value)),
		limits: Object.fromEntries(
			limitFields.map((field) => [field.name, readLimit(given[field.name], field)]),
		) as unknown as HealthLimits,
		permissions: textList(given['permissions']),
		reportRecovery: given['report_recovery'] === true || given['report_recovery'] === 'true',
	};
}
