/** The checks of the account and of the key: blocked, quota, limits of recipients and addresses, and webhooks. */
import { findKey, keyLabel, listedKeys } from '../account/keys';
import { numberAt, percentText, QUOTA_ADVICE, quotaDetails } from '../account/quota';
import { listedWebhooks } from '../account/webhooks';
import { formatNumber } from '../core/format';
import { isJsonObject, type Json } from '../core/json';
import { KEYS_PAGE, line, unknownLine, type Read, type SetupCheck } from './setup-types';

/** Percent of the quota from which on it is a warning. */
const MUCH_USED = 90;
/** The emails per month of SMTP2GO's free plan, and the webhooks of the free plan and of all others. */
const FREE_EMAILS = 1_000;
const FREE_WEBHOOKS = 1;
const PAID_WEBHOOKS = 10;

/**
 * Checks whether the key itself can send.
 * @param keyName its first 16 characters; undefined if not known
 */
export function keyStatusLine(keys: Read, keyName: string | undefined): SetupCheck {
	const [check, title] = ['keyStatus', 'Status of the Key'];
	if (!keys.ok) return unknownLine(check, title, 'whether the key is blocked or in sandbox mode', keys);
	const listed = listedKeys(keys.value);
	const own = keyName === undefined ? undefined : findKey(listed, keyName);
	if (own === undefined)
		return line({
			check,
			status: 'unknown',
			title,
			message: 'SMTP2GO does not list this key, so its status is not known.',
			whatToDo: `See ${KEYS_PAGE}.`,
		});
	const said = {
		check,
		title,
		subject: own.name,
		details: { username: own.name, status: own.status, sending_status: own.sendingStatus },
	};
	const label = keyLabel(own);
	if (own.isBlocked)
		return line({
			...said,
			status: 'problem',
			message: `SMTP2GO has blocked the key ${label} from sending. Its sending status is "${own.sendingStatus}".`,
			whatToDo: `Open ${KEYS_PAGE} to see why, then contact SMTP2GO's support.`,
		});
	if (own.status === 'blocked')
		return line({
			...said,
			status: 'problem',
			message: `The key ${label} is set to blocked, so its emails are rejected.`,
			whatToDo: `Set its status to allowed on ${KEYS_PAGE}.`,
		});
	if (own.status === 'sandbox')
		return line({
			...said,
			status: 'problem',
			message: `The key ${label} is in sandbox mode: SMTP2GO accepts its emails, but delivers none.`,
			whatToDo: `To send, set its status to allowed on ${KEYS_PAGE}.`,
		});
	return line({ ...said, status: 'ok', message: `The key ${label} can send.` });
}

/** Checks how many emails are left. */
export function quotaLine(quota: Read): SetupCheck {
	const [check, title] = ['quota', 'Quota'];
	if (!quota.ok) return unknownLine(check, title, 'how many emails are left', quota);
	const [used, max, left] = ['cycle_used', 'cycle_max', 'cycle_remaining'].map((name) =>
		numberAt(quota.value, name),
	) as [number, number, number];
	const details = quotaDetails(quota.value);
	if (Number.isNaN(used) || Number.isNaN(max))
		return line({
			check,
			status: 'unknown',
			title,
			message: 'SMTP2GO does not say how many emails are left.',
			details,
		});
	if (max <= 0) return line({ check, status: 'ok', title, message: 'The account has no quota.', details });
	const rest = Number.isNaN(left) ? max - used : left;
	const percent = (100 * used) / max;
	const said = {
		check,
		title,
		details,
		message: `${formatNumber(Math.max(0, rest))} of the ${formatNumber(max)} emails of this billing period are left.`,
	};
	if (rest < 1) return line({ ...said, status: 'problem', whatToDo: QUOTA_ADVICE });
	return percent > MUCH_USED
		? line({ ...said, status: 'warning', title: `${title}: ${percentText(percent)} used`, whatToDo: QUOTA_ADVICE })
		: line({ ...said, status: 'ok' });
}

/** Checks whether the account restricts its recipients. */
export function recipientsLine(recipients: Read): SetupCheck {
	const [check, title] = ['allowedRecipients', 'Allowed Recipients'];
	if (!recipients.ok) return unknownLine(check, title, 'whether the account restricts its recipients', recipients);
	const settings = isJsonObject(recipients.value) ? recipients.value : {};
	if (settings['enabled'] !== true)
		return line({ check, status: 'ok', title, message: 'The account can send to every recipient.' });
	const count = Array.isArray(settings['allowed_recipients']) ? settings['allowed_recipients'].length : 0;
	return line({
		check,
		status: count === 0 ? 'problem' : 'warning',
		title,
		message: `The account sends only to ${formatNumber(count)} listed ${count === 1 ? 'recipient' : 'recipients'}. Emails to others are rejected.`,
		whatToDo:
			'Turn off the list of allowed recipients, or add your recipients to it. Check Recipients says who is missing.',
		details: { enabled: true, count },
	});
}

/**
 * Checks whether the API accepts calls only from listed addresses. It accepts those of this host, or it had not
 * responded.
 */
export function ipAllowListLine(list: Read): SetupCheck {
	const [check, title] = ['ipAllowList', 'IP Allow List'];
	if (!list.ok) return unknownLine(check, title, 'whether the API accepts calls only from listed addresses', list);
	const settings = isJsonObject(list.value) ? list.value : {};
	const addresses = Array.isArray(settings['ip_addresses']) ? settings['ip_addresses'] : [];
	return settings['enabled'] === true
		? line({
				check,
				status: 'ok',
				title,
				message: `The API accepts calls only from ${formatNumber(addresses.length)} listed ${addresses.length === 1 ? 'address' : 'addresses'}, and it accepts those of this host.`,
				details: { enabled: true, count: addresses.length },
			})
		: line({ check, status: 'ok', title, message: 'The API accepts calls from every address.' });
}

/**
 * Checks how many webhooks the account can still add.
 * @param quota tells the free plan, which has one webhook
 */
export function webhooksLine(webhooks: Read, quota: Read): SetupCheck {
	const [check, title] = ['webhooks', 'Webhooks'];
	if (!webhooks.ok) return unknownLine(check, title, 'how many webhooks the account has', webhooks);
	const all = listedWebhooks(webhooks.value);
	const max = quota.ok ? numberAt(quota.value as Json, 'cycle_max') : NaN;
	const isFree = max > 0 && max <= FREE_EMAILS;
	const details = { count: all.length, urls: all.map(({ url }) => url) };
	const disabled = all.filter(({ isDisabled }) => isDisabled).map(({ url }) => url);
	const said = { check, title, details };
	if (disabled.length > 0)
		return line({
			...said,
			status: 'warning',
			message: `No events arrive at ${disabled.join(', ')}, because the webhook is disabled.`,
			whatToDo: "Enable or remove it on SMTP2GO's page Settings > Webhooks.",
		});
	const slots = isFree ? FREE_WEBHOOKS : PAID_WEBHOOKS;
	if (all.length >= slots)
		return line({
			...said,
			status: 'info',
			message: `All ${slots} webhooks of a ${isFree ? 'free' : 'paid'} plan are in use: ${details.urls.join(', ')}.`,
			whatToDo:
				"To receive events at another address, remove a webhook on SMTP2GO's page Settings > Webhooks, or read the activity instead.",
		});
	return line({
		...said,
		status: 'ok',
		message: `${all.length} of ${slots} webhooks are in use${Number.isNaN(max) ? ' (on a paid plan)' : ''}.`,
	});
}
