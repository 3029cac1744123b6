/** The policies for variables without a value. */
export const missingPolicies = ['ignore', 'warn', 'fail'] as const;
/** One of these values. */
export type MissingPolicy = (typeof missingPolicies)[number];
