/**
 * What nearly every test of Node-RED needs: a simulator, HTTP nodes that are reachable, and a clean start for each
 * test.
 */
import { startSimulator, type Simulator } from '../../../simulator';
import { deleteAll, forgetAll, unload, Web } from './node-red';

/** What runs while the tests of a file run. */
export interface Started {
	readonly simulator: Simulator;
	readonly web: Web;
}

/** How it is started, and what each test leaves behind. */
export interface Setup {
	readonly simulator?: Parameters<typeof startSimulator>[0];
	readonly layout?: Parameters<typeof Web.start>[0];
	/**
	 * True if each test deletes its account and triggers at the end, so that the next one begins without their memory.
	 */
	readonly deletesAll?: boolean;
}

/**
 * Starts a simulator and Node-RED's HTTP nodes before the tests of a file, and stops both after them. After each test,
 * stops the flows and resets the simulator.
 * @param take gets what was started, before the first test
 */
export function useNodeRed(take: (started: Started) => void, setup: Setup = {}): void {
	let started: Started;
	beforeAll(async () => {
		const simulator = await startSimulator({ eventDelayMs: 0, ...setup.simulator });
		started = { simulator, web: await Web.start(setup.layout) };
		take(started);
	});
	afterEach(async () => {
		// Before the last deploy: it calls SMTP2GO.
		started.simulator.clearFaults();
		if (setup.deletesAll) await deleteAll();
		await unload();
		if (setup.deletesAll) await forgetAll();
		started.simulator.reset();
	});
	afterAll(async () => {
		await started.web.stop();
		await started.simulator.stop();
	});
}
