/** Answers whether an account can send from here, now: key, permissions, sender, DNS records, quota, and limits. */
import { operationOf } from '../catalogue';
import { DEFAULT_JOBS, jobs } from '../catalogue/jobs';
import { isAllowed } from '../catalogue/permissions';
import type { Operation } from '../catalogue/types';
import type { Connection } from '../client/call';
import { countCalls } from '../client/count';
import { run } from '../client/run';
import type { Smtp2goError } from '../core/errors';
import type { Json } from '../core/json';
import { failure, success, type Result } from '../core/result';
import { bareAddress } from '../formats/mailbox';
import { jobLine } from './jobs';
import { ipAllowListLine, keyStatusLine, quotaLine, recipientsLine, webhooksLine } from './setup-account';
import { senderLines } from './setup-sender';
import { reportOf } from './setup-text';
import { KEYS_PAGE, line, type Read, type SetupCheck, type SetupReport } from './setup-types';

/** What to check. */
export interface SetupOptions {
	/** The sender, also as `Name <address>`. Undefined for whichever sender the account has. */
	readonly sender?: string | undefined;
	/** The jobs that must be possible, by the values of `jobs`. Default: to send emails. */
	readonly jobs?: readonly string[] | undefined;
	/** What the key can call, from `readPermissions`. Read if undefined. */
	readonly permissions?: readonly string[] | undefined;
}

/** What the checks read, beside the permissions. */
const reads = {
	keys: operationOf('apiKey', 'getAll'),
	domains: operationOf('senderDomain', 'getAll'),
	singleSenders: operationOf('singleSender', 'getAll'),
	allowedSenders: operationOf('allowedSender', 'get'),
	allowedRecipients: operationOf('allowedRecipient', 'get'),
	quota: operationOf('statistics', 'getQuota'),
	ipAllowList: operationOf('ipAllowList', 'get'),
	webhooks: operationOf('webhook', 'getAll'),
} as const satisfies Readonly<Record<string, Operation>>;

type Reads = Readonly<Record<keyof typeof reads, Read>>;

/** The line about a key that cannot be used, or undefined if the error says nothing about the setup. */
function unusableKey({ type, message, details }: Smtp2goError): SetupCheck | undefined {
	const said = { check: 'key', status: 'problem' } as const;
	if (type === 'auth')
		return line({
			...said,
			title: 'API Key',
			message,
			whatToDo: details.hint ?? `Create a key on ${KEYS_PAGE}, and choose the region of your account.`,
		});
	return type === 'unreachable'
		? line({
				...said,
				check: 'connection',
				title: 'Connection',
				message,
				whatToDo: details.hint ?? 'Check the network, the firewall, and the proxy of this host.',
			})
		: undefined;
}

/** Reads an operation, unless the key has no permission for it. */
async function read(connection: Connection, operation: Operation, permissions: readonly string[]): Promise<Read> {
	const { path } = operation;
	if (!isAllowed(path, permissions)) return { ok: false, missing: path };
	// Its other list is about SMTP.
	const values = operation === reads.ipAllowList ? { type: 'api' } : {};
	const outcome = await run(connection, operation, values, { whole: true });
	if (outcome.ok) return { ok: true, value: outcome.value.result };
	const { error } = outcome;
	return error.type === 'permission' ? { ok: false, missing: path } : { ok: false, error };
}

async function readAll(connection: Connection, permissions: readonly string[]): Promise<Reads> {
	const results = await Promise.all(
		Object.entries(reads).map(
			async ([name, operation]) => [name, await read(connection, operation, permissions)] as const,
		),
	);
	return Object.fromEntries(results) as Reads;
}

/** Every string in a response: `data` is the list, or contains it under some name. */
function stringsIn(value: Json): string[] {
	if (typeof value === 'string') return [value];
	return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}

/**
 * Reads the endpoints that a key can call, as in `/email/send`.
 * @returns an `auth` error if the key is unknown in this region
 */
export async function readPermissions(connection: Connection): Promise<Result<string[]>> {
	const outcome = await run(connection, operationOf('apiKey', 'getPermissions'), {}, { raw: true });
	return outcome.ok ? success(stringsIn(outcome.value.result)) : outcome;
}

/** All lines, in the order of a check list: what stops emails first, and jobs that are not required last. */
function linesOf(
	all: Reads,
	permissions: readonly string[],
	{ sender, jobs: chosen = DEFAULT_JOBS }: SetupOptions,
	keyName: string | undefined,
): SetupCheck[] {
	const [required, others] = [true, false].map((isRequired) =>
		jobs
			.filter(({ value }) => chosen.includes(value) === isRequired)
			.map((job) => jobLine(job, permissions, isRequired)),
	) as [SetupCheck[], SetupCheck[]];
	return [
		line({ check: 'key', status: 'ok', title: 'API Key', message: 'The key is valid in this region.' }),
		keyStatusLine(all.keys, keyName),
		...required,
		...senderLines(all, sender === undefined ? undefined : (bareAddress(sender) ?? sender)),
		quotaLine(all.quota),
		recipientsLine(all.allowedRecipients),
		ipAllowListLine(all.ipAllowList),
		webhooksLine(all.webhooks, all.quota),
		...others,
	];
}

/**
 * Checks the setup of an account by one call for the permissions and one for each thing that the key can look at. It
 * changes nothing. A missing permission is a line with the status `unknown`, never an error.
 * @returns a report, also about a key that SMTP2GO does not know; an error if SMTP2GO cannot say now, or if canceled
 */
export async function checkSetup(connection: Connection, options: SetupOptions = {}): Promise<Result<SetupReport>> {
	const counted = countCalls(connection);
	const permissions =
		options.permissions === undefined
			? await readPermissions(counted.connection)
			: success<readonly string[]>(options.permissions);
	if (!permissions.ok) {
		const unusable = unusableKey(permissions.error);
		return unusable === undefined ? permissions : success(reportOf([unusable], counted.count()));
	}
	const all = await readAll(counted.connection, permissions.value);
	const cancelled = Object.values(all).flatMap((one) =>
		!one.ok && 'error' in one && one.error.type === 'cancelled' ? [one.error] : [],
	)[0];
	if (cancelled !== undefined) return failure(cancelled);
	return success(reportOf(linesOf(all, permissions.value, options, connection.keyName), counted.count()));
}
