/** What happens with the rows of a list that have a problem, before the first email is sent. */
import { NodeOperationError, type INodeExecutionData } from 'n8n-workflow';
import {
	findProblems,
	formatRanges,
	rowAddresses,
	sameAddress,
	type ProblemKind,
	type RowAddresses,
	type RowProblem,
} from '../../../api';
import type { ItemList } from '../merge/list';
import { asNodeError } from './error-items';
import type { ItemOutcomes } from './item-outcomes';
import type { MergeOptions } from './sending-options';
import type { Session } from './session';

/** How many rows an error lists. */
const MAX_LISTED = 10;

const words: Readonly<Record<ProblemKind, string>> = {
	noAddress: 'no address',
	invalidAddress: 'invalid address',
	duplicate: 'duplicate',
	suppressed: 'suppressed',
};

/** The rows by problem, as in `2 rows: no address 1 (item 4), duplicate 1 (item 6)`. */
function summaryOf(problems: readonly (RowProblem | undefined)[]): string {
	return Object.entries(words)
		.map(([kind, text]) => {
			const indexes = [...problems.keys()].filter((index) => problems[index]?.problem === kind);
			const [first] = indexes;
			if (first === undefined) return '';
			return `${text} ${indexes.length} (${indexes.length === 1 ? 'item' : 'items'} ${formatRanges(indexes)})`;
		})
		.filter((part) => part !== '')
		.join(', ');
}

/** What an output item says about a row. */
function verdict(row: RowAddresses, problem: RowProblem | undefined): Record<string, string | string[] | null> {
	return {
		to: 'addresses' in row ? [...row.addresses] : [],
		problem: problem?.problem ?? null,
		reason: problem?.reason ?? null,
	};
}

/** The error of a run in which rows have a problem. */
function failedRun({ node }: Session, problems: readonly (RowProblem | undefined)[]): NodeOperationError {
	const indexes = [...problems.keys()].filter((index) => problems[index] !== undefined);
	const listed = indexes.slice(0, MAX_LISTED).map((index) => `Item ${index}: ${problems[index]?.reason ?? ''}`);
	const more = indexes.length > MAX_LISTED ? [`And ${indexes.length - MAX_LISTED} more`] : [];
	return new NodeOperationError(
		node,
		`${indexes.length} of ${problems.length} rows have a problem: ${summaryOf(problems)}`,
		{
			itemIndex: indexes[0] ?? 0,
			description:
				`Nothing was sent. Correct the rows, or set Problem Rows to Skip. ` + [...listed, ...more].join('. '),
		},
	);
}

/**
 * Checks all rows and gives those with a problem their outcome. Rows that are sent stay open.
 * @throws NodeOperationError if a row has a problem and the option says that the run fails
 */
export async function checkRows(
	session: Session,
	list: ItemList,
	{ problemRows, allowDuplicates }: MergeOptions,
	outcomes: ItemOutcomes,
): Promise<void> {
	const assigned = list.columns.assigned.to;
	const rows = session.context.getInputData().map((_item, index) => rowAddresses(list.recipients(index), assigned));
	const problems = findProblems(rows, { allowDuplicates, place: (index) => `item ${index}` });
	const open = outcomes.open;
	const outcome = (index: number, json: INodeExecutionData['json']) =>
		outcomes.set(index, {
			ok: true,
			items: [{ json, pairedItem: { item: index } }],
			settled: false,
			skipped: true,
		});
	const { unusedHint } = list;
	if (unusedHint !== undefined) session.hint(unusedHint);
	if (problemRows === 'report') {
		for (const index of open) {
			const problem = problems[index];
			outcome(index, { ok: problem === undefined, ...verdict(rows[index] ?? { addresses: [] }, problem) });
		}
		return;
	}
	const found = problems.filter((problem) => problem !== undefined).length;
	if (found === 0) return;
	if (problemRows === 'fail') {
		const error = failedRun(session, problems);
		if (!session.context.continueOnFail()) throw error;
		for (const index of open)
			outcomes.set(index, {
				ok: false,
				error: asNodeError(session.node, rowError(session, problems[index], index, error), index),
				settled: false,
			});
		return;
	}
	for (const index of open) {
		const problem = problems[index];
		if (problem !== undefined)
			outcome(index, { skipped: true, ...verdict(rows[index] ?? { addresses: [] }, problem) });
	}
	session.hint(`${found} of ${rows.length} rows were skipped: ${summaryOf(problems)}`);
}

/** The error of one row, if the workflow continues on errors. */
function rowError(
	{ node }: Session,
	problem: RowProblem | undefined,
	itemIndex: number,
	{ message }: NodeOperationError,
): NodeOperationError {
	return new NodeOperationError(node, problem?.reason ?? 'Not sent, because other rows have a problem', {
		itemIndex,
		description: `Nothing was sent. ${message}`,
	});
}

/** The addresses to look up: those of rows that could be sent, each once. */
export function addressesToCheck(rows: readonly RowAddresses[]): string[] {
	const addresses = new Map<string, string>();
	for (const row of rows)
		if ('addresses' in row) for (const address of row.addresses) addresses.set(sameAddress(address), address);
	return [...addresses.values()];
}
