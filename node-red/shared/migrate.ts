/** Brings a saved node to the form that this version of the package reads. */

/** A saved node, of any type and age. */
export interface Versioned {
	readonly version?: number;
}

/** Steps by the version they start from: the step at 1 makes a node of version 2 of it. */
export type Steps<T> = Readonly<Record<number, (def: T) => T>>;

/**
 * Runs the steps that a saved node still needs. A node without a version, or with one that the editor never wrote
 * (`"1"`,
 * 0), was written by hand and has this version; a node with a later version than this package knows is not changed.
 * @returns the node and its version; never changes the given one, which Node-RED still holds
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
