/** Lists separated by commas, as dialogs save them. */

/** The entries of a list separated by commas; none for anything but a string. */
export function commaList(text: unknown): string[] {
	return typeof text === 'string'
		? text
				.split(',')
				.map((part) => part.trim())
				.filter((part) => part !== '')
		: [];
}
