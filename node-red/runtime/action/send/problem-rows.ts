/** What happens with the entries of a list that have a problem, before the first email is sent. */
import {
	checkRecipients,
	failure,
	judgeRows,
	listOfProblems,
	Smtp2goError,
	success,
	summaryOfProblems,
	type Connection,
	type JsonObject,
	type Result,
	type RowVerdict,
} from '../../../../api';
import { translated } from '../../platform/api-texts';
import type { Runtime } from '../../platform/runtime';
import type { OwnOptions } from '../read/own-options';
import type { Values } from '../read/values';

/** What was found about the entries of a list. */
export interface CheckedEntries {
	/** For each entry its result if it is skipped, or if the list is only reported; undefined if it is sent. */
	readonly results: readonly (JsonObject | undefined)[];
	/** True if nothing is sent. */
	readonly isReport: boolean;
	/** What the log says. */
	readonly warnings: readonly string[];
}

const noun = { one: 'entry', many: 'entries', from: 1 } as const;
const place = (index: number) => `entry ${index + 1}`;

/** The result of an entry that is not sent. */
function resultOf(verdict: RowVerdict, isReport: boolean): JsonObject {
	return isReport ? { ok: verdict.problem === null, ...verdict } : { ok: false, skipped: true, ...verdict };
}

/**
 * Checks the entries of a list. An entry whose values cannot be read keeps its own error.
 * @returns an `invalid` error if entries have a problem and the option says that the message fails, or if the addresses
 * cannot be looked up and the option asks for certainty
 */
export async function checkEntries(
	RED: Runtime,
	connection: Connection,
	entries: readonly Result<Values>[],
	{ problemRows, checkSuppressions, allowDuplicates }: OwnOptions,
): Promise<Result<CheckedEntries>> {
	if (problemRows === undefined) return success({ results: [], isReport: false, warnings: [] });
	const isReport = problemRows === 'report';
	const judged = await judgeRows(
		entries.map((entry) => (entry.ok ? entry.value['to'] : undefined)),
		{
			allowDuplicates,
			place,
			lookUp: checkSuppressions ? (addresses) => checkRecipients(connection, addresses) : undefined,
		},
	);
	if (judged.error !== undefined && problemRows !== 'skip') return failure(judged.error);
	const verdicts = judged.verdicts.map((verdict, index): RowVerdict => {
		const entry = entries[index];
		return entry === undefined || entry.ok ? verdict : { ...verdict, message: entry.error.message };
	});
	const bad = verdicts.filter(({ problem }) => problem !== null).length;
	const words = { bad: String(bad), count: String(verdicts.length), summary: summaryOfProblems(verdicts, noun) };
	if (problemRows === 'fail' && bad > 0)
		return failure(
			new Smtp2goError('invalid', RED._('errors.problemRows', words), {
				hint: `${RED._('errors.nothingSent')} ${listOfProblems(verdicts, place)}`,
			}),
		);
	const lookUpError = judged.error && RED._('errors.notLookedUp', { reason: translated(judged.error.message) });
	return success({
		results: verdicts.map((verdict, index) =>
			isReport || (problemRows === 'skip' && verdict.problem !== null && entries[index]?.ok)
				? resultOf(verdict, isReport)
				: undefined,
		),
		isReport,
		warnings: [
			...judged.unchecked,
			...(lookUpError === undefined ? [] : [lookUpError]),
			...(bad > 0 && !isReport ? [RED._('errors.skippedRows', words)] : []),
		],
	});
}
