/**
 * Counts the units that a text message is charged as (3GPP TS 23.038 and 23.040): 160 characters in one unit or 153 in
 * each of several, if all are in the alphabet of GSM-7, otherwise 70 or 67 code units of UCS-2.
 */

/** The basic alphabet of GSM-7, each one septet. */
const BASIC = new Set(
	'@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
		'¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
/** The extension table, each an escape and a septet. They stay together in one unit. */
const EXTENDED = new Set('\f^{}\\[~]|€');

/** The length of a text message. */
export interface SmsLength {
	/** How many messages it is charged as. 0 for an empty text. */
	readonly units: number;
	readonly encoding: 'GSM-7' | 'UCS-2';
}

/** Returns how many units a row of characters fills. @param sizes of the characters, none of which is split */
function unitsOf(sizes: readonly number[], single: number, part: number): number {
	const total = sizes.reduce((sum, size) => sum + size, 0);
	if (total === 0) return 0;
	if (total <= single) return 1;
	let units = 1;
	let used = 0;
	for (const size of sizes) {
		if (used + size > part) {
			units++;
			used = 0;
		}
		used += size;
	}
	return units;
}

/** True if all characters are in the alphabet of GSM-7. */
function isGsm(text: string): boolean {
	return [...text].every((character) => BASIC.has(character) || EXTENDED.has(character));
}

/** Returns the units and the encoding of a text message. */
export function smsLength(text: string): SmsLength {
	const characters = [...text];
	return isGsm(text)
		? {
				units: unitsOf(
					characters.map((one) => (EXTENDED.has(one) ? 2 : 1)),
					160,
					153,
				),
				encoding: 'GSM-7',
			}
		: {
				units: unitsOf(
					characters.map(({ length }) => length),
					70,
					67,
				),
				encoding: 'UCS-2',
			};
}

/** Typographic characters outside GSM-7, by what replaces them. Letters are not replaced: that would change words. */
const PLAIN: readonly (readonly [string, RegExp])[] = [
	['"', /[\u00ab\u00bb\u201c-\u201f\u2033\uff02]/],
	["'", /[\u0060\u00b4\u02b9\u02bb-\u02bd\u2018-\u201b\u2032\u2039\u203a\uff07]/],
	['-', /[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]/],
	['...', /\u2026/],
	['*', /[\u2022\u25cf\u25aa]/],
	['\n', /[\u0085\u2028\u2029]/],
	[' ', /[\t\p{Zs}]/u],
	['', /[\p{Cf}\p{Default_Ignorable_Code_Point}]/u],
];

/** A character with the combining marks that belong to it. */
const CLUSTERS = /\P{M}\p{M}*|\p{M}+/gu;

/** Returns one character of GSM-7 or several for a character that is typographic, or undefined. */
function plainOf(cluster: string): string | undefined {
	const composed = cluster.normalize('NFC');
	if (isGsm(composed)) return composed;
	return PLAIN.find(([, typographic]) => [...composed].length === 1 && typographic.test(composed))?.[0];
}

/** A character that makes a text message need UCS-2, and the characters of GSM-7 that can replace it. */
export interface UnicodeCharacter {
	readonly character: string;
	readonly replacement: string | undefined;
}

/** Returns the characters outside GSM-7, each once and in the order of the text. */
export function unicodeCharacters(text: string): UnicodeCharacter[] {
	const others = new Set((text.match(CLUSTERS) ?? []).filter((cluster) => !isGsm(cluster)));
	return [...others].map((character) => ({ character, replacement: plainOf(character) }));
}

/**
 * Returns the text with typographic characters replaced, if it then fits GSM-7. Otherwise it would still be charged as
 * UCS-2, so it is returned unchanged.
 */
export function plainText(text: string): string {
	if (isGsm(text)) return text;
	const plain = text.replace(CLUSTERS, (cluster) => (isGsm(cluster) ? cluster : (plainOf(cluster) ?? cluster)));
	return isGsm(plain) ? plain : text;
}

/**
 * Returns the units that a text message would have without the few characters that need UCS-2: replaced by their
 * replacements, or each counted as one character of GSM-7. For a text that is mostly in another script, its own units.
 */
export function unitsWithoutUnicode(text: string): number {
	const clusters = text.match(CLUSTERS) ?? [];
	const others = clusters.filter((cluster) => !isGsm(cluster));
	if (others.length * 2 > clusters.length) return smsLength(text).units;
	return smsLength(clusters.map((cluster) => (isGsm(cluster) ? cluster : (plainOf(cluster) ?? '?'))).join('')).units;
}
