/**
 * What our calls say they come from (headers `X-Smtp2go-Api` and `X-Smtp2go-Api-Version`, as SMTP2GO's own clients do).
 */
export const CLIENT_NAME = 'smtp2go-nodes';
/** Version of both packages; a test holds it against package.json. */
export const CLIENT_VERSION = '0.1.0';
