/** Migrates a saved node to the version that this package reads. */

/** A saved node, of any type and age. */
export interface Versioned {
	readonly version?: number;
}

/** Steps by the version that they start from: step 1 makes version 2 of a node of version 1. */
export type Steps<T> = Readonly<Record<number, (def: T) => T>>;

/**
 * Runs the steps that a saved node still needs. A node without a version, or with one that the editor never writes
 * (`"1"`, 0), was written by hand and has this version. A node of a later version is not changed.
 * @returns a copy of the node with its version, since Node-RED keeps the given one
 */
export function migrate<T extends Versioned>(def: T, steps: Steps<T>): T {
	const last = Object.keys(steps).length + 1;
	const { version: saved = last } = def;
	let current = { ...def, version: Number.isSafeInteger(saved) && saved >= 1 ? saved : last };
	for (let version = current.version; version < last; version++) {
		const step = steps[version];
		if (step) current = { ...step(current), version: version + 1 };
	}
	return current;
}
