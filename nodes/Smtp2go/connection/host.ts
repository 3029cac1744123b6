/** n8n as the host of the SMTP2GO client: its HTTP helper makes the calls, its `sleep` waits. */
import { sleep } from 'n8n-workflow';
import { baseUrlOf, keyNameOf, type Connection, type Host, type Result } from '../../../api';
import { CREDENTIAL, download, send, type Caller, type Context } from './calls';

export { CREDENTIAL, type Context } from './calls';

/** Milliseconds since this process started, by a clock that nobody can set. */
export function monotonic(): number {
	return performance.now();
}

/** How often a wait checks whether the workflow was stopped, in milliseconds: n8n's `sleep` cannot be cancelled. */
const SLICE_MS = 200;

/** Waits, but little longer than until the workflow is stopped. */
async function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
	for (let left = milliseconds; left > 0 && !signal?.aborted; left -= SLICE_MS) await sleep(Math.min(left, SLICE_MS));
}

/** The host for one context and credential. */
function createHost(caller: Caller): Host {
	return {
		send: (request) => send(caller, request),
		download: (request) => download(caller.context, request),
		sleep: pause,
		now: () => Date.now(),
		monotonic,
		random: () => Math.random(),
		get timeZone() {
			return caller.context.getTimezone();
		},
	};
}

/** A connection and the key that it uses. */
export interface Connected {
	readonly connection: Connection;
	readonly apiKey: string;
}

/**
 * Connects with the credential of an item.
 * @param signal of an execution that a user can stop
 * @returns the connection with its key, which tells items of different accounts apart; or an error if the credential
 *   has no region or no valid base URL
 */
export async function connectItem(
	context: Context,
	itemIndex?: number,
	signal?: AbortSignal,
): Promise<Result<Connected>> {
	const data = await context.getCredentials(CREDENTIAL, itemIndex);
	const { region, baseUrl, apiKey } = data;
	const base = baseUrlOf(String(region ?? ''), typeof baseUrl === 'string' ? baseUrl : undefined);
	return base.ok
		? {
				ok: true,
				value: {
					connection: {
						host: createHost({ context, data }),
						baseUrl: base.value,
						signal,
						keyName: keyNameOf(String(apiKey ?? '')),
					},
					apiKey: String(apiKey ?? ''),
				},
			}
		: base;
}

/** Connects with the node's credential, outside a run. */
export async function connect(context: Context): Promise<Result<Connection>> {
	const connected = await connectItem(context);
	return connected.ok ? { ok: true, value: connected.value.connection } : connected;
}
