// What the control API shows of the simulator's state.
import { withoutCredentials } from '../hooks/payload';
import { without } from '../core/json';
import { usernameOf } from '../core/ids';
import { usedByAccount } from '../email/cycle';
import type { Delivery, Hook, Email, StoredFile } from '../types';
import type { World } from '../world';

/** A view: plain values that become JSON. */
type View = (world: World) => object;

/** How many emails the page's list shows. */
const OVERVIEW = 300;

function fileView(
	email: Email,
	kind: 'attachments' | 'inlines',
	{ filename, mimetype, content, url }: StoredFile,
	index: number,
): object {
	const href = `/_simulator/emails/${encodeURIComponent(email.emailId)}/${kind}/${index}`;
	return { filename, mimetype, size: content.length, href, ...(url === undefined ? {} : { url }) };
}

/** An email without the bytes of its files; these are at `href`. */
function emailView(email: Email): object {
	return {
		...email,
		attachments: email.attachments.map((file, index) => fileView(email, 'attachments', file, index)),
		inlines: email.inlines.map((file, index) => fileView(email, 'inlines', file, index)),
	};
}

/** One email with its events, oldest first, and those of its recipients that are suppressed by now. */
export function emailDetail({ state }: World, email: Email): object {
	const addresses = [...email.to, ...email.cc, ...email.bcc].map(({ address }) => address);
	return {
		email: emailView(email),
		events: state.log.eventsOf(email.emailId),
		suppressed: state.suppressions
			.map(({ email_address }) => email_address)
			.filter((address) => addresses.includes(address)),
	};
}

/** The newest emails with no more than a list shows. */
function overview({ state }: World): object {
	return newestFirst(state.emails)
		.slice(0, OVERVIEW)
		.map(({ emailId, to, cc, bcc, subject, receivedAt, attachments, inlines }) => {
			const last = state.log.eventsOf(emailId).at(-1);
			const name = last?.event ?? 'accepted';
			return {
				emailId,
				to: [...to, ...cc, ...bcc].map(({ address }) => address),
				subject,
				receivedAt,
				files: attachments.length + inlines.length,
				status: { text: name === 'bounce' ? `${last?.bounce ?? 'hard'} bounce` : name, kind: name },
			};
		});
}

/** A hook without its secrets: whether it authenticates, not with what. */
function hookView(hook: Hook): object {
	const { username } = new URL(hook.url);
	return {
		...without(hook, 'auth_header_value'),
		url: withoutCredentials(hook.url),
		authenticates: hook.auth_header_type || (username ? 'basic' : ''),
	};
}

function summary({ state, settings, faults, apiUrl }: World): object {
	const { emails, scheduled, events, hooks, suppressions, sms, receivedSms } = state;
	return {
		revision: state.revision,
		apiUrl,
		apiKey: settings.apiKey,
		webhookLimit: state.webhookLimit,
		eventDelayMs: settings.eventDelayMs,
		verifiedSenders: state.verifiedSenders,
		counts: {
			emails: emails.length,
			scheduled: scheduled.length,
			events: events.length,
			hooks: hooks.length,
			suppressions: suppressions.length,
			faults: faults.list().length,
			sms: sms.length + receivedSms.length,
		},
	};
}

/** What can go wrong with the account, as it stands. */
function health({ state }: World): object {
	const { monthlyEmails, rates, account, hooks, keys } = state;
	return {
		monthlyEmails,
		used: usedByAccount(state),
		rates,
		keys: keys.map((key) => ({ username: usernameOf(key.key), ...without(key, 'key', 'settings') })),
		domains: account.domains.map(({ name, dkimVerified, returnPathVerified, trackingVerified, lost = {} }) => ({
			name,
			records: { dkim: dkimVerified, returnPath: returnPathVerified, tracking: trackingVerified },
			lost,
		})),
		hooks: hooks.map(({ id, url, disabled }) => ({ id, url: withoutCredentials(url), disabled })),
	};
}

const newestFirst = <T>(list: readonly T[]): T[] => [...list].reverse();

/** What `GET /_simulator/<name>` answers; lists have the newest first, `?limit=` shortens them. */
export const views: Record<string, View> = {
	state: summary,
	overview,
	emails: ({ state }) => newestFirst(state.emails).map(emailView),
	events: ({ state }) => newestFirst(state.events),
	hooks: ({ state }) => state.hooks.map(hookView),
	deliveries: ({ state }): Delivery[] => newestFirst(state.deliveries),
	suppressions: ({ state }) => newestFirst(state.suppressions),
	templates: ({ state }) => state.templates,
	sms: ({ state }) => newestFirst(state.sms),
	'sms/received': ({ state }) => newestFirst(state.receivedSms),
	scheduled: ({ state }) => state.scheduled.map(({ email, ...rest }) => ({ ...rest, email: emailView(email) })),
	requests: ({ state }) => newestFirst(state.requests),
	log: ({ state }) => state.logSettings,
	health,
	keys: ({ state }) => state.keys.map(({ key, ...rest }) => ({ username: key.slice(0, 16), ...rest })),
	faults: ({ faults }) => faults.list(),
};
