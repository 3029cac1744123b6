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
	Smtp2goError,
	withMessageKey,
	type BuiltRequest,
	type Connection,
	type JsonObject,
	type Result,
} from '../../../../api';
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
	const mail = buildEmail(values, now);
	return mail.ok && checkFirst ? withMessageKey(mail.value) : mail;
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
	mail: BuiltRequest,
	isRaw: boolean,
): Promise<Result<Sent>> {
	const [outcome] = await sendChecked(connection, [mail], (mails) =>
		Promise.all(mails.map((one) => sendEmail(connection, one))),
	);
	return asSent(outcome, mail, isRaw);
}

/**
 * Sends emails in as few calls as possible.
 * @param emails built, or why one is none: such a one keeps its error
 * @param concurrency calls that are made ready at a time
 * @param isRaw true if SMTP2GO's own response is the result
 * @returns an outcome for each, in their order
 */
export async function sendAll(
	connection: Connection,
	mails: readonly Result<BuiltRequest>[],
	concurrency: number,
	{ batchSize, checkFirst }: SendOptions,
	isRaw: boolean,
): Promise<Result<Sent>[]> {
	const outcomes: Result<Sent>[] = mails.map((mail) => (mail.ok ? stopped() : failure(mail.error)));
	await runPool(
		callsOf(mails, batchSize),
		concurrency,
		async (call) => {
			const send = (some: readonly BuiltRequest[]) => sendEmails(connection, some);
			const built = call.map(({ mail }) => mail);
			const came = checkFirst ? await sendChecked(connection, built, send) : await send(built);
			for (const [index, { place, mail }] of call.entries()) outcomes[place] = asSent(came[index], mail, isRaw);
		},
		() => connection.signal?.aborted === true,
	);
	return outcomes;
}

/** The calls that would be made (dry run). */
export function previewAll(
	baseUrl: string,
	mails: readonly Result<BuiltRequest>[],
	{ batchSize }: Pick<SendOptions, 'batchSize'>,
): JsonObject[] {
	return callsOf(mails, batchSize).flatMap((call) => {
		const request = batchRequest(call.map(({ mail }) => mail));
		return request.ok ? [preview(baseUrl, request.value)] : [];
	});
}

/** The emails of each call, with their positions in the list. */
function callsOf(mails: readonly Result<BuiltRequest>[], batchSize: number): { mail: BuiltRequest; place: number }[][] {
	const built = mails.flatMap((mail, place) => (mail.ok ? [{ mail: mail.value, place }] : []));
	return cutEmails(
		built.map(({ mail }) => mail),
		batchSize,
	).map((indexes) => indexes.flatMap((index) => built[index] ?? []));
}

function stopped(): Result<never> {
	return failure(new Smtp2goError('cancelled', 'Canceled before the call was made. Nothing was sent'));
}
