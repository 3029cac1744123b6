/** Reads lists as a form gives them. */

/** Returns the entries of a list, or of text with commas or line breaks, without empty ones. */
export function textList(value: unknown): readonly string[] {
	const parts = Array.isArray(value) ? value.map(String) : typeof value === 'string' ? value.split(/[,\n]/) : [];
	return parts.map((part) => part.trim()).filter((part) => part !== '');
}
