/** Limits how deep JSON from outside may be nested, because recursion on it uses the stack. */

/** Far more levels than SMTP2GO's responses and deliveries have, and far fewer than the stack allows. */
const MAX_LEVELS = 100;

/**
 * True for a value that is nested too deeply to be walked: more than a hundred levels.
 * @param value parsed JSON, in which no object occurs twice
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
