/** Reads what a message asks for, before the message waits for its turn. */
import type { Node, NodeMessage } from 'node-red';
import {
	failure,
	findOffered,
	Smtp2goError,
	success,
	type OfferedOperation,
	type Operation,
	type Result,
} from '../../../../api';
import { FROM_MESSAGE } from '../../../shared/own-options';
import { isAccountNode, type Account } from '../../account/account';
import { readEntries } from './entries';
import { readLimit, readOwnOptions, type OwnOptions } from './own-options';
import { resultPath, type Path } from '../result/result-path';
import { findNode, type Runtime } from '../../platform/runtime';
import type { ActionDef } from '../../platform/saved-nodes';
import { readValues, type Source, type Values } from './values';

/** What a message asks for. */
export interface Prepared<O extends OfferedOperation = Operation> {
	readonly account: Account;
	readonly operation: O;
	readonly own: OwnOptions;
	readonly limit: number;
	/** The path of the property that the result goes to. */
	readonly to: Path;
	/** The values of the operation, or why they cannot be read. */
	readonly values: Result<Values>;
	/** The values of each email of a list, instead of `values`. */
	readonly entries?: readonly Result<Values>[];
}

/** An error in the flow itself, found before anything is sent. */
function flowError(RED: Runtime, key: string, words: Record<string, string> = {}): Smtp2goError {
	return new Smtp2goError('invalid', RED._(`errors.${key}`, words));
}

/** The operation that the dialog or the message chooses. */
function chooseOperation(RED: Runtime, resource: string, def: ActionDef, msg: NodeMessage): OfferedOperation {
	const named = def.operation === FROM_MESSAGE ? msg['operation'] : def.operation;
	const operation = typeof named === 'string' ? findOffered(resource, named) : undefined;
	if (operation === undefined) throw flowError(RED, 'operation', { operation: String(named ?? '') });
	return operation;
}

function asResult(reading: Promise<Values>): Promise<Result<Values>> {
	return reading.then(success, (thrown: unknown) => {
		if (thrown instanceof Smtp2goError) return failure(thrown);
		throw thrown;
	});
}

/**
 * Reads everything that a message asks for.
 * @param signal aborts when the node closes
 * @throws an `invalid` error if the account, the operation, or the kind of batch is not valid
 */
export async function prepare(
	RED: Runtime,
	node: Node,
	resource: string,
	def: ActionDef,
	msg: NodeMessage,
	signal: AbortSignal,
): Promise<Prepared<OfferedOperation>> {
	const account = findNode(RED, def.account);
	if (!isAccountNode(account)) throw flowError(RED, 'account');
	const operation = chooseOperation(RED, resource, def, msg);
	const fields = def.operation === FROM_MESSAGE ? {} : (def.fields ?? {});
	const source: Source = { RED, node, signal, resource, operation, fields, fieldsFrom: def.fieldsFrom };
	const own = await readOwnOptions(source, msg);
	const limit = operation.result.is === 'list' ? await readLimit(source, msg) : Infinity;
	const to = resultPath(RED, def, msg);
	const found = { account: account.account, operation, own, limit, to: to.ok ? to.value : [] };
	const unusable = own.error ?? (to.ok ? undefined : to.error);
	if (unusable !== undefined) {
		if (own.batch === 'array') throw unusable;
		return { ...found, values: failure(unusable) };
	}
	if (own.batch === 'array') return { ...found, values: success({}), entries: await readEntries(source, msg) };
	return { ...found, values: await asResult(readValues(source, msg)) };
}
