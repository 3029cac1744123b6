/** Recognizes hostnames and addresses that cannot be reached from the Internet. */

/**
 * IPv4 addresses that no server on the Internet has: private, link-local, shared, test, and from 224 on multicast or
 * reserved.
 */
const PRIVATE_V4 =
	/^(0|10|127)\.|^192\.168\.|^172\.(1[6-9]|2\d|3[01])\.|^169\.254\.|^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|^192\.0\.0\.|^198\.1[89]\.|^(22[4-9]|2[345]\d)\./;

/**
 * The same for IPv6, including addresses that contain an IPv4 address (mapped, compatible, NAT64, 6to4), which may be
 * private.
 */
const PRIVATE_V6 = /^::|^f[cdf]|^fe[89a-f]|^64:ff9b:|^2002:/;

/**
 * True for hostnames and addresses that are valid only on this machine or in this network (RFC 1918, 4193, 4291, 6598,
 * 6761, 6890).
 */
export function isPrivateHostname(hostname: string): boolean {
	const name = hostname
		.toLowerCase()
		.replace(/^\[|\]$/g, '')
		.replace(/\.$/, '');
	if (name.includes(':')) return PRIVATE_V6.test(name);
	if (/^\d+(\.\d+){3}$/.test(name)) return PRIVATE_V4.test(name);
	return !name.includes('.') || /\.(local|localhost|localdomain|internal|intranet|lan|home\.arpa|test|)$/.test(name);
}
