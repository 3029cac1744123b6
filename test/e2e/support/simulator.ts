/** The simulator for whole hosts: on a busy machine what it waits for comes late. */
import { startSimulator, type Simulator, type SimulatorOptions } from '../../../simulator';

/** Starts a simulator whose `waitFor` waits for up to two minutes. */
export async function openSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
	const simulator = await startSimulator(options);
	const { waitFor } = simulator;
	return Object.assign(simulator, {
		waitFor: <T>(...[predicate, more]: Parameters<typeof waitFor<T>>) =>
			waitFor(predicate, { timeoutMs: 120_000, ...more }),
	});
}
