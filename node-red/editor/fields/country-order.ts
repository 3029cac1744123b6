/** The order of the countries in a list, which are named in the language of the editor. */

/** The key of the messages of a field whose choices are countries. */
const COUNTRIES = 'common.own.defaultCountry';

/**
 * Sorts choices by their labels if they are countries. All other choices keep the order of the catalogue.
 * @param text key of the field's messages
 * @param language of the editor, such as `de`
 */
export function ordered<Choice extends { readonly label: string }>(
	choices: readonly Choice[],
	text: string,
	language: string,
): Choice[] {
	if (text !== COUNTRIES) return [...choices];
	const { compare } = new Intl.Collator(language);
	return [...choices].sort((one, other) => compare(one.label, other.label));
}
