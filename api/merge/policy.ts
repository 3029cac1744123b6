/** What happens with rows that have a problem. */

/** `skip` sends the others, `fail` and `report` send nothing. */
export const problemPolicies = ['skip', 'fail', 'report'] as const;
export type ProblemPolicy = (typeof problemPolicies)[number];
