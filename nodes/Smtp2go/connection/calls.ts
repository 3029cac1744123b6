/** Makes calls with n8n's HTTP helper, which adds the API key. Each call has a deadline and a limit on its response. */
import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	IHookFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IN8nHttpFullResponse,
	IPollFunctions,
	ITriggerFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';
import {
	bodyWithKey,
	outcomeOfFault,
	type FileOutcome,
	type FileRequest,
	type HttpOutcome,
	type HttpRequest,
	type NoResponse,
} from '../../../api';
import { readFileResponse, readResponse } from './response';

/** The name of the credential type, as nodes and helpers ask for it. */
export const CREDENTIAL = 'smtp2goApi';

/**
 * The contexts that call SMTP2GO: a run, the life cycle of a webhook, a request to one, a trigger's timer or poll, a
 * list in the editor.
 */
export type Context =
	| IExecuteFunctions
	| IHookFunctions
	| ILoadOptionsFunctions
	| IPollFunctions
	| ITriggerFunctions
	| IWebhookFunctions;

/** A context with the credential of the current item. */
export interface Caller {
	readonly context: Context;
	/**
	 * Passed to the helper, which otherwise reads the credential of the first item for every item (authentication.js of
	 * n8n-core 2.41.1). An expression in the credential would then send all items with one key.
	 */
	readonly data: ICredentialDataDecryptedObject;
}

/**
 * Options for n8n's helper: any status, no redirects, and a stream. The helper limits no length (request.js of
 * @n8n/backend-network), and its timeout covers only the time until the response starts.
 */
function responseOptions(timeoutMs: number) {
	return {
		// Our own deadline ends first.
		timeout: timeoutMs + 1_000,
		// n8n sends a call again if a 401 is thrown (authentication.js of n8n-core 2.41.1).
		ignoreHttpStatusErrors: true,
		returnFullResponse: true,
		disableFollowRedirect: true,
		encoding: 'stream',
	} as const satisfies Partial<IHttpRequestOptions>;
}

/** The request for n8n's helper, which adds the key's header. A body that needs the key gets it only here. */
function requestOptions(request: HttpRequest, apiKey: string): IHttpRequestOptions {
	const { method, url, headers, timeoutMs } = request;
	return { method, url, body: bodyWithKey(request, apiKey), headers: { ...headers }, ...responseOptions(timeoutMs) };
}

/**
 * The outcome of a call for which n8n's helper threw. n8n can block private addresses: it then throws before the call
 * leaves, without a code (ssrf-protection.service.js of @n8n/backend-network).
 */
function outcomeOfThrown(error: unknown): NoResponse {
	const outcome = outcomeOfFault(error);
	const names = [error, error instanceof Error ? error.cause : undefined].map((one) =>
		one instanceof Error ? one.name : '',
	);
	return names.some((name) => name.startsWith('SsrfBlocked'))
		? { ...outcome, arrived: 'no', code: 'BLOCKED', message: 'n8n blocks calls to this address' }
		: outcome;
}

/**
 * The context for n8n's helper. The helper adds the execution's signal to every call, which would cut off a call that
 * has left when a user stops the workflow (authentication.js of n8n-core 2.41.1). It gets the call's own signal
 * instead, also in contexts that have none.
 */
function contextWithSignal(context: Context, signal: AbortSignal): Context {
	return Object.create(context, { getExecutionCancelSignal: { value: () => signal } }) as Context;
}

/**
 * Does something that ends at its deadline at the latest.
 * @returns the outcome, or a timeout if the outcome is unknown
 */
async function withDeadline<T extends object>(
	{ timeoutMs, signal }: Pick<HttpRequest, 'timeoutMs' | 'signal'>,
	work: (signal: AbortSignal) => Promise<T | NoResponse>,
): Promise<T | NoResponse> {
	const deadline = AbortSignal.timeout(timeoutMs);
	const outcome = await work(signal ? AbortSignal.any([signal, deadline]) : deadline).catch(outcomeOfThrown);
	const isLate = 'arrived' in outcome && outcome.arrived === 'unknown' && deadline.aborted && !signal?.aborted;
	return isLate
		? {
				answered: false,
				arrived: 'unknown',
				code: 'ETIMEDOUT',
				message: `No response within ${timeoutMs / 1000} s`,
			}
		: outcome;
}

/** Makes one call. */
export function send({ context, data }: Caller, request: HttpRequest): Promise<HttpOutcome> {
	const credentialsDecrypted = { id: '', name: CREDENTIAL, type: CREDENTIAL, data };
	return withDeadline(request, async (signal) => {
		const response: IN8nHttpFullResponse = await context.helpers.httpRequestWithAuthentication.call(
			contextWithSignal(context, signal),
			CREDENTIAL,
			requestOptions(request, String(data['apiKey'] ?? '')),
			{ credentialsDecrypted },
		);
		return readResponse(response, signal);
	});
}

/** Downloads a file that a response points to, without the key. */
export function download({ helpers }: Context, request: FileRequest): Promise<FileOutcome> {
	return withDeadline(request, async (signal) => {
		const response: IN8nHttpFullResponse = await helpers.httpRequest({
			method: 'GET',
			url: request.url,
			abortSignal: signal,
			...responseOptions(request.timeoutMs),
		});
		return readFileResponse(response, request.mostBytes, signal);
	});
}
