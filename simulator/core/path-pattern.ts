/** Patterns of API paths, as faults and permissions of keys name them. */

/** Returns whether a path fits a pattern. `*` matches anything. */
export function matches(pattern: string, path: string): boolean {
	const expression = pattern
		.split('*')
		.map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
		.join('.*');
	return new RegExp(`^${expression}$`).test(path);
}
