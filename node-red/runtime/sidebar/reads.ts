/** What the side bar reads from SMTP2GO: one call for the last emails, and one for the quota. */
import { readQuota, recentEmails, Smtp2goError, type Connection, type Result } from '../../../api';
import type { EmailView, QuotaView } from '../../shared/side-bar';
import type { Account } from '../account/account';
import type { Runtime } from '../platform/runtime';

/** Milliseconds that the side bar waits. */
const TIMEOUT = 20_000;
/** The number of emails in the list, and how far back they are looked for, in hours. */
const EMAILS = 10;
const HOURS_BACK = 7 * 24;

/** Reads something in the account's queue: these calls count like all others of its API key. */
async function read<T>(
	RED: Runtime,
	account: Account,
	reads: (connection: Connection) => Promise<Result<T>>,
): Promise<Result<T>> {
	const connection = account.queued(AbortSignal.timeout(TIMEOUT));
	if (!connection.ok) return connection;
	const done = await reads(connection.value);
	if (done.ok || done.error.type !== 'cancelled') return done;
	return { ok: false, error: new Smtp2goError('cancelled', RED._('errors.sideBarTimeout')) };
}

/** The last emails of an account, newest first. */
export function readEmails(RED: Runtime, account: Account): Promise<Result<readonly EmailView[]>> {
	const { users, subaccount } = account.hookSettings;
	return read(RED, account, (connection) =>
		recentEmails(connection, {
			count: EMAILS,
			hoursBack: HOURS_BACK,
			usernames: users,
			subaccounts: subaccount === undefined ? [] : [subaccount],
		}),
	);
}

/** The quota of an account. */
export function quotaOf(RED: Runtime, account: Account): Promise<Result<QuotaView>> {
	return read(RED, account, readQuota);
}
