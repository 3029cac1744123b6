/** The plainest host there is, Node's own fetch, and the catalogue's operations through it. */
import {
	findOperation,
	outcomeOfFault,
	run,
	type Connection,
	type Host,
	type Json,
	type Operation,
	type Outcome,
	type Result,
} from '../../../api';
import { DEMO_API_KEY, type Simulator } from '../../../simulator';

function plainHost(apiKey: string): Host {
	return {
		send: async ({ method, url, headers, body, timeoutMs }) => {
			try {
				const response = await fetch(url, {
					method,
					headers: { ...headers, 'X-Smtp2go-Api-Key': apiKey },
					body,
					redirect: 'manual',
					signal: AbortSignal.timeout(timeoutMs),
				});
				return {
					answered: true,
					status: response.status,
					headers: Object.fromEntries(response.headers),
					text: await response.text(),
				};
			} catch (error) {
				return outcomeOfFault(error);
			}
		},
		sleep: async () => undefined,
		now: () => Date.now(),
		monotonic: () => performance.now(),
		random: () => 0,
	};
}

/** A connection to the simulator. */
export function connectionTo({ apiUrl }: Simulator, apiKey = DEMO_API_KEY): Connection {
	return { host: plainHost(apiKey), baseUrl: apiUrl };
}

/** An operation by its name, as in `email.send`. */
export function operationNamed(name: string): Operation {
	const [resource = '', key = ''] = name.split('.');
	const operation = findOperation(resource, key);
	if (!operation) throw new Error(`no ${name}`);
	return operation;
}

/** Runs an operation and tells what came of it. */
export function outcomeOf(by: Connection, name: string, values: Record<string, unknown>): Promise<Result<Outcome>> {
	return run(by, operationNamed(name), values);
}

/**
 * Runs an operation that must work.
 * @throws the error where it did not
 */
export async function resultOf(by: Connection, name: string, values: Record<string, unknown>): Promise<Json> {
	const done = await outcomeOf(by, name, values);
	if (!done.ok) throw done.error;
	return done.value.result;
}
