/** Checks the addresses of a list before anything is sent: their form, the suppressions, and the allowed recipients. */
import { operationOf } from '../catalogue';
import type { Connection } from '../client/call';
import { countCalls } from '../client/count';
import { run } from '../client/run';
import { isJsonObject, type Json } from '../core/json';
import { success, type Result } from '../core/result';
import { sameAddress } from '../formats/mailbox';
import { bad, judgeAddresses, type RecipientVerdict } from './addresses';
import { findSuppressions, type Suppression } from './suppressions';

/** What else to check. */
export interface RecipientCheckOptions {
	/** The subaccount whose lists count; undefined for the account of the key. */
	readonly subaccountId?: string | undefined;
}

/** The verdicts about a list. */
export interface RecipientCheck {
	/** One for each address, in order. */
	readonly verdicts: RecipientVerdict[];
	/** The number of calls that it took. */
	readonly calls: number;
	/** What could not be checked, and what to do about it: a sentence each. */
	readonly unchecked: readonly string[];
}

/** The recipients that emails can go to, in lower case; undefined if there is no such limit. */
type Allowed = ReadonlySet<string> | undefined;

const allowedList = operationOf('allowedRecipient', 'get');

function allowedIn(result: Json): Allowed {
	if (!isJsonObject(result) || result['enabled'] !== true) return undefined;
	const entries = Array.isArray(result['allowed_recipients']) ? result['allowed_recipients'] : [];
	return new Set(
		entries
			.filter((entry) => typeof entry === 'string')
			.map((entry) => sameAddress(entry.trim()).replace(/^@/, '')),
	);
}

/** Reads the allowed recipients. A key without the permission for it can still check everything else. */
async function readAllowed(
	connection: Connection,
	subaccountId: string | undefined,
): Promise<Result<{ readonly allowed: Allowed; readonly unchecked: readonly string[] }>> {
	const outcome = await run(
		connection,
		allowedList,
		subaccountId === undefined ? {} : { subaccount_id: subaccountId },
		{ raw: true },
	);
	if (outcome.ok) return success({ allowed: allowedIn(outcome.value.result), unchecked: [] });
	if (outcome.error.type !== 'permission') return outcome;
	return success({
		allowed: undefined,
		unchecked: [
			'Allowed recipients were not checked, because the key has no permission to list them. To check them, ' +
				`allow ${allowedList.path} ` +
				"for the key on SMTP2GO's page Sending > API Keys.",
		],
	});
}

/** The names under which an address can be listed: itself, and its domain. */
function namesOf(address: string): [string, string] {
	const same = sameAddress(address);
	return [same, same.slice(same.lastIndexOf('@') + 1)];
}

function suppressedVerdict(address: string, { entry, reason, since }: Suppression): RecipientVerdict {
	const what = entry.includes('@') ? 'this address' : `any address at ${entry}`;
	const why = reason === '' ? '' : ` (${reason})`;
	return bad(address, 'suppressed', `SMTP2GO does not send to ${what}: it is on the suppression list${why}`, {
		reason: reason === '' ? null : reason,
		since: since === '' ? null : since,
		entry,
	});
}

function withLists(
	verdict: RecipientVerdict,
	suppressions: ReadonlyMap<string, Suppression>,
	allowed: Allowed,
): RecipientVerdict {
	if (!verdict.ok) return verdict;
	const [same, domain] = namesOf(verdict.address);
	const suppression = suppressions.get(same) ?? suppressions.get(domain);
	if (suppression !== undefined) return suppressedVerdict(verdict.address, suppression);
	if (allowed === undefined || allowed.has(same) || allowed.has(domain)) return verdict;
	return bad(
		verdict.address,
		'notAllowed',
		'The account sends only to allowed recipients, and this address is not one of them',
	);
}

/**
 * Checks addresses: their form, duplicates, the account's suppressions, and, if the account restricts recipients, the
 * allowed ones. Takes two calls for a list of any size if the suppressions fit a page; otherwise as few as
 * `/suppression/view` allows.
 * @param addresses each as text, also `Name <address>`, or as an object with `email`, `address` or `email_address`
 * @returns a verdict for each address, in order; an error if the suppressions cannot be read whole. Without the
 * permission for `/allowed_recipients/view`, `unchecked` says so
 */
export async function checkRecipients(
	connection: Connection,
	addresses: readonly unknown[],
	{ subaccountId }: RecipientCheckOptions = {},
): Promise<Result<RecipientCheck>> {
	const verdicts = judgeAddresses(addresses);
	const names = new Set(verdicts.flatMap((verdict) => (verdict.ok ? namesOf(verdict.address) : [])));
	if (names.size === 0) return success({ verdicts, calls: 0, unchecked: [] });
	const counted = countCalls(connection);
	const [suppressions, allowed] = await Promise.all([
		findSuppressions(counted.connection, names, subaccountId),
		readAllowed(counted.connection, subaccountId),
	]);
	if (!suppressions.ok) return suppressions;
	if (!allowed.ok) return allowed;
	return success({
		verdicts: verdicts.map((verdict) => withLists(verdict, suppressions.value, allowed.value.allowed)),
		calls: counted.count(),
		unchecked: allowed.value.unchecked,
	});
}
