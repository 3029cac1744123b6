/** n8n as the host of the client: its HTTP helper calls, its own pause waits. */
import { sleep } from 'n8n-workflow';
import { baseUrlOf, type Connection, type Host, type Result } from '../../../api';
import { CREDENTIAL, download, send, type Caller, type Context } from './calls';

export { CREDENTIAL, type Context } from './calls';

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

/** The host for one context and credential. */
function hostOf(caller: Caller): Host {
	return {
		send: (request) => send(caller, request),
		download: (request) => download(caller.context, request),
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
					connection: { host: hostOf({ context, data }), baseUrl: base.value, signal },
					apiKey: String(apiKey ?? ''),
				},
			}
		: base;
}

/** The connection alone. */
export async function connect(context: Context): Promise<Result<Connection>> {
	const connected = await connectItem(context);
	return connected.ok ? { ok: true, value: connected.value.connection } : connected;
}
