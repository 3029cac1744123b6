/** Checks what a key can do, job by job. */
import type { Job } from '../catalogue/jobs';
import { isAllowed } from '../catalogue/permissions';
import { allowAdvice, line, type SetupCheck } from './setup-types';

/**
 * Checks whether a key can do a job.
 * @param isRequired true if the setup is not ready without it
 */
export function jobLine(job: Job, permissions: readonly string[], isRequired: boolean): SetupCheck {
	const missing = job.needs.filter((path) => !isAllowed(path, permissions));
	const lesser = (job.also ?? []).filter((path) => !isAllowed(path, permissions));
	const said = {
		check: 'permissions',
		subject: job.value,
		title: job.label,
		details: { missing: [...missing, ...lesser] },
	};
	if (missing.length > 0)
		return line({
			...said,
			status: isRequired ? 'problem' : 'info',
			message: `The key has no permission for ${missing.join(', ')}.`,
			whatToDo: allowAdvice(missing),
		});
	if (lesser.length > 0)
		return line({
			...said,
			status: 'ok',
			message: `The key can do this, but has no permission for ${lesser.join(', ')}.`,
		});
	return line({ ...said, status: 'ok', message: 'The key has all permissions for this.' });
}
