/** What a message asks for: read when it comes, before it waits for its turn. */
import type { Node, NodeMessage } from 'node-red';
import { failure, findOperation, Smtp2goError, success, type Operation, type Result } from '../../../../api';
import { FROM_MESSAGE } from '../../../shared/own-options';
import { isAccountNode, type Account } from '../../account/account';
import { readEntries } from './entries';
import { readLimit, readOwnValues, type OwnValues } from './own-options';
import { resultPath, type Path } from '../result/result-path';
import { findNode, type Runtime } from '../../platform/runtime';
import type { ActionDef } from '../../platform/saved-nodes';
import { readValues, type Source, type Values } from './values';

/** A message's wish, as far as it can be told before anything is built. */
export interface Prepared {
	readonly account: Account;
	readonly operation: Operation;
	readonly own: OwnValues;
	readonly limit: number;
	/** Where the result goes. */
	readonly to: Path;
	/** The values of the operation, or why they cannot be read. */
	readonly values: Result<Values>;
	/** In place of them, those of each email of a list. */
	readonly entries?: readonly Result<Values>[];
}

/** A mistake in the flow itself, told before anything is sent. */
function flaw(RED: Runtime, key: string, words: Record<string, string> = {}): Smtp2goError {
	return new Smtp2goError('invalid', RED._(`errors.${key}`, words));
}

/** The operation that the dialog or the message names. */
function chooseOperation(RED: Runtime, resource: string, def: ActionDef, msg: NodeMessage): Operation {
	const named = def.operation === FROM_MESSAGE ? msg['operation'] : def.operation;
	const operation = typeof named === 'string' ? findOperation(resource, named) : undefined;
	if (operation === undefined) throw flaw(RED, 'operation', { operation: String(named ?? '') });
	return operation;
}

function asResult(reading: Promise<Values>): Promise<Result<Values>> {
	return reading.then(success, (thrown: unknown) => {
		if (thrown instanceof Smtp2goError) return failure(thrown);
		throw thrown;
	});
}

/**
 * Reads everything that a message says.
 * @param signal ends the reading when the node is closed
 * @throws an `invalid` error where account, operation or the way of sending cannot be told
 */
export async function prepare(
	RED: Runtime,
	node: Node,
	resource: string,
	def: ActionDef,
	msg: NodeMessage,
	signal: AbortSignal,
): Promise<Prepared> {
	const account = findNode(RED, def.account);
	if (!isAccountNode(account)) throw flaw(RED, 'account');
	const operation = chooseOperation(RED, resource, def, msg);
	const fields = def.operation === FROM_MESSAGE ? {} : (def.fields ?? {});
	const source: Source = { RED, node, signal, resource, operation, fields, fieldsFrom: def.fieldsFrom };
	const own = await readOwnValues(source, msg);
	const limit = operation.result.is === 'list' ? await readLimit(source, msg) : Infinity;
	const to = resultPath(RED, def, msg);
	const found = { account: account.account, operation, own, limit, to: to.ok ? to.value : [] };
	const unusable = own.flaw ?? (to.ok ? undefined : to.error);
	if (unusable !== undefined) {
		if (own.batch === 'array') throw unusable;
		return { ...found, values: failure(unusable) };
	}
	if (own.batch === 'array') return { ...found, values: success({}), entries: await readEntries(source, msg) };
	return { ...found, values: await asResult(readValues(source, msg)) };
}
