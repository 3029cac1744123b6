/**
 * The operation that asks and waits for an answer, which is not one of SMTP2GO's API. The node reads it at every start
 * of n8n, so this file imports nothing.
 */

/** n8n checks the signature of links only if the operation has this value (waiting-webhooks.js of n8n 2.41.1). */
export const SEND_AND_WAIT = 'sendAndWait';
