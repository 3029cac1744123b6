/** Counts the calls of an operation that makes several, so that its result can say how many it took. */
import type { Connection } from './call';
import type { Host } from './transport';

/**
 * Returns a connection that counts the calls that leave, retries included.
 * @returns `count` is the number of calls so far
 */
export function countCalls(connection: Connection): { readonly connection: Connection; readonly count: () => number } {
	const { host } = connection;
	let calls = 0;
	const send: Host['send'] = (request) => {
		calls++;
		return host.send(request);
	};
	const counting = Object.create(host, { send: { value: send } }) as Host;
	return { connection: { ...connection, host: counting }, count: () => calls };
}
