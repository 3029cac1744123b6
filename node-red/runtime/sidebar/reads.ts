/** What the side bar reads from SMTP2GO: one call for the last emails, and one for the quota. */
import { readQuota, recentEmails, Smtp2goError, type Connection, type Result } from '../../../api';
import type { EmailView, QuotaView } from '../../shared/side-bar';
import type { Account } from '../account/account';
import type { Runtime } from '../platform/runtime';
import { EDITOR_TIMEOUT } from '../platform/timing';

/** The number of emails in the list, and how far back they are looked for, in hours. */
const EMAILS = 10;
const HOURS_BACK = 7 * 24;
/** Milliseconds for which a result is returned again. Whoever can open the editor can ask as often as they like. */
const FRESH = 3_000;

/** Reads something in the account's queue: these calls count like all others of its API key. */
async function read<T>(
	RED: Runtime,
	account: Account,
	reads: (connection: Connection) => Promise<Result<T>>,
): Promise<Result<T>> {
	const connection = account.queued(AbortSignal.timeout(EDITOR_TIMEOUT));
	if (!connection.ok) return connection;
	const done = await reads(connection.value);
	if (done.ok || done.error.type !== 'cancelled') return done;
	return { ok: false, error: new Smtp2goError('cancelled', RED._('errors.sideBarTimeout')) };
}

/**
 * Reads once for all that ask at the same time, and shortly after: these calls must not use up what SMTP2GO accepts of
 * the flows' API key.
 */
function shared<T>(
	reads: (RED: Runtime, account: Account) => Promise<Result<T>>,
): (RED: Runtime, account: Account) => Promise<Result<T>> {
	const last = new WeakMap<Account, { readonly result: Promise<Result<T>>; until: number }>();
	return (RED, account) => {
		const known = last.get(account);
		if (known !== undefined && performance.now() < known.until) return known.result;
		const made = { result: reads(RED, account), until: Infinity };
		last.set(account, made);
		return made.result.finally(() => {
			made.until = performance.now() + FRESH;
		});
	};
}

/** The last emails of an account, newest first. */
export const readEmails = shared<readonly EmailView[]>((RED, account) => {
	const { users, subaccount } = account.hookSettings;
	return read(RED, account, (connection) =>
		recentEmails(connection, {
			count: EMAILS,
			hoursBack: HOURS_BACK,
			usernames: users,
			subaccounts: subaccount === undefined ? [] : [subaccount],
		}),
	);
});

/** The quota of an account. */
export const quotaOf = shared<QuotaView>((RED, account) => read(RED, account, readQuota));
