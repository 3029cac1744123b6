/** What counts as the name of a domain, or as the part before one. */

/** A domain name of at least two parts. */
const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/;

/** One part of a domain name. */
const LABEL = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;

/** Whether a text is the name of a domain, in lower case. */
export const isDomain = (text: string): boolean => DOMAIN.test(text);

/** Whether a text can stand before a domain. */
export const isSubdomain = (text: string): boolean => text.split('.').every((label) => LABEL.test(label));
