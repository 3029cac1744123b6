/**
 * How our calls identify themselves (headers `X-Smtp2go-Api` and `X-Smtp2go-Api-Version`, as SMTP2GO's own clients do).
 */
export const CLIENT_NAME = 'smtp2go-nodes';
/** The version of both packages. A test compares it with package.json. */
export const CLIENT_VERSION = '0.1.0';
