/** The character sets that a password can use, with their sizes. */
const KINDS: [RegExp, number][] = [
	[/[a-z]/, 26],
	[/[A-Z]/, 26],
	[/\d/, 10],
	[/[^a-zA-Z\d]/, 33],
];

/** How hard a password is to guess, in bits; the API demands 64. How the live service reckons is not known. */
export function entropyOf(password: string): number {
	const alphabet = KINDS.reduce((sum, [kind, size]) => sum + (kind.test(password) ? size : 0), 0);
	return password === '' ? 0 : password.length * Math.log2(alphabet);
}
