/** What happens with the rows of a list that have a problem, before the first email is sent. */
import { NodeOperationError, type INodeExecutionData } from 'n8n-workflow';
import {
	checkRecipients,
	judgeRows,
	listOfProblems,
	summaryOfProblems,
	type JudgeOptions,
	type Judgment,
	type RowVerdict,
} from '../../../api';
import { toNodeError } from '../connection/errors';
import type { ItemList } from '../merge/list';
import type { ItemOutcomes } from './item-outcomes';
import type { MergeOptions } from './sending-options';
import type { Session } from './session';

const place = (index: number) => `item ${index}`;
const noun = { one: 'item', many: 'items', from: 0 } as const;

/** Looks the addresses up in the account of the first item. */
function lookUpIn(session: Session): NonNullable<JudgeOptions['lookUp']> {
	return async (addresses) => {
		const { connection } = await session.connect(0);
		return checkRecipients(connection, addresses);
	};
}

/** The error of a run in which rows have a problem. */
function failedRun({ node }: Session, verdicts: readonly RowVerdict[]): NodeOperationError {
	const bad = verdicts.findIndex(({ problem }) => problem !== null);
	const count = verdicts.filter(({ problem }) => problem !== null).length;
	return new NodeOperationError(
		node,
		`${count} of ${verdicts.length} rows ${count === 1 ? 'has' : 'have'} a problem: ` +
			summaryOfProblems(verdicts, noun),
		{
			itemIndex: bad,
			description:
				'Nothing was sent. Correct the rows, or set Problem Rows to Skip. ' + listOfProblems(verdicts, place),
		},
	);
}

/** Gives every open item the error of its row, or of the others. */
function failAll(session: Session, verdicts: readonly RowVerdict[], outcomes: ItemOutcomes): void {
	const error = failedRun(session, verdicts);
	if (!session.context.continueOnFail()) throw error;
	for (const itemIndex of outcomes.open) {
		const message = verdicts[itemIndex]?.message ?? 'Not sent, because other rows have a problem';
		const own = new NodeOperationError(session.node, message, {
			itemIndex,
			description: `Nothing was sent. ${error.message}`,
		});
		outcomes.set(itemIndex, { ok: false, error: own, settled: false });
	}
}

/** Says what the account could not tell. A check that was asked for must not pass in silence. */
function tellUnchecked(session: Session, { unchecked, error }: Judgment, isCheck: boolean): void {
	if (error !== undefined && isCheck) throw toNodeError(session.node, error, 0);
	for (const message of unchecked) session.hint(message);
	if (error !== undefined)
		session.hint(
			`Check Suppressions could not look up the addresses, so only their form was checked: ${error.message}` +
				(error.explanation === '' ? '' : `. ${error.explanation}`),
		);
}

/**
 * Checks all rows and gives those with a problem their outcome. Rows that are sent stay open.
 * @throws NodeOperationError if a row has a problem and the option says that the run fails; NodeApiError if the
 * addresses cannot be looked up and the option asks for certainty
 */
export async function checkRows(
	session: Session,
	list: ItemList,
	{ problemRows, checkSuppressions, allowDuplicates }: MergeOptions,
	outcomes: ItemOutcomes,
): Promise<void> {
	const judged = await judgeRows(
		session.context.getInputData().map((_item, index) => list.recipients(index)),
		{
			allowDuplicates,
			place,
			column: list.columns.assigned.to,
			lookUp: checkSuppressions ? lookUpIn(session) : undefined,
		},
	);
	const { verdicts } = judged;
	if (list.unusedHint !== undefined) session.hint(list.unusedHint);
	tellUnchecked(session, judged, problemRows !== 'skip');
	const found = verdicts.filter(({ problem }) => problem !== null).length;
	if (problemRows === 'fail') return found > 0 ? failAll(session, verdicts, outcomes) : undefined;
	for (const index of outcomes.open) {
		const verdict = verdicts[index];
		if (verdict === undefined || (problemRows === 'skip' && verdict.problem === null)) continue;
		const json: INodeExecutionData['json'] =
			problemRows === 'skip' ? { skipped: true, ...verdict } : { ok: verdict.problem === null, ...verdict };
		outcomes.set(index, {
			ok: true,
			items: [{ json, pairedItem: { item: index } }],
			settled: false,
			skipped: true,
		});
	}
	if (found > 0 && problemRows === 'skip')
		session.hint(`${found} of ${verdicts.length} rows were skipped: ${summaryOfProblems(verdicts, noun)}`);
}
