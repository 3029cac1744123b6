/** n8n as the host of the client: its HTTP helper adds the key, its own pause waits. */
import { sleep, type ICredentialDataDecryptedObject, type IExecuteFunctions, type IHookFunctions, type IHttpRequestOptions, type ILoadOptionsFunctions, type IN8nHttpFullResponse } from 'n8n-workflow';
import { baseUrlOf, bodyWithKey, outcomeOfFault, type Connection, type Host, type HttpRequest, type HttpOutcome, type Result } from '../../api';
import { givenUp, readAnswer } from './answer';

/** The name of the credential type, as nodes and helpers ask for it. */
export const CREDENTIAL = 'smtp2goApi';

/** The contexts from which SMTP2GO is called: an item, a hook's life cycle, a list in the editor. */
export type Context = IExecuteFunctions | IHookFunctions | ILoadOptionsFunctions;

/** The header with the key is added by n8n's helper, from the credential; a body that must hold it too gets it here and nowhere before. */
function optionsOf(request: HttpRequest, apiKey: string): IHttpRequestOptions {
	const { method, url, headers, timeoutMs } = request;
	return {
		method, url,
		body: bodyWithKey(request, apiKey),
		headers: { ...headers },
		// Only for a pause of so long, and until the answer begins: the deadline for the whole call comes before it.
		timeout: timeoutMs + 1_000,
		// Every status is an answer. n8n would send a 401 a second time if it were thrown (authentication.js of n8n-core 2.41.1).
		ignoreHttpStatusErrors: true,
		returnFullResponse: true,
		disableFollowRedirect: true,
		// Its limit of length is off (request.js of @n8n/backend-network), and its memory is full before we see a text.
		encoding: 'stream',
	};
}

/** What came of a call for which n8n's helper threw. n8n's own guard against private addresses refuses a call before it leaves, and without a code (ssrf-protection.service.js of @n8n/backend-network). */
function outcomeOfThrown(error: unknown): HttpOutcome {
	const outcome = outcomeOfFault(error);
	const names = [error, error instanceof Error ? error.cause : undefined].map((one) => (one instanceof Error ? one.name : ''));
	return names.some((name) => name.startsWith('SsrfBlocked')) ? { ...outcome, answered: false, arrived: 'no', code: 'BLOCKED', message: 'n8n does not let calls through to this address' } : outcome;
}

/** Milliseconds since this process started, by a clock that nobody can set. */
export function monotonic(): number {
	return performance.now();
}

/** Milliseconds between two looks whether the workflow was stopped: n8n's pause itself cannot be cut short. */
const SLICE = 200;

/** Waits, and hardly longer than until the workflow is stopped. */
async function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
	for (let left = milliseconds; left > 0 && !signal?.aborted; left -= SLICE) await sleep(Math.min(left, SLICE));
}

/**
 * The context to call n8n's helper with. The helper puts the signal of the execution into every call, which would cut
 * off what has left when a user stops the workflow (authentication.js of n8n-core 2.41.1): it gets the signal of the call
 * in its place, in contexts that have none as well.
 */
function callerOf(context: Context, signal: AbortSignal): Context {
	return Object.create(context, { getExecutionCancelSignal: { value: () => signal } }) as Context;
}

/** What a call needs beside its request. */
interface Caller {
	readonly context: Context;
	/**
	 * The credential of the item: left to itself the helper would look it up again, and always for the first item
	 * (authentication.js of n8n-core 2.41.1), so that an expression in it would send every item with one key.
	 */
	readonly data: ICredentialDataDecryptedObject;
}

async function outcomeOf({ context, data }: Caller, request: HttpRequest, signal: AbortSignal): Promise<HttpOutcome> {
	const credentialsDecrypted = { id: '', name: CREDENTIAL, type: CREDENTIAL, data };
	try {
		const answer: IN8nHttpFullResponse = await context.helpers.httpRequestWithAuthentication.call(callerOf(context, signal), CREDENTIAL, optionsOf(request, String(data['apiKey'] ?? '')), { credentialsDecrypted });
		return await readAnswer(answer, signal);
	} catch (error) {
		return outcomeOfThrown(error);
	}
}

/** One call, with a deadline for all of it: n8n's own limit of time ends where the answer begins. */
async function send(caller: Caller, request: HttpRequest): Promise<HttpOutcome> {
	const deadline = AbortSignal.timeout(request.timeoutMs);
	const outcome = await outcomeOf(caller, request, request.signal ? AbortSignal.any([request.signal, deadline]) : deadline);
	const isLate = !outcome.answered && outcome.arrived === 'unknown' && deadline.aborted && !request.signal?.aborted;
	return isLate ? givenUp('ETIMEDOUT', `No answer within ${request.timeoutMs / 1000} s`) : outcome;
}

/** The host for one context and credential. */
function hostOf(caller: Caller): Host {
	return { send: (request) => send(caller, request), sleep: pause, now: () => Date.now(), monotonic, random: () => Math.random() };
}

/** A connection and the key that it calls with. */
export interface Connected {
	readonly connection: Connection;
	readonly apiKey: string;
}

/**
 * A connection with the node's credential.
 * @param signal of an execution that a user may stop
 * @returns with the key, by which items of different accounts are told apart; an error when the credential names no
 *   region or no usable base URL
 */
export async function connectItem(context: Context, itemIndex?: number, signal?: AbortSignal): Promise<Result<Connected>> {
	const data = await context.getCredentials(CREDENTIAL, itemIndex);
	const { region, baseUrl, apiKey } = data;
	const base = baseUrlOf(String(region ?? ''), typeof baseUrl === 'string' ? baseUrl : undefined);
	return base.ok ? { ok: true, value: { connection: { host: hostOf({ context, data }), baseUrl: base.value, signal }, apiKey: String(apiKey ?? '') } } : base;
}

/** The connection alone. */
export async function connect(context: Context): Promise<Result<Connection>> {
	const connected = await connectItem(context);
	return connected.ok ? { ok: true, value: connected.value.connection } : connected;
}
