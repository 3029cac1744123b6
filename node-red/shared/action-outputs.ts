/** What an action node passes on. */

/** The record or list, SMTP2GO's own `data`, or one message for each list entry. */
export const outputs = ['result', 'raw', 'each'] as const;
