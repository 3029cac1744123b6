/** Messages about hooks that are in the way, or that look like ours. */
import type { Choice } from '../catalogue';
import { Smtp2goError } from '../core/errors';
import { emailEvents, smsEvents } from '../catalogue/reporting/events';
import type { FoundHook, WantedHook } from './plan';
import { withoutSecret } from '../formats/urls';

/** Names of events for a sentence, short where it is all of them. */
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
 * The address of a hook without user, query and secrets in its path; what is long in the path of another host may be
 * one.
 */
function shownUrl(url: string, isHere: boolean): string {
	if (!URL.canParse(url)) return 'an unreadable URL';
	return isHere ? withoutSecret(url) : withoutSecret(url).replace(/\/[^/]{20,}(?=\/|$)/g, '/…');
}

/** What a host adds to a refused add, given the hooks in the way; undefined: what can be done in general. */
export type Advise = (found: readonly FoundHook[]) => string | undefined;

/** What to do about hooks of the same trigger at other addresses: only the user knows whether it moved from there. */
function whatToDo(alike: readonly FoundHook[]): string {
	const [it, its] = alike.length === 1 ? [`no. ${alike[0]?.id}`, 'that address'] : ['them', 'those addresses'];
	return `If this trigger moved here from ${its}, remove ${it} on SMTP2GO's page Settings > Webhooks, or with the operation "Delete webhook". If another host with the same flows still runs there, keep ${it}`;
}

/** Says that hooks of the same trigger at other addresses were left as they are; undefined where there are none. */
export function alikeNote(alike: readonly FoundHook[], url: string): string | undefined {
	if (alike.length === 0) return undefined;
	return `SMTP2GO has a webhook of the same trigger at another address, which was not changed: ${alike.map((hook) => describe(hook, url)).join('; ')}. ${whatToDo(alike)}.`;
}

/** A hook for a sentence: number, address, and what it reports. */
function describe(hook: FoundHook, url: string): string {
	const isHere = isOnHostOf(hook, url);
	return `no. ${hook.id} to ${shownUrl(hook.url, isHere)} (${isHere ? 'on this host; ' : ''}${eventNames(hook)})`;
}

/** Says which of them are hooks of the same trigger. */
function theSame(alike: readonly FoundHook[]): string {
	return `Of the same trigger at another address: ${alike.map(({ id }) => `no. ${id}`).join(', ')}`;
}

/**
 * Explains a refused add where other hooks fill the account. What SMTP2GO says at the limit is not documented, so
 * every refusal that is not about the address itself names the hooks in the way: those that point to this host first.
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
