/** A sender domain as SMTP2GO lists it, with all its records in order. */

/** @param changes what differs, by SMTP2GO's names */
export const verifiedDomain = (fulldomain: string, changes: object = {}) => ({
	fulldomain,
	dkim_selector: 's1',
	dkim_verified: true,
	dkim_status: '',
	dkim_value: 'dkim.smtp2go.net',
	rpath_selector: 'em1',
	rpath_verified: true,
	rpath_status: '',
	rpath_value: 'return.smtp2go.net',
	...changes,
});
