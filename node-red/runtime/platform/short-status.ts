/** Sentences as a node's status shows them: there is little room, and the log has the rest. */

/** Maximum length of a status in characters. */
const STATUS_LENGTH = 80;

/** The first sentence of a message, or its beginning. */
export function shortened(message: string): string {
	// An abbreviation such as "z. B." does not end a sentence.
	const [text = ''] = message.split(/(?<=\S\S[.!?]) |(?<=[。！？])/);
	return text.length > STATUS_LENGTH ? `${text.slice(0, STATUS_LENGTH - 1)}…` : text;
}
