/** Messages about webhooks that use up the limit of the account, or that look like ours. */
import type { Choice } from '../catalogue';
import { Smtp2goError } from '../core/errors';
import { emailEvents, smsEvents } from '../catalogue/reporting/events';
import type { FoundHook, WantedHook } from './plan';
import { withoutSecret } from '../formats/urls';

/** Returns the names of events for a sentence, short if it is all of them. */
function eventNames({ events, smsEvents: sms }: FoundHook): string {
	const isAll = (names: readonly string[], known: readonly Choice[]) =>
		known.every(({ value }) => names.includes(value));
	const email = isAll(events, emailEvents) ? ['all email events'] : events;
	const texts = isAll(sms, smsEvents) ? ['all SMS events'] : sms.map((event) => `sms ${event}`);
	return [...email, ...texts].join(', ') || 'no events';
}

function isOnHostOf(hook: FoundHook, url: string): boolean {
	return URL.canParse(hook.url) && URL.canParse(url) && new URL(hook.url).host === new URL(url).host;
}

/**
 * Returns the address of a webhook without user, query, and tokens. A long part of a path on another host may be a
 * token.
 */
function shownUrl(url: string, isHere: boolean): string {
	if (!URL.canParse(url)) return 'an unreadable URL';
	return isHere ? withoutSecret(url) : withoutSecret(url).replace(/\/[^/]{20,}(?=\/|$)/g, '/…');
}

/**
 * Returns what a host suggests if a webhook cannot be added, given the existing ones. Undefined for the general advice.
 */
export type Advise = (found: readonly FoundHook[]) => string | undefined;

/** Returns what to do about webhooks of the same trigger at other addresses. Only the user knows whether it moved. */
function whatToDo(alike: readonly FoundHook[]): string {
	const [it, its] = alike.length === 1 ? [`no. ${alike[0]?.id}`, 'that address'] : ['them', 'those addresses'];
	return (
		`If this trigger moved here from ${its}, remove ${it} on SMTP2GO's page Settings > Webhooks, or with the ` +
		`operation "Delete webhook". If another host with the same flows still runs there, keep ${it}`
	);
}

/** Returns the note about webhooks of the same trigger at other addresses, or undefined if there are none. */
export function alikeNote(alike: readonly FoundHook[], url: string): string | undefined {
	if (alike.length === 0) return undefined;
	return `SMTP2GO has a webhook of the same trigger at another address, which was not changed: ${alike.map((hook) => describe(hook, url)).join('; ')}. ${whatToDo(alike)}.`;
}

/** Returns a webhook for a sentence: ID, address, and events. */
function describe(hook: FoundHook, url: string): string {
	const isHere = isOnHostOf(hook, url);
	return `no. ${hook.id} to ${shownUrl(hook.url, isHere)} (${isHere ? 'on this host; ' : ''}${eventNames(hook)})`;
}

/** Returns which of them belong to the same trigger. */
function theSame(alike: readonly FoundHook[]): string {
	return `Of the same trigger at another address: ${alike.map(({ id }) => `no. ${id}`).join(', ')}`;
}

/**
 * Explains why a webhook cannot be added if the account has others. SMTP2GO does not document its message at the limit,
 * so every error that is not about the address names the existing webhooks: those on this host first.
 */
export function explainRefusal(
	error: Smtp2goError,
	found: readonly FoundHook[],
	alike: readonly FoundHook[],
	{ url }: WantedHook,
	advise: Advise,
): Smtp2goError {
	if (error.type !== 'refused' || found.length === 0 || /valid destination/i.test(error.message)) return error;
	const sorted = [...found].sort((one, other) => Number(isOnHostOf(other, url)) - Number(isOnHostOf(one, url)));
	const here = sorted.filter((hook) => isOnHostOf(hook, url)).length;
	const free =
		'Remove one on SMTP2GO\'s page Settings > Webhooks, or with the operation "Delete webhook", and try again';
	const parts = [
		error.message,
		'A free account can have one webhook, a paid account ten',
		`Existing webhooks (${found.length}, ${here || 'none'} of them on this host): ${sorted.map((hook) => describe(hook, url)).join('; ')}`,
		advise(found) ??
			(alike.length === 0
				? free
				: `${theSame(alike)}. ${whatToDo(alike)}. The account then needs room for one more webhook`),
	];
	return new Smtp2goError('refused', `${parts.map((part) => part.replace(/\.$/, '')).join('. ')}.`, error.details);
}
