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

/** Returns the units and the encoding of a text message. */
export function smsLength(text: string): SmsLength {
	const characters = [...text];
	const isGsm = characters.every((character) => BASIC.has(character) || EXTENDED.has(character));
	return isGsm
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
