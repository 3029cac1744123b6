/** What to do about variables without a value. */
export const missingPolicies = ['ignore', 'warn', 'fail'] as const;
/** One of them. */
export type MissingPolicy = (typeof missingPolicies)[number];
