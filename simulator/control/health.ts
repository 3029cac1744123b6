// What tests and the page can do to the health of the account: quota, rates, keys, sender domains, webhooks.
import { changeRecord } from '../account/domain';
import { Refusal } from '../core/refusal';
import { usernameOf } from '../core/ids';
import { setUsed } from '../email/cycle';
import type { ApiKey, DnsRecord, Hook, Rates, SenderDomain } from '../types';
import type { World } from '../world';

/** Changes of the plan. */
export interface PlanChanges {
	webhookLimit?: number | undefined;
	/** Emails a month. */
	monthlyEmails?: number | undefined;
	/** How many of them are used by now. What is sent later comes on top. */
	used?: number | undefined;
}

/** What is to change on a key. */
export interface KeyChanges {
	permissions?: string[] | undefined;
	/** Endpoint paths that it can no longer call, whatever `permissions` says. An empty list gives them back. */
	lost?: string[] | undefined;
	status?: ApiKey['status'] | undefined;
	/** What `/api_keys/view` says about its sending, for example `blocked`. */
	sendingStatus?: string | undefined;
}

/** Rates in percent. null takes a rate back: the statistics say again what happened. */
export type RateChanges = { [K in keyof Rates]?: number | null | undefined };

/** Changes the plan, or how much of it is used. */
export function setPlan({ state }: World, { webhookLimit, monthlyEmails, used }: PlanChanges): void {
	state.webhookLimit = webhookLimit ?? state.webhookLimit;
	state.monthlyEmails = monthlyEmails ?? state.monthlyEmails;
	if (used !== undefined) setUsed(state, used);
	state.changed();
}

/** Lets `/stats/email_bounces`, `email_spam`, `email_unsubs` and `email_summary` show these rates. */
export function setRates({ state }: World, changes: RateChanges): Rates {
	const given = Object.entries(changes).filter(([, rate]) => rate !== undefined);
	const all = { ...state.rates, ...Object.fromEntries(given) };
	state.rates = Object.fromEntries(Object.entries(all).filter(([, rate]) => rate !== null)) as Rates;
	state.changed();
	return state.rates;
}

/**
 * Changes a key in place.
 * @param wanted the key, or its first 16 characters
 * @throws Refusal no such key
 */
export function changeKey({ state }: World, wanted: string, changes: KeyChanges): ApiKey {
	const key = state.keys.find((candidate) => candidate.key === wanted || usernameOf(candidate.key) === wanted);
	if (!key) throw new Refusal(400, `There is no key ${usernameOf(wanted)}`);
	Object.assign(key, Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)));
	state.changed();
	return key;
}

/**
 * Lets a DNS record of a sender domain point elsewhere.
 * @param found where it points: '' is nowhere (default), null is where it must
 * @throws Refusal no such domain
 */
export function setRecord({ state }: World, name: string, record: DnsRecord, found: string | null = ''): SenderDomain {
	const domain = state.account.domains.find((candidate) => candidate.name === name.toLowerCase());
	if (!domain) throw new Refusal(400, `There is no sender domain '${name}'`);
	changeRecord(domain, record, found ?? undefined);
	state.changed();
	return domain;
}

/**
 * Removes a webhook, as somebody does on SMTP2GO's own page.
 * @throws Refusal no such webhook
 */
export function removeHook({ state, deliverer }: World, id: number): void {
	const hook = hookWith(state.hooks, id);
	state.hooks = state.hooks.filter((candidate) => candidate !== hook);
	deliverer.cancel(id);
	state.changed();
}

/**
 * Changes a webhook, as somebody does on SMTP2GO's own page: disables it, for example.
 * @throws Refusal no such webhook
 */
export function changeHook({ state }: World, id: number, changes: Partial<Omit<Hook, 'id'>>): Hook {
	const hook = Object.assign(hookWith(state.hooks, id), changes);
	state.changed();
	return hook;
}

function hookWith(hooks: readonly Hook[], wanted: number): Hook {
	const hook = hooks.find(({ id }) => id === wanted);
	if (!hook) throw new Refusal(400, `There is no webhook with ID ${wanted}`);
	return hook;
}
