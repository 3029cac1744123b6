// Readers of addresses, domain names and IP addresses.
/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { isIP } from 'node:net';
import { isDomain, isSubdomain } from '../core/domain-name';
import { expected, type Reader } from './readers';
import { parseMailbox } from './values';

/** A bare address, without a display name. */
export const address: Reader<string> = (value, field) => {
	if (typeof value !== 'string' || parseMailbox(value)?.address !== value)
		throw expected('a valid email address', value, field);
	return value;
};

/** A domain name; read in lower case. */
export const domainName: Reader<string> = (value, field) => {
	const name = typeof value === 'string' ? value.toLowerCase() : '';
	if (!isDomain(name)) throw expected('a domain name', value, field);
	return name;
};

/** The part before a domain. Read in lower case. */
export const subdomain: Reader<string> = (value, field) => {
	const name = typeof value === 'string' ? value.toLowerCase() : '';
	if (!isSubdomain(name)) throw expected('a subdomain', value, field);
	return name;
};

/** A bare address or a domain name. */
export const addressOrDomain: Reader<string> = (value, field) => {
	const read = typeof value === 'string' ? value : '';
	if (parseMailbox(read)?.address !== read && !isDomain(read.toLowerCase()))
		throw expected('an email address or domain', value, field);
	return read;
};

/** An IPv4 or IPv6 address. */
export const ipAddress: Reader<string> = (value, field) => {
	if (typeof value !== 'string' || isIP(value) === 0) throw expected('an IP address', value, field);
	return value;
};
