/** How deep JSON from outside may be nested: what walks it calls itself level by level, and a stack has an end. */

/** Far more levels than SMTP2GO's answers and deliveries have, and far fewer than a stack holds. */
const MAX_LEVELS = 100;

/**
 * True for a value that nobody may walk: nested deeper than a hundred levels.
 * @param value parsed JSON, in which no value stands twice
 */
export function isTooDeep(value: unknown): boolean {
	let level: unknown[] = [value];
	for (let depth = 0; level.length > 0; depth++) {
		if (depth > MAX_LEVELS) return true;
		level = level.flatMap((one) =>
			typeof one === 'object' && one !== null
				? Object.values(one).filter((part) => typeof part === 'object' && part !== null)
				: [],
		);
	}
	return false;
}
