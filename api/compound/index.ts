/** Carries out the compound operations: reads the values of each entry, and runs those that are valid together. */
import type { CompoundKey } from '../catalogue/compound';
import type { CompoundOperation } from '../catalogue/types';
import { runCheckRecipients, runCheckSetup } from '../check/run';
import type { Connection } from '../client/call';
import type { JsonObject } from '../core/json';
import { success, type Result } from '../core/result';
import type { WireObject } from '../files/wire';
import { runWaitForDelivery } from '../outcome/run';
import { runDeliverabilityReport } from '../report/run';
import { readInput } from '../request/build';

/** How a host runs a compound operation. */
export interface CompoundOptions {
	/** True if the host stops at the first error, which makes the records of all other entries worthless. */
	readonly stops: boolean;
}

/**
 * Carries out a compound operation.
 * @param entries the values of each entry, read and checked. In n8n, there is an entry for each item
 * @returns the records of each entry, in order. Entries may share calls. Never rejects
 */
export type RunCompound = (
	connection: Connection,
	entries: readonly WireObject[],
	options: CompoundOptions,
) => Promise<readonly Result<readonly JsonObject[]>[]>;

/** The outcome of an entry that a run forgot. */
const nothing: Result<readonly JsonObject[]> = success([]);

/** How each compound operation is carried out, by its key. */
const runs: Readonly<Record<CompoundKey, RunCompound>> = {
	waitForDelivery: runWaitForDelivery,
	checkRecipients: runCheckRecipients,
	checkSetup: runCheckSetup,
	deliverabilityReport: runDeliverabilityReport,
};

/**
 * Carries out a compound operation for one or more entries.
 * @param entries by API field name; `undefined` and `null` mean not set
 * @param options if the host stops at the first error, nothing runs if an entry is invalid
 * @returns the records of each entry, in order. An entry with an invalid value has an `invalid` error, and the others
 * run unless the host stops
 */
export async function runCompound(
	connection: Connection,
	operation: CompoundOperation,
	entries: readonly Readonly<Record<string, unknown>>[],
	options: CompoundOptions = { stops: false },
): Promise<readonly Result<readonly JsonObject[]>[]> {
	const run = runs[operation.key as CompoundKey];
	const read = entries.map((values) => readInput(operation, values, connection.host.now()));
	if (options.stops && read.some(({ ok }) => !ok)) return read.map((one) => (one.ok ? nothing : one));
	const valid = read.flatMap((one) => (one.ok ? [one.value] : []));
	const outcomes = (await run(connection, valid, options)).values();
	return read.map((one) => (one.ok ? (outcomes.next().value ?? nothing) : one));
}
