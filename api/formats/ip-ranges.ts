/** Checks whether a delivery comes from an allowed address: single addresses and ranges such as 203.0.113.0/24. */

/**
 * Returns an address as bits, with IPv4 in its IPv6 form (::ffff:a.b.c.d) so that both compare alike. Undefined for
 * anything else.
 */
function bitsOf(address: string): bigint | undefined {
	const dotted = /^(.*?)(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(address.trim());
	if (!dotted) return bitsOfGroups(address.trim());
	const [, before = '', ...bytes] = dotted;
	const numbers = bytes.map(Number);
	if (numbers.some((byte) => byte > 255)) return undefined;
	const groups = [0, 2].map((at) => ((numbers[at] ?? 0) * 256 + (numbers[at + 1] ?? 0)).toString(16)).join(':');
	return bitsOfGroups(before === '' ? `::ffff:${groups}` : `${before}${groups}`);
}

/** RFC 4291: eight groups of hexadecimal digits, with one run of zeros omitted. */
function bitsOfGroups(address: string): bigint | undefined {
	const [left = '', right, ...more] = address.split('::');
	if (more.length > 0 || !address.includes(':')) return undefined;
	const groups = (text: string) => (text === '' ? [] : text.split(':'));
	const missing = 8 - groups(left).length - groups(right ?? '').length;
	if (right === undefined ? missing !== 0 : missing < 1) return undefined;
	const all = [...groups(left), ...Array<string>(missing).fill('0'), ...groups(right ?? '')];
	return all.every((group) => /^[0-9a-f]{1,4}$/i.test(group))
		? all.reduce((bits, group) => bits * 65536n + BigInt(`0x${group}`), 0n)
		: undefined;
}

/** Returns a range as its first bits and their number out of 128. Undefined for anything else. */
function rangeOf(text: string): { bits: bigint; length: number } | undefined {
	const [address = '', prefix, ...more] = text.trim().split('/');
	const bits = bitsOf(address);
	const offset = address.includes(':') ? 0 : 96;
	if (bits === undefined || more.length > 0 || (prefix !== undefined && !/^\d{1,3}$/.test(prefix))) return undefined;
	const length = prefix === undefined ? 128 : Number(prefix) + offset;
	// ::ffff:203.0.113.0/24 means that network, but would be all of IPv4.
	const isMapped = bits >> 32n === 0xffffn;
	return length <= 128 && !(isMapped && length < 96) ? { bits, length } : undefined;
}

/** Returns the first text that is neither an address nor a range. */
export function unreadableSource(allowed: readonly string[]): string | undefined {
	return allowed.find((text) => rangeOf(text) === undefined);
}

/**
 * True if the address of a caller is allowed.
 * @param address of the caller, as a host that trusts its own proxies knows it; an unknown one is not allowed
 * @param allowed addresses and ranges. An invalid one allows no address, and an empty list allows all
 */
export function isAllowedSource(address: string | undefined, allowed: readonly string[]): boolean {
	if (allowed.length === 0) return true;
	const bits = address === undefined ? undefined : bitsOf(address);
	return (
		bits !== undefined &&
		allowed.some((text) => {
			const range = rangeOf(text);
			return (
				range !== undefined && bits >> BigInt(128 - range.length) === range.bits >> BigInt(128 - range.length)
			);
		})
	);
}
