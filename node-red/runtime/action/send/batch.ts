/** Sends many emails in few calls, and looks single ones up before it resends them. */
import {
	batchRequest,
	buildEmail,
	cutEmails,
	failure,
	success,
	preview,
	runPool,
	sendChecked,
	sendEmail,
	sendEmails,
	sentEmail,
	emailIn,
	showRequest,
	Smtp2goError,
	withMessageKey,
	type BuiltRequest,
	type Connection,
	type JsonObject,
	type Result,
} from '../../../../api';
import type { Account } from '../../account/account';
import type { Sent } from '../result/deliver';
import type { OwnOptions } from '../read/own-options';

/** How emails are sent. */
export type SendOptions = Pick<OwnOptions, 'batchSize' | 'checkFirst'>;

/** Builds one email, with a key to find it again if `checkFirst` is on. */
export function buildOne(
	values: Readonly<Record<string, unknown>>,
	now: number,
	{ checkFirst }: Pick<SendOptions, 'checkFirst'>,
): Result<BuiltRequest> {
	const email = buildEmail(values, now);
	return email.ok && checkFirst ? withMessageKey(email.value) : email;
}

/** @param isRaw true if SMTP2GO's own response is the result */
function asSent(outcome: Result<JsonObject> | undefined, { fields }: BuiltRequest, isRaw: boolean): Result<Sent> {
	if (outcome === undefined) return stopped();
	return outcome.ok
		? success({ result: isRaw ? outcome.value : sentEmail(emailIn(fields), outcome.value), data: outcome.value })
		: outcome;
}

/** Sends one email in a separate call, and looks it up if its outcome is unknown. */
export async function sendOneChecked(
	connection: Connection,
	email: BuiltRequest,
	isRaw: boolean,
): Promise<Result<Sent>> {
	const [outcome] = await sendChecked(connection, [email], (emails) =>
		Promise.all(emails.map((one) => sendEmail(connection, one))),
	);
	return asSent(outcome, email, isRaw);
}

/**
 * Sends emails in as few calls as possible.
 * @param emails the built emails; one that could not be built keeps its error
 * @param concurrency maximum number of calls in preparation
 * @param isRaw true if SMTP2GO's own response is the result
 * @returns an outcome for each, in order
 */
export async function sendAll(
	connection: Connection,
	emails: readonly Result<BuiltRequest>[],
	concurrency: number,
	{ batchSize, checkFirst }: SendOptions,
	isRaw: boolean,
): Promise<Result<Sent>[]> {
	const outcomes: Result<Sent>[] = emails.map((email) => (email.ok ? stopped() : failure(email.error)));
	await runPool(
		callsOf(emails, batchSize),
		concurrency,
		async (call) => {
			const send = (some: readonly BuiltRequest[]) => sendEmails(connection, some);
			const built = call.map(({ email }) => email);
			const sent = checkFirst ? await sendChecked(connection, built, send) : await send(built);
			for (const [index, { position, email }] of call.entries())
				outcomes[position] = asSent(sent[index], email, isRaw);
		},
		() => connection.signal?.aborted === true,
	);
	return outcomes;
}

/** The calls that would be made, with the emails as their recipients would see them (dry run). */
export async function previewAll(
	connection: Connection,
	account: Account,
	emails: readonly Result<BuiltRequest>[],
	{ batchSize }: Pick<SendOptions, 'batchSize'>,
): Promise<JsonObject[]> {
	const calls = callsOf(emails, batchSize).map((call) => batchRequest(call.map(({ email }) => email)));
	const shown: JsonObject[] = [];
	for (const call of calls) if (call.ok) shown.push(await previewOne(connection, account, call.value));
	return shown;
}

/** The same for one call. */
export async function previewOne(
	connection: Connection,
	{ queue }: Account,
	request: BuiltRequest,
): Promise<JsonObject> {
	const emails = await showRequest(request, (id) => queue.templates.read(connection, '', id));
	return { ...preview(connection.baseUrl, request), ...emails };
}

/** The emails of each call, with their positions in the list. */
function callsOf(
	emails: readonly Result<BuiltRequest>[],
	batchSize: number,
): { email: BuiltRequest; position: number }[][] {
	const built = emails.flatMap((email, position) => (email.ok ? [{ email: email.value, position }] : []));
	return cutEmails(
		built.map(({ email }) => email),
		batchSize,
	).map((indexes) => indexes.flatMap((index) => built[index] ?? []));
}

function stopped(): Result<never> {
	return failure(new Smtp2goError('cancelled', 'Canceled before anything was sent'));
}
