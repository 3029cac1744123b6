/**
 * Calls over n8n's own HTTP helper, which adds the key: each with a deadline for all of it, and read no further than an
 * answer may go.
 */
import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	IHookFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IN8nHttpFullResponse,
} from 'n8n-workflow';
import {
	bodyWithKey,
	outcomeOfFault,
	type FileOutcome,
	type FileRequest,
	type HttpOutcome,
	type HttpRequest,
	type NoAnswer,
} from '../../../api';
import { readAnswer, readFile } from './response';

/** The name of the credential type, as nodes and helpers ask for it. */
export const CREDENTIAL = 'smtp2goApi';

/** The contexts from which SMTP2GO is called: an item, a hook's life cycle, a list in the editor. */
export type Context = IExecuteFunctions | IHookFunctions | ILoadOptionsFunctions;

/** Who calls. */
export interface Caller {
	readonly context: Context;
	/**
	 * The credential of the item: left to itself the helper would look it up again, and always for the first item
	 * (authentication.js of n8n-core 2.41.1), so that an expression in it would send every item with one key.
	 */
	readonly data: ICredentialDataDecryptedObject;
}

/**
 * How n8n's helper must respond: any status, no redirects, and as a stream. It does not limit the length
 * (request.js of @n8n/backend-network), and its timeout ends where the response begins.
 */
function answerOptions(timeoutMs: number) {
	return {
		// Ours comes before it.
		timeout: timeoutMs + 1_000,
		// n8n would send a 401 a second time if it were thrown (authentication.js of n8n-core 2.41.1).
		ignoreHttpStatusErrors: true,
		returnFullResponse: true,
		disableFollowRedirect: true,
		encoding: 'stream',
	} as const satisfies Partial<IHttpRequestOptions>;
}

/**
 * The header with the key is added by n8n's helper, from the credential; a body that must hold it too gets it here and
 * nowhere before.
 */
function optionsOf(request: HttpRequest, apiKey: string): IHttpRequestOptions {
	const { method, url, headers, timeoutMs } = request;
	return { method, url, body: bodyWithKey(request, apiKey), headers: { ...headers }, ...answerOptions(timeoutMs) };
}

/**
 * What came of a call for which n8n's helper threw. n8n's own guard against private addresses refuses a call before it
 * leaves, and without a code (ssrf-protection.service.js of @n8n/backend-network).
 */
function outcomeOfThrown(error: unknown): NoAnswer {
	const outcome = outcomeOfFault(error);
	const names = [error, error instanceof Error ? error.cause : undefined].map((one) =>
		one instanceof Error ? one.name : '',
	);
	return names.some((name) => name.startsWith('SsrfBlocked'))
		? { ...outcome, arrived: 'no', code: 'BLOCKED', message: 'n8n does not let calls through to this address' }
		: outcome;
}

/**
 * The context to call n8n's helper with. The helper puts the signal of the execution into every call, which would cut
 * off what has left when a user stops the workflow (authentication.js of n8n-core 2.41.1): it gets the signal of the
 * call
 * in its place, in contexts that have none as well.
 */
function callerOf(context: Context, signal: AbortSignal): Context {
	return Object.create(context, { getExecutionCancelSignal: { value: () => signal } }) as Context;
}

/**
 * Does something that ends after its time at the latest.
 * @returns the outcome, or a timeout if the outcome is unknown
 */
async function inTime<T extends object>(
	{ timeoutMs, signal }: Pick<HttpRequest, 'timeoutMs' | 'signal'>,
	work: (signal: AbortSignal) => Promise<T | NoAnswer>,
): Promise<T | NoAnswer> {
	const deadline = AbortSignal.timeout(timeoutMs);
	const outcome = await work(signal ? AbortSignal.any([signal, deadline]) : deadline).catch(outcomeOfThrown);
	const isLate = 'arrived' in outcome && outcome.arrived === 'unknown' && deadline.aborted && !signal?.aborted;
	return isLate
		? { answered: false, arrived: 'unknown', code: 'ETIMEDOUT', message: `No answer within ${timeoutMs / 1000} s` }
		: outcome;
}

/** Makes one call. */
export function send({ context, data }: Caller, request: HttpRequest): Promise<HttpOutcome> {
	const credentialsDecrypted = { id: '', name: CREDENTIAL, type: CREDENTIAL, data };
	return inTime(request, async (signal) => {
		const answer: IN8nHttpFullResponse = await context.helpers.httpRequestWithAuthentication.call(
			callerOf(context, signal),
			CREDENTIAL,
			optionsOf(request, String(data['apiKey'] ?? '')),
			{ credentialsDecrypted },
		);
		return readAnswer(answer, signal);
	});
}

/** Fetches a file that an answer points to, without the key. */
export function download({ helpers }: Context, request: FileRequest): Promise<FileOutcome> {
	return inTime(request, async (signal) => {
		const answer: IN8nHttpFullResponse = await helpers.httpRequest({
			method: 'GET',
			url: request.url,
			abortSignal: signal,
			...answerOptions(request.timeoutMs),
		});
		return readFile(answer, request.mostBytes, signal);
	});
}
