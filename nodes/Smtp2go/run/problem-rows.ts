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
import { asNodeError } from './error-items';
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

/** What was sent so far: an earlier try of Retry On Fail can have sent rows. */
function sentSoFar(outcomes: ItemOutcomes): string {
	return outcomes.settledBefore.length === 0 ? 'Nothing was sent' : outcomes.summary();
}

/** The error of a run in which rows have a problem. @param sent what was sent so far */
function failedRun({ node }: Session, verdicts: readonly RowVerdict[], sent: string): NodeOperationError {
	const bad = verdicts.findIndex(({ problem }) => problem !== null);
	const count = verdicts.filter(({ problem }) => problem !== null).length;
	return new NodeOperationError(
		node,
		`${count} of ${verdicts.length} rows ${count === 1 ? 'has' : 'have'} a problem: ` +
			summaryOfProblems(verdicts, noun),
		{
			itemIndex: bad,
			description: `${sent}. Correct the rows, or set Problem Rows to Skip. ` + listOfProblems(verdicts, place),
		},
	);
}

/** Gives every open item the error of its row, or of the others. */
function failAll(session: Session, verdicts: readonly RowVerdict[], outcomes: ItemOutcomes): void {
	const sent = sentSoFar(outcomes);
	const error = failedRun(session, verdicts, sent);
	if (!session.context.continueOnFail()) throw asNodeError(session.node, error, 0);
	for (const itemIndex of outcomes.open) {
		const message = verdicts[itemIndex]?.message ?? 'Not sent, because other rows have a problem';
		const own = new NodeOperationError(session.node, message, {
			itemIndex,
			description: `${sent}. ${error.message}`,
		});
		outcomes.set(itemIndex, { ok: false, error: asNodeError(session.node, own, itemIndex), settled: false });
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

/** The verdict of a row that an earlier try of Retry On Fail has sent: it has no problem any more. */
function settledVerdict({ to }: RowVerdict): RowVerdict {
	return { to, problem: null, message: null, reason: null, since: null };
}

/**
 * Judges all rows. Those that an earlier try has sent count only as the first of duplicates.
 * @throws NodeOperationError or NodeApiError if the account cannot be connected, or the addresses cannot be looked up
 * and the option asks for certainty
 */
async function judge(
	session: Session,
	list: ItemList,
	{ problemRows, checkSuppressions, allowDuplicates }: MergeOptions,
	outcomes: ItemOutcomes,
): Promise<readonly RowVerdict[]> {
	const judged = await judgeRows(
		session.context.getInputData().map((_item, index) => list.recipients(index)),
		{
			allowDuplicates,
			place,
			column: list.columns.assigned.to,
			lookUp: checkSuppressions ? lookUpIn(session) : undefined,
		},
	);
	if (list.unusedHint !== undefined) session.hint(list.unusedHint);
	tellUnchecked(session, judged, problemRows !== 'skip');
	const settled = new Set(outcomes.settledBefore);
	return judged.verdicts.map((verdict, index) => (settled.has(index) ? settledVerdict(verdict) : verdict));
}

/**
 * Checks all rows and gives those with a problem their outcome. Rows that are sent stay open. If the rows cannot be
 * checked, every open item gets the error: where the workflow continues on errors, n8n would otherwise pass the items on
 * as if they had been sent.
 * @throws NodeOperationError if a row has a problem and the option says that the run fails
 */
export async function checkRows(
	session: Session,
	list: ItemList,
	options: MergeOptions,
	outcomes: ItemOutcomes,
): Promise<void> {
	let verdicts: readonly RowVerdict[];
	try {
		verdicts = await judge(session, list, options, outcomes);
	} catch (thrown) {
		for (const itemIndex of outcomes.open)
			outcomes.set(itemIndex, { ok: false, error: asNodeError(session.node, thrown, itemIndex), settled: false });
		return;
	}
	const { problemRows } = options;
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
		session.hint(
			`${found} of ${verdicts.length} rows ${found === 1 ? 'was' : 'were'} skipped: ${summaryOfProblems(verdicts, noun)}`,
		);
}
