/** Accounts at the simulator. */
import { DEMO_API_KEY, startSimulator, type Simulator, type SimulatorOptions } from '../../../simulator';

/** A simulator for the tests of one file, and the credential that belongs to it. */
export interface Account {
	simulator: Simulator;
	credentials: { apiKey: string; region: string; baseUrl: string };
	/** Bodies of the calls to an endpoint, in order. */
	bodies(path: string): Record<string, unknown>[];
}

/** Starts a simulator that answers at once. */
export async function openAccount(options: SimulatorOptions = {}): Promise<Account> {
	const simulator = await startSimulator({ eventDelayMs: 0, timeScale: 450_000, fetchUrls: false, ...options });
	return {
		simulator,
		credentials: { apiKey: DEMO_API_KEY, region: 'custom', baseUrl: simulator.apiUrl },
		bodies: (path) =>
			simulator.state.requests
				.filter((request) => request.path === path)
				.map(({ body }) => JSON.parse(body) as Record<string, unknown>),
	};
}

/**
 * An account for all tests of a file: it opens before the first test, is reset after each, and closes after the last.
 * It can be used only inside tests.
 */
export function useAccount(options: SimulatorOptions = {}): Account {
	let opened: Account | undefined;
	const current = (): Account => {
		if (!opened) throw new Error('The account opens before the first test');
		return opened;
	};
	beforeAll(async () => {
		opened = await openAccount(options);
	});
	afterEach(() => {
		current().simulator.reset();
		current().simulator.clearFaults();
	});
	afterAll(() => current().simulator.stop());
	return {
		get simulator() {
			return current().simulator;
		},
		get credentials() {
			return current().credentials;
		},
		bodies: (path) => current().bodies(path),
	};
}
