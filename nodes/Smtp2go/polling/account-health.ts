/** Watches the health of the account. */
import {
	failure,
	healthFields,
	invalid,
	readHealth,
	readHealthState,
	readHealthWatch,
	success,
	type HealthWatch,
	type Result,
} from '../../../api';
import type { IPollFunctions } from 'n8n-workflow';
import { CREDENTIAL } from '../connection/host';
import { parameterName } from '../parameters/names';
import type { Watcher } from './found';

/** Reads the form. A hidden parameter has its default. */
function readForm(context: IPollFunctions): Result<HealthWatch> {
	const watch = readHealthWatch(
		Object.fromEntries(
			healthFields.map((field) => [
				field.name,
				context.getNodeParameter(parameterName(field), null) ?? undefined,
			]),
		),
	);
	if (watch.checks.length === 0) return failure(invalid('checks', 'Select at least one check'));
	return watch.checks.some(({ value }) => value === 'permission') && watch.permissions.length === 0
		? failure(invalid('permissions', 'Enter the permissions that the key must have, such as /email/send'))
		: success(watch);
}

/** The name of the account: the ID of its credential. */
function accountOf(context: IPollFunctions): string {
	return context.getNode().credentials?.[CREDENTIAL]?.id ?? '';
}

export const accountHealth: Watcher = {
	async poll({ context, connection, stored }) {
		const watch = readForm(context);
		if (!watch.ok) return watch;
		const look = await readHealth(connection, watch.value, readHealthState(stored, accountOf(context)));
		if (!look.ok) return look;
		const { reports, state, skipped } = look.value;
		return success({
			items: reports,
			state,
			perExecution: context.getNodeParameter('perExecution', 'all') === 'one' ? 'one' : 'all',
			notes: skipped.map(
				({ message, details: { endpoint = 'a part of the account' } }) =>
					`${endpoint} could not be read, so the next poll checks it again: ${message}`,
			),
		});
	},

	async sample({ context, connection }) {
		const watch = readForm(context);
		if (!watch.ok) return watch;
		const look = await readHealth(connection, watch.value, readHealthState(undefined, accountOf(context)));
		return look.ok ? success(look.value.reports) : look;
	},

	howToGetOne:
		'The account has no problems: no check has anything to report. To see a report, set a limit that is already crossed, ' +
		'such as 0 for Quota Used Above (%), and fetch again.',
};
