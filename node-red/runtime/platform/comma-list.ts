/** The parts of a text that are separated by commas; none in anything but a text. */
export function commaList(text: unknown): string[] {
	return typeof text === 'string'
		? text
				.split(',')
				.map((part) => part.trim())
				.filter((part) => part !== '')
		: [];
}
