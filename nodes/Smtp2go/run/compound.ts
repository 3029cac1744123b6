/** A compound operation for all items of a run: items of the same account share its calls. */
import type { INodeExecutionData } from 'n8n-workflow';
import { runCompound, type CompoundOperation, type Connection } from '../../../api';
import { toNodeError } from '../connection/errors';
import { readValues } from '../values/read-values';
import { asNodeError } from './error-items';
import type { ItemOutcomes } from './item-outcomes';
import { toItems } from './output';
import type { Session } from './session';

/** An item whose values were read. */
interface ReadItem {
	readonly itemIndex: number;
	readonly values: Readonly<Record<string, unknown>>;
}

/** Items of one account. */
interface Group {
	readonly connection: Connection;
	readonly items: ReadItem[];
}

/**
 * True for the result of a row that Send skipped: it has no email to wait for. If the workflow stops on errors, an error
 * here would end the wait for all other emails.
 */
function isSkippedRow(
	{ key }: CompoundOperation,
	{ json }: Pick<INodeExecutionData, 'json'>,
	values: ReadItem['values'],
): boolean {
	return key === 'waitForDelivery' && json['skipped'] === true && !values['email_id'];
}

/** Reads all open items, by account. An item that cannot be read gets its outcome. */
async function readGroups(
	session: Session,
	operation: CompoundOperation,
	outcomes: ItemOutcomes,
): Promise<readonly Group[]> {
	const { context, node, hint } = session;
	const groups = new Map<string, Group>();
	for (const itemIndex of outcomes.open) {
		try {
			const { connection, account } = await session.connect(itemIndex);
			const values = await readValues(context, operation, itemIndex, hint);
			const item = context.getInputData()[itemIndex] ?? { json: {} };
			if (isSkippedRow(operation, item, values)) {
				const unchanged = { ...item, pairedItem: { item: itemIndex } };
				outcomes.set(itemIndex, { ok: true, items: [unchanged], settled: false, skipped: true });
				continue;
			}
			const group = groups.get(account) ?? { connection, items: [] };
			group.items.push({ itemIndex, values });
			groups.set(account, group);
		} catch (thrown) {
			outcomes.set(itemIndex, { ok: false, error: asNodeError(node, thrown, itemIndex), settled: false });
			if (outcomes.stops) return [];
		}
	}
	return [...groups.values()];
}

/** Runs the items of one account. Nothing changes the account, so items of a failed run can run again. */
async function runGroup(
	{ context, node }: Session,
	operation: CompoundOperation,
	{ connection, items }: Group,
	outcomes: ItemOutcomes,
): Promise<void> {
	const results = await runCompound(
		connection,
		operation,
		items.map(({ values }) => values),
		{ stops: !context.continueOnFail() },
	);
	for (const [index, { itemIndex }] of items.entries()) {
		const result = results[index];
		if (result?.ok)
			outcomes.set(
				itemIndex,
				toItems(
					operation,
					{ result: [...result.value], response: { data: null, requestId: null, raw: {} } },
					{ node, itemIndex, simplify: false, continueOnFail: context.continueOnFail() },
				),
			);
		else if (result)
			outcomes.set(itemIndex, { ok: false, error: toNodeError(node, result.error, itemIndex), settled: false });
	}
}

/** Runs a compound operation for all open items. Accounts wait side by side. */
export async function runForAll(session: Session, operation: CompoundOperation, outcomes: ItemOutcomes): Promise<void> {
	const runOne = async (group: Group) => {
		try {
			await runGroup(session, operation, group, outcomes);
		} catch (thrown) {
			for (const { itemIndex } of group.items)
				outcomes.set(itemIndex, {
					ok: false,
					error: asNodeError(session.node, thrown, itemIndex),
					settled: false,
				});
		}
	};
	await Promise.all((await readGroups(session, operation, outcomes)).map(runOne));
}
