/** n8n as the host of the client: its HTTP helper adds the key, its own pause waits. */
import { sleep, type ICredentialDataDecryptedObject, type IExecuteFunctions, type IHookFunctions, type IHttpRequestOptions, type ILoadOptionsFunctions, type IN8nHttpFullResponse } from 'n8n-workflow';
import { baseUrlOf, bodyWithKey, outcomeOfFault, type Connection, type FileOutcome, type FileRequest, type Host, type HttpRequest, type HttpOutcome, type NoAnswer, type Result } from '../../api';

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
		timeout: timeoutMs,
		// Every status is an answer. n8n would send a 401 a second time if it were thrown (authentication.js of n8n-core 2.41.1).
		ignoreHttpStatusErrors: true,
		returnFullResponse: true,
		disableFollowRedirect: true,
		encoding: 'text',
	};
}

function outcomeOf({ statusCode, headers, body }: IN8nHttpFullResponse): HttpOutcome {
	return {
		answered: true,
		status: statusCode,
		headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)])),
		text: typeof body === 'string' ? body : '',
	};
}

/** A body that comes piece by piece. */
type Stream = Extract<IN8nHttpFullResponse['body'], { destroy: unknown }>;

function isStream(body: IN8nHttpFullResponse['body']): body is Stream {
	return typeof body === 'object' && body !== null && Symbol.asyncIterator in body && 'destroy' in body;
}

/** Reads a stream to its end, or as far as it may go. */
async function bytesOf(stream: Stream, { mostBytes, timeoutMs, signal }: FileRequest): Promise<FileOutcome & { answered: false } | Buffer> {
	const over = new AbortController();
	const chunks: Buffer[] = [];
	let length = 0;
	void pause(timeoutMs, over.signal).then(() => { if (!over.signal.aborted) stream.destroy(new Error(`The file did not come within ${timeoutMs / 1000} s`)); });
	try {
		for await (const chunk of stream) {
			length += (chunk as Buffer).length;
			if (length > mostBytes || signal?.aborted) return { answered: false, code: signal?.aborted ? 'ECANCELED' : 'EMSGSIZE', message: `The file has more than ${mostBytes} bytes` };
			chunks.push(chunk as Buffer);
		}
		return Buffer.concat(chunks);
	} finally {
		over.abort();
		stream.destroy();
	}
}

/** Fetches a file that an answer points to, without the key. A stream, since n8n's helper has no limit of size. */
async function download({ helpers }: Context, request: FileRequest): Promise<FileOutcome> {
	try {
		const { statusCode: status, body }: IN8nHttpFullResponse = await helpers.httpRequest({
			method: 'GET', url: request.url, timeout: request.timeoutMs, encoding: 'stream', returnFullResponse: true, ignoreHttpStatusErrors: true, disableFollowRedirect: true,
		});
		if (!isStream(body)) return { answered: true, status, bytes: Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : '') };
		const bytes = await bytesOf(body, request);
		return Buffer.isBuffer(bytes) ? { answered: true, status, bytes } : bytes;
	} catch (thrown) {
		return outcomeOfThrown(thrown);
	}
}

/** What came of a call for which n8n's helper threw. n8n's own guard against private addresses refuses a call before it leaves, and without a code (ssrf-protection.service.js of @n8n/backend-network). */
function outcomeOfThrown(error: unknown): NoAnswer {
	const outcome = outcomeOfFault(error);
	const names = [error, error instanceof Error ? error.cause : undefined].map((one) => (one instanceof Error ? one.name : ''));
	return names.some((name) => name.startsWith('SsrfBlocked')) ? { ...outcome, arrived: 'no', code: 'BLOCKED', message: 'n8n does not let calls through to this address' } : outcome;
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
 * off what has left when a user stops the workflow (authentication.js of n8n-core 2.41.1): only a call that may be cut
 * off gets to see it.
 */
function callerOf(context: Context, request: HttpRequest): Context {
	return request.signal ? context : Object.create(context, { getExecutionCancelSignal: { value: () => undefined } }) as Context;
}

/**
 * The host for one context.
 * @param data the credential of the item: left to itself the helper would look it up again, and always for the first
 *   item (authentication.js of n8n-core 2.41.1), so that an expression in it would send every item with one key
 */
function hostOf(context: Context, data: ICredentialDataDecryptedObject): Host {
	const credentialsDecrypted = { id: '', name: CREDENTIAL, type: CREDENTIAL, data };
	return {
		async send(request) {
			try {
				const answer: IN8nHttpFullResponse = await context.helpers.httpRequestWithAuthentication.call(callerOf(context, request), CREDENTIAL, optionsOf(request, String(data['apiKey'] ?? '')), { credentialsDecrypted });
				return outcomeOf(answer);
			} catch (error) {
				return outcomeOfThrown(error);
			}
		},
		download: (request) => download(context, request),
		sleep: pause,
		now: () => Date.now(),
		monotonic,
		random: () => Math.random(),
	};
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
	return base.ok ? { ok: true, value: { connection: { host: hostOf(context, data), baseUrl: base.value, signal }, apiKey: String(apiKey ?? '') } } : base;
}

/** The connection alone. */
export async function connect(context: Context): Promise<Result<Connection>> {
	const connected = await connectItem(context);
	return connected.ok ? { ok: true, value: connected.value.connection } : connected;
}
